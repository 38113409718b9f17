import { createMatcher } from '../../../../shared/query/matcher.ts';
import type { QueryNode } from '../../../../shared/query/query.ts';
import { documentText } from '../../../../shared/text/document-text.ts';
import type { IncomingMention, ListenedQuery } from '../connector.ts';

/**
 * Whether any of the queries holds for a mention: searches of platforms find word stems and more than was asked for.
 * Its language and the name of its source are not known yet, so they count as fitting.
 */
export function createQueryFilter(queries: readonly ListenedQuery[]): (mention: IncomingMention) => boolean {
  const matcher = createMatcher(queries.map(({ root }, id) => ({ id, root: withoutLateFields(root) })));
  return (mention) => {
    const target = {
      title: mention.title,
      text: documentText(mention.document),
      authorName: mention.author.name,
      authorHandle: mention.author.handle,
      url: mention.url,
      language: mention.language,
      sourceName: '',
    };
    return matcher.match(target).length > 0;
  };
}

function withoutLateFields(node: QueryNode): QueryNode {
  if (node.type !== 'and' && node.type !== 'or') return node;
  const operands = node.operands.filter((operand) => !isLate(operand)).map(withoutLateFields);
  return operands.length === 0 ? node : { ...node, operands };
}

function isLate(node: QueryNode): boolean {
  if (node.type === 'not') return isLate(node.operand);
  return node.type === 'field' && (node.field === 'lang' || node.field === 'source');
}
