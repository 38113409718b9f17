import { foldText } from '../text/fold.ts';
import { characterClass, classOf } from './characters.ts';

/**
 * A word as it is compared. `text` is folded and holds no space; `start` and `end` are UTF-16 units of the
 * original. A token's *position* is its index in the list that `tokenize` returned.
 */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Longer words are cut into pieces of this many characters, in texts and queries alike. */
const longestWord = 64;
/** Kana words between these lengths are also found by a name that stands inside them. */
const shortestKanaName = 3;
const longestKanaWord = 20;

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/**
 * The words of a text, the same for what is indexed, matched and searched:
 *
 * - Runs of letters, digits and marks, folded by `foldText`. Every other character parts words, an apostrophe
 *   too, so `acme` is found in "Acme's" and `don't` is the phrase "don t"; so do `_ - . /`: `node.js` is the
 *   phrase "node js".
 * - Han, kana, Thai, Lao, Khmer and Myanmar are cut into dictionary words by Intl.Segmenter. A query allows for
 *   names that the dictionary does not know (see terms.ts). Hangul is taken as it is spaced.
 * - An emoji is a word, without skin tone, gender and variation selector; a flag or a family is one word.
 *
 * After these come *extra* tokens, outside the order of the text, so that they stand in no phrase's way: names
 * with a symbol (`#acme` `@acme` `$acme` `.net` `c++` `c#` `disney+` `at&t`), beside their plain words;
 * and the ends of long kana words, since Japanese writes names together.
 *
 * Joined by spaces, the texts survive FTS5's tokenizer `ascii` with `tokenchars '#@$.+&'` byte for byte: it
 * takes every character beyond ASCII as part of a word and changes none. (unicode61 would drop emoji and Indic
 * vowel signs, and parts letters that are newer than its tables.)
 *
 * Linear in the length of the text.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const extras: Token[] = [];
  const length = text.length;
  let at = 0;
  while (at < length) {
    const code = text.charCodeAt(at);
    if (code < 0x80 && asciiIsWord[code] === 0) {
      at++;
      continue;
    }
    const codePoint = code < 0xd800 || code > 0xdbff ? code : (text.codePointAt(at) as number);
    const kind = code < 0x80 ? characterClass.word : classOf(codePoint);
    if (kind === characterClass.word) at = takeWord(text, at, tokens, extras);
    else if (kind === characterClass.ideographic || kind === characterClass.unspaced)
      at = takeUnspaced(text, at, kind, tokens, extras);
    else if (kind === characterClass.emoji) at = takeEmoji(text, at, tokens);
    else if (kind === characterClass.regionalIndicator) at = takeFlag(text, at, tokens);
    else at += codePoint > 0xffff ? 2 : 1;
  }
  for (const extra of extras) tokens.push(extra);
  return tokens;
}

/** What to put into the index for a text: its tokens, parted by spaces. */
export function indexText(tokens: readonly Token[]): string {
  let text = '';
  for (const token of tokens) text += text === '' ? token.text : ` ${token.text}`;
  return text;
}

/** Whether a token is a name with its symbol, one of those that `tokenize` puts behind the words. */
export function isSymbolName(token: string): boolean {
  return symbolName.test(token);
}

