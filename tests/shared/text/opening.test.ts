import { describe, expect, it } from 'vitest';
import type { TextLimit } from '../../../shared/model/text-limit.ts';
import { measureText } from '../../../shared/text/count-text.ts';
import { openingOf } from '../../../shared/text/opening.ts';
import { splitThread } from '../../../shared/text/split-thread.ts';

const limit = (most: number): TextLimit => ({
  unit: 'graphemes',
  most,
  mostBytes: null,
  addressCounts: 23,
  isServerOfMentionFree: true,
});

describe('what stands before an answer', () => {
  it.each([
    ['Thank you', 'kate@far.example', '@kate@far.example '],
    ['Thank you, @Kate@far.example!', 'kate@far.example', ''],
    ['Thank you, @kate@far.examples', 'kate@far.example', '@kate@far.example '],
    ['Thank you', '@kate', '@kate '],
    ['Thank you', null, ''],
    ['Thank you', '', ''],
  ])('of “%s” to %s is “%s”', (text, handle, expected) => {
    expect(openingOf(text, handle)).toBe(expected);
  });

  it('counts in the first part of a thread and goes into none of them', () => {
    const text = 'one two three four five six seven eight nine ten';
    const opening = '@kate@far.example ';
    const parts = splitThread(text, limit(20), opening);
    expect(parts.join(' ')).toBe(text);
    expect(measureText(opening + parts[0], limit(20)).isOver).toBe(false);
    expect(parts.every((part) => !measureText(part, limit(20)).isOver)).toBe(true);
    // Without it the first part takes more.
    expect(splitThread(text, limit(20))[0]?.length).toBeGreaterThan(parts[0]?.length ?? 0);
  });

  it('splits what would have fitted without it', () => {
    const [text, opening] = ['one two three four', '@kate@far.example '];
    expect(splitThread(text, limit(20))).toEqual([text]);
    const parts = splitThread(text, limit(20), opening);
    expect(parts.length).toBe(2);
    expect(parts.join(' ')).toBe(text);
    expect(measureText(opening + parts[0], limit(20)).isOver).toBe(false);
  });

  it('leaves a first part that has no room beside it to the next', () => {
    const parts = splitThread('immeasurable words', limit(14), '@kate ');
    expect(parts).toEqual(['immeasurable', 'words']);
  });
});
