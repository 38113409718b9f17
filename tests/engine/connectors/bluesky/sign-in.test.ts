import { describe, expect, it } from 'vitest';
import type { SignedIn } from '../../../../electron/engine/connectors/connector.ts';
import {
  connector,
  failureOf,
  outbox,
  type Playing,
  prepare,
  send,
  startPlaying,
  targetOf,
} from './playing.ts';

const redirectUri = 'http://127.0.0.1:45671/callback';
const state = 'a-state-that-is-random';
const dayMs = 24 * 3_600_000;

function oauthMethod() {
  const method = connector.account.methods.find(({ id }) => id === 'oauth');
  if (method?.kind !== 'redirect') throw new Error('No such way.');
  return method;
}

const begin = ({ call, settings }: Playing) =>
  oauthMethod().begin({
    ...call(),
    settings,
    entered: { identifier: '@brand.example.com' },
    redirectUri,
    installationId: 'i',
    state,
  });

async function signInByPage(playing: Playing): Promise<SignedIn<unknown, unknown>> {
  const { url, pending } = await begin(playing);
  const answer = playing.standIn.oauth.decide(url, playing.standIn.brand);
  const done = await oauthMethod().finish({ ...playing.call(), settings: playing.settings, pending, answer });
  if (done === null) throw new Error('Not yet.');
  return done;
}

describe('signing in by app password', () => {
  it('finds the server that keeps the account, and says who it is', async () => {
    const playing = await startPlaying();
    const { brand, url, password } = playing.standIn;
    const session = await playing.signIn({ identifier: ` @${brand.handle} `, password: ` ${password} ` });
    expect(session.identity).toMatchObject({
      externalId: brand.did,
      authorKey: brand.did,
      name: 'The Brand',
      handle: brand.handle,
      url: `https://bsky.app/profile/${brand.did}`,
    });
    expect(session.held()).toMatchObject({ kind: 'password', service: url, pds: url });
    expect(connector.account.expiresAt(session.held())).toBe(playing.now() + 2 * 3_600_000);
    expect(connector.account.endsAt(session.held())).toBeNull();
  });

  it('goes by the handle of an account that is so new that nobody else knows it', async () => {
    const playing = await startPlaying();
    playing.standIn.isNew = true;
    expect((await playing.signIn()).identity.name).toBe(playing.standIn.brand.handle);
  });

  it('counts its end from now, whatever the server’s clock says', async () => {
    const playing = await startPlaying();
    playing.standIn.skewMs = -5 * dayMs;
    const session = await playing.signIn();
    expect(connector.account.expiresAt(session.held())).toBe(playing.now() + 2 * 3_600_000);
  });

  it.each([
    [{ identifier: '', password: 'x' }, 'invalid-input', /handle/],
    [{ identifier: 'brand.example.com' }, 'invalid-input', /app password/],
    [{ identifier: 'brand.example.com', password: 'wrong' }, 'unauthorized', /handle and app password/],
  ])('%j is %s', async (entered, code, message) => {
    const playing = await startPlaying();
    const failure = await failureOf(playing.signIn(entered as Record<string, string>));
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
  });

  it('names the suspension of an account, also when it is renewed or written with', async () => {
    const playing = await startPlaying();
    const session = await playing.signIn();
    const target = targetOf(playing, playing.standIn.publish({ text: 'hello' }));
    const prepared = await prepare(playing, session, target, 'Hello');
    playing.standIn.state = 'AccountTakedown';
    for (const attempt of [playing.signIn(), send(playing, session, target, prepared)]) {
      expect(await failureOf(attempt)).toMatchObject({ code: 'forbidden', message: /suspended/ });
    }
  });

  it('renews with the token that only renewing takes, and survives losing the answer', async () => {
    const playing = await startPlaying();
    const credentials = (await playing.signIn()).held();
    const renew = (held: unknown) =>
      connector.account.refresh({ ...playing.call(), settings: playing.settings, credentials: held });
    const [first, again] = [await renew(credentials), await renew(credentials)] as { refreshJwt: string }[];
    expect(again?.refreshJwt).toBe(first?.refreshJwt);
    // Two hours later the old one is worth nothing, and its successor is.
    playing.advance(2 * 3_600_000 + 1_000);
    expect((await failureOf(renew(credentials))).code).toBe('unauthorized');
    await renew(first);
    const confused = {
      ...(first as object),
      refreshJwt: (first as unknown as { accessJwt: string }).accessJwt,
    };
    expect((await failureOf(renew(confused))).code).toBe('unauthorized');
  });

  it('ends the session where the account is removed', async () => {
    const playing = await startPlaying();
    const credentials = (await playing.signIn()).held();
    const context = { ...playing.call(), settings: playing.settings, credentials };
    await connector.account.revoke(context);
    expect((await failureOf(connector.account.refresh(context))).code).toBe('unauthorized');
  });
});

