import { setImmediate } from 'node:timers/promises';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { redactUrl } from '../text/normalize-url.ts';
import type { Connector, PollContext, PollPage } from '../connector.ts';
import { adaptItems } from './adapt.ts';
import { fetchFeed, type FeedAnswer } from './api.ts';
import { feedsCursorSchema, newCursor, usableCursor, type FeedsCursor } from './cursor.ts';
import { usualAddresses, type FoundFeed } from './discovery.ts';
import { identifyItems } from './identity.ts';
import { pollHints } from './poll-hints.ts';
import { judgeRedirects } from './redirects.ts';
import { feedsSettingsSchema, type FeedsSettings } from './settings.ts';
import type { ParsedFeed } from './wire.ts';

type Page = PollPage<FeedsSettings, FeedsCursor>;
type Context = PollContext<FeedsSettings, FeedsCursor>;

/** Items of one transaction: the rest of the engine has its turn in between. */
const pageSize = 100;
/** Older pages that are read once, when a feed is new. */
const archivePages = 5;

/** RSS, RDF, Atom and JSON feeds: what most keyless sources are made of. */
export const feedsConnector: Connector<FeedsSettings, FeedsCursor> = {
  info: {
    id: 'feeds',
    name: 'Feeds',
    summary: 'Follows a blog, a news site, a forum or an alert by its RSS, Atom or JSON feed.',
    platforms: [{ id: 'feeds', name: 'Web' }],
    capabilities: {
      listens: 'follow',
      canReply: false,
      replyNote: 'Feeds can only be read. Open the page to answer there.',
      minimumIntervalMs: 10 * 60_000,
    },
    settings: [
      {
        key: 'url',
        label: 'Address',
        help: 'The address of a feed, or of a page that has one.',
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
    credentials: [],
  },
  settingsSchema: feedsSettingsSchema,
  cursorSchema: feedsCursorSchema,

  hostOf: ({ url }) => new URL(url).hostname,
  describe: ({ url }) => {
    const { hostname, origin } = new URL(url);
    return { name: hostname.replace(/^www\./, ''), url: origin };
  },

  async discover(context) {
    try {
      await fetchFeed(context, null);
      return { settings: context.settings, alternatives: [] };
    } catch (error) {
      if (!(error instanceof EarshotError) || error.code !== 'not-a-feed') throw error;
      const feeds = (error.details['feeds'] ?? []) as readonly FoundFeed[];
      const [best, ...others] = feeds.length > 0 ? feeds : await guess(context);
      if (best === undefined) throw error;
      return { settings: settingsFor(best.url, context.settings), alternatives: others };
    }
  },

  async *poll(context) {
    const { settings } = context;
    const isFirst = context.cursor === null;
    const before = usableCursor(context.cursor ?? newCursor(settings.url), settings.url, context.now());
    const answer = await fetchFeed(context, before);
    const pages =
      answer.content === null
        ? [unchanged(answer, before, context)]
        : changed(answer, before, context, isFirst);
    let cursor = before;
    for (const page of pages) {
      cursor = page.cursor;
      yield page;
      // Turning items into documents takes time too; nobody else should have to wait for all of them.
      await setImmediate();
    }
    if (answer.content?.feed.isExpired === true) throw expired(settings.url);
    yield* readArchive(cursor, context);
  },
};

/** 304, or a body like the last one. */
function unchanged({ response }: FeedAnswer, before: FeedsCursor, context: Context): Page {
  const { settings, ...redirected } = afterRedirects(response, before, context);
  return {
    items: [],
    cursor: {
      ...before,
      ...redirected,
      etag: response.headers['etag'] ?? before.etag,
      lastModified: response.headers['last-modified'] ?? before.lastModified,
    },
    hints: pollHints(response.headers, before.hints),
    ...(settings === undefined ? {} : { settings }),
  };
}

/** Items in pages; only the last one carries what makes the next poll skip them. */
function* changed(
  answer: FeedAnswer,
  before: FeedsCursor,
  context: Context,
  isFirst: boolean,
): Generator<Page> {
  const { response, content } = answer;
  if (content === null) return;
  const { feed, failure, bodyHash } = content;
  const identified = identifyItems(readable(feed), before.feedId, before.recent);
  const { settings, ...redirected } = afterRedirects(response, before, context);
  const isWhole = failure === null && feed.end === 'whole';
  const hints = { intervalMs: feed.intervalMs, skipHours: [...feed.skipHours], skipDays: [...feed.skipDays] };
  const etag = response.headers['etag'] ?? null;
  const lastModified = response.headers['last-modified'] ?? null;
  const cursor: FeedsCursor = {
    ...before,
    ...redirected,
    // What was not read to its end must be sent again.
    etag: isWhole ? etag : null,
    lastModified: isWhole ? lastModified : null,
    validatorsAt: isWhole && (etag !== null || lastModified !== null) ? context.now() : null,
    bodyHash: isWhole ? bodyHash : null,
    hadItems: before.hadItems || feed.items.length > 0,
    archive:
      isFirst && feed.next !== null && isSameHost(feed.next, response.url)
        ? { next: feed.next, left: archivePages }
        : before.archive,
    hints,
    recent: [...identified.recent],
  };
  const adaptContext = {
    feedId: before.feedId,
    siteName: siteName(feed, context.settings.url),
    now: context.now(),
  };
  const { items } = identified;
  for (let start = 0; start === 0 || start < items.length; start += pageSize) {
    const isLast = start + pageSize >= items.length;
    const warning = isLast ? warningOf(feed, failure, before) : null;
    yield {
      items: adaptItems(items.slice(start, start + pageSize), adaptContext),
      cursor: isLast ? cursor : before,
      hints: pollHints(response.headers, hints),
      source: { name: feed.title, url: feed.link },
      ...(isLast && settings !== undefined ? { settings } : {}),
      ...(warning === null ? {} : { warning }),
    };
  }
}

/** An item of which nothing at all is said is nothing to read. */
function readable(feed: ParsedFeed): ParsedFeed['items'] {
  return feed.items.filter(({ id, title, body, link, publishedAt, author }) =>
    [id, title, body, link, publishedAt, author].some((part) => part !== null),
  );
}

function siteName(feed: ParsedFeed, url: string): string {
  return feed.title ?? new URL(feed.link ?? url).hostname.replace(/^www\./, '');
}

function afterRedirects(
  response: FeedAnswer['response'],
  before: FeedsCursor,
  context: Context,
): { readonly redirectCandidate: FeedsCursor['redirectCandidate']; readonly settings?: FeedsSettings } {
  const { movedTo, candidate } = judgeRedirects(
    context.settings.url,
    response.redirects,
    before.redirectCandidate,
    context.now(),
  );
  if (movedTo === null) return { redirectCandidate: candidate };
  return { redirectCandidate: null, settings: { ...context.settings, url: movedTo } };
}

function warningOf(feed: ParsedFeed, failure: EarshotError | null, before: FeedsCursor): EarshotError | null {
  const kept = `${feed.items.length} ${feed.items.length === 1 ? 'item' : 'items'}`;
  if (feed.end === 'too-large') {
    return new EarshotError(
      'too-large',
      `The feed is longer than Earshot reads. The newest ${kept} of its beginning were taken.`,
      {
        ...failure?.details,
        items: feed.items.length,
      },
    );
  }
  if (failure !== null) {
    return new EarshotError(
      failure.code,
      `The feed broke off; ${kept} came whole. ${failure.message}`,
      failure.details,
      failure,
    );
  }
  if (feed.end === 'cut-off') {
    return new EarshotError(
      'bad-response',
      `The feed ends in the middle; ${kept} came whole. Its site may be in trouble.`,
      {
        items: feed.items.length,
      },
    );
  }
  if (feed.end === 'too-deep') {
    return new EarshotError(
      'bad-response',
      `The feed is nested deeper than any feed should be; the ${kept} before that were read.`,
      {
        items: feed.items.length,
      },
    );
  }
  if (feed.droppedItems > 0) {
    return new EarshotError(
      'too-large',
      `The feed lists ${feed.items.length + feed.droppedItems} items; the newest ${kept} were read.`,
      {
        items: feed.items.length,
        dropped: feed.droppedItems,
      },
    );
  }
  if (feed.items.length === 0 && before.hadItems) {
    return new EarshotError(
      'bad-response',
      'The feed gave items before and now has none. What it gave is kept.',
      {},
    );
  }
  return null;
}

/** Walks the older pages of an archive, a few of them, once. What they gave stays if one of them fails. */
async function* readArchive(start: FeedsCursor, context: Context): AsyncGenerator<Page> {
  let cursor = start;
  const visited = new Set([context.settings.url]);
  while (cursor.archive !== null && cursor.archive.left > 0 && !visited.has(cursor.archive.next)) {
    const { next, left } = cursor.archive;
    visited.add(next);
    const feed = await fetchArchivePage(next, context);
    const identified = identifyItems(feed === null ? [] : readable(feed), cursor.feedId, []);
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
async function fetchArchivePage(url: string, context: Context): Promise<ParsedFeed | null> {
  try {
    const answer = await fetchFeed({ ...context, settings: { ...context.settings, url } }, null);
    return answer.content?.feed ?? null;
  } catch (error) {
    if (error instanceof EarshotError && !context.signal.aborted) return null;
    throw error;
  }
}

/** The permission to ask the private network is for the host that the user named, not for where its page points. */
function settingsFor(url: string, settings: FeedsSettings): FeedsSettings {
  return isSameHost(url, settings.url) ? { ...settings, url } : { url };
}

function isSameHost(a: string, b: string): boolean {
  return new URL(a).host === new URL(b).host;
}

/** A page that names no feed: is one of the usual addresses a feed? */
async function guess(context: Omit<Context, 'cursor' | 'queries'>): Promise<readonly FoundFeed[]> {
  for (const url of usualAddresses(context.settings.url)) {
    try {
      const { content } = await fetchFeed({ ...context, settings: { ...context.settings, url } }, null);
      if (content !== null) return [{ url, title: content.feed.title }];
    } catch (error) {
      if (!(error instanceof EarshotError)) throw error;
      context.signal.throwIfAborted();
      // A host that wants to be left alone is left alone.
      if (
        ![
          'not-found',
          'gone',
          'not-a-feed',
          'rejected',
          'redirect-loop',
          'forbidden',
          'unauthorized',
        ].includes(error.code)
      )
        break;
    }
  }
  return [];
}

function expired(url: string): EarshotError {
  return new EarshotError(
    'gone',
    `The feed at ${redactUrl(url)} says that it has ended. What it gave is kept.`,
    {
      isExpired: true,
    },
  );
}
