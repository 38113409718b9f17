import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AccountId } from '../../../shared/model/ids.ts';
import { aDesk, type DeskOptions, refusal } from './a-desk.ts';

interface Held {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: number;
}

async function signedInDesk(options: DeskOptions = {}) {
  const desk = await aDesk(options);
  const { accountId } = await desk.add();
  const session = desk.accounts.sessions.sessionOf(accountId);
  const credentials = async () => (await session.credentials()) as Held;
  const renewed = async (refused: Held) => (await session.renewed(refused)) as Held;
  const stored = async (): Promise<Held> => (await desk.vault.read(desk.vault.names()[0] ?? '')) as Held;
  const account = async () => (await desk.list())[0];
  return { ...desk, accountId, session, credentials, renewed, stored, account };
}

describe('credentials', () => {
  it('are those of the sign-in, and nobody is asked for others while they hold', async () => {
    const { credentials, stored, platform } = await signedInDesk();
    expect(await credentials()).toEqual(await stored());
    expect(platform.refreshes()).toBe(0);
  });

  it('are renewed before they end, saved, and told of', async () => {
    const { credentials, stored, platform, clock, events, accountId } = await signedInDesk();
    const before = await credentials();
    clock.jump(platform.lifeMs - 60_000);
    events.length = 0;
    const after = await credentials();
    expect(after.accessToken).not.toBe(before.accessToken);
    expect(after).toEqual(await stored());
    expect(events).toContainEqual({ name: 'accounts.changed', accountIds: [accountId] });
  });

  it('that still hold a moment are given when renewing fails, and no others once they have ended', async () => {
    const { credentials, platform, clock, account } = await signedInDesk();
    const before = await credentials();
    platform.refreshMood = 'broken';
    clock.jump(platform.lifeMs - 60_000);
    expect(await credentials()).toEqual(before);
    clock.jump(60_001);
    expect(await refusal(credentials)).toMatchObject({ code: 'server-error' });
    expect(await account()).toMatchObject({ state: 'failing' });
    platform.refreshMood = 'works';
    expect((await credentials()).accessToken).not.toBe(before.accessToken);
    expect(await account()).toMatchObject({ state: 'ok', error: null });
  });

  it('are renewed once for all who ask at the same time', async () => {
    const { credentials, renewed, platform, clock } = await signedInDesk();
    const before = await credentials();
    clock.jump(platform.lifeMs);
    const gate = Promise.withResolvers<void>();
    platform.gate = gate.promise;
    const asked = [credentials(), renewed(before), credentials(), renewed(before)];
    gate.resolve();
    const given = await Promise.all(asked);
    expect(platform.refreshes()).toBe(1);
    expect(new Set(given.map(({ accessToken }) => accessToken)).size).toBe(1);
  });

  it('that were refused are not renewed when there are newer ones already', async () => {
    const { credentials, renewed, platform } = await signedInDesk();
    const first = await credentials();
    const second = await renewed(first);
    expect(await renewed(first)).toEqual(second);
    expect(platform.refreshes()).toBe(1);
  });

  it('of one account are renewed while those of another wait for nothing', async () => {
    const desk = await signedInDesk();
    desk.platform.users.set('lee', { id: 'u2', name: 'Lee', password: 'lees-password' });
    const lee = await desk.ask('accounts.add', {
      connector: 'perch',
      credentials: { user: 'lee', password: 'lees-password' },
    });
    const before = await desk.credentials();
    const gate = Promise.withResolvers<void>();
    desk.platform.gate = gate.promise;
    const slow = desk.renewed(before);
    await desk.accounts.sessions.sessionOf(lee.accountId).credentials();
    gate.resolve();
    await slow;
  });
});

