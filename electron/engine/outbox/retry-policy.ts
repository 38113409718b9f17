import type { Failure, FailureCode } from '../../../shared/contract/errors.ts';

/** What a failure of the attempt itself says. */
export type Verdict =
  /** Nothing was sent, and this text will not go there. */
  | 'refused'
  /** Nothing was sent: later. */
  | 'later'
  /** It may have been sent. */
  | 'unknown';

const refusals: ReadonlySet<FailureCode> = new Set([
  'forbidden',
  'rejected',
  'not-found',
  'gone',
  'too-large',
  'invalid-input',
  'unsupported',
  'conflict',
  'private-address',
]);

/** The http port throws these when no connection stood; one that broke afterwards is `outcome-unknown`. */
const neverLeft: ReadonlySet<FailureCode> = new Set(['unreachable', 'timeout', 'tls']);

export function isRefusal(code: FailureCode): boolean {
  return refusals.has(code);
}

/** The network or the platform as a whole: everything of the account waits, not this reply alone. */
export function concernsAccount(code: FailureCode): boolean {
  return code === 'rate-limited' || neverLeft.has(code);
}

/**
 * `hasWritten`: a request that changes something was answered with success, or not at all. What fails after it (its
 * body was cut off, a second request did not get through) does not say that nothing was posted.
 */
export function judgeSend(code: FailureCode, hasWritten: boolean): Verdict {
  if (code === 'unauthorized' || code === 'rate-limited') return 'later';
  if (neverLeft.has(code)) return hasWritten ? 'unknown' : 'later';
  if (code === 'too-large' && hasWritten) return 'unknown';
  return refusals.has(code) ? 'refused' : 'unknown';
}

/** Of what only reads or prepares: nothing that others can see has happened. */
export function judgePreparation(code: FailureCode): Exclude<Verdict, 'unknown'> {
  return refusals.has(code) ? 'refused' : 'later';
}

export interface OutboxTimings {
  /** How long after an attempt that was not answered in time it is looked for: each look's distance from the attempt. */
  readonly lookAfterMs: readonly number[];
  /** The same where the platform ended it, by closing the connection or by an answer: it is done with it sooner. */
  readonly endedLookAfterMs: readonly number[];
  /** Between two looks when all those times have passed. */
  readonly settleMs: number;
  readonly shortestDelayMs: number;
  readonly longestDelayMs: number;
  /** One step of sending, media and all. */
  readonly stepLimitMs: number;
  readonly tickMs: number;
  /** A request that is under way when Earshot closes may end within this. */
  readonly closingPatienceMs: number;
}

export const usualTimings: OutboxTimings = {
  // A platform that answers nothing may store a post a minute later: it is sent again only after the last of these.
  lookAfterMs: [3_000, 15_000, 45_000, 95_000],
  endedLookAfterMs: [2_000, 12_000, 40_000],
  settleMs: 5_000,
  shortestDelayMs: 5_000,
  longestDelayMs: 10 * 60_000,
  stepLimitMs: 5 * 60_000,
  tickMs: 1_000,
  closingPatienceMs: 5_000,
};

/** A platform that asks for more than a day has made a mistake; it is asked again then. */
export const longestPauseMs = 24 * 60 * 60_000;
/** Absent at so many looks, the last one when the platform had had its time: it did not arrive. */
export const absencesThatProve = 2;
/** What fails so often in a row on this reply alone will not work by itself. */
export const mostDelays = 10;

/** How long to wait after `count` failures in a row (0: the first one); `chance` in [0, 1) spreads them. */
export function delayMs(count: number, chance: number, timings: OutboxTimings): number {
  const grown = Math.min(timings.longestDelayMs, timings.shortestDelayMs * 2 ** Math.min(count, 20));
  return Math.round(grown * (0.75 + chance / 2));
}

/** The looks after such a failure. A gateway that gives up (502, 504) says nothing of the server behind it. */
export function looksAfter(failure: Failure | null, timings: OutboxTimings): readonly number[] {
  const { status, reason } = failure?.details ?? {};
  const isAnswered =
    failure?.code === 'bad-response' ||
    (failure?.code === 'server-error' && (status === 500 || status === 503));
  return isAnswered || reason === 'ended' ? timings.endedLookAfterMs : timings.lookAfterMs;
}

/** When to look (again) for what was attempted then. */
export function nextLookAt(
  attemptedAt: number,
  now: number,
  looks: readonly number[],
  timings: OutboxTimings,
): number {
  const elapsed = now - attemptedAt;
  const next = looks.find((after) => after > elapsed);
  return next === undefined ? now + timings.settleMs : attemptedAt + next;
}

/** Whether absence at a look at `now` counts as final. */
export function hadItsTime(attemptedAt: number, now: number, looks: readonly number[]): boolean {
  return now - attemptedAt >= (looks.at(-1) ?? 0);
}
