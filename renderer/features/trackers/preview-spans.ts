import type { InboxItem, MatchSpan } from '../../../shared/model/mention.ts';
import { createMatcher } from '../../../shared/query/matcher.ts';
import { parseQuery } from '../../../shared/query/parse.ts';

/** What the preview needs of a mention. */
export type PreviewedItem = Pick<InboxItem, 'title' | 'text' | 'author' | 'url' | 'sourceName' | 'spans'>;

/**
 * What this very query hits in a mention. The item's own spans mark what the user's other trackers found too,
 * which would make a preview claim hits that the query does not have.
 */
export function previewSpans(query: string): (item: PreviewedItem) => readonly MatchSpan[] {
  const parsed = parseQuery(query);
  if (!parsed.isValid) return () => [];
  const matcher = createMatcher([{ id: 'preview', root: parsed.root }]);
  return (item) => {
    const match = matcher.match({
      title: item.title,
      text: item.text,
      authorName: item.author.name,
      authorHandle: item.author.handle,
      url: item.url,
      language: null,
      sourceName: item.sourceName,
    })[0];
    // It hits beyond the text at hand or by the language: then all marks are better than none.
    return match === undefined ? item.spans : match.spans;
  };
}
