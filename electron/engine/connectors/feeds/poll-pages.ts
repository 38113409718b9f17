import type { PollContext, PollPage } from '../connector.ts';
import { adaptItems } from './adapt.ts';
import type { FeedAnswer } from './api.ts';
import type { FeedsCursor } from './cursor.ts';
import { identifyItems } from './identity.ts';
import { pollHints } from './poll-hints.ts';
import { judgeRedirects } from './redirects.ts';
import { isSameHost } from './same-host.ts';
import type { FeedsSettings } from './settings.ts';
import { warningOf } from './warnings.ts';
import type { ParsedFeed } from './wire.ts';

export type FeedContext = PollContext<FeedsSettings, FeedsCursor>;
export type FeedPage = PollPage<FeedsSettings, FeedsCursor>;

/** Items of one transaction: the rest of the engine has its turn in between. */
const pageSize = 100;
/** Older pages that are read once, when a feed is new. */
const archivePages = 5;

/** What an answer makes of the cursor, and its items. */
export function pagesOf(answer: FeedAnswer, before: FeedsCursor, context: FeedContext): Iterable<FeedPage> {
  return answer.content === null ? [unchanged(answer, before, context)] : changed(answer, before, context);
}

/** 304, or a body like the last one. */
function unchanged({ response }: FeedAnswer, before: FeedsCursor, context: FeedContext): FeedPage {
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
function* changed(answer: FeedAnswer, before: FeedsCursor, context: FeedContext): Generator<FeedPage> {
  const { response, content } = answer;
  if (content === null) return;
  const { feed, failure, bodyHash } = content;
  const identified = identifyItems(readableItems(feed), before.feedId, before.recent);
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
      !before.hadItems && feed.next !== null && isSameHost(feed.next, response.url)
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
    const warning = isLast ? warningOf(feed, failure, before.hadItems) : null;
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
export function readableItems(feed: ParsedFeed): ParsedFeed['items'] {
  return feed.items.filter(({ id, title, body, link, publishedAt, author }) =>
    [id, title, body, link, publishedAt, author].some((part) => part !== null),
  );
}

export function siteName(feed: ParsedFeed, url: string): string {
  return feed.title ?? new URL(feed.link ?? url).hostname.replace(/^www\./, '');
}

function afterRedirects(
  response: FeedAnswer['response'],
  before: FeedsCursor,
  context: FeedContext,
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