describe('signing in on the page of the server', () => {
  it('pushes the request, and asks the page for nothing but it', async () => {
    const playing = await startPlaying();
    const { url, expiresAt } = await begin(playing);
    const page = new URL(url);
    expect([...page.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
    expect(page.searchParams.get('client_id')).toBe(
      'http://localhost?redirect_uri=http%3A%2F%2F127.0.0.1%2Fcallback&scope=atproto%20transition%3Ageneric',
    );
    expect(expiresAt).toBe(playing.now() + 5 * 60_000);
    // Once without the nonce that the server then names, once with it.
    expect(playing.standIn.requests.filter(({ path }) => path === '/oauth/par').length).toBeLessThanOrEqual(
      2,
    );
  });

  it('ends in two weeks, however often it is renewed', async () => {
    const playing = await startPlaying();
    const session = playing.sessionOf(await signInByPage(playing));
    expect(session.identity.externalId).toBe(playing.standIn.brand.did);
    const endsAt = playing.now() + 14 * dayMs;
    expect(connector.account.endsAt(session.held())).toBe(endsAt);
    playing.advance(3_600_000);
    await session.credentials();
    expect(session.renewals()).toBe(1);
    expect(connector.account.endsAt(session.held())).toBe(endsAt);
  });

  it('answers with proofs, also when the nonce has changed', async () => {
    const playing = await startPlaying();
    const session = playing.sessionOf(await signInByPage(playing));
    const target = targetOf(playing, playing.standIn.publish({ text: 'hello' }));
    const prepared = await prepare(playing, session, target, 'By OAuth');
    playing.standIn.oauth.rotateNonce();
    await send(playing, session, target, prepared);
    expect(playing.standIn.written().map(({ text }) => text)).toEqual(['By OAuth']);
    expect(session.renewals()).toBe(0);
  });

  it('works though this computer’s clock is an hour wrong', async () => {
    const playing = await startPlaying();
    playing.standIn.skewMs = 3_600_000;
    const session = playing.sessionOf(await signInByPage(playing));
    const pages = await playing.poll({ what: 'mentions' }, { account: session });
    expect(pages).toHaveLength(1);
  });

  it('renews once what has expired; a token used twice ends it all', async () => {
    const playing = await startPlaying();
    const session = playing.sessionOf(await signInByPage(playing));
    const old = session.held();
    playing.standIn.failNext('read', 'expired');
    await playing.poll({ what: 'mentions' }, { account: session });
    expect(session.renewals()).toBe(1);
    const again = connector.account.refresh({
      ...playing.call(),
      settings: playing.settings,
      credentials: old,
    });
    expect(await failureOf(again)).toMatchObject({ code: 'unauthorized', message: /two weeks/ });
    expect((await failureOf(session.renewed(session.held()))).code).toBe('unauthorized');
  });

  it.each(['server-error', 'rate-limited', 'malformed', 'cut-off', 'dropped'] as const)(
    'is not taken for dead when renewing meets %s',
    async (fault) => {
      const playing = await startPlaying();
      const session = playing.sessionOf(await signInByPage(playing));
      playing.standIn.failNext('renewal', fault);
      expect((await failureOf(session.renewed(session.held()))).code).not.toBe('unauthorized');
    },
  );

  it('says so when it is refused on the page', async () => {
    const playing = await startPlaying();
    const { url, pending } = await begin(playing);
    const answer = playing.standIn.oauth.decide(url, playing.standIn.brand, false);
    const finishing = oauthMethod().finish({
      ...playing.call(),
      settings: playing.settings,
      pending,
      answer,
    });
    expect(await failureOf(finishing)).toMatchObject({ code: 'forbidden', message: /refused on the page/ });
  });

  it.each([
    ['another state', { state: 'another' }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['no issuer', { iss: undefined }],
    ['another code', { code: 'cod-made-up' }],
  ])('refuses an answer with %s', async (_, changed) => {
    const playing = await startPlaying();
    const { url, pending } = await begin(playing);
    const decided = { ...playing.standIn.oauth.decide(url, playing.standIn.brand), ...changed };
    const answer = Object.fromEntries(Object.entries(decided).filter(([, value]) => value !== undefined));
    const context = { ...playing.call(), settings: playing.settings, pending };
    await failureOf(oauthMethod().finish({ ...context, answer: answer as Record<string, string> }));
  });

  it('refuses a server that vouches for an account that another one keeps', async () => {
    const [honest, evil] = [await startPlaying(), await startPlaying()];
    // The directory knows where the account really is.
    const playing = { ...evil, settings: { ...evil.settings, directory: honest.settings.directory } };
    const failure = await failureOf(signInByPage(playing));
    expect(failure).toMatchObject({ code: 'forbidden', message: /does not keep this account/ });
  });

  it('tells of a server that takes no programs of this computer', async () => {
    const playing = await startPlaying();
    const method = oauthMethod();
    const beginning = method.begin({
      ...playing.call(),
      settings: playing.settings,
      entered: {},
      // Not the loopback address that alone is allowed.
      redirectUri: 'http://localhost:45671/callback',
      installationId: 'i',
      state,
    });
    expect(await failureOf(beginning)).toMatchObject({ code: 'rejected', message: /Use an app password/ });
  });

  it('takes itself back where the account is removed', async () => {
    const playing = await startPlaying();
    const session = playing.sessionOf(await signInByPage(playing));
    const context = { ...playing.call(), settings: playing.settings, credentials: session.held() };
    await connector.account.revoke(context);
    expect((await failureOf(connector.account.refresh(context))).code).toBe('unauthorized');
    const target = targetOf(playing, playing.standIn.publish({ text: 'hello' }));
    const looking = connector.reply.look(outbox(playing, session, target));
    expect((await failureOf(looking)).code).toBe('unauthorized');
  });
});
