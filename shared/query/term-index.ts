import type { QueryTerm } from './query.ts';
import type { Token } from './tokens.ts';

/** Positions, ascending, at which a term begins. */
export interface Hits {
  readonly title: readonly number[];
  readonly text: readonly number[];
}

/** By the number that `add` gave; terms that were not found are absent. */
export type TermHits = ReadonlyMap<number, Hits>;

/** The terms of many queries, looked up by their first word, so that a text is walked once. */
export interface TermIndex {
  /** The same term has the same number. */
  add(term: QueryTerm): number;
  find(tokens: { readonly title: readonly Token[]; readonly text: readonly Token[] }): TermHits;
}

interface IndexedTerm {
  readonly number: number;
  readonly words: readonly string[];
  readonly isPrefix: boolean;
}

export function createTermIndex(): TermIndex {
  const numbers = new Map<string, number>();
  const byFirstWord = new Map<string, IndexedTerm[]>();
  /** Prefixes of one word, by their first unit. */
  const byFirstUnit = new Map<number, IndexedTerm[]>();

  function add({ words, isPrefix }: QueryTerm): number {
    const key = words.join(' ') + (isPrefix ? '*' : '');
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const term: IndexedTerm = { number: numbers.size, words, isPrefix };
    numbers.set(key, term.number);
    const first = words[0] as string;
    if (isPrefix && words.length === 1) append(byFirstUnit, first.charCodeAt(0), term);
    else append(byFirstWord, first, term);
    return term.number;
  }

  function findIn(tokens: readonly Token[], field: keyof Hits, found: Map<number, MutableHits>): void {
    for (let at = 0; at < tokens.length; at++) {
      const { text } = tokens[at] as Token;
      const terms = byFirstWord.get(text);
      if (terms !== undefined) {
        for (const term of terms)
          if (term.words.length === 1 || restFollows(term, tokens, at)) record(found, term.number, field, at);
      }
      if (byFirstUnit.size === 0) continue;
      const prefixes = byFirstUnit.get(text.charCodeAt(0));
      if (prefixes === undefined) continue;
      for (const { number, words } of prefixes)
        if (text.startsWith(words[0] as string)) record(found, number, field, at);
    }
  }

  return {
    add,
    find({ title, text }) {
      const found = new Map<number, MutableHits>();
      findIn(title, 'title', found);
      findIn(text, 'text', found);
      return found;
    },
  };
}

interface MutableHits {
  readonly title: number[];
  readonly text: number[];
}

function restFollows({ words, isPrefix }: IndexedTerm, tokens: readonly Token[], at: number): boolean {
  const last = words.length - 1;
  if (at + last >= tokens.length) return false;
  for (let next = 1; next < last; next++) if (tokens[at + next]?.text !== words[next]) return false;
  const text = tokens[at + last]?.text as string;
  const word = words[last] as string;
  return isPrefix ? text.startsWith(word) : text === word;
}

function record(found: Map<number, MutableHits>, number: number, field: keyof Hits, at: number): void {
  let hits = found.get(number);
  if (hits === undefined) {
    hits = { title: [], text: [] };
    found.set(number, hits);
  }
  hits[field].push(at);
}

function append<Key>(map: Map<Key, IndexedTerm[]>, key: Key, term: IndexedTerm): void {
  const terms = map.get(key);
  if (terms === undefined) map.set(key, [term]);
  else terms.push(term);
}
