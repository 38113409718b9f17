import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aDesk, refusal } from './a-desk.ts';

const kate = { user: 'kate', password: 'kates-password' };

describe('adding an account by what is typed in', () => {
  it('reads its own name at once and answers it', async () => {
    const { add, list, clock, platform } = await aDesk();
    const added = await add();
    expect(added).toEqual({ accountId: '1', displayName: 'Kate' });
    expect(platform.asked).toEqual(['POST /token', 'GET /me']);
    expect(await list()).toEqual([
      {
        accountId: added.accountId,
        connector: 'perch',
        platform: 'perch',
        externalId: 'u1',
        displayName: 'Kate',
        handle: 'kate',
        url: null,
        settings: {},
        state: 'ok',
        error: null,
        isReadOnly: false,
        replyNote: null,
        textLimit: null,
        expiresAt: null,
        createdAt: clock.now(),
        checkedAt: clock.now(),
      },
    ]);
  });

  it('leaves nothing behind when it fails', async () => {
    const { ask, list, vault, store } = await aDesk();
    const credentials = { ...kate, password: 'wrong-password' };
    expect(await refusal(() => ask('accounts.add', { connector: 'perch', credentials }))).toMatchObject({
      code: 'unauthorized',
    });
    expect(await list()).toEqual([]);
    expect(vault.names()).toEqual([]);
    expect(store.get('SELECT 1 FROM accounts')).toBeUndefined();
  });

  it('leaves no secret behind when the row cannot be stored', async () => {
    const { add, vault, store } = await aDesk();
    store.exec("CREATE TRIGGER full BEFORE INSERT ON accounts BEGIN SELECT raise(ABORT, 'full'); END");
    await expect(add()).rejects.toThrow('full');
    expect(vault.names()).toEqual([]);
  });

  it.each([
    [{ connector: 'nobody', credentials: {} }, 'connector'],
    [{ connector: 'perch', credentials: { user: 'kate' } }, 'credentials.password'],
    [{ connector: 'perch', credentials: kate, way: 'browser' }, 'way'],
  ])('names the field when it cannot be: %j', async (input, path) => {
    const { ask } = await aDesk();
    const error = await refusal(() => ask('accounts.add', input));
    expect(error).toMatchObject({ code: 'invalid-input', details: { issues: [{ path }] } });
  });

  it('takes the way that the credentials fit, unless one is named', async () => {
    const { ask, platform } = await aDesk();
    const credentials = { code: ' a-good-code ' };
    platform.codes.set(credentials.code, 'u1');
    expect(
      await refusal(() => ask('accounts.add', { connector: 'perch', credentials, way: 'password' })),
    ).toMatchObject({ code: 'invalid-input' });
    // As it was typed: what spaces mean is the connector's to know.
    expect(await ask('accounts.add', { connector: 'perch', credentials })).toMatchObject({
      displayName: 'Kate',
    });
  });

  it('again takes the new credentials on the same account, which is what signing in again is', async () => {
    const { add, ask, list, vault, accounts, platform } = await aDesk();
    const { accountId } = await add();
    const session = accounts.sessions.sessionOf(accountId);
    const before = await session.credentials();
    platform.refreshMood = 'refused';
    await refusal(() => session.renewed(before));
    await ask('accounts.update', { accountId, isReadOnly: true });
    expect(await add()).toEqual({ accountId, displayName: 'Kate' });
    expect(await list()).toMatchObject([{ accountId, state: 'ok', error: null, isReadOnly: true }]);
    expect(vault.names()).toHaveLength(1);
    expect(await session.credentials()).not.toEqual(before);
  });

  it('twice at once makes one account', async () => {
    const { add, list, vault } = await aDesk();
    const [one, two] = await Promise.all([add(), add()]);
    expect(one).toEqual(two);
    expect(await list()).toHaveLength(1);
    expect(vault.names()).toHaveLength(1);
  });

  it('of several people on one platform keeps them apart', async () => {
    const { add, ask, list, platform, accounts } = await aDesk();
    platform.users.set('lee', { id: 'u2', name: 'Lee', password: 'lees-password' });
    const one = await add();
    const two = await ask('accounts.add', {
      connector: 'perch',
      credentials: { user: 'lee', password: 'lees-password' },
      isReadOnly: true,
    });
    expect((await list()).map(({ displayName, isReadOnly }) => [displayName, isReadOnly])).toEqual([
      ['Kate', false],
      ['Lee', true],
    ]);
    const tokens = await Promise.all(
      [one, two].map(({ accountId }) => accounts.sessions.sessionOf(accountId).credentials()),
    );
    expect(tokens[0]).not.toEqual(tokens[1]);
  });
});

