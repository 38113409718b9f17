import {
  defer,
  distinctUntilChanged,
  EMPTY,
  map,
  merge,
  type Observable,
  Subject,
  switchMap,
  tap,
} from 'rxjs';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { PollResult } from '../../../shared/contract/methods/sources.ts';
import type { SourceId } from '../../../shared/model/ids.ts';
import { isPrivateHost } from '../connectors/http/address-guard.ts';
import {
  findSource,
  listDueSources,
  listSources,
  pollTimes,
  type SourceRecord,
} from '../store/queries/sources.ts';
import { hostOfSource } from './host-of-source.ts';
import { pollSource, type PollSourceDeps } from './poll-source.ts';
import { heedTrackers, spreadOverdue } from './replan.ts';
import { ticks } from './ticks.ts';

/** What only the shell and the user can tell. */
export interface PollingConditions {
  readonly online: boolean;
  readonly asleep: boolean;
  readonly pollingPaused: boolean;
}

export interface PollingInfo {
  readonly state: 'running' | 'offline' | 'asleep' | 'paused' | 'stopped';
  /** Epoch milliseconds. */
  readonly since: number;
  readonly nextPollAt: number | null;
  readonly lastPollAt: number | null;
}

export interface Poller {
  /** Begins to poll what is due. Without it only `pollNow` polls. */
  start(): void;
  /** Answers when these polls, or with null those of all sources that are not paused or gone, have ended. Never rejects. */
  pollNow(sourceIds: readonly SourceId[] | null): Promise<PollResult[]>;
  /** Calls the source's poll off and runs `work` while no other can start: what it writes is not overwritten by an old poll. */
  withoutPolling<Result>(sourceId: SourceId, work: () => Result): Promise<Result>;
  /** A source was added or changed: what is due is asked now, not at the next tick. */
  wake(): void;
  /** A tracker was added or its query changed: sources that are asked for trackers are asked again soon. */
  heedTrackers(): void;
  info(): PollingInfo;
  close(): Promise<void>;
}

export interface PollerDeps extends PollSourceDeps {
  /** Emits what holds now on subscription, and every change. */
  readonly conditions$: Observable<PollingConditions>;
}

const tickMs = 1_000;
const mostAtOnce = 6;
/** Due sources looked at for one that may start; the others' hosts are busy. */
const mostDue = 1_000;
const manualGapMs = 60_000;
/** Ticks this far apart mean that the machine slept and nobody said so, or that its clock was set. */
const unnoticedSleepMs = 60_000;
/** When the outcome of a poll cannot be stored, it is not asked again at every tick. */
const brokenPauseMs = 5 * 60_000;

interface Waiting {
  readonly source: SourceRecord;
  readonly answer: (result: PollResult) => void;
}

interface Running {
  readonly host: string | null;
  readonly controller: AbortController;
  readonly result: Promise<PollResult>;
}

