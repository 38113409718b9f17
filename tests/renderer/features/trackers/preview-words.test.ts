import { describe, expect, it } from 'vitest';
import { previewWords } from '../../../../renderer/features/trackers/preview-words.ts';

describe('the words above a preview', () => {
  it.each([
    [
      { total: 84, searched: 2000, perDay: 12.2 },
      'About 12 a day',
      '84 hits among your newest 2,000 stored mentions.',
    ],
    [
      { total: 1, searched: 900, perDay: 0.95 },
      'About 1 a day',
      '1 hit among your newest 900 stored mentions.',
    ],
    [
      { total: 9, searched: 2000, perDay: 0.43 },
      'About 3 a week',
      '9 hits among your newest 2,000 stored mentions.',
    ],
    [
      { total: 2, searched: 2000, perDay: 0.07 },
      'About 2 a month',
      '2 hits among your newest 2,000 stored mentions.',
    ],
    [
      { total: 1, searched: 2000, perDay: 0.001 },
      'About 1 a month',
      '1 hit among your newest 2,000 stored mentions.',
    ],
    [{ total: 3, searched: 5, perDay: null }, '3 hits', 'Among your newest 5 stored mentions.'],
    [{ total: 1, searched: 1, perDay: null }, '1 hit', 'Among the one stored mention.'],
    [
      { total: 0, searched: 12, perDay: 0 },
      'No hits yet',
      'Nothing among your newest 12 stored mentions matches.',
    ],
    [
      { total: 0, searched: 0, perDay: null },
      'Nothing is stored yet to try it on',
      'Save it all the same: it listens from the first mention that comes in.',
    ],
  ])('%j', (figures, headline, detail) => {
    expect(previewWords(figures)).toMatchObject({ headline, detail });
  });

  it('warns of a flood before it comes', () => {
    expect(previewWords({ total: 2000, searched: 2000, perDay: 151 }).advice).toMatch(/-word/);
    expect(previewWords({ total: 2000, searched: 2000, perDay: 150 }).advice).toBeNull();
  });
});
