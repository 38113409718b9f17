import { EarshotError } from '../../../../shared/contract/errors.ts';
import { adaptItems } from './adapt.ts';
import { fetchFeed } from './api.ts';
import type { FeedsCursor } from './cursor.ts';
import { identifyItems } from './identity.ts';
import { readableItems, siteName, type FeedContext, type FeedPage } from './poll-pages.ts';
import { isSameHost } from './same-host.ts';
import type { ParsedFeed } from './wire.ts';

/** Walks the older pages of an archive, a few of them, once. What they gave stays if one of them fails. */
export async function* readArchive(start: FeedsCursor, context: FeedContext): AsyncGenerator<FeedPage> {
  let cursor = start;
  const visited = new Set([context.settings.url]);
  while (cursor.archive !== null && cursor.archive.left > 0 && !visited.has(cursor.archive.next)) {
    const { next, left } = cursor.archive;
    visited.add(next);
    const feed = await fetchArchivePage(next, context);
    const identified = identifyItems(feed === null ? [] : readableItems(feed), cursor.feedId, []);
    const older = feed !== null && feed.next !== null && isSameHost(feed.next, next) ? feed.next : null;
    cursor = { ...cursor, archive: older === null || left <= 1 ? null : { next: older, left: left - 1 } };
    const adaptContext = {
      feedId: cursor.feedId,
      siteName: feed === null ? '' : siteName(feed, context.settings.url),
      now: context.now(),
    };
    yield { items: adaptItems(identified.items, adaptContext), cursor };
  }
  if (cursor.archive !== null) yield { items: [], cursor: { ...cursor, archive: null } };
}

/** Null where the page cannot be had: an archive is a gift, its absence no failure of the feed. */
async function fetchArchivePage(url: string, context: FeedContext): Promise<ParsedFeed | null> {
  try {
    const answer = await fetchFeed({ ...context, settings: { ...context.settings, url } }, null);
    return answer.content?.feed ?? null;
  } catch (error) {
    if (error instanceof EarshotError && !context.signal.aborted) return null;
    throw error;
  }
}
