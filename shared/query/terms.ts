import { characterClass, classOf } from './characters.ts';
import type { QueryNode, QueryRange, QueryTerm } from './query.ts';
import { isSymbolName, type Token, tokenize } from './tokens.ts';

/** Names of up to this many characters are looked for however a text's dictionary may part them: 32 ways. */
const longestPartedName = 6;
const mostWays = 32;
/** With NEAR every way meets every way of the other term. */
const mostWaysNear = 4;
const defaultShortestPrefix = 2;

/** One way to read what was written: a phrase, and the names with symbols that must stand there as well. */
export interface WrittenTerm {
  readonly phrases: readonly { readonly words: readonly string[]; readonly isPrefix: boolean }[];
  readonly symbolNames: readonly string[];
  readonly isSymbolPrefix: boolean;
  readonly range: QueryRange;
}

/**
 * What a word or a phrase of a query looks for, or null when it holds no word. How it is cut is decided by
 * `tokenize`, as for texts; on top of that:
 *
 * - A Han or kana name is looked for in every way a dictionary could part it, since a name that is in no
 *   dictionary is parted by what stands around it. It is found at the start of a longer dictionary word, a kana
 *   name of three or more also inside one (ソニー in ソニーグループ); not across the parts of two words (京都
 *   is not in 東京|都). A single character must be a word by itself.
 * - A Hangul word of two or more syllables is found at the start of a longer one, since particles are written on
 *   to it (삼성 in 삼성은).
 * - `#acme` is that very token; in a phrase ("love #acme") it is the phrase of the plain words, and the token.
 */
export function readTerm(text: string, isPrefix: boolean, range: QueryRange): WrittenTerm | null {
  const tokens = tokenize(text);
  const symbolNames = tokens.filter((token) => isSymbolName(token.text)).map((token) => token.text);
  // Kana endings overlap the word they end; the words of the order never overlap.
  const words: Token[] = [];
  for (const token of tokens) {
    if (isSymbolName(token.text)) continue;
    if (token.start >= (words.at(-1)?.end ?? 0)) words.push(token);
  }
  const lastWord = words.at(-1);
  if (lastWord === undefined) return null;

  const first = symbolNames[0];
  if (first !== undefined && symbolNames.length === 1 && words.length === 1) {
    const isOnlySymbol = first.includes(lastWord.text) && !isIdeographic(lastWord.text);
    if (isOnlySymbol) return { phrases: [], symbolNames, isSymbolPrefix: isPrefix, range };
  }
  return {
    phrases: waysToPart(words).map((way) => ({
      words: way,
      isPrefix: isPrefix || opensByItself(way.at(-1) ?? ''),
    })),
    symbolNames,
    isSymbolPrefix: false,
    range,
  };
}

/** The node of a term that stands by itself. */
export function termNode(term: WrittenTerm): QueryNode {
  const { range } = term;
  const phrases = term.phrases.map((phrase): QueryTerm => ({ type: 'term', ...phrase, range }));
  return allOf([...anyOf(phrases, range), ...symbolNodes(term)], range);
}

/** The node of two terms near each other; names with symbols stand outside the order, so their words are near. */
export function nearNode(
  left: WrittenTerm,
  right: WrittenTerm,
  distance: number,
  range: QueryRange,
): QueryNode {
  const pairs: QueryNode[] = [];
  for (const one of nearPhrases(left))
    for (const other of nearPhrases(right))
      pairs.push({ type: 'near', distance, operands: [one, other], range });
  return allOf([...anyOf(pairs, range), ...symbolNodes(left), ...symbolNodes(right)], range);
}

/** Letters that must stand before a `*`; a single Han character is word enough. */
export function isLongEnoughPrefix(word: string): boolean {
  const characters = Array.from(word);
  return characters.length >= defaultShortestPrefix || isIdeographic(word);
}

function nearPhrases(term: WrittenTerm): QueryTerm[] {
  const { range } = term;
  if (term.phrases.length > 0)
    return term.phrases.slice(0, mostWaysNear).map((phrase) => ({ type: 'term', ...phrase, range }));
  const name = term.symbolNames[0] ?? '';
  const plain = tokenize(name)
    .filter((token) => !isSymbolName(token.text))
    .map((token) => token.text);
  return [{ type: 'term', words: plain, isPrefix: term.isSymbolPrefix, range }];
}

function symbolNodes(term: WrittenTerm): QueryTerm[] {
  const { range, isSymbolPrefix: isPrefix } = term;
  return term.symbolNames.map((name) => ({ type: 'term', words: [name], isPrefix, range }));
}

function anyOf(nodes: readonly QueryNode[], range: QueryRange): QueryNode[] {
  return nodes.length > 1 ? [{ type: 'or', operands: nodes, range }] : [...nodes];
}

function allOf(nodes: readonly QueryNode[], range: QueryRange): QueryNode {
  const [only] = nodes;
  return nodes.length === 1 && only !== undefined ? only : { type: 'and', operands: nodes, range };
}

/** The likeliest way first: as the dictionary parts it here. */
function waysToPart(words: readonly Token[]): string[][] {
  let ways: string[][] = [[]];
  for (const run of runsOf(words)) {
    const parts = partings(run);
    const room = Math.floor(mostWays / ways.length);
    const [likeliest = []] = parts;
    if (room <= 1 || parts.length === 1) for (const way of ways) way.push(...likeliest);
    else ways = ways.flatMap((way) => parts.slice(0, room).map((part) => [...way, ...part]));
  }
  return ways;
}

/** Words written together without a space, of a script that writes so; every other word is by itself. */
function runsOf(words: readonly Token[]): string[][] {
  const runs: string[][] = [];
  let previous: Token | undefined;
  for (const word of words) {
    const kind = classOf(word.text.codePointAt(0) as number);
    const isUnspaced = kind === characterClass.ideographic || kind === characterClass.unspaced;
    const previousKind = previous === undefined ? 0 : classOf(previous.text.codePointAt(0) as number);
    if (isUnspaced && previous?.end === word.start && previousKind === kind) runs.at(-1)?.push(word.text);
    else runs.push([word.text]);
    previous = word;
  }
  return runs;
}

function partings(run: readonly string[]): string[][] {
  const whole = run.join('');
  const characters = Array.from(whole);
  const known = [[...run]];
  if (!isIdeographic(whole)) {
    const isUnspaced = classOf(whole.codePointAt(0) as number) === characterClass.unspaced;
    return isUnspaced && run.length > 1 ? [...known, [whole]] : known;
  }
  if (characters.length === 1) return known;
  if (run.length > 1) known.push([whole]);
  if (characters.length > longestPartedName) return known;
  const seen = new Set(known.map((way) => way.join(' ')));
  for (let cuts = 0; cuts < 1 << (characters.length - 1); cuts++) {
    const way: string[] = [];
    let word = '';
    characters.forEach((character, index) => {
      word += character;
      if (index === characters.length - 1 || (cuts & (1 << index)) !== 0) {
        way.push(word);
        word = '';
      }
    });
    if (!seen.has(way.join(' '))) known.push(way);
  }
  return known;
}

function isIdeographic(word: string): boolean {
  return classOf(word.codePointAt(0) as number) === characterClass.ideographic;
}

const hangulWord = /^[\uac00-\ud7a3]{2,}$/;
const kanaOnly = /^[\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u;

function opensByItself(word: string): boolean {
  if (hangulWord.test(word)) return true;
  if (word === '' || !isIdeographic(word)) return false;
  return Array.from(word).length >= (kanaOnly.test(word) ? 3 : 2);
}
