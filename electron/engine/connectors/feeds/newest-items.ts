import type { ParsedItem } from './wire.ts';

/** Feeds are windows of ten to a hundred items; whole archives come in one piece only by mistake. */
export const maximumItems = 1_000;

/** A document that lists more is not read to its end. */
export const maximumSeen = 20_000;

/** Sorting is cheap when it is not done for every item. */
const slack = 125;

/**
 * Keeps the newest items of a document of any length, and makes only those that have a chance. Where the feed
 * gives no dates its own order decides: the newest stand first by custom.
 */
export function createNewestItems(limit: number = maximumItems) {
  const kept: { readonly item: ParsedItem; readonly at: number; readonly position: number }[] = [];
  let count = 0;
  /** What is not newer than this is not among the newest any more. */
  let oldestKeptAt = Number.NEGATIVE_INFINITY;

  function shrink(): void {
    kept.sort((a, b) => b.at - a.at || a.position - b.position);
    kept.length = Math.min(kept.length, limit);
    oldestKeptAt = kept.at(-1)?.at ?? oldestKeptAt;
  }

  return {
    add(publishedAt: number | null, make: () => ParsedItem): void {
      const at = publishedAt ?? 0;
      count += 1;
      if (at <= oldestKeptAt) return;
      kept.push({ item: make(), at, position: count });
      if (kept.length >= limit + slack) shrink();
    },
    count: () => count,
    isFull: () => count >= maximumSeen,
    /** In the feed's own order. */
    items(): ParsedItem[] {
      if (kept.length > limit) shrink();
      return kept.toSorted((a, b) => a.position - b.position).map(({ item }) => item);
    },
  };
}