describe('when somebody has to sign in again', () => {
  it.each([
    ['never, when it renews itself', {}, null],
    ['when its token ends, when nothing renews it', { canRefresh: false }, 60 * 60_000],
    ['when even renewing ends', { endsAt: 5_000 }, 'as told'],
  ])('%s', async (_, options, expected) => {
    const { add, list, clock } = await aDesk(options);
    await add();
    const [account] = await list();
    expect(account?.expiresAt).toBe(
      expected === 'as told' ? 5_000 : expected === null ? null : clock.now() + Number(expected),
    );
  });
});

describe('testing an account', () => {
  it('reads its name again', async () => {
    const { add, ask, platform, clock } = await aDesk();
    const { accountId } = await add();
    platform.users.set('kate', { id: 'u1', name: 'Kate Finch', password: 'p' });
    clock.jump(5_000);
    expect(await ask('accounts.test', { accountId })).toMatchObject({
      displayName: 'Kate Finch',
      state: 'ok',
      checkedAt: clock.now(),
    });
  });

  it('fails as the platform does, and keeps that in mind', async () => {
    const { add, ask, list, platform } = await aDesk();
    const { accountId } = await add();
    platform.failsWith = 500;
    expect(await refusal(() => ask('accounts.test', { accountId }))).toMatchObject({ code: 'server-error' });
    expect(await list()).toMatchObject([{ state: 'failing', error: { code: 'server-error' } }]);
    platform.failsWith = null;
    expect(await ask('accounts.test', { accountId })).toMatchObject({ state: 'ok', error: null });
  });

  it('finds out that it was revoked', async () => {
    const { add, ask, list, platform } = await aDesk();
    const { accountId } = await add();
    platform.forgetAll();
    expect(await refusal(() => ask('accounts.test', { accountId }))).toMatchObject({ code: 'unauthorized' });
    expect(await list()).toMatchObject([{ state: 'expired', error: { code: 'unauthorized' } }]);
  });

  it('tries once more to renew what was taken for expired, and lets its sources go on', async () => {
    const { add, ask, platform, accounts, clock, poller, look } = await aDesk();
    const { accountId } = await add();
    const source = { connector: 'perch', settings: { name: 'mine' }, accountId };
    const { sourceId } = await ask('sources.add', source);
    const session = accounts.sessions.sessionOf(accountId);
    platform.refreshMood = 'refused';
    await refusal(async () => session.renewed(await session.credentials()));
    clock.jump(platform.lifeMs);
    await poller.pollNow([sourceId]);
    expect(look(sourceId)).toMatchObject({ state: 'blocked' });
    platform.refreshMood = 'works';
    expect(await ask('accounts.test', { accountId })).toMatchObject({ state: 'ok', error: null });
    expect(look(sourceId).nextPollAt).toBe(clock.now());
  });
});

describe('removing an account', () => {
  it('takes its secret out of the vault, and back on the platform', async () => {
    const { add, ask, list, vault, platform, accounts, events } = await aDesk();
    const { accountId } = await add();
    const held = (await accounts.sessions.sessionOf(accountId).credentials()) as { refreshToken: string };
    await ask('accounts.remove', { accountId });
    expect(await list()).toEqual([]);
    expect(vault.names()).toEqual([]);
    expect(platform.revoked).toEqual([held.refreshToken]);
    expect(events).toContainEqual({ name: 'accounts.changed', accountIds: [accountId] });
    expect(await refusal(() => ask('accounts.test', { accountId }))).toMatchObject({ code: 'not-found' });
  });

  it('is done here also when the platform does not answer well', async () => {
    const { add, ask, list, vault, platform } = await aDesk();
    const { accountId } = await add();
    platform.url satisfies string;
    Object.assign(platform, { url: 'http://127.0.0.1:1' });
    await ask('accounts.remove', { accountId });
    expect([await list(), vault.names()]).toEqual([[], []]);
  });

  it('is removed and its sources stop also when the vault cannot be written, which is told', async () => {
    const { add, ask, list, look, vaultPath, platform, events } = await aDesk();
    const { accountId } = await add();
    const settings = { name: 'mine' };
    const { sourceId } = await ask('sources.add', { connector: 'perch', settings, accountId });
    mkdirSync(`${vaultPath}.new`);
    expect(await refusal(() => ask('accounts.remove', { accountId }))).toMatchObject({ code: 'unsupported' });
    expect(await list()).toEqual([]);
    expect(look(sourceId)).toMatchObject({ state: 'blocked', nextPollAt: null });
    expect(events).toContainEqual({ name: 'accounts.changed', accountIds: [accountId] });
    expect(platform.revoked).toHaveLength(1);
  });

  it('stops its sources, which say what to do, and go on when it is added again', async () => {
    const { add, ask, look, poller, clock } = await aDesk();
    const { accountId } = await add();
    const { sourceId } = await ask('sources.add', {
      connector: 'perch',
      settings: { name: 'mine' },
      accountId,
    });
    await poller.pollNow([sourceId]);
    expect(look(sourceId)).toMatchObject({ state: 'ok' });
    await ask('accounts.remove', { accountId });
    expect(look(sourceId)).toMatchObject({
      state: 'blocked',
      nextPollAt: null,
      lastError: { code: 'unauthorized', message: expect.stringContaining('Add that account again') },
    });
    const again = await add();
    expect(again.accountId).toBe(accountId);
    expect(look(sourceId).nextPollAt).toBe(clock.now());
    clock.jump(120_000);
    await poller.pollNow([sourceId]);
    expect(look(sourceId)).toMatchObject({ state: 'ok', lastError: null });
  });
});

