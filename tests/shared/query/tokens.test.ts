import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexText, isSymbolName, tokenize } from '../../../shared/query/tokens.ts';

const words = (text: string): string => indexText(tokenize(text));

describe('words of a text', () => {
  it.each([
    ['Latin with accents', 'Crème BRÛLÉE à Łódź', 'creme brulee a lodz'],
    ['letters that are written as two', 'Straße, STRASSE, Ærø, þing', 'strasse strasse aero thing'],
    ['Turkish with and without dots', 'IŞIK ışık İstanbul istanbul', 'isik isik istanbul istanbul'],
    ['Greek with accent and final sigma', 'Οδός ΟΔΟΣ', 'οδοσ οδοσ'],
    ['Cyrillic, where ё is е and й is not и', 'Ёлка мой мои', 'елка мой мои'],
    ['accents that are characters of their own', 'e\u0301te\u0301 мои\u0306', 'ete мой'],
    ['Arabic with and without vowel signs', 'كِتَاب كتاب إسلام', 'كتاب كتاب اسلام'],
    ['Hebrew with points', 'שָׁלוֹם', 'שלום'],
    ['Devanagari with its vowel signs', 'हिन्दी में', 'हिन्दी में'],
    ['Korean as it is spaced', '한국어는 재미있다', '한국어는 재미있다'],
    ['Chinese by dictionary words', '我买了小米手机', '我 买 了 小米 手机'],
    ['Japanese by dictionary words', '東京都に', '東京 都 に'],
    ['Thai by dictionary words', 'ฉันรักแมว', 'ฉัน รัก แมว'],
    ['full-width and half-width forms', 'ＡＣＭＥ１２ ｶﾞｽ', 'acme12 ガス'],
    ['ligatures and mathematical letters', 'ﬁne 𝓐𝓬𝓶𝓮', 'fine acme'],
    ['letters beyond the basic plane', '𐐀𐐁', '𐐨𐐩'],
    ['apostrophes of every shape', "don't don’t Acme's L’Oréal", 'don t don t acme s l oreal'],
    ['what is invisible inside a word', 'ac\u00adme ac\u200dme ac\u200bme', 'acme acme ac me'],
    ['punctuation and underscores', 'snake_case, e-mail; a/b (x)…', 'snake case e mail a b x'],
    ['an address', 'https://acme.com/a?b=1', 'https acme com a b 1'],
    ['Turkish capital I inside an accented word', 'DIŞI', 'disi'],
  ])('folds and parts %s', (_, text, expected) => {
    expect(words(text)).toBe(expected);
  });

  it.each([
    ['hashtags, handles and cash tags', '#Acme @ana $TSLA', 'acme ana tsla #acme @ana $tsla'],
    ['full-width hashtags, by their first character', '＃東京', '東京 #東'],
    ['programming languages', 'C++ c# F# C++17', 'c c f c 17 c++ c# f# c++'],
    ['names that begin with a dot', 'on .NET (.net) asp.net', 'on net net asp net .net .net'],
    ['names with an ampersand', 'AT&T R&D', 'at t r d at&t r&d'],
    ['names that end in plus', 'Disney+ is', 'disney is disney+'],
    ['no symbols inside sums, mail addresses and prices', '1+1 a@b.c $100 x#y', '1 1 a b c 100 x y'],
  ])('adds %s behind the words', (_, text, expected) => {
    expect(words(text)).toBe(expected);
  });

  it.each([
    ['each by itself', '🔥🔥ok😍', '🔥 🔥 ok 😍'],
    ['without skin tone, gender and variation selector', '👍🏽 🤷🏼‍♀️ ❤️ ❤', '👍 🤷 ❤ ❤'],
    ['with their joiners left out', '👨‍👩‍👧', '👨👩👧'],
    ['flags in pairs', '🇩🇪🇫🇷', '🇩🇪 🇫🇷'],
    ['not the signs of trade', 'Acme™ © 2020®', 'acme 2020'],
  ])('takes emoji as words: %s', (_, text, expected) => {
    expect(words(text)).toBe(expected);
  });

  it('finds a kana name inside a longer word by its ending', () => {
    expect(tokenize('ソニーグループ').map((token) => token.text)).toContain('グループ');
  });

  it('says where each word stands in the original', () => {
    const text = 'Die „Straße“ – ﬁn 👨‍👩‍👧!';
    expect(tokenize(text).map((token) => text.slice(token.start, token.end))).toEqual([
      'Die',
      'Straße',
      'ﬁn',
      '👨‍👩‍👧',
    ]);
  });

  it('says where half-width kana stand', () => {
    const text = 'の ｱｸﾒ ﾄﾞｱ';
    expect(tokenize(text).map((token) => [token.text, text.slice(token.start, token.end)])).toEqual([
      ['の', 'の'],
      ['アクメ', 'ｱｸﾒ'],
      ['ドア', 'ﾄﾞｱ'],
    ]);
  });

  it('cuts endless words into pieces, the same in every text', () => {
    expect(tokenize('x'.repeat(130)).map((token) => token.text.length)).toEqual([64, 64, 2]);
  });
});

