import type { MatchSpan } from '../../../shared/model/mention.ts';
import type { Span } from '../../ui/cut-at-spans.ts';

export interface Snippet {
  readonly text: string;
  readonly spans: readonly Span[];
}

/** Enough for three lines of the widest list. */
const snippetLength = 300;
/** How much is kept before a match that stands far on, so that the reader sees what leads to it. */
const leadLength = 22;
/** Characters that a line of a list of its usual width shows. */
export const lineLength = 46;

/**
 * The stretch of a mention's text that a row with room for so many characters shows: its beginning, or when that
 * would not show the first match, the words around it, from as far back as fills the row. Spans count in what is
 * returned.
 */
export function snippetOf(text: string, spans: readonly MatchSpan[], room: number = lineLength): Snippet {
  const matches = spans.filter(({ field, end }) => field === 'text' && end <= text.length);
  const first = matches.toSorted((a, b) => a.start - b.start)[0];
  const isFarIn = first !== undefined && Math.min(first.end, first.start + leadLength) > room;
  const start = isFarIn ? wordStart(text, Math.min(first.start - leadLength, text.length - room)) : 0;
  const lead = start > 0 ? '… ' : '';
  const cut = lead + text.slice(start, start + snippetLength).replaceAll(/\s/g, ' ');
  const shift = lead.length - start;
  return {
    text: cut,
    spans: matches
      .map((span) => ({ start: span.start + shift, end: Math.min(cut.length, span.end + shift) }))
      .filter((span) => span.start >= lead.length && span.start < span.end),
  };
}

function wordStart(text: string, from: number): number {
  if (from <= 0) return 0;
  const space = text.slice(from, from + 20).search(/\s/);
  const at = space < 0 ? from : from + space + 1;
  // Never between the halves of a surrogate pair.
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}