describe('a renewal', () => {
  it.each(['broken', 'empty', 'blank', 'malformed', 'echoes'] as const)(
    'that is answered %s leaves the good token where it is, and works later',
    async (mood) => {
      const { credentials, renewed, stored, platform, account } = await signedInDesk();
      const before = await credentials();
      platform.refreshMood = mood;
      const error = await refusal(() => renewed(before));
      expect(error.code).not.toBe('unauthorized');
      expect(await stored()).toEqual(before);
      expect(await account()).toMatchObject({ state: 'failing' });
      platform.refreshMood = 'works';
      expect(await stored()).toEqual(before);
      expect((await renewed(before)).accessToken).not.toBe(before.accessToken);
    },
  );

  it('that is refused makes the account expired, says what to do, and is not tried again', async () => {
    const { credentials, renewed, stored, platform, account, events, accountId } = await signedInDesk();
    const before = await credentials();
    platform.refreshMood = 'refused';
    events.length = 0;
    expect(await refusal(() => renewed(before))).toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining('Sign in again'),
    });
    expect(events).toEqual([{ name: 'accounts.changed', accountIds: [accountId] }]);
    expect(await account()).toMatchObject({ state: 'expired', error: { code: 'unauthorized' } });
    expect(await stored()).toEqual(before);
    await refusal(() => renewed(before));
    expect(platform.refreshes()).toBe(1);
  });

  it('that nobody offers makes the account expired', async () => {
    const { credentials, renewed, account, platform } = await signedInDesk({ canRefresh: false });
    expect(await refusal(async () => renewed(await credentials()))).toMatchObject({ code: 'unauthorized' });
    expect(await account()).toMatchObject({ state: 'expired' });
    expect(platform.refreshes()).toBe(0);
  });

  it('that could not be saved is handed to nobody, and is saved and not repeated at the next try', async () => {
    const { credentials, renewed, stored, platform, vault } = await signedInDesk();
    const before = await credentials();
    const write = vault.write.bind(vault);
    Object.assign(vault, { write: () => Promise.reject(new Error('no room')) });
    await expect(renewed(before)).rejects.toThrow('no room');
    expect(await stored()).toEqual(before);
    Object.assign(vault, { write });
    const after = await renewed(before);
    expect(platform.refreshes()).toBe(1);
    expect(await stored()).toEqual(after);
    expect(after).not.toEqual(before);
  });

  it('whose saving a crash prevented leaves the old token, which the next start tries', async () => {
    const { credentials, renewed, stored, platform, ...desk } = await signedInDesk();
    const before = await credentials();
    platform.refreshMood = 'drops';
    await refusal(() => renewed(before));
    expect(await stored()).toEqual(before);
    // The platform has used the old refresh token up and says so: only the user can mend that.
    platform.refreshMood = 'works';
    const again = await aDesk({ ...desk, platform });
    const session = again.accounts.sessions.sessionOf(desk.accountId);
    expect(await session.credentials()).toEqual(before);
    expect(await refusal(() => session.renewed(before))).toMatchObject({ code: 'unauthorized' });
    expect((await again.list())[0]).toMatchObject({ state: 'expired' });
    await again.add();
    expect((await again.list())[0]).toMatchObject({ accountId: desk.accountId, state: 'ok', error: null });
  });

  it('is on disk before anybody has it', async () => {
    const { credentials, renewed, vaultPath } = await signedInDesk();
    const before = readFileSync(vaultPath, 'utf8');
    await renewed(await credentials());
    expect(readFileSync(vaultPath, 'utf8')).not.toBe(before);
  });

  it('does not bring back the secret of an account that was removed meanwhile', async () => {
    const { credentials, renewed, platform, vault, ask, accountId } = await signedInDesk();
    const before = await credentials();
    const gate = Promise.withResolvers<void>();
    platform.gate = gate.promise;
    const renewal = renewed(before).catch(() => undefined);
    const removal = ask('accounts.remove', { accountId });
    gate.resolve();
    await Promise.all([renewal, removal]);
    expect(vault.names()).toEqual([]);
  });
});

describe('an account', () => {
  it('that is not there has no session', async () => {
    const { accounts } = await aDesk();
    expect(await refusal(() => accounts.sessions.sessionOf('7' as AccountId))).toMatchObject({
      code: 'not-found',
    });
  });

  it('whose connector is not there has none either', async () => {
    const { store, accounts, accountId } = await signedInDesk();
    store.run("UPDATE accounts SET connector = 'gone'");
    expect(await refusal(() => accounts.sessions.sessionOf(accountId))).toMatchObject({
      code: 'unsupported',
    });
  });

  it('whose secret is not in the vault is expired, and says what to do', async () => {
    const { session, vault, account } = await signedInDesk();
    await vault.remove(vault.names());
    expect(await refusal(() => session.credentials())).toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining('Sign in again'),
    });
    expect(await account()).toMatchObject({ state: 'expired', error: { code: 'unauthorized' } });
  });
});
