import type { Observable } from 'rxjs';
import type { Failure } from '../../../shared/contract/errors.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { ReplyWait } from '../../../shared/model/reply.ts';
import type { PollingConditions } from '../polling/poller.ts';
import { listAccounts } from '../store/queries/accounts.ts';
import { deleteUnusedAttachments } from '../store/queries/attachments.ts';
import { type ReplyRecord } from '../store/queries/replies.ts';
import { listPending, listRowsInState } from '../store/queries/reply-lists.ts';
import { toRow } from '../store/row-ids.ts';
import { announce, attempt, lookFor, notWrittenDown } from './attempt.ts';
import type { AttemptDeps } from './attempt-context.ts';
import { changeReply } from './change-reply.ts';
import { keepHeldAsDrafts } from './held-back.ts';
import { laneOf, type Standing, standings } from './turns.ts';

export interface OutboxDeps extends AttemptDeps {
  /** Emits what holds now on subscription, and every change. */
  readonly conditions$: Observable<PollingConditions>;
  /** The process runs one call and goes: what can still be taken back stays queued for the next one. */
  readonly isOneCall?: boolean;
}

export interface Outbox {
  /** Begins to send what is due. Without it everything stays queued. */
  start(): void;
  /** Something was queued or changed. */
  poke(): void;
  /** What each reply on its way waits for; by row. Not in it, or null: nothing. */
  waits(): ReadonlyMap<number, ReplyWait | null>;
  /** Sends what is due or soon will be, and waits for it, though not for long. */
  settle(): Promise<void>;
  /** Ends what is under way, keeps what could still be taken back as drafts. */
  close(): Promise<void>;
}

/** A laptop sleeps and its clock is set: never trust one long timer. */
const longestSleepMs = 30_000;
/** What a single call waits for: holds, looks and first delays that are over so soon, and all of it no longer than that. */
const settleWithinMs = 7_000;
const settlePatienceMs = 40_000;
const settleStepMs = 25;
const unusedAfterMs = 24 * 60 * 60_000;

const interrupted =
  'Earshot was closed while this was being sent. It may have arrived: nothing is sent again before that is known.';

interface Running {
  readonly row: number;
  readonly lane: string;
  readonly result: Promise<void>;
}

