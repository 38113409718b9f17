/** UTF-16 units, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Piece extends Span {
  readonly text: string;
  readonly isMarked: boolean;
}

/** The text in order, cut where a span begins or ends; overlapping spans become one, the rest is ignored. */
export function cutAtSpans(text: string, spans: readonly Span[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const add = (end: number, isMarked: boolean): void => {
    if (end > at) pieces.push({ start: at, end, text: text.slice(at, end), isMarked });
    at = Math.max(at, end);
  };
  for (const span of mergeSpans(spans)) {
    if (span.start >= text.length) break;
    add(Math.max(0, span.start), false);
    add(Math.min(text.length, span.end), true);
  }
  add(text.length, false);
  return pieces;
}

/** In order, without empty ones, touching and overlapping ones joined. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of spans.filter((s) => s.end > s.start).toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}
