import type { Failure } from '../../../shared/contract/errors.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Longest wait for a source that works; also the ceiling of what it may ask for (max-age of years exist). */
const maxIntervalMs = 6 * hourMs;
/** For a source of which nothing is known yet. */
const defaultIntervalMs = 30 * minuteMs;
const activityWindowMs = 7 * dayMs;
/** Polls per published item. Above 1, so that an item is seen well before the next one is due. */
const pollsPerItem = 1.5;
/** Below it, a short window says more about how young the source is than about its pace. */
const fewestItemsForPace = 5;
/** What a quiet poll adds: an hourly source that falls silent comes down to the longest interval in two days. */
const quietGrowth = 1.1;
const successJitter = 0.1;

const firstBackOffMs = 5 * minuteMs;
const firstGuessedPauseMs = 10 * minuteMs;
const maxBackOffMs = dayMs;
const failureJitter = 0.2;
const firstBlockedMs = 6 * hourMs;
/** For what needs no request to fail again: a tracker may have been mended meanwhile. */
const nothingToAskMs = 30 * minuteMs;

export interface Pace {
  /** Epoch milliseconds. */
  readonly now: number;
  /** [0, 1) */
  readonly chance: number;
  /** The connector's shortest interval. */
  readonly minimumIntervalMs: number;
}

export interface SuccessfulPoll extends Pace {
  /**
   * steady: a search, or what asks nobody: always at the shortest interval, since it is not the source's own
   * pace that is measured · adaptive: by how much the source publishes.
   */
  readonly rhythm: 'steady' | 'adaptive';
  /** When the items that the source shows were published; null for one without a date. Empty: nothing new was given. */
  readonly publishedAt: readonly (number | null)[];
  readonly previousIntervalMs: number | null;
  readonly hints: {
    readonly minimumIntervalMs?: number;
    readonly skipHours?: readonly number[];
    readonly skipDays?: readonly number[];
  };
}

/** When to ask a source that has just answered again. */
export function nextPollAfterSuccess(poll: SuccessfulPoll): { nextPollAt: number; intervalMs: number } {
  const { now, chance, minimumIntervalMs, hints } = poll;
  const base = poll.rhythm === 'steady' ? minimumIntervalMs : adaptiveIntervalMs(poll);
  const floor = Math.min(hints.minimumIntervalMs ?? 0, maxIntervalMs);
  const intervalMs = Math.round(
    Math.max(minimumIntervalMs, Math.min(Math.max(base, floor), Math.max(maxIntervalMs, minimumIntervalMs))),
  );
  const wanted = Math.round(now + intervalMs * jitter(chance, successJitter));
  return { nextPollAt: firstAllowed(wanted, hints, chance), intervalMs };
}

function adaptiveIntervalMs({ now, publishedAt, previousIntervalMs }: SuccessfulPoll): number {
  if (publishedAt.length === 0) return (previousIntervalMs ?? defaultIntervalMs / quietGrowth) * quietGrowth;
  const dated = publishedAt.filter((at) => at !== null).filter((at) => at <= now);
  if (dated.length === 0) return defaultIntervalMs;
  const recent = dated.filter((at) => at > now - activityWindowMs);
  if (recent.length === 0) return maxIntervalMs;
  // A busy feed shows only its last hours: its pace is that of the stretch it shows.
  const shownMs = recent.length === dated.length ? now - Math.min(...recent) : activityWindowMs;
  const windowMs = recent.length >= fewestItemsForPace ? Math.max(shownMs, hourMs) : activityWindowMs;
  return windowMs / (recent.length * pollsPerItem);
}

/** Moves on to the first hour that the source does not ask to be spared in. Listing all of them means nothing. */
function firstAllowed(at: number, hints: SuccessfulPoll['hints'], chance: number): number {
  const hours = new Set((hints.skipHours ?? []).map((hour) => hour % 24));
  const days = new Set(hints.skipDays ?? []);
  if (hours.size >= 24) hours.clear();
  if (days.size >= 7) days.clear();
  const isSkipped = (instant: number): boolean => {
    const date = new Date(instant);
    return hours.has(date.getUTCHours()) || days.has(date.getUTCDay());
  };
  if (!isSkipped(at)) return at;
  let hour = Math.floor(at / hourMs) * hourMs;
  while (isSkipped(hour)) hour += hourMs;
  // Not everybody at the full hour.
  return hour + Math.floor(chance * 10 * minuteMs);
}

export interface FailedPoll extends Pace {
  readonly failure: Failure;
  /** Failures in a row, this one included. */
  readonly failCount: number;
  readonly hasEverSucceeded: boolean;
}

export interface FailurePlan {
  readonly state: 'failing' | 'blocked' | 'gone';
  /** Null: never again, unless the user asks. */
  readonly nextPollAt: number | null;
}

/** When to ask a source that has just failed again, and whether only the user can mend it. */
export function nextPollAfterFailure(poll: FailedPoll): FailurePlan {
  const { now, failure } = poll;
  switch (failure.code) {
    case 'gone':
      return { state: 'gone', nextPollAt: null };
    case 'unauthorized':
    case 'forbidden':
      return {
        state: 'blocked',
        nextPollAt: now + Math.max(backOffMs(poll, firstBlockedMs), firstBlockedMs),
      };
    case 'rejected':
    case 'private-address':
    case 'invalid-input':
      return { state: 'blocked', nextPollAt: now + jitteredDay(poll) };
    case 'invalid-query':
    case 'unsupported':
      return { state: 'blocked', nextPollAt: now + Math.max(nothingToAskMs, poll.minimumIntervalMs) };
    case 'not-a-feed':
      // A feed that once worked shows a login or maintenance page for a while; a page that never was one stays one.
      return poll.hasEverSucceeded
        ? { state: 'failing', nextPollAt: now + backOffMs(poll, firstBackOffMs) }
        : { state: 'blocked', nextPollAt: now + jitteredDay(poll) };
    case 'rate-limited':
      return { state: 'failing', nextPollAt: afterPause(poll) };
    default:
      return { state: 'failing', nextPollAt: now + backOffMs(poll, firstBackOffMs) };
  }
}

function afterPause(poll: FailedPoll): number {
  const { now, failure, chance, minimumIntervalMs } = poll;
  const retryAt = Number(failure.details?.['retryAt']);
  if (!Number.isFinite(retryAt) || failure.details?.['isRetryAtGuessed'] === true) {
    return now + backOffMs(poll, firstGuessedPauseMs);
  }
  // Never early, and not all sources of the host at the same instant.
  const spreadMs = Math.floor(chance * Math.max(minuteMs, successJitter * (retryAt - now)));
  return Math.max(Math.min(retryAt, now + maxBackOffMs) + spreadMs, now + minimumIntervalMs);
}

function backOffMs({ failCount, chance }: FailedPoll, firstMs: number): number {
  // 2^20 times anything here is past the ceiling; without a bound the power itself would overflow.
  const doubled = firstMs * 2 ** Math.min(Math.max(failCount - 1, 0), 20);
  return Math.round(Math.min(doubled * jitter(chance, failureJitter), maxBackOffMs));
}

function jitteredDay({ chance }: FailedPoll): number {
  return Math.round(dayMs * jitter(chance, successJitter));
}

function jitter(chance: number, share: number): number {
  return 1 + share * (2 * chance - 1);
}
