import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { aDesk, type DeskOptions, refusal } from './a-desk.ts';

async function startedDesk(way: 'browser' | 'device' | 'paste', options: DeskOptions = {}) {
  const desk = await aDesk(options);
  desk.platform.codes.set('a-good-code', 'u1');
  desk.platform.deviceCodes.set('a-device-code', 'pending');
  const started = await desk.ask('accounts.startSignIn', { connector: 'perch', way });
  const { signInId } = started;
  const page = new URL(started.url);
  const redirect = page.searchParams.get('redirect_uri') ?? '';
  const state = page.searchParams.get('state') ?? '';
  const look = () => desk.ask('accounts.getSignIn', { signInId });
  /** What the browser does when the platform sends it back. */
  const goBack = (query: Record<string, string>, init: RequestInit = {}) =>
    fetch(`${redirect}?${new URLSearchParams(query)}`, init);
  const ended = () =>
    vi.waitFor(async () => {
      const shown = await look();
      expect(shown.state).not.toBe('waiting');
      return shown;
    });
  return { ...desk, started, signInId, redirect, state, look, goBack, ended };
}

describe('signing in by a redirect', () => {
  it('opens the page of the platform and ends with the account', async () => {
    const { started, redirect, state, goBack, ended, list, events, signInId } = await startedDesk('browser');
    expect(started).toMatchObject({ state: 'waiting', needsPaste: false, userCode: null, accountId: null });
    expect(redirect).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    expect(Buffer.from(state, 'base64url')).toHaveLength(32);
    const page = await goBack({ code: 'a-good-code', state });
    expect(await page.text()).toContain('You can close this window');
    expect(await ended()).toMatchObject({ state: 'done', accountId: '1', displayName: 'Kate' });
    expect(await list()).toMatchObject([{ displayName: 'Kate', state: 'ok' }]);
    expect(events).toContainEqual({ name: 'accounts.signInEnded', signInId });
  });

  it('shows a page that holds nothing secret and can do nothing', async () => {
    const { state, goBack } = await startedDesk('browser');
    const page = await goBack({ code: 'a-good-code', state });
    const body = await page.text();
    expect(body).not.toContain('a-good-code');
    expect(body).not.toContain(state);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('refuses what does not bring its state back, and goes on waiting', async () => {
    const { state, goBack, look, ended, platform } = await startedDesk('browser');
    const wrong = `${state.slice(0, -1)}${state.endsWith('A') ? 'B' : 'A'}`;
    for (const query of [
      { code: 'a-good-code' },
      { code: 'a-good-code', state: '' },
      { code: 'a-good-code', state: wrong },
      { code: 'a-good-code', state: `${state}x` },
      { error: 'access_denied', state: wrong },
    ] as Record<string, string>[]) {
      expect((await goBack(query)).status).toBe(400);
    }
    expect(await look()).toMatchObject({ state: 'waiting' });
    expect(platform.asked).toEqual([]);
    await goBack({ code: 'a-good-code', state });
    expect(await ended()).toMatchObject({ state: 'done' });
  });

  it('keeps the code from every message, and nothing that only says where it came from', async () => {
    const { state, goBack, ended, secrets } = await startedDesk('browser');
    await goBack({ code: 'a-good-code', state, iss: 'https://perch.example', scope: 'read write' });
    await ended();
    const said = { code: 'a-good-code', issuer: 'https://perch.example/me', scope: 'read write' };
    expect(secrets.strip(said)).toEqual({ ...said, code: '(left out)' });
  });

  it('answers nothing but the redirect itself', async () => {
    const { state, redirect, goBack, look } = await startedDesk('browser');
    const query = { code: 'a-good-code', state };
    expect((await goBack(query, { method: 'POST' })).status).toBe(405);
    expect((await fetch(new URL('/', redirect))).status).toBe(404);
    expect((await fetch(new URL(`/callback/x?state=${state}`, redirect))).status).toBe(404);
    expect((await fetch(`${redirect}?state=${state}&state=${state}`)).status).toBe(400);
    // As another name that leads to this computer would be asked for.
    expect(await rawRequest(redirect, `/callback?${new URLSearchParams(query)}`, 'evil.example')).toMatch(
      /^HTTP\/1\.1 400/,
    );
    expect(await look()).toMatchObject({ state: 'waiting' });
  });

  it('listens on this computer alone', async () => {
    const { redirect } = await startedDesk('browser');
    const { port } = new URL(redirect);
    const outside = await new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.2', port: Number(port) });
      socket.once('connect', () => resolve('open'));
      socket.once('error', () => resolve('closed'));
    });
    expect(outside).toBe('closed');
  });

  it('takes one answer and listens no longer', async () => {
    const { state, goBack, ended, platform } = await startedDesk('browser');
    const [first, second] = await Promise.all([
      goBack({ code: 'a-good-code', state }),
      goBack({ code: 'another', state }).then(
        ({ status }) => status,
        () => 'closed',
      ),
    ]);
    expect(first.status).toBe(200);
    expect([410, 'closed']).toContain(second);
    await ended();
    await expect(goBack({ code: 'a-good-code', state })).rejects.toThrow('fetch failed');
    expect(platform.asked.filter((line) => line === 'POST /token')).toHaveLength(1);
  });

  it('tells when the answer was no', async () => {
    const { state, goBack, ended, list, vault } = await startedDesk('browser');
    await goBack({ error: 'access_denied', error_description: '<b>nasty</b>', state });
    const shown = await ended();
    expect(shown).toMatchObject({ state: 'failed', error: { code: 'forbidden' } });
    expect(JSON.stringify(shown)).not.toContain('nasty');
    expect([await list(), vault.names()]).toEqual([[], []]);
  });

  it('fails as the platform does when the code is not taken', async () => {
    const { state, goBack, ended, list } = await startedDesk('browser');
    await goBack({ code: 'a-forged-code', state });
    const shown = await ended();
    expect(shown).toMatchObject({ state: 'failed', error: { code: 'unauthorized' } });
    expect(JSON.stringify(shown)).not.toContain('a-forged-code');
    expect(await list()).toEqual([]);
  });

  it('ends by itself after ten minutes', async () => {
    const { clock, goBack, state, ended, started } = await startedDesk('browser');
    expect(started.expiresAt).toBe(clock.now() + 10 * 60_000);
    await clock.advance(10 * 60_000);
    expect(await ended()).toMatchObject({ state: 'failed', error: { code: 'timeout' } });
    await expect(goBack({ code: 'a-good-code', state })).rejects.toThrow('fetch failed');
  });

  it('ends when it is called off, and leaves nothing', async () => {
    const { ask, signInId, goBack, state, list } = await startedDesk('browser');
    expect(await ask('accounts.cancelSignIn', { signInId })).toMatchObject({ state: 'cancelled' });
    await expect(goBack({ code: 'a-good-code', state })).rejects.toThrow('fetch failed');
    expect(await ask('accounts.cancelSignIn', { signInId })).toMatchObject({ state: 'cancelled' });
    expect(await list()).toEqual([]);
  });

  it('ends with the workspace', async () => {
    const { accounts, goBack, state, look } = await startedDesk('browser');
    await accounts.close();
    expect(await look()).toMatchObject({ state: 'cancelled' });
    await expect(goBack({ code: 'a-good-code', state })).rejects.toThrow('fetch failed');
  });

  it('says which program is in the way when the platform insists on a port that is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const { ask, events } = await aDesk({ redirectPort: port });
    expect(
      await refusal(() => ask('accounts.startSignIn', { connector: 'perch', way: 'browser' })),
    ).toMatchObject({ code: 'conflict', message: expect.stringContaining(`port ${port}`) });
    expect(events).toEqual([]);
  });

  it('on such a port takes the place of the one that was begun before', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const { ask, look, redirect } = await startedDesk('browser', { redirectPort: port });
    expect(new URL(redirect).port).toBe(String(port));
    expect(await ask('accounts.startSignIn', { connector: 'perch', way: 'browser' })).toMatchObject({
      state: 'waiting',
    });
    expect(await look()).toMatchObject({ state: 'cancelled' });
  });

  // oxlint-disable-next-line no-script-url -- that it is refused is the test
  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'nonsense'])(
    'opens no page such as %s that a server names',
    async (page) => {
      const { ask } = await aDesk({ page });
      expect(
        await refusal(() => ask('accounts.startSignIn', { connector: 'perch', way: 'browser' })),
      ).toMatchObject({ code: 'bad-response' });
    },
  );
});

