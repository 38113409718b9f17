import { expect } from 'vitest';
import type { AccountSupport, Identity } from '../../../../electron/engine/connectors/connector.ts';
import { type ConformanceCase, withAccount } from './conformance-case.ts';
import { account, failureOf, type Play } from './play.ts';

function support(play: Play): AccountSupport {
  return play.platform.connector.account as AccountSupport;
}

function identify(play: Play, credentials: unknown = account(play).held()): Promise<Identity> {
  return support(play).identify({ ...play.call(), settings: account(play).settings, credentials });
}

function refresh(play: Play): Promise<unknown> {
  const renewing = support(play).refresh?.({
    ...play.call(),
    settings: account(play).settings,
    credentials: account(play).held(),
  });
  if (!renewing) throw new Error('It does not renew.');
  return renewing;
}

const withRefresh: ConformanceCase['applies'] = ({ connector }) => connector.account?.refresh !== undefined;

export const accountCases: readonly ConformanceCase[] = [
  {
    name: 'signing in says who it is, and so does asking again',
    applies: withAccount,
    async run(play) {
      const { identity } = account(play);
      expect(identity.externalId).not.toBe('');
      expect(identity.authorKey).not.toBe('');
      expect(identity.name).not.toBe('');
      if (identity.url !== null) expect(identity.url).toMatch(/^https?:\/\//);
      expect(await identify(play)).toEqual(identity);
      const told = JSON.stringify([identity, account(play).settings]);
      for (const secret of play.secrets())
        expect(told.includes(secret), 'a secret in the identity').toBe(false);
    },
  },
  {
    name: 'revoked credentials are told from a server in trouble',
    applies: withAccount,
    async run(play) {
      play.standIn.failNext('read', 'server-error');
      expect((await failureOf(play, identify(play))).code).not.toBe('unauthorized');
      play.standIn.failNext('read', 'revoked');
      expect((await failureOf(play, identify(play))).code).toBe('unauthorized');
    },
  },
  {
    name: 'renewed credentials are good, for the same account',
    applies: withRefresh,
    async run(play) {
      const credentials = support(play).credentialsSchema.parse(
        JSON.parse(JSON.stringify(await refresh(play))),
      );
      expect(await identify(play, credentials)).toEqual(account(play).identity);
      const expiresAt = support(play).expiresAt?.(credentials) ?? null;
      if (expiresAt !== null) expect(expiresAt).toBeGreaterThan(play.now());
    },
  },
  {
    name: 'renewing that fails for another reason leaves the credentials alive',
    applies: withRefresh,
    async run(play) {
      for (const fault of ['server-error', 'malformed', 'cut-off', 'dropped'] as const) {
        play.standIn.failNext('renewal', fault);
        const failure = await failureOf(play, refresh(play));
        expect(failure.code, `after ${fault}`).not.toBe('unauthorized');
      }
    },
  },
  {
    name: 'renewing that is limited says until when',
    applies: withRefresh,
    async run(play) {
      play.standIn.failNext('renewal', 'rate-limited');
      const failure = await failureOf(play, refresh(play));
      expect(failure.code).toBe('rate-limited');
      expect(Number(failure.details['retryAt'])).toBeGreaterThan(play.now());
    },
  },
  {
    name: 'renewing what was revoked says that only signing in again helps',
    applies: withRefresh,
    async run(play) {
      play.standIn.failNext('renewal', 'revoked');
      expect((await failureOf(play, refresh(play))).code).toBe('unauthorized');
    },
  },
];
