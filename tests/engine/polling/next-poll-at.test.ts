import { describe, expect, it } from 'vitest';
import {
  nextPollAfterFailure,
  nextPollAfterSuccess,
  type FailedPoll,
  type SuccessfulPoll,
} from '../../../electron/engine/polling/next-poll-at.ts';
import type { Failure, FailureCode } from '../../../shared/contract/errors.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A Saturday. */
const now = Date.UTC(2026, 10, 21, 12, 0, 0);
/** `chance` in the middle: no jitter. */
const pace = { now, chance: 0.5, minimumIntervalMs: 10 * minute };

const success = (poll: Partial<SuccessfulPoll> = {}) =>
  nextPollAfterSuccess({
    ...pace,
    rhythm: 'adaptive',
    publishedAt: [],
    previousIntervalMs: null,
    hints: {},
    ...poll,
  });

/** `count` items, evenly over the time before now. */
const published = (count: number, over: number): number[] =>
  Array.from({ length: count }, (_, index) => now - (over * (index + 1)) / count);

describe('the interval of a feed', () => {
  it('is half an hour while nothing is known of it', () => {
    expect(success().intervalMs).toBe(30 * minute);
    expect(success({ publishedAt: [null, null] }).intervalMs).toBe(30 * minute);
  });

  it.each([
    ['14 items a week', published(14, 7 * day - 1), (7 * day) / (14 * 1.5)],
    ['an item an hour', published(168, 7 * day - 1), 40 * minute],
    ['more than it can follow', published(1_000, 7 * day - 1), 10 * minute],
    ['one item a week', published(1, 3 * day), 6 * hour],
    ['nothing for a week', [now - 8 * day, now - 80 * day], 6 * hour],
    ['only what lies in the future', [now + day], 30 * minute],
  ])('follows its pace: %s', (_, publishedAt, interval) => {
    const { intervalMs } = success({ publishedAt });
    expect(Math.abs(intervalMs - Math.min(interval, 6 * hour))).toBeLessThan(2);
  });

  it('takes the pace of a busy feed from the stretch that it shows', () => {
    // 20 items in the last 10 hours, and none older: two an hour.
    expect(success({ publishedAt: published(20, 10 * hour) }).intervalMs).toBe(20 * minute);
    // Two items alone prove no pace.
    expect(success({ publishedAt: published(2, 2 * hour) }).intervalMs).toBe(6 * hour);
  });

  it('grows slowly while nothing new comes', () => {
    expect(success({ previousIntervalMs: hour }).intervalMs).toBe(66 * minute);
    expect(success({ previousIntervalMs: 6 * hour }).intervalMs).toBe(6 * hour);
  });

  it('is never below the shortest interval of its connector nor above six hours', () => {
    expect(success({ previousIntervalMs: 1 }).intervalMs).toBe(10 * minute);
    expect(success({ previousIntervalMs: 40 * day }).intervalMs).toBe(6 * hour);
  });

  it('is as long as the feed asks for, up to six hours', () => {
    const asking = (minimumIntervalMs: number) =>
      success({ previousIntervalMs: 20 * minute, hints: { minimumIntervalMs } }).intervalMs;
    expect(asking(2 * hour)).toBe(2 * hour);
    expect(asking(365 * day)).toBe(6 * hour);
    expect(asking(1)).toBe(22 * minute);
  });

  it('is spread by a tenth to either side', () => {
    expect(success({ chance: 0 }).nextPollAt).toBe(now + 27 * minute);
    expect(success({ chance: 0.5 }).nextPollAt).toBe(now + 30 * minute);
    expect(success({ chance: 1 }).nextPollAt).toBe(now + 33 * minute);
  });
});

describe('the interval of a search', () => {
  it('is the shortest that its connector allows, whatever it found', () => {
    const search = { rhythm: 'steady', minimumIntervalMs: 3 * minute } as const;
    expect(success(search).intervalMs).toBe(3 * minute);
    expect(success({ ...search, previousIntervalMs: hour, publishedAt: [now - 8 * day] }).intervalMs).toBe(
      3 * minute,
    );
  });
});

describe('hours and days that a feed wants to be spared in', () => {
  const at = (poll: Partial<SuccessfulPoll>) =>
    new Date(success({ chance: 0.5, ...poll }).nextPollAt).toISOString();

  it('are passed over to the first allowed hour, in GMT', () => {
    expect(at({ hints: { skipHours: [12, 13, 14] } })).toBe('2026-11-21T15:05:00.000Z');
    expect(at({ hints: { skipHours: [15] } })).toBe('2026-11-21T12:30:00.000Z');
  });

  it('take 24 for midnight', () => {
    const late = { now: Date.UTC(2026, 10, 21, 23, 45) };
    expect(at({ ...late, hints: { skipHours: [24] } })).toBe('2026-11-22T01:05:00.000Z');
  });

  it('pass over whole days', () => {
    // Saturday and Sunday.
    expect(at({ hints: { skipDays: [6, 0] } })).toBe('2026-11-23T00:05:00.000Z');
    expect(at({ hints: { skipDays: [6, 0], skipHours: [0, 1] } })).toBe('2026-11-23T02:05:00.000Z');
  });

  it('mean nothing when all are listed', () => {
    const skipHours = Array.from({ length: 24 }, (_, each) => each);
    const skipDays = [0, 1, 2, 3, 4, 5, 6];
    expect(at({ hints: { skipHours, skipDays } })).toBe('2026-11-21T12:30:00.000Z');
  });
});

