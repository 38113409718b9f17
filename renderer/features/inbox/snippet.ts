import type { MatchSpan } from '../../../shared/model/mention.ts';
import type { Span } from '../../ui/cut-at-spans.ts';

export interface Snippet {
  readonly text: string;
  readonly spans: readonly Span[];
}

/** Enough for three lines of the widest list. */
const snippetLength = 300;
/** So far in, a list of its usual width would not show the match. */
const farIn = 42;
/** How much is kept before such a match, so that the reader sees what leads to it. */
const leadLength = 22;

/**
 * The stretch of a mention's text that a row shows: its beginning, or when the first match stands further on than a
 * row is long, the words around that match. Spans count in what is returned.
 */
export function snippetOf(text: string, spans: readonly MatchSpan[]): Snippet {
  const matches = spans.filter(({ field, end }) => field === 'text' && end <= text.length);
  const first = matches.reduce((least, span) => Math.min(least, span.start), Number.POSITIVE_INFINITY);
  const start = Number.isFinite(first) && first > farIn ? wordStart(text, first - leadLength) : 0;
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
  const space = text.slice(from, from + 20).search(/\s/);
  const at = space < 0 ? from : from + space + 1;
  // Never between the halves of a surrogate pair.
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}
