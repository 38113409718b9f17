import type { Span } from '../../ui/cut-at-spans.ts';

export interface Excerpt {
  readonly text: string;
  readonly spans: readonly Span[];
}

/** Before the first hit, enough to understand it; after it, the rest fits a few lines. */
const leadLength = 40;
const excerptLength = 220;

/** The stretch of a text that shows its first hit, on one line, with its spans moved along. */
export function excerptAround(text: string, spans: readonly Span[]): Excerpt {
  const first = spans.reduce((least, span) => Math.min(least, span.start), Number.POSITIVE_INFINITY);
  const start = Number.isFinite(first) ? wordStart(text, Math.max(0, first - leadLength)) : 0;
  const end = cutEnd(text, Math.min(text.length, start + excerptLength));
  const lead = start > 0 ? '… ' : '';
  const trail = end < text.length ? ' …' : '';
  const shift = lead.length - start;
  return {
    // One character for one, so that the spans stay right.
    text: lead + text.slice(start, end).replace(/[\n\r\t]/g, ' ') + trail,
    spans: spans
      .filter((span) => span.start < end && span.end > start)
      .map((span) => ({
        start: Math.max(span.start, start) + shift,
        end: Math.min(span.end, end) + shift,
      })),
  };
}

/** The beginning of the word at or after `at`, or `at` itself in a script without spaces. */
function wordStart(text: string, at: number): number {
  if (at === 0) return 0;
  const blank = text.slice(at, at + leadLength).search(/\s/);
  return blank === -1 ? notInsidePair(text, at) : at + blank + 1;
}

function cutEnd(text: string, at: number): number {
  return at >= text.length ? text.length : notInsidePair(text, at);
}

/** Half of a surrogate pair is no character. */
function notInsidePair(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