const failed = (code: FailureCode, poll: Partial<FailedPoll> = {}, details?: Failure['details']) =>
  nextPollAfterFailure({
    ...pace,
    failCount: 1,
    hasEverSucceeded: true,
    failure: { code, message: '', ...(details ? { details } : {}) },
    ...poll,
  });

describe('after a failure', () => {
  it.each([
    'unreachable',
    'timeout',
    'tls',
    'server-error',
    'bad-response',
    'not-found',
    'too-large',
    'redirect-loop',
    'internal',
  ] as const)('%s: waits 5, 10, 20 … minutes, at most a day, and keeps trying', (code) => {
    const waits = [1, 2, 3, 4, 9, 10, 1000].map((failCount) => failed(code, { failCount }));
    expect(waits.map(({ nextPollAt }) => ((nextPollAt ?? 0) - now) / minute)).toEqual([
      5, 10, 20, 40, 1280, 1440, 1440,
    ]);
    expect(new Set(waits.map(({ state }) => state))).toEqual(new Set(['failing']));
  });

  it('spreads the wait by a fifth to either side, but not over a day', () => {
    expect(failed('timeout', { chance: 0 }).nextPollAt).toBe(now + 4 * minute);
    expect(failed('timeout', { chance: 1 }).nextPollAt).toBe(now + 6 * minute);
    expect(failed('timeout', { chance: 1, failCount: 30 }).nextPollAt).toBe(now + day);
  });

  it('stops for good when the far end says it is gone', () => {
    expect(failed('gone')).toEqual({ state: 'gone', nextPollAt: null });
  });

  it.each(['unauthorized', 'forbidden'] as const)(
    '%s: waits for the user, asking after 6 to 24 hours',
    (code) => {
      const plans = [1, 2, 3, 4].map((failCount) => failed(code, { failCount }));
      expect(plans.map(({ nextPollAt }) => ((nextPollAt ?? 0) - now) / hour)).toEqual([6, 12, 24, 24]);
      expect(plans[0]!.state).toBe('blocked');
      expect(failed(code, { chance: 0 }).nextPollAt).toBe(now + 6 * hour);
    },
  );

  it.each(['rejected', 'private-address', 'invalid-input'] as const)(
    '%s: waits for the user, asking daily',
    (code) => {
      expect(failed(code)).toEqual({ state: 'blocked', nextPollAt: now + day });
      expect(failed(code, { failCount: 9 })).toEqual({ state: 'blocked', nextPollAt: now + day });
    },
  );

  it('tells a feed that shows a page for a while from a page that never was a feed', () => {
    expect(failed('not-a-feed')).toEqual({ state: 'failing', nextPollAt: now + 5 * minute });
    expect(failed('not-a-feed', { hasEverSucceeded: false })).toEqual({
      state: 'blocked',
      nextPollAt: now + day,
    });
  });

  it('looks every half hour whether there is something to search for now', () => {
    expect(failed('unsupported')).toEqual({ state: 'blocked', nextPollAt: now + 30 * minute });
  });
});

describe('after being limited', () => {
  it('never asks before Retry-After, wherever chance falls', () => {
    for (const chance of [0, 0.3, 0.999]) {
      const { state, nextPollAt } = failed('rate-limited', { chance }, { retryAt: now + 2 * hour });
      expect(state).toBe('failing');
      expect(nextPollAt).toBeGreaterThanOrEqual(now + 2 * hour);
      expect(nextPollAt).toBeLessThan(now + 2.2 * hour);
    }
  });

  it('does not hurry back because the server asks for a second only', () => {
    expect(failed('rate-limited', {}, { retryAt: now + 1_000 }).nextPollAt).toBe(now + 10 * minute);
  });

  it('waits 10 minutes, then doubles, where the server does not say how long', () => {
    const guessed = { retryAt: now + 10 * minute, isRetryAtGuessed: true };
    const waits = [1, 2, 3, 20].map(
      (failCount) => failed('rate-limited', { failCount }, guessed).nextPollAt! - now,
    );
    expect(waits).toEqual([10 * minute, 20 * minute, 40 * minute, day]);
  });

  it('stays away for about a day at most', () => {
    expect(failed('rate-limited', { chance: 0 }, { retryAt: now + 30 * day }).nextPollAt).toBe(now + day);
  });
});