/** Sends what is queued: accounts side by side, one thing at a time for each, in order within a conversation. */
export function createOutbox(deps: OutboxDeps): Outbox {
  const { store, clock, logger, timings } = deps;
  /** By the account's row. */
  const running = new Map<number, Running>();
  const stopped = new AbortController();
  const calledOff = new AbortController();
  let nap = new AbortController();
  let conditions: PollingConditions = { online: true, asleep: false, pollingPaused: false };
  let subscription: { unsubscribe(): void } | null = null;
  let loop: Promise<void> = Promise.resolve();
  let isStarted = false;
  let tidiedAt = -Infinity;

  function stand(): readonly Standing[] {
    const accounts = new Map(listAccounts(store).map((account) => [toRow(account.accountId), account]));
    const pending = listPending(store).map((reply) => {
      const account = reply.accountRow === null ? undefined : accounts.get(reply.accountRow);
      return {
        ...reply,
        accountPausedUntil: account?.pausedUntil ?? null,
        isAccountStuck: account !== undefined && (account.state === 'expired' || account.isReadOnly),
      };
    });
    return standings(pending, clock.now(), conditions.online);
  }

  /** Starts whatever may start now; gives how long there is nothing to do. */
  function fill(): number {
    if (conditions.asleep) return longestSleepMs;
    const now = clock.now();
    let sleepMs = longestSleepMs;
    const lanes = new Set([...running.values()].map(({ lane }) => lane));
    const underWay = new Set([...running.values()].map(({ row }) => row));
    for (const { reply, waitsFor } of stand()) {
      if (reply.state === 'sending' && !underWay.has(reply.row)) lookFor(deps, reply.row, notWrittenDown);
      const isLeftToUser = reply.state === 'unconfirmed' && reply.nextAttemptAt === null;
      if (reply.state === 'sending' || isLeftToUser) continue;
      // Accounts of their own are row numbers; what has lost its account fails at once, in a slot of its own.
      const slot = reply.accountRow ?? -reply.row;
      if (waitsFor === null && !running.has(slot) && !lanes.has(laneOf(reply))) {
        lanes.add(laneOf(reply));
        begin(reply.row, slot, laneOf(reply));
      }
      sleepMs = Math.min(sleepMs, waitsFor === null ? timings.tickMs : untilDue(reply, now));
    }
    return sleepMs;
  }

  function untilDue(reply: Standing['reply'], now: number): number {
    const times = [reply.heldUntil, reply.sendAt, reply.nextAttemptAt, reply.accountPausedUntil];
    const ahead = times.filter((at) => at !== null && at > now) as number[];
    return Math.max(1, Math.min(timings.tickMs, ...ahead.map((at) => at - now)));
  }

  function begin(row: number, slot: number, lane: string): void {
    const result = attempt(deps, row, calledOff.signal)
      .catch((error: unknown) => {
        // Only storing an outcome can fail here: the disk is full, say. What was sending is looked for later.
        logger.error('outbox-not-recorded', { reply: row, error: String(error) });
        return clock.sleep(longestSleepMs, stopped.signal);
      })
      .then(() => {
        running.delete(slot);
        nap.abort();
      });
    running.set(slot, { row, lane, result });
  }

  /** What fails here (a full disk, say) is tried again at the next turn: it ends nothing. */
  function trying<Result>(work: () => Result, otherwise: Result): Result {
    try {
      return work();
    } catch (error) {
      logger.error('outbox-broke', { error: error instanceof Error ? error.stack : String(error) });
      return otherwise;
    }
  }

  function tidy(): void {
    const now = clock.now();
    if (Math.abs(now - tidiedAt) < unusedAfterMs) return;
    tidiedAt = now;
    deleteUnusedAttachments(store, now - unusedAfterMs);
  }

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      nap = new AbortController();
      trying(tidy, undefined);
      const sleepMs = trying(fill, longestSleepMs);
      await clock.sleep(sleepMs, AbortSignal.any([nap.signal, stopped.signal]));
    }
  }

  /** What was under way when the process ended may have arrived. */
  function takeUp(): void {
    for (const row of listRowsInState(store, 'sending')) {
      lookFor(deps, row, interrupted);
    }
  }

  /** Something is going out, or will be in a moment. */
  function isBusy(): boolean {
    const soon = clock.now() + settleWithinMs;
    return (
      running.size > 0 ||
      stand().some(({ reply, waitsFor }) => {
        if (reply.state === 'unconfirmed' && reply.nextAttemptAt === null) return false;
        if (waitsFor === null) return true;
        const times = [reply.heldUntil, reply.sendAt, reply.nextAttemptAt, reply.accountPausedUntil];
        const due = Math.max(...times.map((at) => at ?? 0));
        return (waitsFor === 'undo' || waitsFor === 'time' || waitsFor === 'retry') && due <= soon;
      })
    );
  }

  function start(): void {
    if (isStarted) return;
    isStarted = true;
    trying(takeUp, undefined);
    subscription = deps.conditions$.subscribe((current) => {
      conditions = current;
      nap.abort();
    });
    loop = run();
  }

  return {
    start,
    async settle() {
      start();
      const until = clock.now() + settlePatienceMs;
      while (!stopped.signal.aborted && clock.now() < until && trying(isBusy, false)) {
        nap.abort();
        await clock.sleep(settleStepMs, stopped.signal);
      }
    },
    poke: () => nap.abort(),
    waits: () => new Map(stand().map(({ reply, waitsFor }) => [reply.row, waitsFor])),
    async close() {
      stopped.abort();
      subscription?.unsubscribe();
      await loop;
      if (!isStarted) return;
      const ending = Promise.all([...running.values()].map(({ result }) => result));
      const ended = new AbortController();
      await Promise.race([
        ending.then(() => ended.abort()),
        clock.sleep(timings.closingPatienceMs, ended.signal),
      ]);
      calledOff.abort(
        new EarshotError('outcome-unknown', 'Earshot was closed before the platform answered.', {
          reason: 'closing',
        }),
      );
      await ending;
      if (deps.isOneCall !== true) trying(() => keepHeldAsDrafts(deps), undefined);
    },
  };
}

/** What lost its account fails with the reason; what may have arrived is left to the user. */
export function failOrphans(deps: Pick<AttemptDeps, 'store' | 'clock' | 'emit'>): void {
  const now = deps.clock.now();
  const failure: Failure = {
    code: 'not-found',
    message: 'The account it was to go out from was removed. Answer again from another one.',
  };
  const changed = listPending(deps.store)
    .filter(({ accountRow }) => accountRow === null)
    .flatMap(({ row, state }): ReplyRecord[] => {
      const isQueued = state === 'queued';
      const event = isQueued ? ('refused' as const) : ('look-failed' as const);
      const reply = changeReply(deps.store, row, { kind: event, failure, lookAt: null }, now);
      return reply ? [reply] : [];
    });
  announce(deps, changed);
}

/** Signed in to again: what waited for that goes on at once. */
export function resumeAccount(deps: Pick<AttemptDeps, 'store' | 'clock' | 'emit'>, accountRow: number): void {
  const now = deps.clock.now();
  const changed = listPending(deps.store)
    .filter((reply) => reply.accountRow === accountRow && reply.failure?.code === 'unauthorized')
    .flatMap(({ row, state, failure }): ReplyRecord[] => {
      const reply =
        state === 'queued'
          ? changeReply(deps.store, row, { kind: 'postponed', until: now, failure: null }, now)
          : changeReply(
              deps.store,
              row,
              { kind: 'look-failed', lookAt: now, failure: failure as Failure },
              now,
            );
      return reply ? [reply] : [];
    });
  announce(deps, changed);
}