describe('signing in by a device code', () => {
  it('asks in the interval that the platform names until the user has agreed', async () => {
    const { started, platform, clock, look, ended } = await startedDesk('device');
    expect(started).toMatchObject({ userCode: 'ABCD-1234', expiresAt: clock.now() + 15 * 60_000 });
    const asked = () => platform.asked.filter((line) => line === 'POST /token').length;
    await clock.advance(4_999);
    expect(asked()).toBe(0);
    await clock.advance(1);
    await vi.waitFor(() => expect(asked()).toBe(1));
    expect(await look()).toMatchObject({ state: 'waiting' });
    platform.deviceCodes.set('a-device-code', 'u1');
    await vi.waitFor(async () => {
      await clock.advance(5_000);
      expect((await look()).state).toBe('done');
    });
    expect(await ended()).toMatchObject({ displayName: 'Kate' });
  });

  it('asks more slowly when it is told to', async () => {
    const { platform, clock } = await startedDesk('device');
    platform.deviceCodes.set('a-device-code', 'slow');
    const asked = () => platform.asked.filter((line) => line === 'POST /token').length;
    await clock.advance(5_000);
    await vi.waitFor(() => expect(asked()).toBe(1));
    // The request and its answer are real: the next wait begins when both are over.
    await vi.waitFor(() => expect(clock.sleepers()).toBeGreaterThanOrEqual(2));
    await clock.advance(9_999);
    expect(asked()).toBe(1);
    await clock.advance(1);
    await vi.waitFor(() => expect(asked()).toBe(2));
  });

  it('tells when the answer was no, and asks no more', async () => {
    const { platform, clock, ended } = await startedDesk('device');
    platform.deviceCodes.delete('a-device-code');
    await clock.advance(5_000);
    expect(await ended()).toMatchObject({ state: 'failed', error: { code: 'forbidden' } });
    const count = platform.asked.length;
    await clock.advance(60_000);
    expect(platform.asked).toHaveLength(count);
  });

  it('goes on when the platform cannot be reached for a while', async () => {
    const { platform, clock, look, ended } = await startedDesk('device');
    const { url } = platform;
    Object.assign(platform, { url: 'http://127.0.0.1:1' });
    await clock.advance(20_000);
    expect(await look()).toMatchObject({ state: 'waiting' });
    Object.assign(platform, { url });
    platform.deviceCodes.set('a-device-code', 'u1');
    await vi.waitFor(async () => {
      await clock.advance(5_000);
      expect((await look()).state).toBe('done');
    });
    await ended();
  });
});

