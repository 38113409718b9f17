import { expect } from 'vitest';
import {
  arrived,
  doubtCodes,
  expectArrived,
  repeatableForMs,
  targetToAnswer,
  untilWritten,
} from './answering.ts';
import { type ConformanceCase, withFind, withReply } from './conformance-case.ts';
import { account, type Attempt, failureOf, type Play, prepareReply } from './play.ts';
import type { Fault } from './stand-in.ts';

const minuteMs = 60_000;
/** Long enough for a loopback answer, short enough to wait for. */
const shortPatienceMs = 250;

/**
 * What the outbox does after doubt, whose outcome must be one reply: looks, and sends again only what is not there
 * or what the platform itself knows again.
 */
async function settle(play: Play, attempt: Attempt, text: string): Promise<void> {
  const there = arrived(play, text);
  if (play.platform.connector.reply?.find) {
    const found = await attempt.find();
    expect(found?.externalId ?? null).toBe(there[0]?.externalId ?? null);
    if (found) expect(found.key).not.toBe('');
  }
  if (there.length === 0) await attempt.send();
  else if (repeatableForMs(play, attempt.prepared) > 0) {
    expect((await attempt.send()).externalId).toBe(there[0]?.externalId);
  }
  expect(arrived(play, text)).toHaveLength(1);
}

const doubtful: readonly { name: string; fault: Fault }[] = [
  { name: 'a reply whose connection broke before it was taken is not there', fault: 'dropped' },
  { name: 'a reply whose answer never came is found, and not sent twice', fault: 'drop-after-commit' },
  { name: 'a reply that was taken and answered with a failure is found', fault: 'error-after-commit' },
  { name: 'a reply whose answer is cut off is found', fault: 'cut-off' },
  { name: 'a reply whose answer makes no sense is looked for', fault: 'malformed' },
  { name: 'a reply that was refused by a failing server is not there', fault: 'server-error' },
];

export const replyFaultCases: readonly ConformanceCase[] = [
  ...doubtful.map(
    ({ name, fault }): ConformanceCase => ({
      name,
      applies: withReply,
      async run(play) {
        const target = await targetToAnswer(play);
        const attempt = await prepareReply(play, target, 'Into the dark');
        play.standIn.failNext('write', fault);
        expect(doubtCodes).toContain((await failureOf(play, attempt.send())).code);
        play.advance(5_000);
        await settle(play, attempt, 'Into the dark');
      },
    }),
  ),
  {
    name: 'a reply that is taken long after the client gave up is found',
    applies: withReply,
    async run(play) {
      const target = await targetToAnswer(play);
      const attempt = await prepareReply(play, target, 'Slowly');
      play.standIn.failNext('write', 'late-commit');
      play.setPatience(shortPatienceMs);
      expect(doubtCodes).toContain((await failureOf(play, attempt.send())).code);
      play.setPatience(5_000);
      await untilWritten(play, 'Slowly');
      play.advance(5_000);
      await settle(play, attempt, 'Slowly');
    },
  },
  ...[
    { name: 'a reply is found though the server’s clock is an hour ahead', skewMs: 60 * minuteMs },
    { name: 'a reply is found though the server’s clock is an hour behind', skewMs: -60 * minuteMs },
  ].map(
    ({ name, skewMs }): ConformanceCase => ({
      name,
      applies: ({ connector }) => connector.reply?.find !== undefined,
      async run(play) {
        play.standIn.skewMs = skewMs;
        const attempt = await prepareReply(play, await targetToAnswer(play), 'Out of time');
        play.standIn.failNext('write', 'drop-after-commit');
        await failureOf(play, attempt.send());
        play.advance(5_000);
        await settle(play, attempt, 'Out of time');
      },
    }),
  ),
  {
    name: 'a look for a reply that fails does not say that it is not there',
    applies: withFind,
    async run(play) {
      const attempt = await prepareReply(play, await targetToAnswer(play), 'Still there');
      play.standIn.failNext('write', 'drop-after-commit');
      await failureOf(play, attempt.send());
      play.advance(5_000);
      for (const fault of [
        'server-error',
        'malformed',
        'cut-off',
        'rate-limited',
        'missing-permission',
      ] as const) {
        for (let before = 0; before < 2; before += 1) {
          if (before > 0) play.standIn.failNext('read', 'none', before);
          play.standIn.failNext('read', fault);
          const found = await attempt.find().catch((error: unknown) => error);
          expect(found, `after ${fault}`).not.toBeNull();
          play.advance(play.standIn.retryAfterMs ?? minuteMs);
          // What it did not need must not meet the next look.
          await attempt.find().catch(() => {});
        }
      }
      await settle(play, attempt, 'Still there');
    },
  },
  {
    name: 'a limit on writing is kept to the second, and nothing was written',
    applies: withReply,
    async run(play) {
      const target = await targetToAnswer(play);
      const attempt = await prepareReply(play, target, 'Not so fast');
      play.standIn.failNext('write', 'rate-limited');
      const failure = await failureOf(play, attempt.send());
      expect(failure.code).toBe('rate-limited');
      const waitMs = play.standIn.retryAfterMs ?? minuteMs;
      expect(Math.abs(Number(failure.details['retryAt']) - (play.now() + waitMs))).toBeLessThan(2_000);
      expect(arrived(play, 'Not so fast')).toEqual([]);
      play.advance(waitMs);
      expectArrived(play, await attempt.send(), 'Not so fast', target);
    },
  },
  {
    name: 'a credential that expires before writing is renewed once, or said to be over; one reply at most',
    applies: withReply,
    async run(play) {
      const target = await targetToAnswer(play);
      const attempt = await prepareReply(play, target, 'With a new key');
      play.standIn.failNext('write', 'expired');
      if (play.platform.connector.account?.refresh) {
        expectArrived(play, await attempt.send(), 'With a new key', target);
        expect(account(play).renewals()).toBe(1);
      } else {
        expect((await failureOf(play, attempt.send())).code).toBe('unauthorized');
        expect(arrived(play, 'With a new key')).toEqual([]);
      }
    },
  },
  {
    name: 'a revoked credential writes nothing and asks for signing in again',
    applies: withReply,
    async run(play) {
      const attempt = await prepareReply(play, await targetToAnswer(play), 'Locked out');
      play.standIn.failNext('write', 'revoked');
      expect((await failureOf(play, attempt.send())).code).toBe('unauthorized');
      expect(arrived(play, 'Locked out')).toEqual([]);
    },
  },
  {
    name: 'a permission that is missing for writing is named',
    applies: withReply,
    async run(play) {
      const attempt = await prepareReply(play, await targetToAnswer(play), 'Read only');
      play.standIn.failNext('write', 'missing-permission');
      const failure = await failureOf(play, attempt.send());
      expect(failure.code).toBe('forbidden');
      expect(failure.message).not.toMatch(/It may want credentials/);
      expect(arrived(play, 'Read only')).toEqual([]);
    },
  },
];
