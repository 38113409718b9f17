/** Rows chosen for one action. `anchorId` is where an extension with Shift starts. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly anchorId: string | null;
}

export const emptySelection: Selection = { ids: new Set(), anchorId: null };

export function toggleSelected(selection: Selection, id: string): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchorId: id };
}

/** Everything between the anchor and `id` joins what is selected; the anchor stays for the next extension. */
export function extendSelected(
  selection: Selection,
  order: readonly string[],
  fromId: string | null,
  id: string,
): Selection {
  const anchorId = selection.anchorId ?? fromId ?? id;
  const from = order.indexOf(anchorId);
  const to = order.indexOf(id);
  if (to < 0) return selection;
  if (from < 0) return { ids: new Set([...selection.ids, id]), anchorId: id };
  const between = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...selection.ids, ...between]), anchorId };
}

/** What an action is about: what is selected, else the row the user stands on. */
export function actedOn(selection: Selection, currentId: string | null): string[] {
  if (selection.ids.size > 0) return [...selection.ids];
  return currentId === null ? [] : [currentId];
}
