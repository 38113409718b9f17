export type AutoAdvance = 'next' | 'previous' | 'stay';

/**
 * Where the user stands after rows have left the list: the next one in the order they see, at the end the
 * previous; with `stay` nowhere, so that the list has no current row. `ids` is the order before they left.
 */
export function advanceFrom(
  ids: readonly string[],
  leaving: ReadonlySet<string>,
  currentId: string | null,
  mode: AutoAdvance,
): string | null {
  if (currentId === null) return null;
  if (!leaving.has(currentId)) return currentId;
  if (mode === 'stay') return null;
  const at = ids.indexOf(currentId);
  if (at < 0) return null;
  const isFree = (id: string): boolean => !leaving.has(id);
  const after = ids.slice(at + 1).find(isFree) ?? null;
  const before = ids.slice(0, at).findLast(isFree) ?? null;
  return mode === 'next' ? (after ?? before) : (before ?? after);
}

/** One step through the list; at its ends it stays. From nowhere, down begins at the first and up at the last. */
export function stepFrom(ids: readonly string[], currentId: string | null, by: 1 | -1): string | null {
  const at = currentId === null ? -1 : ids.indexOf(currentId);
  if (at < 0) return (by === 1 ? ids[0] : ids.at(-1)) ?? null;
  return ids[at + by] ?? currentId;
}
