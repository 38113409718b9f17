import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PollResult } from '../../../shared/contract/methods/sources.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { EngineEvent } from '../../../shared/contract/events.ts';
import { accountGone, accountNeeded } from '../accounts/account-needed.ts';
import type { AccountSessions, TrackedSession } from '../accounts/sessions.ts';
import type { Analyser } from '../analysis/analysis.ts';
import type { Connector, ListenedQuery, PollHints } from '../connectors/connector.ts';
import type { ConnectorRegistry } from '../connectors/registry.ts';
import { conversationsChanged } from '../inbox/conversations-changed.ts';
import { type IngestResult, ingestPage } from '../ingest/ingest-page.ts';
import type { TrackerBook } from '../ingest/tracker-book.ts';
import type { Clock } from '../ports/clock.ts';
import type { Http } from '../ports/http.ts';
import type { Logger } from '../ports/logger.ts';
import {
  findSource,
  readCursor,
  savePollFailure,
  savePollSuccess,
  type SourceRecord,
  updateSource,
} from '../store/queries/sources.ts';
import type { ReadableStore, WritableStore } from '../store/store.ts';
import { hostOfSource } from './host-of-source.ts';
import { nextPollAfterFailure, nextPollAfterSuccess } from './next-poll-at.ts';
import { pagesWithin } from './pages-within.ts';
import { parseSettings } from './parse-settings.ts';

export interface PollSourceDeps {
  readonly store: WritableStore;
  readonly connectors: ConnectorRegistry;
  readonly http: Http;
  readonly trackers: TrackerBook;
  readonly analyser: Analyser;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly emit: (event: EngineEvent) => void;
  readonly accounts: Pick<AccountSessions, 'sessionOf' | 'worked' | 'withoutSecrets'>;
}

/** Enough to tell how much a source publishes. */
const mostDatesKept = 1_000;
/** For a source whose connector is not there: nothing but the long waits matters. */
const fallbackIntervalMs = 10 * 60_000;

interface Tally {
  fetched: number;
  inserted: number;
  updated: number;
  matched: number;
  readonly publishedAt: (number | null)[];
  hints: PollHints;
  warning: EarshotError | undefined;
}

/**
 * One poll of one source, from asking to the plan for the next. Never rejects: whatever happens is the outcome.
 * A poll that is called off (`signal`) keeps the pages it has stored and writes nothing more.
 */
export async function pollSource(
  deps: PollSourceDeps,
  source: SourceRecord,
  signal: AbortSignal,
): Promise<PollResult> {
  const { emit } = deps;
  const { sourceId } = source;
  const tally: Tally = {
    fetched: 0,
    inserted: 0,
    updated: 0,
    matched: 0,
    publishedAt: [],
    hints: {},
    warning: undefined,
  };
  let failure: EarshotError | null = null;
  try {
    await pollOrDiscover(deps, source, tally, signal);
  } catch (error) {
    failure = signal.aborted
      ? calledOff(signal)
      : toFailure(deps.accounts.withoutSecrets(error), source, deps.logger);
  }
  if (!signal.aborted) {
    record(deps, source, tally, failure);
    emit({ name: 'sources.changed', sourceIds: [sourceId] });
  }
  const { fetched, inserted, updated, matched } = tally;
  if (inserted > 0 || failure) {
    const { connector } = source;
    deps.logger.info('polled', {
      sourceId,
      connector,
      fetched,
      inserted,
      ...(failure ? { failure: failure.code } : {}),
    });
  }
  return {
    sourceId,
    fetched,
    inserted,
    updated,
    matched,
    ...(failure ? { error: failure.toFailure() } : {}),
  };
}

function record(
  deps: PollSourceDeps,
  source: SourceRecord,
  tally: Tally,
  failure: EarshotError | null,
): void {
  const { store, clock, connectors } = deps;
  const connector = connectors.get(source.connector);
  const at = clock.now();
  const pace = {
    now: at,
    chance: clock.random(),
    minimumIntervalMs: connector?.info.capabilities.minimumIntervalMs ?? fallbackIntervalMs,
  };
  if (failure === null && connector) {
    const plan = nextPollAfterSuccess({
      ...pace,
      rhythm: rhythmOf(store, connector, source),
      publishedAt: tally.publishedAt,
      previousIntervalMs: source.intervalMs,
      hints: tally.hints,
    });
    const warning = (deps.accounts.withoutSecrets(tally.warning) as EarshotError | undefined)?.toFailure();
    savePollSuccess(store, source.sourceId, { at, ...plan, ...(warning ? { warning } : {}) });
    return;
  }
  const reason = (failure ?? missingConnector(source)).toFailure();
  const failCount = source.failCount + 1;
  const hasEverSucceeded = source.lastSuccessAt !== null;
  const plan = nextPollAfterFailure({ ...pace, failure: reason, failCount, hasEverSucceeded });
  savePollFailure(store, source.sourceId, { at, failure: reason, failCount, ...plan });
}

/**
 * A page's address may have been given instead of its feed's. It is looked for when the first poll finds no
 * feed there, so that adding a source needs no network.
 */