const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const livelyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'Acme',
        'ß',
        'İ',
        '#',
        '@',
        '.',
        '+',
        '&',
        "'",
        ' ',
        '東京',
        'ソニー',
        'กา',
        '👩',
        '\u200d',
        '️',
        '🇩',
        '́',
        '\ufdfa',
        '½',
      ),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

describe('whatever the text', () => {
  it('gives ranges inside it, with words of at least one character and no space', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, livelyText), (text) => {
        for (const token of tokenize(text)) {
          expect(token.start).toBeGreaterThanOrEqual(0);
          expect(token.end).toBeGreaterThan(token.start);
          expect(token.end).toBeLessThanOrEqual(text.length);
          expect(token.text).toMatch(/^[^\s"\0]+$/u);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives words in order that do not overlap, with the extra ones behind', () => {
    fc.assert(
      fc.property(livelyText, (text) => {
        let end = 0;
        let isBehind = false;
        for (const token of tokenize(text)) {
          if (token.start < end || isSymbolName(token.text)) isBehind = true;
          else expect(isBehind).toBe(false);
          end = Math.max(end, token.end);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('finds the same words again in a folded word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-composite', maxLength: 8 }), (text) => {
        for (const token of tokenize(text)) {
          if (
            isSymbolName(token.text) ||
            !/^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]+$/u.test(token.text)
          )
            continue;
          expect(tokenize(token.text).map((again) => again.text)).toEqual([token.text]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['marks', `a${'\u0301\u0323'.repeat(150_000)}`],
    ['marks that are kept', `क${'\u093c\u094d'.repeat(150_000)}`],
    ['letters without a space', 'x'.repeat(300_000)],
    ['accented letters without a space', 'ä'.repeat(300_000)],
    ['Han', '一'.repeat(300_000)],
    ['kana', 'アイウエオ'.repeat(60_000)],
    ['Thai', 'ก'.repeat(300_000)],
    ['joined emoji', `👨${'\u200d👨'.repeat(100_000)}`],
    ['names with symbols', 'a&'.repeat(150_000)],
  ])('takes a time in step with the length of 300,000 %s', (_, text) => {
    const timeOf = (part: string): number => {
      const startedAt = performance.now();
      tokenize(part);
      return performance.now() - startedAt;
    };
    timeOf(text.slice(0, 30_000));
    const short = Math.min(timeOf(text.slice(0, 30_000)), timeOf(text.slice(0, 30_000)));
    // Ten times the length in a hundred times the time would be quadratic; a busy machine is given room.
    expect(timeOf(text)).toBeLessThan(Math.max(short * 45, 1500));
  });
});
