import type { QueryNode, QueryTerm } from '../../../../shared/query/query.ts';
import type { ListenedQuery } from '../connector.ts';

/** One request's worth: everything in `text` must be there. */
export interface Search {
  readonly text: string;
  /** Its last word is the beginning of one. */
  readonly isPrefix: boolean;
  /** Only the name of the author is searched. */
  readonly isAuthor: boolean;
}

/** What tells a search, and so its cursor, from others. */
export function searchKey({ text, isPrefix, isAuthor }: Search): string {
  return `${isAuthor ? 'author:' : ''}${text}${isPrefix ? '*' : ''}`;
}

/**
 * What to search for so that everything a query matches is among the hits; the query itself is held against them
 * afterwards. There is no OR between words on the far side, so every branch is a search of its own. Null when
 * some branch names nothing to search for, as `-word` alone.
 */
export function searchesOf({ text, root }: ListenedQuery): Search[] | null {
  const ways = waysOf(root, text);
  return ways === null ? null : withoutCovered(ways.map(toSearch));
}

/** Searches whose hits another one brings as well are left out. */
export function withoutCovered(searches: readonly Search[]): Search[] {
  const different = [...new Map(searches.map((search) => [searchKey(search), search])).values()];
  return different.filter(
    (search, place) =>
      // Of two that bring the same, the first stays.
      !different.some(
        (other, otherPlace) =>
          other !== search && covers(other, search) && (otherPlace < place || !covers(search, other)),
      ),
  );
}

/** Words that must all be there, quoted phrases as one. Plain words are separate, so that a search can be seen to cover another. */
interface Way {
  readonly words: readonly string[];
  /** Found anywhere; its own request, because it changes how the last word is read. */
  readonly prefix: readonly string[];
  readonly author: string | null;
}

function waysOf(node: QueryNode, text: string): Way[] | null {
  const inside = (operand: QueryNode): Way[] | null => waysOf(operand, text);
  switch (node.type) {
    case 'term':
      return [wayOfTerm(node, text)];
    case 'near':
      return [joined(node.operands.map((term) => wayOfTerm(term, text)))];
    case 'title':
      return inside(node.operand);
    case 'field':
      return node.field === 'from' ? [{ words: [], prefix: [], author: node.value }] : null;
    case 'not':
      return null;
    case 'or': {
      const branches = node.operands.map(inside);
      return branches.every((branch) => branch !== null) ? branches.flat() : null;
    }
    case 'and': {
      const parts = node.operands.map(inside).filter((ways) => ways !== null);
      const required = parts.filter((ways) => ways.length === 1).flat();
      if (required.length > 0) return [joined(required)];
      // Any one of them is enough; the one with the fewest searches is asked for.
      return parts.sort((a, b) => a.length - b.length)[0] ?? null;
    }
  }
}

/** All of them must hold; one prefix and no author is as much as one request can say beside words. */
function joined(ways: readonly Way[]): Way {
  return {
    words: [...new Set(ways.flatMap(({ words }) => words))],
    prefix: ways.find(({ prefix }) => prefix.length > 0)?.prefix ?? [],
    author: ways.find(({ author }) => author !== null)?.author ?? null,
  };
}

/**
 * Only a phrase of plain words is asked for as one. The far side keeps `. + # $` as words of their own, so the
 * phrase "node js" would not find “node.js”: what was written with other signs is asked for word by word.
 */
function wayOfTerm({ words, isPrefix, range }: QueryTerm, text: string): Way {
  const pieces = joinUnspaced(words);
  if (isPrefix) return { words: [], prefix: pieces, author: null };
  const isPlainPhrase = pieces.length > 1 && plainPhrase.test(text.slice(range.start, range.end));
  return { words: isPlainPhrase ? [`"${pieces.join(' ')}"`] : pieces, prefix: [], author: null };
}

const plainPhrase = /^["“”„«»][\p{L}\p{M}\p{N}\s]+["“”„«»]$/u;

/** Scripts without spaces are cut into words for matching only; the far side wants them as they are written. */
function joinUnspaced(words: readonly string[]): string[] {
  const pieces: string[] = [];
  for (const word of words) {
    const before = pieces.at(-1);
    if (before !== undefined && isUnspaced(before.at(-1) ?? '') && isUnspaced(word[0] ?? '')) {
      pieces[pieces.length - 1] = before + word;
    } else pieces.push(word);
  }
  return pieces;
}

function isUnspaced(character: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u.test(
    character,
  );
}

function toSearch({ words, prefix, author }: Way): Search {
  if (words.length === 0 && prefix.length === 0)
    return { text: author ?? '', isPrefix: false, isAuthor: true };
  return { text: [...words, ...prefix].join(' '), isPrefix: prefix.length > 0, isAuthor: false };
}

function covers(wide: Search, narrow: Search): boolean {
  if (wide.isAuthor || narrow.isAuthor) return false;
  const { parts: wanted, beginning } = takeApart(wide);
  const given = takeApart(narrow);
  if (![...wanted].every((part) => given.parts.has(part))) return false;
  if (beginning === null) return true;
  const words = given.beginning === null ? given.parts : new Set([...given.parts, given.beginning]);
  return [...words].some((word) => word.startsWith(beginning));
}

/** A phrase holds its words too. The word that is only a beginning stands apart. */
function takeApart({ text, isPrefix }: Search): { parts: Set<string>; beginning: string | null } {
  const written = text.match(/"[^"]*"|\S+/g) ?? [];
  const beginning = isPrefix ? (written.pop() ?? null) : null;
  const parts = written.flatMap((part) =>
    part.startsWith('"') ? [part, ...part.slice(1, -1).split(' ')] : [part],
  );
  return { parts: new Set(parts), beginning };
}
