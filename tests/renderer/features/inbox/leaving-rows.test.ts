import { expect, it } from 'vitest';
import { withLeaving } from '../../../../renderer/features/inbox/use-leaving-rows.ts';
import type { InboxItem } from '../../../../shared/model/mention.ts';

const row = (id: string): InboxItem => ({ conversationId: id }) as unknown as InboxItem;
const rows = (ids: string): InboxItem[] => Array.from(ids, row);
const shown = (items: readonly InboxItem[]): string => items.map((item) => item.conversationId).join('');

it('draws a row that has left where it stood', () => {
  expect(shown(withLeaving(rows('ac'), [{ item: row('b'), index: 1 }]))).toBe('abc');
});

it('draws several in their places, in whatever order they left', () => {
  const leaving = [
    { item: row('d'), index: 3 },
    { item: row('a'), index: 0 },
  ];
  expect(shown(withLeaving(rows('bc'), leaving))).toBe('abcd');
});

it('does not double a row that undo has brought back meanwhile', () => {
  expect(shown(withLeaving(rows('abc'), [{ item: row('b'), index: 1 }]))).toBe('abc');
});
