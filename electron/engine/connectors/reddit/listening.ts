import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { AccountSession, IncomingMention, PollContext, PollPage } from '../connector.ts';
import { withCredentials } from '../auth/with-credentials.ts';
import { createQueryFilter } from '../text/query-filter.ts';
import { allSearchTerms } from '../text/search-terms.ts';
import { accountSettingsSchema, callerOf, serverFields, type RedditCredentials } from './account.ts';
import { mentionOfEntry, readThing } from './adapt.ts';
import { placeOf, readApi, readFeed } from './api.ts';
import { listingSchema } from './wire.ts';

export const settingsSchema = z
  .object({
    what: z.enum(['search', 'posts', 'comments', 'inbox']).default('search'),
    subreddits: z
      .string()
      .max(1_000)
      .transform((typed, context) => {
        const names = typed
          .split(/[\s,+]+/)
          .map((name) =>
            name
              .replace(/^(https?:\/\/)?([a-z]+\.)?reddit\.com(?=\/r\/)/i, '')
              .replace(/^\/?r\/(\w+)(\/.*)?$/i, '$1'),
          )
          .filter((name) => name !== '');
        const wrong = names.find((name) => !/^\w{2,21}$/.test(name));
        if (wrong === undefined) return names.join('+');
        context.addIssue({ code: 'custom', message: `“${wrong}” is no name of a subreddit.` });
        return z.NEVER;
      })
      .optional(),
    ...serverFields,
  })
  .superRefine(({ what, subreddits = '' }, context) => {
    if ((what === 'posts' || what === 'comments') && subreddits === '') {
      context.addIssue({ code: 'custom', path: ['subreddits'], message: 'Name at least one subreddit.' });
    }
  });
export type RedditSettings = z.infer<typeof settingsSchema>;

export const cursorSchema = z.object({
  /** By listing: the time of the newest item given, epoch milliseconds. */
  newest: z.record(z.string(), z.number()),
  /** By listing: when it was read last, by our clock. */
  readAt: z.record(z.string(), z.number()).default({}),
  /** Fullnames of what was given last, the newest at the end: looked at again for edits and deletions. */
  recent: z.array(z.string()),
});
export type RedditCursor = z.infer<typeof cursorSchema>;
export type RedditContext = PollContext<RedditSettings, RedditCursor>;
type Page = PollPage<RedditSettings, RedditCursor>;

/** What moderators let through late appears below what is known already. */
const overlapMs = 30 * 60_000;
const firstLookBackMs = 7 * 24 * 60 * 60_000;
/** Listings end at about 1,000 items; without an account there are ten requests a minute for all sources. */
const mostListingPages = { keyless: 5, account: 10 };
/** From so many on, a listing that ends has more behind it that nobody is given. */
const mostGiven = { search: 240, other: 900 };
const itemsPerPage = 100;
const mostRecent = 300;
/** As many as one request can look at again. */
const mostLookedAt = 100;
/** Reddit takes searches of 512 characters. */
const longestSearch = 480;

