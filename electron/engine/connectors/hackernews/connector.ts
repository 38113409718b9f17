import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { listensOnly, listensOnlyCapabilities } from '../listens-only.ts';
import type { ConnectorInfo } from '../../../../shared/contract/methods/connectors.ts';
import type { Connector, IncomingMention, ListenedQuery, PollContext, PollPage } from '../connector.ts';
import { mentionOf, platform } from './adapt.ts';
import { type ApiOptions, defaultApiUrl, mostHits, searchByDate, type TimeWindow } from './api.ts';
import { type Search, searchesOf, searchKey, withoutCovered } from './searches.ts';
import { hitSchema } from './wire.ts';
import { serviceFields, serviceShape } from '../service-fields.ts';

/** Items are indexed some time after they are written, and edited for two hours. */
const overlapSeconds = 6 * 60 * 60;
const firstLookBackSeconds = 7 * 24 * 60 * 60;
const minimumIntervalMs = 3 * 60_000;
/** Of 10,000 an hour for everybody behind one address. What is left over is asked at the next poll. */
const mostRequests = 100;
const itemsPerPage = 100;

const settingsSchema = z.object({
  ...serviceShape,
});
const cursorSchema = z.object({
  /** By search: the time of the newest item seen, in seconds. */
  newest: z.record(z.string(), z.number().int()),
});
export type HackerNewsSettings = z.infer<typeof settingsSchema>;
export type HackerNewsCursor = z.infer<typeof cursorSchema>;
type Context = PollContext<HackerNewsSettings, HackerNewsCursor>;
type Page = PollPage<HackerNewsSettings, HackerNewsCursor>;

const info: ConnectorInfo = {
  id: 'hackernews',
  name: 'Hacker News',
  summary: 'Stories and comments on Hacker News that your trackers match. Needs no account.',
  platforms: [{ id: platform, name: 'Hacker News' }],
  capabilities: {
    listens: 'search',
    ...listensOnlyCapabilities,
    replyNote:
      'Hacker News lets no program post. Copy your answer, open the item and paste it there; threads close after about two weeks.',
    minimumIntervalMs,
  },
  settings: [...serviceFields(defaultApiUrl)],
  ...listensOnly,
};

export const hackerNewsConnector: Connector<HackerNewsSettings, HackerNewsCursor> = {
  info,
  settingsSchema,
  cursorSchema,
  hostOf: ({ apiUrl }) => new URL(apiUrl ?? defaultApiUrl).hostname,
  describe: () => ({ name: 'Hacker News', url: 'https://news.ycombinator.com/' }),
  poll,
};

/** One search after the other, the one that is furthest behind first; each is stored when it is complete. */
async function* poll(context: Context): AsyncGenerator<Page> {
  const nowSeconds = Math.floor(context.now() / 1000);
  const { searches, unsearchable } = searchesFor(context.queries);
  const earliest = nowSeconds - firstLookBackSeconds;
  // Searches are named by words of people's choosing, “constructor” among them: no keys of a plain object.
  const known = new Map(Object.entries(context.cursor?.newest ?? {}));
  const newest = new Map(searches.map(searchKey).map((key) => [key, known.get(key) ?? earliest]));
  const newestOf = (search: Search): number => newest.get(searchKey(search)) ?? earliest;
  const cursor = (): HackerNewsCursor => ({ newest: Object.fromEntries(newest) });
  const warning = unsearchable > 0 ? { warning: unsearchableWarning(unsearchable) } : {};
  const requests = createRequests(context);

  for (const search of [...searches].sort((a, b) => newestOf(a) - newestOf(b))) {
    const isNew = !known.has(searchKey(search));
    const from = isNew ? earliest : newestOf(search) - overlapSeconds;
    for await (const hits of completeWindows(requests, search, { from, until: null }, nowSeconds)) {
      const items = hits.mentions.toReversed();
      for (let start = 0; start + itemsPerPage < items.length; start += itemsPerPage) {
        yield { items: items.slice(start, start + itemsPerPage), cursor: cursor() };
      }
      newest.set(searchKey(search), Math.max(newestOf(search), hits.newestSeconds));
      const rest = items.slice(Math.floor(Math.max(items.length - 1, 0) / itemsPerPage) * itemsPerPage);
      yield {
        items: rest,
        cursor: cursor(),
        ...(hits.warning ? { warning: hits.warning } : warning),
      };
    }
    if (requests.isSpent()) return;
  }
}

function searchesFor(queries: readonly ListenedQuery[]): { searches: Search[]; unsearchable: number } {
  if (queries.length === 0) {
    throw new EarshotError(
      'unsupported',
      'There is nothing to search Hacker News for yet. Add a tracker with a name or a word.',
    );
  }
  const found = queries.map(searchesOf);
  const searches = withoutCovered(found.filter((each) => each !== null).flat());
  const unsearchable = found.filter((each) => each === null).length;
  if (searches.length === 0) throw unsearchableWarning(unsearchable);
  return { searches, unsearchable };
}

function unsearchableWarning(count: number): EarshotError {
  return new EarshotError(
    'unsupported',
    `${count === 1 ? 'A tracker names' : `${count} trackers name`} no word that Hacker News could search for. Add a name or a word to every part of the query.`,
    { count },
  );
}

interface Requests extends ApiOptions {
  take(): void;
  isSpent(): boolean;
}

function createRequests({ settings, http, signal }: Context): Requests {
  let left = mostRequests;
  return {
    apiUrl: settings.apiUrl ?? defaultApiUrl,
    allowPrivateNetwork: settings.allowPrivateNetwork ?? false,
    http,
    signal,
    take: () => {
      left -= 1;
    },
    isSpent: () => left <= 0,
  };
}

interface Hits {
  /** Newest first. */
  readonly mentions: readonly IncomingMention[];
  /** 0 when there are none. */
  readonly newestSeconds: number;
  readonly warning: EarshotError | null;
}

/**
 * The hits of a window, in windows small enough to be given whole, the oldest first: a cursor that has passed one
 * has missed nothing before it.
 */
async function* completeWindows(
  requests: Requests,
  search: Search,
  window: TimeWindow,
  nowSeconds: number,
): AsyncGenerator<Hits> {
  if (requests.isSpent()) return;
  requests.take();
  const answer = await searchByDate(requests, search, window);
  const isComplete = answer.hits.length >= answer.nbHits && answer.hits.length < mostHits;
  // Items dated in the future exist on nobody's clock but the server's.
  const end = window.until ?? Math.max(nowSeconds, window.from) + 2;
  if (isComplete || end - window.from < 2) {
    yield readHits(answer.hits, nowSeconds);
    return;
  }
  const middle = Math.floor((window.from + end) / 2);
  yield* completeWindows(requests, search, { from: window.from, until: middle }, nowSeconds);
  yield* completeWindows(requests, search, { from: middle, until: window.until }, nowSeconds);
}

function readHits(hits: readonly unknown[], nowSeconds: number): Hits {
  const mentions: IncomingMention[] = [];
  let newestSeconds = 0;
  for (const raw of hits) {
    const hit = hitSchema.safeParse(raw);
    if (!hit.success) continue;
    // A time in the future must not carry the cursor past what is written until then.
    newestSeconds = Math.max(newestSeconds, Math.min(hit.data.created_at_i, nowSeconds));
    mentions.push(mentionOf(hit.data));
  }
  const broken = hits.length - mentions.length;
  const warning =
    broken === 0
      ? null
      : new EarshotError(
          'bad-response',
          `${broken} of ${hits.length} items of Hacker News could not be read.`,
          {
            rejected: broken,
          },
        );
  return { mentions, newestSeconds, warning };
}
