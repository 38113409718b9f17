import { describe, expect, it } from 'vitest';
import { advanceFrom, stepFrom } from '../../../../renderer/features/inbox/auto-advance.ts';

const ids = ['a', 'b', 'c', 'd'];

describe('after a decision', () => {
  it.each([
    ['goes to the next row', ['b'], 'b', 'next', 'c'],
    ['goes to the previous row at the end of the list', ['d'], 'd', 'next', 'c'],
    ['skips rows that leave with it', ['b', 'c'], 'b', 'next', 'd'],
    ['goes to the previous row when that is wished', ['c'], 'c', 'previous', 'b'],
    ['goes to the next row at the beginning when the previous is wished', ['a'], 'a', 'previous', 'b'],
    ['stands nowhere when staying is wished', ['b'], 'b', 'stay', null],
    ['stands nowhere when nothing is left', ids, 'b', 'next', null],
    ['stays on a row that did not leave', ['a'], 'c', 'next', 'c'],
    ['stands nowhere when the row is of another list', ['x'], 'x', 'next', null],
  ] as const)('%s', (_, leaving, current, mode, expected) => {
    expect(advanceFrom(ids, new Set(leaving), current, mode)).toBe(expected);
  });
});

describe('a step through the list', () => {
  it('stays at the ends', () => {
    expect(stepFrom(ids, 'd', 1)).toBe('d');
    expect(stepFrom(ids, 'a', -1)).toBe('a');
    expect(stepFrom(ids, 'b', 1)).toBe('c');
  });

  it('begins at the first row, or upwards at the last', () => {
    expect(stepFrom(ids, null, 1)).toBe('a');
    expect(stepFrom(ids, null, -1)).toBe('d');
    expect(stepFrom(ids, 'gone', 1)).toBe('a');
    expect(stepFrom([], null, 1)).toBeNull();
  });
});
