import { findInName } from '../../../../shared/query/fields.ts';
import type { QueryNode, QueryTerm } from '../../../../shared/query/query.ts';
import { tokenize } from '../../../../shared/query/tokens.ts';
import { factToken } from './search-rows.ts';

export interface NamedSource {
  readonly row: number;
  readonly name: string;
}

/**
 * A query as an FTS5 expression that finds exactly the mentions that the matcher finds: same tokens, same
 * positions, title and text apart. `sources` are asked for only when the query names one.
 */
export function searchExpression(root: QueryNode, sources: () => readonly NamedSource[]): string {
  return compile(root, anywhere, sources);
}

/** Words stand in title and body alone (see factToken), so a search through both names no column. */
const anywhere = '';
const titleOnly = '{title} : ';
type Columns = typeof anywhere | typeof titleOnly;

function compile(node: QueryNode, columns: Columns, sources: () => readonly NamedSource[]): string {
  switch (node.type) {
    case 'term':
      return columns + phrase(node);
    case 'near': {
      const [left, right] = node.operands;
      return `${columns}NEAR(${phrase(left)} ${phrase(right)}, ${node.distance})`;
    }
    case 'title':
      return compile(node.operand, titleOnly, sources);
    case 'or':
      return `(${node.operands.map((operand) => compile(operand, columns, sources)).join(' OR ')})`;
    case 'not':
      return `(${quote(factToken.every)} NOT ${compile(node.operand, columns, sources)})`;
    case 'and': {
      const wanted = node.operands.filter((operand) => operand.type !== 'not');
      const unwanted = node.operands.flatMap((operand) => (operand.type === 'not' ? [operand.operand] : []));
      const all = wanted.map((operand) => compile(operand, columns, sources)).join(' AND ');
      const positive = all === '' ? quote(factToken.every) : `(${all})`;
      if (unwanted.length === 0) return positive;
      // One NOT for all of them: a chain would nest, and FTS5 ends at 256 deep.
      const none = unwanted.map((operand) => compile(operand, columns, sources)).join(' OR ');
      return `(${positive} NOT (${none}))`;
    }
    case 'field':
      switch (node.field) {
        case 'from':
          return quote(node.value.split(' ').map(factToken.author).join(' '));
        case 'site':
          return quote(factToken.site(node.value));
        case 'lang':
          return quote(factToken.language(node.value));
        case 'source': {
          const named = sources().filter(({ name }) => findInName(tokenize(name), node.value) !== null);
          if (named.length === 0) return quote(factToken.none);
          return `(${named.map(({ row }) => quote(factToken.source(row))).join(' OR ')})`;
        }
      }
  }
}

function phrase({ words, isPrefix }: QueryTerm): string {
  return quote(words.join(' ')) + (isPrefix ? ' *' : '');
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
