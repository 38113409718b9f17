import { describe, expect, it } from 'vitest';
import { accountCases } from './account-cases.ts';
import { checkInfo } from './check-info.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { lookCases } from './look-cases.ts';
import { listeningCases } from './listening-cases.ts';
import { listeningFaultCases } from './listening-fault-cases.ts';
import { startPlay } from './play.ts';
import { replyCases } from './reply-cases.ts';
import { replyFaultCases } from './reply-fault-cases.ts';
import type { ConformancePlatform, StandIn } from './stand-in.ts';

const groups: readonly { readonly title: string; readonly cases: readonly ConformanceCase[] }[] = [
  { title: 'listening', cases: listeningCases },
  { title: 'listening when something goes wrong', cases: listeningFaultCases },
  { title: 'its account', cases: accountCases },
  { title: 'answering', cases: replyCases },
  { title: 'answering when something goes wrong', cases: replyFaultCases },
  { title: 'looking before sending, and acting', cases: lookCases },
];

/** What every connector must do, registered as tests of this platform. */
export function conformance<Played extends StandIn>(played: ConformancePlatform<Played>): void {
  // The stand-in that a platform starts is the only one that its own functions are given.
  const platform = played as unknown as ConformancePlatform;
  const without = new Map(Object.entries(platform.without ?? {}));
  const names = groups.flatMap(({ cases }) => cases.map(({ name }) => name));
  const unknown = [...without.keys()].filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`There is no case of this name: ${unknown.join(', ')}`);

  describe(`${platform.name} conforms`, () => {
    it('declares what it is', () => checkInfo(platform));
    for (const { title, cases } of groups) {
      const applying = cases.filter((each) => each.applies?.(platform) ?? true);
      if (applying.length === 0) continue;
      describe(title, () => {
        for (const each of applying) register(platform, each, without.get(each.name));
      });
    }
  });
}

function register(platform: ConformancePlatform, each: ConformanceCase, reason: string | undefined): void {
  if (reason !== undefined) {
    it.skip(`${each.name} (not here: ${reason})`);
    return;
  }
  it(each.name, async ({ skip }) => {
    const play = await startPlay(platform);
    const secrets = new Set(play.secrets());
    await each.run(play, skip);
    for (const secret of play.secrets()) secrets.add(secret);
    if (platform.hasSecretsInAddresses) return;
    for (const { path } of play.standIn.requests) {
      for (const secret of secrets) {
        expect(path.includes(secret), `a secret stands in the address ${path.split('?')[0]}`).toBe(false);
      }
    }
  });
}
