import { createMatcher } from '../../../../shared/query/matcher.ts';
import { documentText } from '../../../../shared/text/document-text.ts';
import type { IncomingMention, ListenedQuery } from '../connector.ts';

/**
 * Whether some query holds for a mention: a platform's search brings near misses too. A query that looks at the
 * source's name is taken to hold, because only the engine knows that name.
 */
export function createQueryFilter(queries: readonly ListenedQuery[]): (mention: IncomingMention) => boolean {
  if (queries.some(({ text }) => /\bsource:/i.test(text))) return () => true;
  const matcher = createMatcher(queries.map(({ root }, id) => ({ id, root })));
  return ({ title, document, author, url, language }) =>
    matcher.match({
      title,
      text: documentText(document),
      authorName: author.name,
      authorHandle: author.handle,
      url,
      language,
      sourceName: '',
    }).length > 0;
}
