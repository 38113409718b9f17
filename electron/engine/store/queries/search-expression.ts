import { findInName } from '../../../../shared/query/fields.ts';
import type { QueryNode, QueryTerm } from '../../../../shared/query/query.ts';
import { tokenize } from '../../../../shared/query/tokens.ts';
import { metaToken } from './search-rows.ts';

export interface NamedSource {
  readonly row: number;
  readonly name: string;
}

/**
 * A query as an FTS5 expression that finds exactly the mentions that the matcher finds: same tokens, same
 * positions, title and text apart. `sources` are asked for only when the query names one.
 */
export function searchExpression(root: QueryNode, sources: () => readonly NamedSource[]): string {
  return compile(root, '{title body}', sources);
}

type Columns = '{title body}' | '{title}';

function compile(node: QueryNode, columns: Columns, sources: () => readonly NamedSource[]): string {
  switch (node.type) {
    case 'term':
      return `${columns} : ${phrase(node)}`;
    case 'near': {
      const [left, right] = node.operands;
      return `${columns} : NEAR(${phrase(left)} ${phrase(right)}, ${node.distance})`;
    }
    case 'title':
      return compile(node.operand, '{title}', sources);
    case 'or':
      return `(${node.operands.map((operand) => compile(operand, columns, sources)).join(' OR ')})`;
    case 'not':
      return `(${meta(metaToken.every)} NOT ${compile(node.operand, columns, sources)})`;
    case 'and': {
      const wanted = node.operands.filter((operand) => operand.type !== 'not');
      const unwanted = node.operands.flatMap((operand) => (operand.type === 'not' ? [operand.operand] : []));
      const all = wanted.map((operand) => compile(operand, columns, sources)).join(' AND ');
      const positive = all === '' ? meta(metaToken.every) : `(${all})`;
      if (unwanted.length === 0) return positive;
      // One NOT for all of them: a chain would nest, and FTS5 ends at 256 deep.
      const none = unwanted.map((operand) => compile(operand, columns, sources)).join(' OR ');
      return `(${positive} NOT (${none}))`;
    }
    case 'field':
      switch (node.field) {
        case 'from':
          return `{author} : ${quote(node.value)}`;
        case 'site':
          return meta(metaToken.site(node.value));
        case 'lang':
          return meta(metaToken.language(node.value));
        case 'source': {
          const named = sources().filter(({ name }) => findInName(tokenize(name), node.value) !== null);
          if (named.length === 0) return meta(metaToken.none);
          return `(${named.map(({ row }) => meta(metaToken.source(row))).join(' OR ')})`;
        }
      }
  }
}

function phrase({ words, isPrefix }: QueryTerm): string {
  return quote(words.join(' ')) + (isPrefix ? ' *' : '');
}

function meta(token: string): string {
  return `{meta} : ${quote(token)}`;
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
