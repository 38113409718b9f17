import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextLimit } from '../../../shared/model/text-limit.ts';
import { findAddresses, findHandles } from '../../../shared/text/addresses.ts';
import { measureText } from '../../../shared/text/count-text.ts';
import { splitThread } from '../../../shared/text/split-thread.ts';

const limit = (most: number, change: Partial<TextLimit> = {}): TextLimit => ({
  unit: 'graphemes',
  most,
  mostBytes: null,
  addressCounts: null,
  isServerOfMentionFree: false,
  ...change,
});

describe('splitting a long text into a thread', () => {
  it('leaves a text that fits as it is', () => {
    expect(splitThread(' hello ', limit(10))).toEqual([' hello ']);
  });
  it('cuts between sentences where a part stays at least half full', () => {
    expect(splitThread('One is here. Two is there. Three is nowhere.', limit(30))).toEqual([
      'One is here. Two is there.',
      'Three is nowhere.',
    ]);
  });
  it('cuts between paragraphs before it cuts between sentences', () => {
    expect(splitThread('First one. And more.\n\nSecond. Third is longer.', limit(30))).toEqual([
      'First one. And more.',
      'Second. Third is longer.',
    ]);
  });
  it('cuts between words', () => {
    expect(splitThread('several words and no sentence at all', limit(15))).toEqual([
      'several words',
      'and no sentence',
      'at all',
    ]);
  });
  it('cuts a script without spaces between its words', () => {
    expect(splitThread('私は東京に住んでいます', limit(4)).join('')).toBe('私は東京に住んでいます');
  });
  it('cuts what has no words between characters as readers see them', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(splitThread(family.repeat(5), limit(2))).toEqual([family.repeat(2), family.repeat(2), family]);
  });
  it('counts an address at its fixed length and keeps it whole', () => {
    const address = 'https://town.example/a-very-long-address/that-goes-on';
    expect(splitThread(`Look at this ${address} now`, limit(25, { addressCounts: 23 }))).toEqual([
      'Look at this',
      address,
      'now',
    ]);
  });
  it('gives what can be cut nowhere a part of its own', () => {
    const address = 'https://town.example/a-very-long-address';
    expect(splitThread(`Look at ${address} now`, limit(20))).toEqual(['Look at', address, 'now']);
  });

  const piece = fc.oneof(
    fc.constantFrom(
      'https://town.example/some/path?q=1',
      '@ana@town.example',
      '@bo',
      '👨‍👩‍👧‍👦',
      '日本語の文章です。',
      'nai\u0308ve',
      '\n\n',
      '. ',
      ' ',
      '(',
      '“quoted”',
      '#tag',
    ),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.lorem({ maxCount: 12 }),
  );
  const texts = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
  const limits = fc.record({
    unit: fc.constantFrom<TextLimit['unit']>('graphemes', 'code-points', 'utf16', 'bytes'),
    most: fc.integer({ min: 60, max: 120 }),
    mostBytes: fc.option(fc.integer({ min: 60, max: 200 })),
    addressCounts: fc.option(fc.constant(23)),
    isServerOfMentionFree: fc.boolean(),
  });
  const withoutSpace = (text: string): string => text.replaceAll(/\s/gu, '');

  it('keeps the limit, loses nothing and breaks no character, address or handle, whatever the text', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
    fc.assert(
      fc.property(texts, limits, (text, own) => {
        const parts = splitThread(text, own);
        expect(withoutSpace(parts.join(''))).toBe(withoutSpace(text));
        const solid = [...findAddresses(text), ...findHandles(text)];
        const ends = new Set(
          [...segmenter.segment(text)].map(({ index, segment }) => index + segment.length),
        );
        let from = 0;
        for (const part of parts) {
          const at = text.indexOf(part, from);
          expect(at).toBeGreaterThanOrEqual(from);
          expect(text.slice(from, at).trim()).toBe('');
          const end = at + part.length;
          if (parts.length > 1) {
            const isWhole = solid.some(({ start, end: last }) => start <= at && last >= end);
            if (!isWhole) expect(measureText(part, own).isOver).toBe(false);
            expect(solid.some(({ start, end: last }) => start < end && end < last)).toBe(false);
            expect(end === text.length || ends.has(end) || /\s/u.test(text.charAt(end))).toBe(true);
          }
          from = end;
        }
      }),
      { numRuns: 1500 },
    );
  });
  it('splits a text as long as a book', () => {
    const parts = splitThread('Some words go on and on, 日本語 too. '.repeat(5_000), limit(300));
    expect(parts.length).toBeGreaterThan(500);
  });
});
