import { setImmediate } from 'node:timers/promises';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { redactUrl } from '../text/normalize-url.ts';
import { listensOnly, listensOnlyCapabilities } from '../listens-only.ts';
import type { Connector } from '../connector.ts';
import { fetchFeed } from './api.ts';
import { readArchive } from './archive.ts';
import { feedsCursorSchema, newCursor, usableCursor, type FeedsCursor } from './cursor.ts';
import { findFeed } from './find-feed.ts';
import { isGoogleAlert } from './google-alerts.ts';
import { pagesOf } from './poll-pages.ts';
import { feedsSettingsSchema, type FeedsSettings } from './settings.ts';

/** RSS, RDF, Atom and JSON feeds: what most keyless sources are made of. */
export const feedsConnector: Connector<FeedsSettings, FeedsCursor> = {
  info: {
    id: 'feeds',
    name: 'Feeds',
    summary: 'Follows a blog, a news site, a forum or a Google Alert by its RSS, Atom or JSON feed.',
    platforms: [{ id: 'feeds', name: 'Web' }],
    capabilities: {
      listens: 'follow',
      ...listensOnlyCapabilities,
      replyNote: 'Feeds can only be read. Open the page to answer there.',
      minimumIntervalMs: 10 * 60_000,
    },
    settings: [
      {
        key: 'url',
        label: 'Address',
        help: 'The address of a feed, or of a page that has one. For a Google Alert, set “Deliver to” to “RSS feed” and copy the feed’s address.',
        type: 'url',
        isRequired: true,
        isAdvanced: false,
      },
      {
        key: 'allowPrivateNetwork',
        label: 'Allow this computer and the private network',
        help: 'Needed for feeds inside your own network. Leave it off for everything on the internet.',
        type: 'boolean',
        isRequired: false,
        isAdvanced: true,
      },
    ],
    ...listensOnly,
  },
  settingsSchema: feedsSettingsSchema,
  cursorSchema: feedsCursorSchema,

  hostOf: ({ url }) => new URL(url).hostname,
  describe: ({ url }) => {
    const { hostname, origin } = new URL(url);
    return { name: hostname.replace(/^www\./, ''), url: origin };
  },

  discover: findFeed,

  async *poll(context) {
    const { settings } = context;
    const before = usableCursor(context.cursor ?? newCursor(settings.url), settings.url, context.now());
    const answer = await fetchFeed(context, before);
    let cursor = before;
    for (const page of pagesOf(answer, before, context)) {
      cursor = page.cursor;
      yield page;
      // Turning items into documents takes time too; nobody else should have to wait for all of them.
      await setImmediate();
    }
    if (answer.content?.feed.isExpired === true) throw expired(settings.url);
    yield* readArchive(cursor, context);
  },

  // Without them a feed that has moved, or given its items new ids, would bring all of them a second time.
  rewind: ({ url, feedId, recent }) => ({ ...newCursor(url), feedId, recent }),
};

function expired(url: string): EarshotError {
  return new EarshotError(
    'gone',
    `The feed at ${isGoogleAlert(url) ? new URL(url).host : redactUrl(url)} says that it has ended. What it gave is kept.`,
    {
      isExpired: true,
    },
  );
}
