import { createMatcher } from '../../../../shared/query/matcher.ts';
import type { QueryField, QueryNode } from '../../../../shared/query/query.ts';
import { documentText } from '../../../../shared/text/document-text.ts';
import type { IncomingMention, ListenedQuery } from '../connector.ts';

/**
 * Whether any of the queries holds for a mention: searches of platforms find word stems and more than was asked for.
 * The name of its source is not known yet and counts as fitting, and so does its language where the platform does
 * not say.
 */
export function createQueryFilter(queries: readonly ListenedQuery[]): (mention: IncomingMention) => boolean {
  const matcherWithout = (...fields: readonly QueryField[]) =>
    createMatcher(queries.map(({ root }, id) => ({ id, root: withoutFields(root, fields) })));
  const withLanguage = matcherWithout('source');
  const withoutLanguage = matcherWithout('source', 'lang');
  return ({ title, document, author, url, language }) => {
    const target = {
      title,
      text: documentText(document),
      authorName: author.name,
      authorHandle: author.handle,
      url,
      language,
      sourceName: '',
    };
    return (language === null ? withoutLanguage : withLanguage).match(target).length > 0;
  };
}

function withoutFields(node: QueryNode, fields: readonly QueryField[]): QueryNode {
  if (node.type !== 'and' && node.type !== 'or') return node;
  const operands = node.operands
    .filter((operand) => !isOneOf(operand, fields))
    .map((operand) => withoutFields(operand, fields));
  return operands.length === 0 ? node : { ...node, operands };
}

function isOneOf(node: QueryNode, fields: readonly QueryField[]): boolean {
  if (node.type === 'not') return isOneOf(node.operand, fields);
  return node.type === 'field' && fields.includes(node.field);
}
