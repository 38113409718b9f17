import { expect, it } from 'vitest';
import {
  actedOn,
  emptySelection,
  extendSelected,
  toggleSelected,
} from '../../../../renderer/features/inbox/selection.ts';

const order = ['a', 'b', 'c', 'd', 'e'];
const sorted = (ids: ReadonlySet<string>): string => [...ids].toSorted().join('');

it('selects and unselects one row', () => {
  const once = toggleSelected(emptySelection, 'b');
  expect(sorted(once.ids)).toBe('b');
  expect(sorted(toggleSelected(once, 'b').ids)).toBe('');
});

it('extends from the row the user stood on', () => {
  expect(sorted(extendSelected(emptySelection, order, 'b', 'c').ids)).toBe('bc');
});

it('extends from the last row that was selected, in both directions, and keeps what was selected before', () => {
  const anchored = toggleSelected(toggleSelected(emptySelection, 'a'), 'd');
  expect(sorted(extendSelected(anchored, order, null, 'b').ids)).toBe('abcd');
  expect(sorted(extendSelected(anchored, order, null, 'e').ids)).toBe('ade');
});

it('selects one row alone when the anchor has left the list', () => {
  expect(sorted(extendSelected({ ids: new Set(), anchorId: 'gone' }, order, null, 'c').ids)).toBe('c');
});

it('acts on what is selected, else on the row the user stands on', () => {
  expect(actedOn(toggleSelected(emptySelection, 'b'), 'a')).toEqual(['b']);
  expect(actedOn(emptySelection, 'a')).toEqual(['a']);
  expect(actedOn(emptySelection, null)).toEqual([]);
});
