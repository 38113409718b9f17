import type { ParsedItem } from './wire.ts';

/** Feeds are windows of ten to a hundred items; whole archives come in one piece only by mistake. */
export const maximumItems = 2_000;

/** A document that lists more is not read to its end. */
export const maximumSeen = 20_000;

/**
 * Keeps the newest items of a document of any length without ever holding more than twice the limit. Where
 * the feed gives no dates its own order decides: the newest stand first by custom.
 */
export function createNewestItems(limit: number = maximumItems) {
  const kept: { readonly item: ParsedItem; readonly position: number }[] = [];
  let count = 0;

  function shrink(): void {
    kept.sort((a, b) => (b.item.publishedAt ?? 0) - (a.item.publishedAt ?? 0) || a.position - b.position);
    kept.length = Math.min(kept.length, limit);
  }

  return {
    add(item: ParsedItem): void {
      kept.push({ item, position: count });
      count += 1;
      if (kept.length >= limit * 2) shrink();
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