/** One ticker asks the store what is due; manual polls go through the same door, a few at a time, one a host. */
export function createPoller(deps: PollerDeps): Poller {
  const { store, clock, logger, emit } = deps;
  const running = new Map<SourceId, Running>();
  const waiting = new Map<SourceId, Waiting & { readonly result: Promise<PollResult> }>();
  const held = new Map<SourceId, number>();
  const brokenUntil = new Map<SourceId, number>();
  /** Polled while the trackers changed: what such a poll leaves behind comes from the old ones. */
  const outdated = new Set<SourceId>();
  const woken = new Subject<void>();
  let state: PollingInfo['state'] = 'stopped';
  let since = clock.now();
  let lastTickAt = since;
  let isClosed = false;
  let subscription: { unsubscribe(): void } | null = null;

  function setState(next: PollingInfo['state']): void {
    if (next === state) return;
    state = next;
    since = clock.now();
    emit({ name: 'app.changed' });
  }

  const turns = (): Observable<void> =>
    defer(() => {
      guarded('spread', () => spreadOverdue(store, clock));
      lastTickAt = clock.now();
      return merge(ticks(clock, tickMs), woken);
    }).pipe(tap(noticeSleep));

  function noticeSleep(): void {
    const now = clock.now();
    if (Math.abs(now - lastTickAt) > unnoticedSleepMs) guarded('spread', () => spreadOverdue(store, clock));
    lastTickAt = now;
  }

  /** Starts whatever may start now. */
  function fill(): void {
    guarded('fill', () => {
      if (isClosed) return;
      for (const { source } of waiting.values()) {
        if (running.size >= mostAtOnce) return;
        // As it is now: it may have waited long.
        if (mayStart(source)) start(findSource(store, source.sourceId));
      }
      if (!isListening(state) || running.size >= mostAtOnce) return;
      const now = clock.now();
      for (const source of listDueSources(store, now, mostDue)) {
        if (running.size >= mostAtOnce) return;
        if ((brokenUntil.get(source.sourceId) ?? 0) <= now && isReachable(source) && mayStart(source)) {
          start(source);
        }
      }
    });
  }

  /** Offline is about the internet: this computer, its own network and what asks nobody go on. */
  function isReachable(source: SourceRecord): boolean {
    return state !== 'offline' || gateOf(source) === null;
  }

  function mayStart(source: SourceRecord): boolean {
    if (running.has(source.sourceId) || held.has(source.sourceId)) return false;
    const host = gateOf(source);
    return host === null || ![...running.values()].some((other) => other.host === host);
  }

  function start(source: SourceRecord): void {
    const { sourceId } = source;
    const controller = new AbortController();
    const asked = waiting.get(sourceId);
    waiting.delete(sourceId);
    const result = pollSource(deps, source, controller.signal)
      .catch((error: unknown) => {
        // Only storing the outcome can fail here. The stream goes on; this source rests.
        const errorId = crypto.randomUUID();
        logger.error('poll-not-recorded', { errorId, sourceId, error: String(error) });
        brokenUntil.set(sourceId, clock.now() + brokenPauseMs);
        return failed(
          sourceId,
          error instanceof EarshotError
            ? error
            : new EarshotError('internal', `Something in Earshot broke (${errorId} in the log).`, {
                errorId,
              }),
        );
      })
      .then((outcome) => {
        running.delete(sourceId);
        if (outdated.delete(sourceId)) {
          guarded('heed-trackers', () => heedTrackers(store, deps.connectors, clock, [sourceId]));
        }
        asked?.answer(outcome);
        fill();
        return outcome;
      });
    running.set(sourceId, { host: gateOf(source), controller, result });
  }

  /** Null: no queue. Nobody is asked, or a machine of the user's own. */
  function gateOf(source: SourceRecord): string | null {
    const connector = deps.connectors.get(source.connector);
    const host = connector ? hostOfSource(store, connector, source) : null;
    return host === null || isPrivateHost(hostnameOf(host)) ? null : host;
  }

  /** Why a poll by hand has to wait, if it has to. */
  function refusal(source: SourceRecord): EarshotError | null {
    const now = clock.now();
    const retryAt = Number(source.lastError?.details?.['retryAt']);
    if (source.lastError?.code === 'rate-limited' && retryAt > now) {
      return new EarshotError('rate-limited', 'The platform has asked for a pause. Try again after it.', {
        retryAt,
      });
    }
    const { lastPollAt } = source;
    if (lastPollAt === null || gateOf(source) === null) return null;
    const elapsedMs = now - lastPollAt;
    if (elapsedMs < 0 || elapsedMs >= manualGapMs) return null;
    return new EarshotError('rate-limited', 'It was asked less than a minute ago. Wait a moment.', {
      retryAt: lastPollAt + manualGapMs,
    });
  }

  function pollOne(sourceId: SourceId): Promise<PollResult> {
    const known = running.get(sourceId) ?? waiting.get(sourceId);
    if (known) return known.result;
    let source: SourceRecord;
    try {
      source = findSource(store, sourceId);
    } catch (error) {
      if (error instanceof EarshotError) return Promise.resolve(failed(sourceId, error));
      throw error;
    }
    const refused = refusal(source);
    if (refused) return Promise.resolve(failed(sourceId, refused));
    const { promise: result, resolve: answer } = Promise.withResolvers<PollResult>();
    waiting.set(sourceId, { source, answer, result });
    return result;
  }

  function guarded(what: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      logger.error('poller-broke', { what, error: error instanceof Error ? error.stack : String(error) });
    }
  }

  return {
    start() {
      if (isClosed || subscription) return;
      subscription = deps.conditions$
        .pipe(
          map(stateOf),
          distinctUntilChanged(),
          tap(setState),
          switchMap((current) => (isListening(current) ? turns() : EMPTY)),
        )
        .subscribe(fill);
    },
    async pollNow(sourceIds) {
      if (isClosed) return (sourceIds ?? []).map((sourceId) => failed(sourceId, closing()));
      const wanted = sourceIds ?? pollable(listSources(store));
      const results = [...new Set(wanted)].map(pollOne);
      fill();
      return Promise.all(results);
    },
    async withoutPolling(sourceId, work) {
      held.set(sourceId, (held.get(sourceId) ?? 0) + 1);
      try {
        waiting.get(sourceId)?.answer(failed(sourceId, changed()));
        waiting.delete(sourceId);
        const current = running.get(sourceId);
        current?.controller.abort(changed());
        await current?.result;
        return work();
      } finally {
        const others = (held.get(sourceId) ?? 1) - 1;
        if (others > 0) held.set(sourceId, others);
        else held.delete(sourceId);
        fill();
      }
    },
    wake: () => woken.next(),
    heedTrackers() {
      for (const sourceId of running.keys()) outdated.add(sourceId);
      heedTrackers(store, deps.connectors, clock);
      woken.next();
    },
    info: () => ({ state, since, ...pollTimes(store) }),
    async close() {
      isClosed = true;
      subscription?.unsubscribe();
      woken.complete();
      for (const { source, answer } of waiting.values()) answer(failed(source.sourceId, closing()));
      waiting.clear();
      const ending = [...running.values()];
      for (const { controller } of ending) controller.abort(closing());
      await Promise.all(ending.map(({ result }) => result));
      state = 'stopped';
    },
  };
}

function isListening(state: PollingInfo['state']): boolean {
  return state === 'running' || state === 'offline';
}

function stateOf({ online, asleep, pollingPaused }: PollingConditions): PollingInfo['state'] {
  if (asleep) return 'asleep';
  if (pollingPaused) return 'paused';
  return online ? 'running' : 'offline';
}

function pollable(sources: readonly SourceRecord[]): SourceId[] {
  return sources
    .filter(({ isPaused, state }) => !isPaused && state !== 'gone')
    .map(({ sourceId }) => sourceId);
}

function failed(sourceId: SourceId, error: EarshotError): PollResult {
  return { sourceId, fetched: 0, inserted: 0, updated: 0, matched: 0, error: error.toFailure() };
}

function changed(): EarshotError {
  return new EarshotError('conflict', 'The source was changed or removed while it was being polled.');
}

function closing(): EarshotError {
  return new EarshotError('unreachable', 'Earshot is closing.', { reason: 'closing' });
}

/** `hostOf` may name a port. */
function hostnameOf(host: string): string {
  return host.replace(/:\d+$/, '');
}
