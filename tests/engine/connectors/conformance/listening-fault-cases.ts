import { expect } from 'vitest';
import type { FailureCode } from '../../../../shared/contract/errors.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { externalIds } from './listening-cases.ts';
import { account, failureOf, type Listener, type Play } from './play.ts';
import type { Fault } from './stand-in.ts';

const minuteMs = 60_000;

/** Two items, the first read of which meets a fault; then what the next poll brings must be both. */
async function failFirst(play: Play, fault: Fault): Promise<{ listener: Listener; ids: string[] }> {
  const ids = [play.publish('one'), play.publish('two')];
  play.standIn.failNext('read', fault);
  return { listener: play.listener(), ids };
}

async function expectAll(play: Play, listener: Listener, ids: readonly string[]): Promise<void> {
  play.advance(minuteMs);
  expect(externalIds((await listener.pollAll()).values())).toEqual([...ids].sort());
}

const broken: readonly { name: string; fault: Fault; codes: readonly FailureCode[] }[] = [
  { name: 'a failing server is named, and nothing is lost', fault: 'server-error', codes: ['server-error'] },
  {
    name: 'an answer that makes no sense is named, and nothing is lost',
    fault: 'malformed',
    codes: ['bad-response'],
  },
  {
    name: 'an answer that is cut off is named, and nothing is lost',
    fault: 'cut-off',
    codes: ['bad-response', 'unreachable', 'timeout'],
  },
  {
    name: 'a connection that breaks is named, and nothing is lost',
    fault: 'dropped',
    codes: ['unreachable', 'bad-response', 'timeout'],
  },
];

const needsAccount = (platform: Parameters<NonNullable<ConformanceCase['applies']>>[0]): boolean =>
  platform.connector.account !== undefined &&
  platform.connector.info.capabilities.listensWithAccount !== 'never';

/** A source without an account meets no refused credentials. */
function skipKeyless(play: Play, skip: (reason: string) => never): void {
  if (!play.platform.source(play.standIn).usesAccount) skip('this source listens without an account');
}

export const listeningFaultCases: readonly ConformanceCase[] = [
  ...broken.map(
    ({ name, fault, codes }): ConformanceCase => ({
      name,
      async run(play) {
        const { listener, ids } = await failFirst(play, fault);
        expect(codes).toContain((await failureOf(play, listener.poll())).code);
        await expectAll(play, listener, ids);
      },
    }),
  ),
  {
    name: 'a later page that is cut off loses nothing',
    async run(play) {
      const listener = play.listener();
      await listener.poll();
      const ids = Array.from({ length: play.platform.morePagesThan + 5 }, (_, n) =>
        play.publish(`page ${n}`),
      );
      play.advance(minuteMs);
      // Where everything comes in one page, the fault meets the next poll instead.
      await listener.poll((page) => page === 1 && play.standIn.failNext('read', 'cut-off')).catch(() => {});
      await listener.poll().catch(() => {});
      await expectAll(play, listener, ids);
    },
  },
  {
    name: 'a poll that fails, at whichever request, makes nothing look deleted',
    async run(play) {
      const listener = play.listener();
      for (const text of ['one', 'two', 'three']) play.publish(text);
      await listener.poll();
      for (const fault of ['server-error', 'malformed', 'cut-off', 'missing-permission'] as const) {
        for (let before = 0; before < 3; before += 1) {
          play.advance(play.platform.recheckAfterMs ?? 5 * minuteMs);
          if (before > 0) play.standIn.failNext('read', 'none', before);
          play.standIn.failNext('read', fault);
          await listener.poll().catch(() => {});
        }
      }
      expect([...listener.gone]).toEqual([]);
    },
  },
  {
    name: 'one broken item among good ones spoils only itself',
    async run(play, skip) {
      if (!play.standIn.spoil) skip('the stand-in cannot break one item');
      const [good, bad, last] = [play.publish('good'), play.publish('broken'), play.publish('good too')];
      play.standIn.spoil?.(bad);
      const { items, warnings } = await play.listener().poll();
      expect(externalIds(items)).toEqual([good, last].sort());
      expect(warnings.map(({ code }) => code)).toEqual(['bad-response']);
    },
  },
  {
    name: 'a limit on reading is kept to the second that the platform names',
    async run(play) {
      const { listener, ids } = await failFirst(play, 'rate-limited');
      const failure = await failureOf(play, listener.poll());
      expect(failure.code).toBe('rate-limited');
      const waitMs = play.standIn.retryAfterMs ?? minuteMs;
      expect(Math.abs(Number(failure.details['retryAt']) - (play.now() + waitMs))).toBeLessThan(2_000);
      play.advance(waitMs);
      await expectAll(play, listener, ids);
    },
  },
  {
    name: 'a credential that expires between two polls is renewed once, or said to be over',
    applies: needsAccount,
    async run(play, skip) {
      skipKeyless(play, skip);
      const { listener, ids } = await failFirst(play, 'expired');
      if (play.platform.connector.account?.refresh) {
        expect(externalIds((await listener.poll()).items)).toEqual([...ids].sort());
        expect(account(play).renewals()).toBe(1);
      } else {
        expect((await failureOf(play, listener.poll())).code).toBe('unauthorized');
      }
    },
  },
  {
    name: 'a revoked credential asks for signing in again',
    applies: needsAccount,
    async run(play, skip) {
      skipKeyless(play, skip);
      const { listener } = await failFirst(play, 'revoked');
      expect((await failureOf(play, listener.poll())).code).toBe('unauthorized');
    },
  },
  {
    name: 'a permission that is missing for reading is named',
    applies: needsAccount,
    async run(play, skip) {
      skipKeyless(play, skip);
      const { listener, ids } = await failFirst(play, 'missing-permission');
      const failure = await failureOf(play, listener.poll());
      expect(failure.code).toBe('forbidden');
      // More than a status: the user has to know what to allow.
      expect(failure.message).not.toMatch(/It may want credentials/);
      await expectAll(play, listener, ids);
    },
  },
];
