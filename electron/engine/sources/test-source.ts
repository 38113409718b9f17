import type { MethodOutput } from '../../../shared/contract/contract.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { AccountId, TrackerId } from '../../../shared/model/ids.ts';
import { createMatcher } from '../../../shared/query/matcher.ts';
import type { AccountSessions } from '../accounts/sessions.ts';
import type { Analyser } from '../analysis/analysis.ts';
import type { Connector, IncomingMention, PollPage } from '../connectors/connector.ts';
import { type NormalMention, normaliseMention } from '../ingest/normalise.ts';
import type { TrackerBook } from '../ingest/tracker-book.ts';
import { pagesWithin } from '../polling/pages-within.ts';
import type { Clock } from '../ports/clock.ts';
import type { Http } from '../ports/http.ts';
import type { ReadableStore } from '../store/store.ts';

type TestResult = MethodOutput<'sources.test'>;
type Page = PollPage<unknown, unknown>;

export interface TestSourceDeps {
  readonly store: ReadableStore;
  readonly http: Http;
  readonly trackers: TrackerBook;
  readonly analyser: Analyser;
  readonly clock: Clock;
  readonly accounts: Pick<AccountSessions, 'sessionOf' | 'worked' | 'withoutSecrets'>;
}

export interface TestInput {
  readonly accountId: AccountId | null;
  readonly settings: Record<string, unknown>;
  readonly trackerIds: readonly TrackerId[];
  readonly signal: AbortSignal;
}

const shownItems = 5;
const shownText = 2_000;
/** A search asks word by word; the first words may have found nothing. */
const mostPages = 5;

/** What a source of these settings would bring: asked as a poll would ask, and nothing of it stored. */
export async function testSource(
  deps: TestSourceDeps,
  connector: Connector,
  input: TestInput,
): Promise<TestResult> {
  const found = await firstItems(deps, connector, input);
  const { page } = found;
  const sourceName = page?.source?.name ?? connector.describe(found.settings).name;
  const items = judge(deps, input, page?.items ?? [], sourceName);
  return {
    name: page?.source?.name ?? null,
    settings: (page?.settings as Record<string, unknown> | undefined) ?? found.settings,
    fetched: items.length,
    matched: items.filter(({ isMatched }) => isMatched).length,
    items: items
      .sort(
        (a, b) => Number(b.isMatched) - Number(a.isMatched) || (b.publishedAt ?? 0) - (a.publishedAt ?? 0),
      )
      .slice(0, shownItems),
    alternatives: found.alternatives,
  };
}

interface Found {
  readonly page: Page | null;
  readonly settings: Record<string, unknown>;
  readonly alternatives: { url: string; title: string | null }[];
}

async function firstItems(deps: TestSourceDeps, connector: Connector, input: TestInput): Promise<Found> {
  const { settings, signal } = input;
  try {
    return { page: await firstPage(deps, connector, input), settings, alternatives: [] };
  } catch (error) {
    if (!(error instanceof EarshotError) || error.code !== 'not-a-feed' || !connector.discover) throw error;
    const { http, clock } = deps;
    const found = await connector.discover({ settings, http, now: () => clock.now(), signal });
    const better = found.settings as Record<string, unknown>;
    const page = await firstPage(deps, connector, { ...input, settings: better });
    return { page, settings: better, alternatives: [...found.alternatives] };
  }
}

/** The first page that holds something, or the last one looked at. */
async function firstPage(deps: TestSourceDeps, connector: Connector, input: TestInput): Promise<Page | null> {
  const { clock, http, store, trackers } = deps;
  const queries = trackers
    .current(store)
    .list.filter(({ trackerId }) => input.trackerIds.length === 0 || input.trackerIds.includes(trackerId))
    .map(({ query: text, root }) => ({ text, root }));
  const poll = (signal: AbortSignal): AsyncIterable<Page> =>
    connector.poll({
      settings: input.settings,
      cursor: null,
      queries,
      account: input.accountId && deps.accounts.sessionOf(input.accountId),
      http,
      now: () => clock.now(),
      signal,
    });
  let last: Page | null = null;
  let count = 0;
  for await (const page of pagesWithin(poll, clock, input.signal)) {
    last = page;
    count += 1;
    if (page.items.length > 0 || count === mostPages) break;
  }
  return last;
}

function judge(
  deps: TestSourceDeps,
  input: TestInput,
  items: readonly IncomingMention[],
  sourceName: string,
): TestResult['items'] {
  const { list } = deps.trackers.current(deps.store);
  const listened = list.filter(
    ({ trackerId }) => input.trackerIds.length === 0 || input.trackerIds.includes(trackerId),
  );
  const matcher = createMatcher(listened.map(({ trackerId, root }) => ({ id: trackerId, root })));
  const now = deps.clock.now();
  return items
    .map((item) => normaliseMention(item, now))
    .filter((item): item is NormalMention => item !== null)
    .map((item) => {
      const matches = matcher.match({
        title: item.title,
        text: item.text,
        authorName: item.authorName,
        authorHandle: item.authorHandle,
        url: item.url,
        language: deps.analyser.analyse(item.text, item.incoming.language).language,
        sourceName,
      });
      return {
        title: item.title,
        text: item.text.slice(0, shownText),
        author: item.authorName,
        url: item.url,
        publishedAt: item.isTimeGuessed ? null : item.publishedAt,
        isMatched: matches.length > 0,
        spans: matches
          .flatMap(({ spans }) => spans)
          .filter(({ field, end }) => field !== 'text' || end <= shownText),
      };
    });
}
