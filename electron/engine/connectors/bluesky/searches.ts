import type { QueryNode, QueryTerm } from '../../../../shared/query/query.ts';
import type { ListenedQuery } from '../connector.ts';

export interface Searches {
  /** What `q` of a search is. */
  readonly texts: readonly string[];
  /** Queries with a branch that names nothing to search for, as `-word` or `from:kate` alone. */
  readonly unsearchable: number;
}

/**
 * What to search for so that everything the queries match is found. Words side by side must all be there; OR does not
 * work reliably over there, so every branch is a search of its own.
 */
export function searchesOf(queries: readonly ListenedQuery[]): Searches {
  const found = queries.map(({ root, text }) => waysOf(root, text));
  const ways = found.flatMap((each) => each ?? []).map((way) => [...new Set(way)]);
  const texts = ways
    .filter((way, place) => !ways.some((other, at) => at !== place && covers(other, way, at < place)))
    .map((way) => way.join(' '));
  return { texts, unsearchable: found.filter((each) => each === null).length };
}

/** Whatever has all parts of `narrow` has those of `wide`; of two alike the first stays. */
function covers(wide: readonly string[], narrow: readonly string[], isFirst: boolean): boolean {
  return (
    wide.every((part) => narrow.includes(part)) &&
    (wide.length < narrow.length || (isFirst && wide.length === narrow.length))
  );
}

/** Each way is parts that must all hold. Null where some branch names nothing to look for. */
function waysOf(node: QueryNode, text: string): string[][] | null {
  switch (node.type) {
    case 'term':
      return [[partOf(node, text)]];
    case 'near':
      return [node.operands.map((term) => partOf(term, text))];
    case 'title':
      return waysOf(node.operand, text);
    case 'field': {
      const handle = /^from:"?@?((?:[a-z0-9-]+\.)+[a-z0-9-]+)"?$/i.exec(
        text.slice(node.range.start, node.range.end),
      )?.[1];
      return node.field === 'from' && handle !== undefined ? [[`from:${handle.toLowerCase()}`]] : null;
    }
    case 'not':
      return null;
    case 'or': {
      const branches = node.operands.map((operand) => waysOf(operand, text));
      return branches.every((branch) => branch !== null) ? branches.flat() : null;
    }
    case 'and': {
      const parts = node.operands.map((operand) => waysOf(operand, text)).filter((ways) => ways !== null);
      const required = parts.filter((ways) => ways.length === 1).flat();
      if (required.length > 0) return [required.flat()];
      return parts.sort((a, b) => a.length - b.length)[0] ?? null;
    }
  }
}

/** As it was typed, because the far side folds in its own way. In quotes where a sign or a space would part it or mean something. */
function partOf({ words, range }: QueryTerm, text: string): string {
  const typed = text
    .slice(range.start, range.end)
    .replace(/["“”„«»*]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const part = (typed === '' ? words.join(' ') : typed).toLowerCase();
  return /^[\p{L}\p{M}\p{N}]+$/u.test(part) ? part : `"${part}"`;
}
