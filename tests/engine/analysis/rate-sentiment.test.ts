import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rateSentiment } from '../../../electron/engine/analysis/sentiment/rate-sentiment.ts';

describe('how a text feels', () => {
  it.each([
    ['en', 'I love Acme', 'positive'],
    ['en', 'This is terrible, I hate it', 'negative'],
    ['en', 'The phone has a screen', 'neutral'],
    ['en', 'I love the screen but hate the battery', 'unsure'],
    ['en', '😍', 'positive'],
    ['en', '😡', 'negative'],
    ['de', 'Das ist gut', 'positive'],
    ['de', 'Das ist nicht gut', 'negative'],
    ['es', 'Me encanta, es excelente', 'positive'],
    ['es', 'Es terrible', 'negative'],
    ['fr', "C'est bon", 'positive'],
    ['fr', "Ce n'est pas bon", 'negative'],
    ['it', 'Che bello!', 'positive'],
    ['nl', 'Niet goed', 'negative'],
  ])('in %s, “%s” is %s', (language, text, label) => {
    expect(rateSentiment(text, language).label).toBe(label);
  });

  it.each([
    ["I don't like it"],
    ['I don’t like it'],
    ['I do not like it'],
    ["It isn't very good"],
    ['never happy with it'],
    ['can’t stand it'],
    ['It doesn’t work'],
  ])('hears the negation in “%s”', (text) => {
    expect(rateSentiment(text, 'en').label).toBe('negative');
  });

  it('turns round only what stands close behind a negation', () => {
    expect(rateSentiment('Not today. I love it', 'en').label).toBe('positive');
    expect(rateSentiment('I do not know who made this but I love it', 'en').label).toBe('positive');
  });

  it.each([
    ['ja', 'ありがとう'],
    ['ru', 'Отлично'],
    ['constructor', 'I love it'],
    [null, 'I love it'],
  ])('does not rate %s, which it has no words for', (language, text) => {
    expect(rateSentiment(text, language)).toEqual({ label: 'unrated', score: 0, words: [] });
  });

  it.each(['', '   ', '!!!', 'constructor toString __proto__ valueOf', 'hasOwnProperty'])(
    'is neutral, with a score of nought, for “%s”',
    (text) => {
      expect(rateSentiment(text, 'en')).toEqual({ label: 'neutral', score: 0, words: [] });
    },
  );

  it('points at the words that made it, where they stand', () => {
    const text = '😀 Sadly, it’s not good – but I LOVE the café';
    const { words } = rateSentiment(text, 'en');
    expect(words.map(({ start, end, weight }) => [text.slice(start, end), Math.sign(weight)])).toEqual([
      ['😀', 1],
      ['Sadly', -1],
      ['not good', -1],
      ['LOVE', 1],
    ]);
  });

  it('explains the score: the weights add up to it, inside the text, from -1 to 1', () => {
    const word = fc.constantFrom(
      'love',
      'hate',
      'not',
      "don't",
      'good',
      'bad',
      'awful',
      '😍',
      '.',
      'phone',
      'the',
      'no fun',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 5, arbitrary: word }, fc.string({ unit: 'grapheme', maxLength: 5 })), {
          maxLength: 80,
        }),
        fc.constantFrom('en', 'de', 'es', 'fr', 'eu'),
        (parts, language) => {
          const text = parts.join(' ');
          const { score, words, label } = rateSentiment(text, language);
          expect(Math.abs(score)).toBeLessThanOrEqual(1);
          expect(words.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(score, 9);
          if (label === 'positive') expect(score).toBeGreaterThan(0);
          if (label === 'negative') expect(score).toBeLessThan(0);
          let end = 0;
          for (const found of words) {
            expect(found.start).toBeGreaterThanOrEqual(end);
            expect(found.end).toBeGreaterThan(found.start);
            end = found.end;
          }
          expect(end).toBeLessThanOrEqual(text.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads no more than the first stretch of an endless text', () => {
    const startedAt = performance.now();
    const { words } = rateSentiment('good '.repeat(200_000), 'en');
    expect(words.length).toBeLessThanOrEqual(1000);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });

  it('does not call a long even text positive for a few friendly words', () => {
    const filler =
      'the report lists every part of the machine with its number and its place in the box '.repeat(12);
    const scoreOf = (text: string): number => rateSentiment(text, 'en').score;
    expect(scoreOf(`good ${filler}`)).toBeLessThan(scoreOf('good'));
  });
});
