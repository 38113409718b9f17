import { describe, expect, it, onTestFinished } from 'vitest';
import type { SignInMethod } from '../../../../electron/engine/connectors/connector.ts';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import { accountSupport, scopes } from '../../../../electron/engine/connectors/mastodon/account.ts';
import type { MastodonCredentials } from '../../../../electron/engine/connectors/mastodon/caller.ts';
import type { MastodonAccountSettings } from '../../../../electron/engine/connectors/mastodon/settings.ts';
import { standInServer } from '../conformance/stand-in-server.ts';
import { realClock } from '../http/real-clock.ts';
import { type MastodonStandIn, type Software, startMastodon } from './stand-in.ts';

type Method = SignInMethod<MastodonCredentials, MastodonAccountSettings>;
type ByPage = Extract<Method, { kind: 'redirect' | 'device' | 'paste' }>;
const redirectUri = 'http://127.0.0.1:49152/callback';

async function setUp(software?: Software) {
  const standIn: MastodonStandIn = await startMastodon(() => Date.UTC(2026, 10, 21), software);
  onTestFinished(() => standIn.close());
  const http = createHttp({ version: '0', clock: realClock });
  onTestFinished(() => http.close());
  const context = {
    http,
    now: () => Date.UTC(2026, 10, 21),
    signal: new AbortController().signal,
    settings: { server: standIn.url, allowPrivateNetwork: true },
  };
  return { standIn, context };
}

function byPage(id: string): ByPage {
  const method = accountSupport.methods.find((each) => each.id === id);
  if (!method || method.kind === 'enter') throw new Error(`There is no way ${id} with a page.`);
  return method;
}

const answerOf = (address: string): Record<string, string> =>
  Object.fromEntries(new URL(address).searchParams);

