import type { QueryNode, QueryTerm } from '../../../../shared/query/query.ts';
import type { ListenedQuery } from '../connector.ts';

/** A word, or words that stand side by side, as the user wrote them. */
export interface SearchTerm {
  readonly text: string;
  /** Its last word is the beginning of one. */
  readonly isPrefix: boolean;
}

/**
 * For platforms that search for one word or phrase at a time: whatever a query matches holds at least one of these.
 * The hits are held against the query itself afterwards. Null when some branch names nothing to search for, as
 * `from:kate` alone.
 */
export function searchTermsOf({ text, root }: ListenedQuery): readonly SearchTerm[] | null {
  const terms = termsOf(root, text);
  return terms === null ? null : different(terms);
}

/** Those of several queries, each once, and how many of the queries cannot be searched for. */
export function allSearchTerms(queries: readonly ListenedQuery[]): {
  readonly terms: readonly SearchTerm[];
  readonly unsearchable: number;
} {
  const found = queries.map(searchTermsOf);
  return {
    terms: different(found.flatMap((terms) => terms ?? [])),
    unsearchable: found.filter((terms) => terms === null).length,
  };
}

function termsOf(node: QueryNode, text: string): SearchTerm[] | null {
  switch (node.type) {
    case 'term':
      return [asWritten(node, text)];
    case 'near':
      return [longer(asWritten(node.operands[0], text), asWritten(node.operands[1], text))];
    case 'title':
      return termsOf(node.operand, text);
    case 'field':
    case 'not':
      return null;
    case 'or': {
      const branches = node.operands.map((operand) => termsOf(operand, text));
      return branches.every((branch) => branch !== null) ? branches.flat() : null;
    }
    case 'and':
      // Any part is enough; the one with the fewest searches, and among equals the most telling one.
      return (
        node.operands
          .map((operand) => termsOf(operand, text))
          .filter((terms) => terms !== null)
          .sort((a, b) => a.length - b.length || shortest(b) - shortest(a))[0] ?? null
      );
  }
}

const shortest = (terms: readonly SearchTerm[]): number => Math.min(...terms.map(({ text }) => text.length));
const longer = (a: SearchTerm, b: SearchTerm): SearchTerm => (b.text.length > a.text.length ? b : a);

/** As it was typed: accents and signs are gone from the folded words, and platforms may want them. */
function asWritten({ words, isPrefix, range }: QueryTerm, text: string): SearchTerm {
  const typed = text
    .slice(range.start, range.end)
    .replace(/["“”„«»*]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return { text: typed === '' ? words.join(' ') : typed, isPrefix };
}

function different(terms: readonly SearchTerm[]): SearchTerm[] {
  const byKey = new Map<string, SearchTerm>();
  for (const term of terms) {
    const key = `${term.text.toLowerCase()}${term.isPrefix ? '*' : ''}`;
    if (!byKey.has(key)) byKey.set(key, term);
  }
  return [...byKey.values()];
}
