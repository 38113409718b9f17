import { EarshotError } from '../../../../shared/contract/errors.ts';
import { fetchFeed, type FeedRequest } from './api.ts';
import { usualAddresses, type FoundFeed } from './discovery.ts';
import { isSameHost } from './same-host.ts';
import type { FeedsSettings } from './settings.ts';

/** The settings to poll with, for an address that is a feed's or that of a page with one. */
export async function findFeed(request: FeedRequest): Promise<{
  readonly settings: FeedsSettings;
  readonly alternatives: readonly FoundFeed[];
}> {
  try {
    await fetchFeed(request, null);
    return { settings: request.settings, alternatives: [] };
  } catch (error) {
    if (!(error instanceof EarshotError) || error.code !== 'not-a-feed') throw error;
    const feeds = (error.details['feeds'] ?? []) as readonly FoundFeed[];
    const [best, ...others] = feeds.length > 0 ? feeds : await guess(request);
    if (best === undefined) throw error;
    return { settings: settingsFor(best.url, request.settings), alternatives: others };
  }
}

/** The permission to ask the private network is for the host that the user named, not for where its page points. */
function settingsFor(url: string, settings: FeedsSettings): FeedsSettings {
  return isSameHost(url, settings.url) ? { ...settings, url } : { url };
}

/** What a host answers for a path that it has no feed at. */
const justNotHere: ReadonlySet<string> = new Set([
  'not-found',
  'gone',
  'not-a-feed',
  'rejected',
  'redirect-loop',
  'forbidden',
  'unauthorized',
]);

/** A page that names no feed: is one of the usual addresses a feed? */
async function guess(request: FeedRequest): Promise<readonly FoundFeed[]> {
  for (const url of usualAddresses(request.settings.url)) {
    try {
      const { content } = await fetchFeed({ ...request, settings: { ...request.settings, url } }, null);
      if (content !== null) return [{ url, title: content.feed.title }];
    } catch (error) {
      if (!(error instanceof EarshotError)) throw error;
      request.signal.throwIfAborted();
      // A host that wants to be left alone is left alone.
      if (!justNotHere.has(error.code)) break;
    }
  }
  return [];
}