describe('signing in by what the page shows', () => {
  it('takes what is pasted', async () => {
    const { ask, signInId, started } = await startedDesk('paste');
    expect(started).toMatchObject({ needsPaste: true });
    expect(await ask('accounts.finishSignIn', { signInId, pasted: '  a-good-code\n' })).toMatchObject({
      state: 'done',
      displayName: 'Kate',
    });
    expect(await refusal(() => ask('accounts.finishSignIn', { signInId, pasted: 'again' }))).toMatchObject({
      code: 'conflict',
    });
  });

  it('says when it is not that, and takes the right one afterwards', async () => {
    const { ask, signInId, look } = await startedDesk('paste');
    expect(
      await refusal(() => ask('accounts.finishSignIn', { signInId, pasted: 'something-else' })),
    ).toMatchObject({ code: 'unauthorized' });
    expect(await look()).toMatchObject({ state: 'waiting' });
    expect(await ask('accounts.finishSignIn', { signInId, pasted: 'a-good-code' })).toMatchObject({
      state: 'done',
    });
  });

  it('is not for a sign-in that waits for the browser', async () => {
    const { ask, signInId } = await startedDesk('browser');
    expect(
      await refusal(() => ask('accounts.finishSignIn', { signInId, pasted: 'a-good-code' })),
    ).toMatchObject({ code: 'conflict' });
  });
});

it('a sign-in that nobody knows of is not found', async () => {
  const { ask } = await aDesk();
  for (const method of ['accounts.getSignIn', 'accounts.cancelSignIn'] as const) {
    expect(await refusal(() => ask(method, { signInId: 'x' }))).toMatchObject({ code: 'not-found' });
  }
});

/** With a `Host` of its own, which fetch does not let one choose. */
function rawRequest(address: string, path: string, host: string): Promise<string> {
  const { port } = new URL(address);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: Number(port) });
    let answer = '';
    socket.on('data', (piece) => (answer += piece.toString('latin1')));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  });
}