const symbolName = /[#@$.+&]/;

const asciiIsWord = new Uint8Array(128);
for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')
  asciiIsWord[character.charCodeAt(0)] = 1;

function takeWord(text: string, start: number, tokens: Token[], extras: Token[]): number {
  const length = text.length;
  let at = start;
  /** Behind the last letter or mark: a joiner at the end is no part of the word. */
  let end = start;
  let pieceStart = start;
  let pieceLength = 0;
  let isAscii = true;
  while (at < length) {
    const code = text.charCodeAt(at);
    let width = 1;
    let isBase = true;
    if (code < 0x80) {
      if (asciiIsWord[code] === 0) break;
    } else {
      const codePoint = code < 0xd800 || code > 0xdbff ? code : (text.codePointAt(at) as number);
      if (codePoint > 0xffff) width = 2;
      const kind = classOf(codePoint);
      if (kind === characterClass.joiner) {
        isAscii = false;
        at += width;
        continue;
      }
      if (kind === characterClass.mark) isBase = false;
      else if (kind !== characterClass.word) break;
      isAscii = false;
    }
    if (isBase) {
      if (pieceLength === longestWord) {
        pushWord(text, pieceStart, end, isAscii, tokens);
        pieceStart = at;
        pieceLength = 0;
      }
      pieceLength++;
    }
    at += width;
    end = at;
  }
  const isWhole = pieceStart === start;
  const count = tokens.length;
  pushWord(text, pieceStart, end, isAscii, tokens);
  if (isWhole && tokens.length > count) {
    const token = tokens[count] as Token;
    if (start > 0) takeNamePrefix(text, token, tokens[count - 1], extras);
    if (end < length) takeNameSuffix(text, token, extras);
  }
  return at;
}

function pushWord(text: string, start: number, end: number, isAscii: boolean, tokens: Token[]): void {
  const word = text.slice(start, end);
  const folded = isAscii ? word.toLowerCase() : foldWord(word);
  if (folded !== '') tokens.push({ text: folded, start, end });
}

/** Compatibility forms may bring in what is no letter (½ is 1⁄2). */
function foldWord(word: string): string {
  return foldText(word).replace(/[^\p{L}\p{N}\p{M}]+/gu, '');
}

const prefixSymbols: Readonly<Record<string, string>> = {
  '#': '#',
  '＃': '#',
  '@': '@',
  '＠': '@',
  $: '$',
  '＄': '$',
  '.': '.',
};

/** `#tag`, `@handle`, `$CASH` and `.net` where the symbol begins the word; `at&t` where it joins two. */
function takeNamePrefix(text: string, token: Token, previous: Token | undefined, extras: Token[]): void {
  const before = text.charCodeAt(token.start - 1);
  if (before === 0x20) return;
  const character = text[token.start - 1] as string;
  if (character === '&' || character === '＆') {
    if (previous?.end === token.start - 1 && token.start >= 2)
      extras.push({ text: `${previous.text}&${token.text}`, start: previous.start, end: token.end });
    return;
  }
  const symbol = prefixSymbols[character];
  if (symbol === undefined || isPartOfWord(text, token.start - 2)) return;
  const first = text.charCodeAt(token.start);
  if ((symbol === '$' || symbol === '.') && first >= 0x30 && first <= 0x39) return;
  if (symbol === '.' && token.start >= 2 && /[^\s("'“‘«[{]/.test(text[token.start - 2] as string)) return;
  extras.push({ text: symbol + token.text, start: token.start - 1, end: token.end });
}

/** `c#`, `c++` and `disney+`: the symbol ends the word; two or more plus signs also before a version (`c++17`). */
function takeNameSuffix(text: string, token: Token, extras: Token[]): void {
  const code = text.charCodeAt(token.end);
  if (code === 0x23) {
    if (!isPartOfWord(text, token.end + 1))
      extras.push({ text: `${token.text}#`, start: token.start, end: token.end + 1 });
  } else if (code === 0x2b) {
    let end = token.end + 1;
    while (text.charCodeAt(end) === 0x2b && end - token.end < 4) end++;
    const count = end - token.end;
    if (count === 1 ? !isPartOfWord(text, end) : count <= 3)
      extras.push({ text: token.text + text.slice(token.end, end), start: token.start, end });
  }
}

function isPartOfWord(text: string, at: number): boolean {
  if (at < 0 || at >= text.length) return false;
  const code = text.charCodeAt(at);
  if (code < 0x80) return asciiIsWord[code] === 1;
  // The second half of a pair: a letter beyond the basic plane, or an emoji, which is no part of a word.
  const codePoint =
    code >= 0xdc00 && code <= 0xdfff && at > 0
      ? (text.codePointAt(at - 1) as number)
      : (text.codePointAt(at) as number);
  const kind = classOf(codePoint);
  return (
    kind === characterClass.word ||
    kind === characterClass.ideographic ||
    kind === characterClass.unspaced ||
    kind === characterClass.mark
  );
}

/** Folding leaves these as they are: the everyday ranges of Han and kana. */
const plainIdeographs = /^[\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff]+$/;
const halfWidthKana = /[\uff66-\uff9f]/;

/** The same kana full-width, with where each unit came from: the dictionary knows no half-width words. */
function widenKana(run: string): { text: string; origins: number[] } {
  let text = '';
  const origins: number[] = [];
  for (const { 0: found, index } of run.matchAll(/[^][\uff9e\uff9f]?/g)) {
    const wide = found.normalize('NFKC');
    for (let unit = 0; unit < wide.length; unit++) origins.push(index);
    text += wide;
  }
  origins.push(run.length);
  return { text, origins };
}

const kanaWord = /^[\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u;

function takeUnspaced(text: string, start: number, kind: number, tokens: Token[], extras: Token[]): number {
  const length = text.length;
  let at = start;
  while (at < length) {
    const codePoint = text.codePointAt(at) as number;
    const found = classOf(codePoint);
    if (found !== kind && found !== characterClass.mark && found !== characterClass.joiner) break;
    at += codePoint > 0xffff ? 2 : 1;
  }
  const run = text.slice(start, at);
  const wide = halfWidthKana.test(run) ? widenKana(run) : null;
  let isFirst = true;
  for (const { segment, index } of segmenter.segment(wide?.text ?? run)) {
    const folded = plainIdeographs.test(segment) ? segment : foldWord(segment);
    if (folded === '') continue;
    const end = index + segment.length;
    const token: Token = {
      text: folded,
      start: start + (wide === null ? index : (wide.origins[index] as number)),
      end: start + (wide === null ? end : (wide.origins[end] as number)),
    };
    // Only the first character: where the first word ends may depend on what follows.
    if (isFirst && start > 0) takeNamePrefix(text, firstCharacter(token), tokens.at(-1), extras);
    isFirst = false;
    tokens.push(token);
    if (
      kind === characterClass.ideographic &&
      folded.length > shortestKanaName &&
      folded.length <= longestKanaWord &&
      kanaWord.test(folded)
    ) {
      for (let from = 1; from + shortestKanaName <= folded.length; from++)
        extras.push({ text: folded.slice(from), start: token.start, end: token.end });
    }
  }
  return at;
}

function firstCharacter(token: Token): Token {
  const text = String.fromCodePoint(token.text.codePointAt(0) as number);
  return { text, start: token.start, end: Math.min(token.end, token.start + text.length) };
}

/** Gender signs: folded away behind a joiner, so that 🤷 finds 🤷‍♀️. */
const genders = new Set([0x2640, 0x2642]);

function takeEmoji(text: string, start: number, tokens: Token[]): number {
  let at = start;
  let folded = '';
  let end = start;
  let isJoined = true;
  while (at < text.length) {
    const codePoint = text.codePointAt(at) as number;
    const width = codePoint > 0xffff ? 2 : 1;
    if (codePoint === 0xfe0e || codePoint === 0xfe0f || isSkinTone(codePoint)) {
      // Looks, not meaning.
    } else if (codePoint >= 0xe0020 && codePoint <= 0xe007f) {
      folded += String.fromCodePoint(codePoint);
    } else if (codePoint === 0x200d) {
      const next = text.codePointAt(at + 1);
      if (next === undefined || classOf(next) !== characterClass.emoji) break;
      isJoined = true;
      at += width;
      continue;
    } else if (isJoined && classOf(codePoint) === characterClass.emoji) {
      if (at === start || !genders.has(codePoint)) {
        if (folded.length >= longestWord) break;
        folded += String.fromCodePoint(codePoint);
      }
      isJoined = false;
    } else break;
    at += width;
    end = at;
  }
  tokens.push({ text: folded.slice(0, longestWord), start, end });
  return end;
}

function isSkinTone(codePoint: number): boolean {
  return codePoint >= 0x1f3fb && codePoint <= 0x1f3ff;
}

function takeFlag(text: string, start: number, tokens: Token[]): number {
  const second = text.codePointAt(start + 2);
  const isPair = second !== undefined && classOf(second) === characterClass.regionalIndicator;
  const end = start + (isPair ? 4 : 2);
  tokens.push({ text: text.slice(start, end), start, end });
  return end;
}
