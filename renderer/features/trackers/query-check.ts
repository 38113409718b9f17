import { parseQuery } from '../../../shared/query/parse.ts';
import type { QueryMistake, QueryNode } from '../../../shared/query/query.ts';

export type QueryCheck =
  | { readonly kind: 'empty' }
  | { readonly kind: 'mistake'; readonly mistake: QueryMistake }
  | { readonly kind: 'valid'; readonly root: QueryNode };

/** As the contract has it. */
const longestQuery = 4000;

/** What the engine will say to this query, known while it is typed. Positions count in the text as typed. */
export function checkQuery(text: string): QueryCheck {
  if (text.trim() === '') return { kind: 'empty' };
  if (text.trim().length > longestQuery) {
    const message = 'This query is too long. Make two trackers of it.';
    return { kind: 'mistake', mistake: { start: longestQuery, end: text.length, message } };
  }
  const parsed = parseQuery(text);
  return parsed.isValid ? { kind: 'valid', root: parsed.root } : { kind: 'mistake', mistake: parsed.mistake };
}

/** A name for a tracker from the first thing it listens for, as it was typed; null when there is none. */
export function suggestTrackerName(text: string): string | null {
  const check = checkQuery(text);
  if (check.kind !== 'valid') return null;
  const range = firstTermRange(check.root);
  if (range === null) return null;
  const words = text
    .slice(range.start, range.end)
    .replace(/^"|"\*?$|\*$/g, '')
    .trim();
  return words === '' ? null : words.slice(0, 60);
}

function firstTermRange(node: QueryNode): { start: number; end: number } | null {
  switch (node.type) {
    case 'term':
      return node.range;
    case 'near':
    case 'and':
    case 'or': {
      for (const operand of node.operands) {
        const range = firstTermRange(operand);
        if (range !== null) return range;
      }
      return null;
    }
    case 'title':
      return firstTermRange(node.operand);
    case 'not':
    case 'field':
      return null;
  }
}