interface Listing {
  readonly key: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Each listing is read back to what is known and given from the oldest on, so that the cursor passes nothing by. */
export async function* pollReddit(context: RedditContext): AsyncGenerator<Page> {
  const { settings, queries } = context;
  const isSearch = settings.what === 'search';
  const { listings, warning } = listingsOf(context);
  const isWanted = isSearch ? createQueryFilter(queries) : () => true;
  const known = new Map(Object.entries(context.cursor?.newest ?? {}));
  const earliest = context.now() - firstLookBackMs;
  const newest = new Map(listings.map(({ key }) => [key, known.get(key) ?? earliest]));
  const before = context.cursor?.recent ?? [];
  let recent = before;
  const given = new Set<string>();
  const readBefore = new Map(Object.entries(context.cursor?.readAt ?? {}));
  const readAt = new Map(listings.map(({ key }) => [key, readBefore.get(key) ?? 0]));
  const cursor = (): RedditCursor => ({
    newest: Object.fromEntries(newest),
    readAt: Object.fromEntries(readAt),
    recent: [...recent],
  });

  // The one that was read longest ago first: where the requests do not reach for all, none waits for ever.
  for (const listing of listings.toSorted((a, b) => (readAt.get(a.key) ?? 0) - (readAt.get(b.key) ?? 0))) {
    const since = known.has(listing.key) ? (known.get(listing.key) ?? earliest) - overlapMs : earliest;
    const read = await readListing(context, listing, since, new Set(before));
    readAt.set(listing.key, context.now());
    const items = read.items.filter((item) => isWanted(item)).toSorted(byTime);
    const pages = Math.max(1, Math.ceil(items.length / itemsPerPage));
    for (let page = 0; page < pages; page += 1) {
      const some = items.slice(page * itemsPerPage, (page + 1) * itemsPerPage);
      const isLast = page === pages - 1;
      for (const { key } of some) given.add(key);
      recent = withRecent(recent, some);
      if (isLast) newest.set(listing.key, Math.max(newest.get(listing.key) ?? 0, read.newestAt));
      const removed = isLast ? read.removed : [];
      const said = isLast ? (read.warning ?? warning) : null;
      yield {
        items: some,
        cursor: cursor(),
        ...(removed.length === 0 ? {} : { removed }),
        ...(said === null ? {} : { warning: said }),
      };
    }
  }
  const again = before.filter((name) => !given.has(name)).slice(-mostLookedAt);
  const changed = await lookAgain(context, again);
  if (changed.items.length === 0 && changed.removed.length === 0) return;
  recent = recent.filter((name) => !changed.removed.includes(name));
  yield { items: changed.items, removed: changed.removed, cursor: cursor() };
}

function byTime(a: IncomingMention, b: IncomingMention): number {
  return (a.publishedAt ?? 0) - (b.publishedAt ?? 0);
}

function withRecent(recent: readonly string[], items: readonly IncomingMention[]): string[] {
  const added = new Set(items.map(({ key }) => key));
  return [...recent.filter((name) => !added.has(name)), ...added].slice(-mostRecent);
}

function listingsOf({ settings, queries, account }: RedditContext): {
  readonly listings: readonly Listing[];
  readonly warning: EarshotError | null;
} {
  const { what, subreddits = '' } = settings;
  // Feeds have the same paths with `.rss` behind them.
  const suffix = account === null ? '.rss' : '';
  const slash = account === null ? '/' : '';
  if (what === 'inbox') {
    return { listings: [{ key: 'inbox', path: '/message/inbox', parameters: {} }], warning: null };
  }
  if (what === 'posts' || what === 'comments') {
    const path = `/r/${subreddits}/${what === 'posts' ? 'new' : 'comments'}${slash}${suffix}`;
    return { listings: [{ key: what, path, parameters: {} }], warning: null };
  }
  const { searches, unsearchable } = searchesFor(queries);
  const [path, within] =
    subreddits === ''
      ? [`/search${suffix}`, {}]
      : [`/r/${subreddits}/search${suffix}`, { restrict_sr: account === null ? 'on' : '1' }];
  const parameters = { sort: 'new', t: 'all', type: 'link', include_over_18: 'on', ...within };
  return {
    listings: searches.map((q) => ({ key: `search ${q}`, path, parameters: { ...parameters, q } })),
    warning: unsearchable === 0 ? null : unsearchableWarning(unsearchable),
  };
}

/** As few searches as hold all terms. */
function searchesFor(queries: RedditContext['queries']): { searches: string[]; unsearchable: number } {
  if (queries.length === 0) {
    throw new EarshotError(
      'unsupported',
      'There is nothing to search Reddit for yet. Add a tracker with a name or a word.',
    );
  }
  const { terms, unsearchable } = allSearchTerms(queries);
  if (terms.length === 0) throw unsearchableWarning(unsearchable);
  const searches: string[] = [];
  for (const { text } of terms) {
    const phrase = `"${text.replaceAll('"', ' ').slice(0, longestSearch - 2)}"`;
    const last = searches.at(-1);
    if (last !== undefined && last.length + phrase.length + 4 <= longestSearch) {
      searches[searches.length - 1] = `${last} OR ${phrase}`;
    } else searches.push(phrase);
  }
  return { searches, unsearchable };
}

function unsearchableWarning(count: number): EarshotError {
  return new EarshotError(
    'unsupported',
    `${count === 1 ? 'A tracker names' : `${count} trackers name`} no word that Reddit could search for. Add a name or a word to every part of the query.`,
    { count },
  );
}

interface ListingRead {
  /** Newest first, as Reddit gives them. */
  readonly items: readonly IncomingMention[];
  readonly removed: readonly string[];
  /** 0 when there is nothing. */
  readonly newestAt: number;
  readonly warning: EarshotError | null;
}

async function readListing(
  context: RedditContext,
  listing: Listing,
  since: number,
  known: ReadonlySet<string>,
): Promise<ListingRead> {
  const items: IncomingMention[] = [];
  const removed: string[] = [];
  let newestAt = 0;
  let broken = 0;
  let count = 0;
  let after: string | null = null;
  let isReached = false;
  // What moderators let through late stands among what is long known: all that was read is given, not only what is new.
  const floor = Math.min(since, context.now() - firstLookBackMs);
  const mostPages = context.account === null ? mostListingPages.keyless : mostListingPages.account;
  for (let page = 0; page < mostPages && !isReached; page += 1) {
    const read = await readPage(context, listing, after, count);
    count += read.items.length;
    broken += read.broken;
    removed.push(...read.removed.filter((name) => known.has(name)));
    for (const item of read.items) {
      const at = item.publishedAt ?? context.now();
      // A time in the future must not carry the cursor past what is written until then.
      newestAt = Math.max(newestAt, Math.min(at, context.now()));
      if (at >= floor) items.push(item);
    }
    const oldest = read.items.at(-1)?.publishedAt ?? null;
    after = read.after;
    isReached = oldest !== null && oldest < since;
    if (after === null) break;
  }
  const most = context.settings.what === 'search' ? mostGiven.search : mostGiven.other;
  const isCutOff = !isReached && (after !== null || count >= most);
  return { items, removed, newestAt, warning: warningOf(context, broken, isCutOff) };
}

function warningOf({ cursor }: RedditContext, broken: number, isCutOff: boolean): EarshotError | null {
  if (broken > 0) {
    return new EarshotError('bad-response', `${broken} items of Reddit could not be read.`, {
      rejected: broken,
    });
  }
  // A first look need not reach all the way back.
  if (!isCutOff || cursor === null) return null;
  return new EarshotError(
    'too-large',
    'More was written than the newest items that Reddit gives: some is missing. Listen to fewer subreddits per source.',
  );
}

interface PageRead {
  readonly items: readonly IncomingMention[];
  readonly removed: readonly string[];
  readonly broken: number;
  readonly after: string | null;
}

async function readPage(
  context: RedditContext,
  { path, parameters }: Listing,
  after: string | null,
  count: number,
): Promise<PageRead> {
  const paging = {
    limit: String(itemsPerPage),
    ...(after === null ? {} : { after, count: String(count) }),
  };
  if (context.account === null) {
    const { feed, failure } = await readFeed(context, placeOf(context.settings), path, {
      ...parameters,
      ...paging,
    });
    // Half a page must not move the cursor past the other half.
    if (failure !== null || feed.end !== 'whole') {
      throw failure ?? new EarshotError('bad-response', 'Reddit’s feed was cut off on the way.');
    }
    const items = feed.items.map((entry) => mentionOfEntry(entry));
    const good = items.filter((item) => item !== null);
    // Feeds tell of no next page: one that is full may have another behind its last entry.
    const next = feed.items.length >= itemsPerPage ? (good.at(-1)?.key ?? null) : null;
    return { items: good, removed: [], broken: items.length - good.length, after: next };
  }
  const { body } = await readAs(context, context.account, path, { ...parameters, ...paging });
  return { ...readChildren(body.data.children), after: body.data.after ?? null };
}

function readAs(
  context: RedditContext,
  session: AccountSession,
  path: string,
  parameters: Readonly<Record<string, string>>,
) {
  const account = session as AccountSession<RedditCredentials>;
  const place = placeOf(accountSettingsSchema.parse(account.settings));
  return withCredentials(account, (credentials) =>
    readApi(context, place, callerOf(credentials, account.identity.name), path, parameters, listingSchema),
  );
}

export function readChildren(children: readonly unknown[]): Omit<PageRead, 'after'> {
  const things = children.map(readThing);
  return {
    items: things.flatMap((thing) => (thing.state === 'mention' ? [thing.mention] : [])),
    removed: things.flatMap((thing) => (thing.state === 'removed' ? [thing.key] : [])),
    broken: things.filter(({ state }) => state === 'broken').length,
  };
}

/** What was given earlier and did not come again: edited, deleted or as it was. */
async function lookAgain(
  context: RedditContext,
  names: readonly string[],
): Promise<{ items: readonly IncomingMention[]; removed: readonly string[] }> {
  const asked = names.filter((name) => !name.startsWith('t4_'));
  if (context.account === null || asked.length === 0) return { items: [], removed: [] };
  const { body } = await readAs(context, context.account, '/api/info', { id: asked.join(',') });
  const { items, removed } = readChildren(body.data.children);
  return { items, removed };
}
