import type { Block, Document, Inline } from '../../shared/model/document.ts';
import type { SentimentWord } from '../../shared/model/sentiment.ts';
import { walkDocumentText } from '../../shared/text/document-text.ts';
import { mergeSpans, type Span } from './cut-at-spans.ts';

/** A stretch of text drawn in one piece: emphasised, underlined as a sentiment word, both or neither. */
export interface MarkedPiece {
  readonly start: number;
  readonly text: string;
  readonly isMatched: boolean;
  readonly word: SentimentWord | null;
}

/** Where each node's text begins in the document's text, which is what every span counts in. */
export function textOffsets(document: Document): ReadonlyMap<Inline | Block, number> {
  const offsets = new Map<Inline | Block, number>();
  walkDocumentText(document, (_, offset, node) => {
    if (node !== null) offsets.set(node, offset);
  });
  return offsets;
}

/** Cuts the text of one node, which begins at `offset` of the whole. */
export type Marker = (text: string, offset: number) => MarkedPiece[];

/** Cuts texts where a match or a word begins or ends. Made once for a document, which may have thousands of nodes. */
export function createMarker(matches: readonly Span[], words: readonly SentimentWord[]): Marker {
  const merged = mergeSpans(matches);
  return (text, offset) => {
    const end = offset + text.length;
    const isNear = (span: Span): boolean => span.start < end && span.end > offset;
    const near = merged.filter(isNear);
    const nearWords = words.filter(isNear);
    if (near.length === 0 && nearWords.length === 0) {
      return [{ start: offset, text, isMatched: false, word: null }];
    }
    const cuts = new Set([offset, end]);
    for (const span of [...near, ...nearWords]) {
      cuts.add(Math.max(offset, span.start));
      cuts.add(Math.min(end, span.end));
    }
    const points = [...cuts].toSorted((a, b) => a - b);
    return points.slice(0, -1).map((start, index) => {
      const stop = points[index + 1] ?? end;
      const holds = (span: Span): boolean => span.start <= start && span.end >= stop;
      return {
        start,
        text: text.slice(start - offset, stop - offset),
        isMatched: near.some(holds),
        word: nearWords.find(holds) ?? null,
      };
    });
  };
}