describe('signing in on the page of the server', () => {
  it('leads back with a code that becomes a token of the scopes that were asked for', async () => {
    const { standIn, context } = await setUp();
    const way = byPage('browser');
    const begun = await way.begin({
      ...context,
      entered: {},
      redirectUri,
      installationId: 'i',
      state: 'random-state',
    });
    const back = standIn.authorize(begun.url);
    expect(back).toMatch(/^http:\/\/127\.0\.0\.1:49152\/callback\?code=.+&state=random-state$/);
    const pending: unknown = JSON.parse(JSON.stringify(begun.pending));
    const signedIn = await way.finish({ ...context, pending, answer: answerOf(back) });
    expect(signedIn?.identity).toEqual({
      externalId: 'https://social.example/@brand',
      authorKey: 'https://social.example/@brand',
      name: 'BRAND',
      handle: 'brand@social.example',
      url: 'https://social.example/@brand',
      textLimit: {
        unit: 'graphemes',
        most: 500,
        mostBytes: null,
        addressCounts: 23,
        isServerOfMentionFree: true,
      },
      facts: { accountId: '7', isVanilla: true },
    });
    expect(signedIn?.credentials).toMatchObject({ clientId: 'client-0', scope: scopes.join(' ') });
  });

  it('shows a code to paste, which holds once', async () => {
    const { standIn, context } = await setUp();
    const way = byPage('code');
    const { url, pending } = await way.begin({
      ...context,
      entered: {},
      redirectUri,
      installationId: 'i',
      state: 's',
    });
    expect(new URL(url).searchParams.get('redirect_uri')).toBe('urn:ietf:wg:oauth:2.0:oob');
    const pasted = ` ${new URL(standIn.authorize(url)).searchParams.get('code')} `;
    const finish = (): ReturnType<ByPage['finish']> =>
      way.finish({ ...context, pending, answer: { pasted } });
    expect((await finish())?.identity.handle).toBe('brand@social.example');
    await expect(finish()).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('that is declined says so', async () => {
    const { context } = await setUp();
    const way = byPage('browser');
    const { pending } = await way.begin({
      ...context,
      entered: {},
      redirectUri,
      installationId: 'i',
      state: 's',
    });
    const answer = { error: 'access_denied', state: 's' };
    await expect(way.finish({ ...context, pending, answer })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('of one server is of no use for the code of another sign-in', async () => {
    const { standIn, context } = await setUp();
    const way = byPage('browser');
    const first = await way.begin({ ...context, entered: {}, redirectUri, installationId: 'i', state: 's' });
    const second = await way.begin({ ...context, entered: {}, redirectUri, installationId: 'i', state: 's' });
    const answer = answerOf(standIn.authorize(first.url));
    const finishing = way.finish({ ...context, pending: second.pending, answer });
    await expect(finishing).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('is taken back on the server when the account is removed', async () => {
    const { standIn, context } = await setUp();
    const way = byPage('browser');
    const { url, pending } = await way.begin({
      ...context,
      entered: {},
      redirectUri,
      installationId: 'i',
      state: 's',
    });
    const signedIn = await way.finish({ ...context, pending, answer: answerOf(standIn.authorize(url)) });
    const credentials = signedIn!.credentials;
    await accountSupport.revoke?.({ ...context, credentials });
    await expect(accountSupport.identify({ ...context, credentials })).rejects.toMatchObject({
      code: 'unauthorized',
    });
    // A second time finds nothing to take back, and that is no failure.
    await accountSupport.revoke?.({ ...context, credentials });
  });
});

describe('a pasted token', () => {
  const signIn = async (token: string, { context }: Awaited<ReturnType<typeof setUp>>) => {
    const method = accountSupport.methods.find(({ id }) => id === 'token');
    if (method?.kind !== 'enter') throw new Error('There is no way to paste a token.');
    return method.signIn({ ...context, entered: { token } });
  };

  it('that may write has no note', async () => {
    const world = await setUp();
    const { identity, credentials } = await signIn(` ${world.standIn.token}\n`, world);
    expect(identity.replyNote).toBeUndefined();
    expect(credentials).toEqual({ accessToken: world.standIn.token });
  });

  it.each([
    [['read'], true],
    [['read', 'write:favourites'], true],
    [['read', 'write'], false],
    [['read', 'write:statuses'], false],
  ])('with %j may only read: %s', async (held, isReadOnly) => {
    const world = await setUp();
    world.standIn.scopes = held;
    const { identity } = await signIn(world.standIn.token, world);
    expect(identity.replyNote !== undefined).toBe(isReadOnly);
    if (isReadOnly) expect(identity.replyNote).toContain('write:statuses');
  });

  it.each([
    ['', 'invalid-input'],
    ['two words', 'invalid-input'],
    ['not-the-token', 'unauthorized'],
  ])('%j fails as %s', async (token, code) => {
    await expect(signIn(token, await setUp())).rejects.toMatchObject({ code });
  });
});

describe('the kind of server', () => {
  const identify = async (instance: object, path = '/api/v2/instance') => {
    const server = await standInServer({
      kindOf: () => null,
      answer: (request) => {
        if (request.path === '/api/v1/accounts/verify_credentials') {
          const account = { id: '1', username: 'me', acct: 'me', url: 'https://kind.example/@me' };
          return { status: 200, body: account };
        }
        if (request.path === path) return { status: 200, body: instance };
        return { status: 404, body: { error: 'Not found' } };
      },
      refusals: {
        'rate-limited': () => ({ status: 429 }),
        'missing-permission': () => ({ status: 403 }),
        refused: () => ({ status: 422 }),
      },
    });
    onTestFinished(() => server.close());
    const { context } = await setUp();
    const settings = { server: server.url, allowPrivateNetwork: true };
    return accountSupport.identify({ ...context, settings, credentials: { accessToken: 'token' } });
  };

  it.each([
    ['4.5.1', true],
    ['4.6.0-rc.1+glitch', true],
    ['4.2.10+hometown-1.1.1', true],
    ['4.2.0 (compatible; Pleroma 2.7.0)', false],
    ['0.19.1+git-1a2b3c4', false],
    ['4.0.0 (not true; snac/2.70)', false],
    ['', false],
  ])('with version %j keeps idempotency keys: %s', async (version, isVanilla) => {
    expect((await identify({ domain: 'kind.example', version })).facts).toMatchObject({ isVanilla });
  });

  it('that is not Mastodon though its version looks so is told by its source', async () => {
    const instance = { version: '4.5.0', source_url: 'https://codeberg.org/superseriousbusiness/gotosocial' };
    expect((await identify(instance)).facts).toMatchObject({ isVanilla: false });
  });

  it('is read at the older address too, with its own limit', async () => {
    const instance = { uri: 'kind.example', version: '3.3.0+fork', max_toot_chars: 5_000 };
    const identity = await identify(instance, '/api/v1/instance');
    expect(identity.textLimit?.most).toBe(5_000);
    expect(identity.handle).toBe('me@kind.example');
    expect(identity.replyNote).toBeUndefined();
  });
});
