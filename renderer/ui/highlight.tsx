import { cutAtSpans, type Span } from './cut-at-spans.ts';

/** Text with the given stretches marked. Spans may overlap and stand in any order. */
export function Highlight({ text, spans }: { readonly text: string; readonly spans: readonly Span[] }) {
  return cutAtSpans(text, spans).map((piece) =>
    piece.isMarked ? <mark key={piece.start}>{piece.text}</mark> : piece.text,
  );
}
