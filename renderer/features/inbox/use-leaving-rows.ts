import { useCallback, useMemo, useState } from 'react';
import type { InboxItem } from '../../../shared/model/mention.ts';

/** How long a decided row fades in place before it goes; not at all with reduced motion. */
const fadeMs = 150;

interface LeavingRow {
  readonly item: InboxItem;
  readonly index: number;
}

export interface LeavingRows {
  /** The rows to draw: what the list holds, and in their places those that fade. */
  readonly rows: readonly InboxItem[];
  readonly leavingIds: ReadonlySet<string>;
  /** Call before the rows are taken out of the list. */
  readonly leave: (ids: ReadonlySet<string>) => void;
}

/** Rows that were decided are out of the list at once, so that nothing can be done to them; here they fade. */
export function useLeavingRows(items: readonly InboxItem[]): LeavingRows {
  const [leaving, setLeaving] = useState<readonly LeavingRow[]>([]);
  const leave = useCallback(
    (ids: ReadonlySet<string>) => {
      if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
      const going = items.flatMap((item, index) => (ids.has(item.conversationId) ? [{ item, index }] : []));
      setLeaving((known) => [...known, ...going]);
      setTimeout(() => setLeaving((known) => known.filter((row) => !going.includes(row))), fadeMs);
    },
    [items],
  );
  return useMemo(
    () => ({ rows: withLeaving(items, leaving), leavingIds: new Set(leaving.map(idOf)), leave }),
    [items, leaving, leave],
  );
}

function idOf({ item }: LeavingRow): string {
  return item.conversationId;
}

/** `items` with the leaving rows put back where they stood; one that is in the list again is not doubled. */
export function withLeaving(
  items: readonly InboxItem[],
  leaving: readonly LeavingRow[],
): readonly InboxItem[] {
  if (leaving.length === 0) return items;
  const ids = new Set(items.map((item) => item.conversationId));
  const rows = [...items];
  for (const { item, index } of leaving.toSorted((a, b) => a.index - b.index)) {
    if (ids.has(item.conversationId)) continue;
    ids.add(item.conversationId);
    rows.splice(index, 0, item);
  }
  return rows;
}
