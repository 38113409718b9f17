import { describe, expect, it } from 'vitest';
import type { TextLimit } from '../../../shared/model/text-limit.ts';
import { countText, measureText } from '../../../shared/text/count-text.ts';

const limit = (change: Partial<TextLimit> = {}): TextLimit => ({
  unit: 'graphemes',
  most: 500,
  mostBytes: null,
  addressCounts: null,
  isServerOfMentionFree: false,
  ...change,
});
const family = '👨‍👩‍👧‍👦';
const mastodon = limit({ addressCounts: 23, isServerOfMentionFree: true });

describe('counting a text as its platform does', () => {
  it.each([
    ['', 0, 0, 0, 0],
    ['hello', 5, 5, 5, 5],
    ['naïve', 5, 5, 5, 6],
    ['nai\u0308ve', 5, 6, 6, 7],
    [family, 1, 7, 11, 25],
    ['a\r\nb', 3, 4, 4, 4],
    ['日本', 2, 2, 2, 6],
    ['\ud83d', 1, 1, 1, 3],
  ])('%j', (text, graphemes, codePoints, utf16, bytes) => {
    expect(countText(text, limit({ unit: 'graphemes' }))).toBe(graphemes);
    expect(countText(text, limit({ unit: 'code-points' }))).toBe(codePoints);
    expect(countText(text, limit({ unit: 'utf16' }))).toBe(utf16);
    expect(countText(text, limit({ unit: 'bytes' }))).toBe(bytes);
  });

  it.each([
    ['https://earshot.example/a/very/long/path?with=query&and=more#place', 23],
    ['http://a.example', 23],
    ['see https://a.example/x, and (https://b.example/y).', 4 + 23 + 7 + 23 + 2],
    ['https://en.example/wiki/Town_(place)', 23],
    ['(https://en.example/wiki/Town_(place))', 25],
    ['https://a.example/日本', 25],
    ['https://пример.example/путь', 23],
    ['https://localhost/x', 19],
    ['mailto:a@b.example', 18],
    ['https://a.example https://a.example', 47],
    [`https://a.example/${'x'.repeat(400)}`, 23],
  ])('an address has a fixed length: %j', (text, count) => {
    expect(countText(text, mastodon)).toBe(count);
    expect(countText(text, limit())).toBe(text.length);
  });

  it.each([
    ['@ana@town.example hi', '@ana hi'.length],
    ['@ana hi', '@ana hi'.length],
    ['hi @ana@town.example, @bo@village.example', 'hi @ana, @bo'.length],
    ['mail ana@town.example', 'mail ana@town.example'.length],
    ['https://town.example/@ana@village.example', 23],
  ])('the server of a handle is free: %j', (text, count) => {
    expect(countText(text, mastodon)).toBe(count);
  });

  it('tells how much is left, and of two ceilings the one that was broken', () => {
    const both = limit({ most: 10, mostBytes: 20 });
    expect(measureText('hello', both)).toEqual({
      unit: 'graphemes',
      count: 5,
      most: 10,
      left: 5,
      isOver: false,
    });
    expect(measureText('hello world', both)).toMatchObject({ unit: 'graphemes', left: -1, isOver: true });
    expect(measureText(family, both)).toEqual({ unit: 'bytes', count: 25, most: 20, left: -5, isOver: true });
  });

  it('counts long hostile texts to their end', () => {
    // Were the time to grow with the square of the length, the runner would give up on this.
    for (const text of [
      'https://'.repeat(25_000),
      '@a'.repeat(100_000),
      'https://a.b'.repeat(18_000),
      '))))'.repeat(50_000),
      `https://a.example/${'('.repeat(100_000)}`,
      `https://a.example/${').'.repeat(90_000)}`,
    ])
      expect(countText(text, mastodon)).toBeGreaterThan(0);
  });
});