describe('a source', () => {
  it('listens with its account, whose expired token is renewed on the way', async () => {
    const { add, ask, poller, look, platform } = await aDesk();
    const { accountId } = await add();
    const settings = { name: 'mine', needsAccount: true };
    const { sourceId } = await ask('sources.add', { connector: 'perch', settings, accountId });
    platform.lifeMs = 10;
    await poller.pollNow([sourceId]);
    expect(look(sourceId)).toMatchObject({ accountId, state: 'ok' });
    expect(platform.asked.filter((line) => line === 'GET /timeline')).toHaveLength(1);
  });

  it('that needs an account is refused without one, in words', async () => {
    const { ask } = await aDesk();
    const settings = { name: 'mine', needsAccount: true };
    for (const method of ['sources.add', 'sources.test'] as const) {
      expect(await refusal(() => ask(method, { connector: 'perch', settings }))).toMatchObject({
        code: 'invalid-input',
        message: 'What is said to an account is seen by that account alone.',
        details: { issues: [{ path: 'accountId' }] },
      });
    }
  });

  it('may listen to the same with two accounts, and not twice with one', async () => {
    const { add, ask, platform } = await aDesk();
    platform.users.set('lee', { id: 'u2', name: 'Lee', password: 'lees-password' });
    const one = await add();
    const two = await ask('accounts.add', {
      connector: 'perch',
      credentials: { user: 'lee', password: 'lees-password' },
    });
    const source = { connector: 'perch', settings: { name: 'mine' } };
    await ask('sources.add', { ...source, accountId: one.accountId });
    await ask('sources.add', { ...source, accountId: two.accountId });
    expect(await refusal(() => ask('sources.add', { ...source, accountId: two.accountId }))).toMatchObject({
      code: 'conflict',
    });
  });

  it('takes another account, starts afresh with it, and cannot do without where one is needed', async () => {
    const { add, ask, poller, look, platform, clock } = await aDesk();
    platform.users.set('lee', { id: 'u2', name: 'Lee', password: 'lees-password' });
    const one = await add();
    const credentials = { user: 'lee', password: 'lees-password' };
    const two = await ask('accounts.add', { connector: 'perch', credentials });
    const settings = { name: 'mine', needsAccount: true };
    const { accountId } = one;
    const { sourceId } = await ask('sources.add', { connector: 'perch', settings, accountId });
    await poller.pollNow([sourceId]);
    clock.jump(60_000);
    const changed = await ask('sources.update', { sourceId, accountId: two.accountId });
    expect(changed).toMatchObject({
      accountId: two.accountId,
      health: { state: 'new', nextPollAt: clock.now() },
    });
    await poller.pollNow([sourceId]);
    expect(look(sourceId)).toMatchObject({ accountId: two.accountId, state: 'ok' });
    expect(await refusal(() => ask('sources.update', { sourceId, accountId: null }))).toMatchObject({
      code: 'invalid-input',
      details: { issues: [{ path: 'accountId' }] },
    });
  });

  it('of an account that expired says so, and goes on once somebody has signed in again', async () => {
    const { add, ask, poller, look, platform, clock } = await aDesk();
    const { accountId } = await add();
    const { sourceId } = await ask('sources.add', {
      connector: 'perch',
      settings: { name: 'mine' },
      accountId,
    });
    platform.forgetAll();
    await poller.pollNow([sourceId]);
    expect(look(sourceId)).toMatchObject({ state: 'blocked', lastError: { code: 'unauthorized' } });
    await add();
    expect(look(sourceId).nextPollAt).toBe(clock.now());
  });
});

describe('the vault at the next start', () => {
  it('gives up secrets that no account speaks of, and those of this workspace alone', async () => {
    const desk = await aDesk();
    await desk.add();
    await desk.vault.write('own/perch/orphan', { token: 'x' });
    await desk.vault.write('sample/perch/other', { token: 'y' });
    const again = await aDesk(desk);
    await again.accounts.close();
    expect(again.vault.names().filter((name) => !name.startsWith('own/perch/'))).toEqual([
      'sample/perch/other',
    ]);
    expect(again.vault.names()).toHaveLength(2);
    expect(await again.list()).toMatchObject([{ state: 'ok' }]);
  });
});