async function pollOrDiscover(
  deps: PollSourceDeps,
  source: SourceRecord,
  tally: Tally,
  signal: AbortSignal,
): Promise<void> {
  const connector = deps.connectors.get(source.connector);
  if (!connector) throw missingConnector(source);
  const settings = parseSettings(connector, source.settings);
  try {
    await storePages(deps, connector, source, settings, tally, signal);
  } catch (error) {
    const isFirstLook = source.lastSuccessAt === null && tally.fetched === 0;
    if (
      !(error instanceof EarshotError) ||
      error.code !== 'not-a-feed' ||
      !isFirstLook ||
      !connector.discover
    ) {
      throw error;
    }
    const { http, clock, store } = deps;
    const found = await connector.discover({ settings, http, now: () => clock.now(), signal });
    if (signal.aborted || JSON.stringify(found.settings) === JSON.stringify(settings)) throw error;
    const better = found.settings as Record<string, unknown>;
    const { url } = connector.describe(better);
    updateSource(store, source.sourceId, { settings: better, url, startsAfresh: true });
    await storePages(deps, connector, findSource(store, source.sourceId), better, tally, signal);
  }
}

async function storePages(
  deps: PollSourceDeps,
  connector: Connector,
  source: SourceRecord,
  settings: unknown,
  tally: Tally,
  signal: AbortSignal,
): Promise<void> {
  const { store, clock, http, trackers, analyser, emit } = deps;
  const cursor = connector.cursorSchema.safeParse(readCursor(store, source.sourceId));
  const account = accountOf(deps, connector, source, settings);
  const pages = pagesWithin(
    (limit) =>
      connector.poll({
        settings,
        cursor: cursor.success ? cursor.data : null,
        queries: queriesOf(source, trackers, store),
        http,
        now: () => clock.now(),
        signal: limit,
        account,
      }),
    clock,
    signal,
  );
  for await (const page of pages) {
    const stored = ingestPage(store, { source, page, trackers, analyser, now: clock.now() });
    tally.fetched += stored.fetched;
    tally.inserted += stored.inserted;
    tally.updated += stored.updated;
    tally.matched += stored.matched;
    for (const { publishedAt } of page.items.slice(0, mostDatesKept - tally.publishedAt.length)) {
      tally.publishedAt.push(publishedAt);
    }
    tally.hints = { ...tally.hints, ...page.hints };
    tally.warning = page.warning ?? tally.warning ?? rejectedWarning(stored);
    if (stored.conversationIds.length > 0)
      emit(conversationsChanged(stored.conversationIds, stored.inserted));
    if (stored.replyIds.length > 0) {
      emit({
        name: 'replies.changed',
        replyIds: [...stored.replyIds],
        conversationIds: [...stored.conversationIds],
      });
    }
    // Storing is synchronous: whoever waits for an answer comes between two pages.
    await nextTurn();
  }
  if (source.accountId && account?.isUsed()) deps.accounts.worked(source.accountId);
}

/** Whose eyes it listens with. */
function accountOf(
  deps: PollSourceDeps,
  connector: Connector,
  source: SourceRecord,
  settings: unknown,
): TrackedSession | null {
  if (source.accountId === null) {
    const needed = accountNeeded(connector, settings);
    if (needed === null) return null;
    throw new EarshotError('unauthorized', needed);
  }
  try {
    return deps.accounts.sessionOf(source.accountId);
  } catch (error) {
    throw error instanceof EarshotError && error.code === 'not-found' ? accountGone() : error;
  }
}

function queriesOf(source: SourceRecord, trackers: TrackerBook, store: WritableStore): ListenedQuery[] {
  const listened = new Set(source.trackerIds);
  return trackers
    .current(store)
    .list.filter(({ trackerId }) => listened.size === 0 || listened.has(trackerId))
    .map(({ query: text, root }) => ({ text, root }));
}

function rejectedWarning({ rejected, fetched }: IngestResult): EarshotError | undefined {
  if (rejected === 0) return undefined;
  return new EarshotError(
    'bad-response',
    `${rejected} of ${fetched} items could not be read and were left out.`,
    {
      rejected,
    },
  );
}

/** A search is asked for what is new everywhere; in a chat people wait; what asks nobody costs nobody anything. */
function rhythmOf(store: ReadableStore, connector: Connector, source: SourceRecord): 'steady' | 'adaptive' {
  const { listens, isChat } = connector.info.capabilities;
  if (listens === 'search' || isChat) return 'steady';
  return hostOfSource(store, connector, source) === null ? 'steady' : 'adaptive';
}

function missingConnector({ connector }: SourceRecord): EarshotError {
  return new EarshotError('unsupported', `This version of Earshot has no connector “${connector}”.`, {
    connector,
  });
}

function calledOff(signal: AbortSignal): EarshotError {
  const reason: unknown = signal.reason;
  return reason instanceof EarshotError ? reason : new EarshotError('conflict', 'The poll was called off.');
}

function toFailure(error: unknown, source: SourceRecord, logger: Logger): EarshotError {
  if (error instanceof EarshotError) return error;
  const errorId = crypto.randomUUID();
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  logger.error('poll-broke', {
    errorId,
    sourceId: source.sourceId,
    connector: source.connector,
    error: stack,
  });
  return new EarshotError(
    'internal',
    `Something in Earshot broke (${errorId} in the log).`,
    { errorId },
    error,
  );
}
