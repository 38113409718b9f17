import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { buildIfNeeded } from '../../electron/build.mjs';
import { openDataKeyFile } from '../../electron/data-key-file.ts';
import { openStore } from '../../electron/engine/store/open-store.ts';
import { insertAccount } from '../../electron/engine/store/queries/accounts.ts';
import { openVault } from '../../electron/engine/vault/open-vault.ts';
import { findChromium } from '../helpers/find-chromium.mjs';
import { launchChromium, projectDirectory } from '../helpers/launch.ts';
import { runScript } from '../helpers/run-program.ts';
import { silentLogger } from '../helpers/silent-logger.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';
import { HarnessEnded, launchHarness } from './launch-harness.ts';

const patience = { timeout: 15_000, interval: 50 };

interface Reply {
  readonly type: string;
  readonly id?: number;
  readonly result?: unknown;
  readonly event?: { readonly name: string };
}

type Bridge = {
  readonly kind: string;
  send(message: unknown): void;
  onMessage(listener: (message: Reply) => void): () => void;
  onState(listener: (state: string) => void): () => void;
};
declare global {
  interface Window {
    seen: { messages: Reply[]; states: string[] };
  }
}

let browser: Browser;

async function start(dataDirectory = temporaryDirectory(), ...args: string[]) {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const harness = await launchHarness({
    context,
    appDirectory: projectDirectory,
    args: [`--data-dir=${dataDirectory}`, ...args],
  });
  let isEnded = false;
  const quit = () => {
    isEnded = true;
    return harness.quit();
  };
  onTestFinished(async () => {
    if (!isEnded) await harness.quit();
  });
  await harness.page.evaluate(() => {
    window.seen = { messages: [], states: [] };
    const bridge = (window as unknown as { earshot: Bridge }).earshot;
    bridge.onMessage((message) => window.seen.messages.push(message));
    bridge.onState((state) => window.seen.states.push(state));
  });
  await vi.waitFor(async () => expect(await statesOf(harness.page)).toContain('connected'), patience);
  return { ...harness, context, dataDirectory, quit };
}

const statesOf = (page: Page) => page.evaluate(() => window.seen.states);

let lastId = 1_000_000;
/** Asks the engine through the preload script, beside whatever the window itself is asking. */
async function call(page: Page, method: string, params: unknown): Promise<unknown> {
  lastId += 1;
  await page.evaluate(
    ([id, name, input]) =>
      (window as unknown as { earshot: Bridge }).earshot.send({
        type: 'request',
        id,
        method: name,
        params: input,
      }),
    [lastId, method, params] as const,
  );
  return vi.waitFor(async () => {
    const messages = await page.evaluate(() => window.seen.messages);
    const reply = messages.find(({ id }) => id === lastId);
    expect(reply).toBeDefined();
    return reply?.result;
  }, patience);
}

/** As the browser host leaves it: an account, its secret, and the key in a file. */
async function anAccountBefore(dataDirectory: string): Promise<string> {
  const now = () => Date.UTC(2026, 10, 21);
  const store = openStore({ path: join(dataDirectory, 'earshot.sqlite'), now });
  const vaultName = 'own/lemmy/before';
  const { accountId } = insertAccount(store, {
    connector: 'lemmy',
    platform: 'lemmy',
    externalId: 'https://lemmy.example/u/kate',
    authorKey: 'https://lemmy.example/u/kate',
    name: 'Kate',
    handle: 'kate',
    url: null,
    identity: {},
    settings: { server: 'https://lemmy.example' },
    expiresAt: null,
    at: now(),
    vaultName,
    isReadOnly: false,
  });
  store.close();
  const vault = openVault({
    path: join(dataDirectory, 'vault.json'),
    dataKey: openDataKeyFile(dataDirectory),
    logger: silentLogger,
    now,
  });
  await vault.write(vaultName, { jwt: 'a-token' });
  return accountId;
}

describe.skipIf(findChromium() === null)('Earshot in Electron’s stand-in', () => {
  beforeAll(async () => {
    await buildIfNeeded();
    browser = await launchChromium();
  }, 120_000);
  afterAll(() => browser?.close());

  it('sets Electron up as it must be before it is ready', async () => {
    const { facts, dataDirectory, deeds } = await start();
    const { isSandboxed, userData, schemes, windows, hasPermissionHandlers } = await facts();
    expect({ isSandboxed, hasPermissionHandlers }).toEqual({
      isSandboxed: true,
      hasPermissionHandlers: true,
    });
    expect(userData).toBe(join(dataDirectory, 'electron'));
    expect(schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    expect(windows).toHaveLength(1);
    expect(windows[0]?.options.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true });
    await vi.waitFor(() => expect(deeds).toContainEqual({ kind: 'shown', windowId: 1 }), patience);
  });

  it('carries a call from the page to the engine and back, and events too', async () => {
    const { page, dataDirectory } = await start();
    expect(await call(page, 'app.info', {})).toMatchObject({
      host: 'electron',
      hostReason: null,
      dataDirectory,
    });
    expect(await call(page, 'settings.set', { theme: 'dark' })).toMatchObject({ theme: 'dark' });
    await vi.waitFor(async () => {
      const messages = await page.evaluate(() => window.seen.messages);
      expect(messages.map(({ event }) => event?.name)).toContain('settings.changed');
    }, patience);
  });

  it('keeps settings through electron-store in the file that every host reads', async () => {
    const { page, dataDirectory, quit } = await start();
    await call(page, 'settings.set', { density: 'compact' });
    const file = join(dataDirectory, 'settings.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ density: 'compact' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await quit()).toBe(0);
    const { stdout } = await runScript('electron/cli.mjs', ['settings.get', '--data-dir', dataDirectory]);
    expect(JSON.parse(stdout)).toMatchObject({ density: 'compact' });
  });

  it('gives the page one frozen object, and nothing of Node or Electron', async () => {
    const { page } = await start();
    const world = await page.evaluate(() => {
      const { earshot } = window as unknown as { earshot: object };
      const foreign = ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron', 'global'];
      return {
        keys: Object.keys(earshot).sort(),
        isFrozen: Object.isFrozen(earshot),
        foreign: foreign.filter((name) => name in globalThis),
      };
    });
    expect(world).toEqual({ keys: ['kind', 'onMessage', 'onState', 'send'], isFrozen: true, foreign: [] });
  });

  it.each([
    [
      'a method that the contract does not list',
      { type: 'request', id: 1, method: 'files.read', params: {} },
    ],
    ['a method of every object', { type: 'request', id: 1, method: 'constructor', params: {} }],
    ['an id that is no number', { type: 'request', id: 'x', method: 'app.info', params: {} }],
    ['another kind of message', { type: 'stop' }],
  ])('refuses %s in the preload script', async (_case, message) => {
    const { page } = await start();
    const refused = await page.evaluate((wrong) => {
      try {
        (window as unknown as { earshot: Bridge }).earshot.send(wrong);
        return 'sent';
      } catch (error) {
        return String(error);
      }
    }, message);
    expect(refused).toContain('not a message of the contract');
  });

  it('hears only the top frame of its own page', async () => {
    const { page, sendAs, portCount } = await start();
    const before = portCount();
    for (const sender of [
      null,
      { url: 'app://earshot/', isTop: false },
      { url: 'app://earshot.example/', isTop: true },
      { url: 'https://example.org/', isTop: true },
    ]) {
      sendAs(sender, 'engine:connect');
    }
    await call(page, 'app.info', {});
    expect(portCount()).toBe(before);
    sendAs({ url: 'app://earshot/', isTop: true }, 'engine:connect');
    await vi.waitFor(() => expect(portCount()).toBe(before + 1), patience);
  });

  it('serves the built window under its policy, and no other file', async () => {
    const { fetch } = await start();
    const page = await fetch('app://earshot/');
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    for (const address of [
      'app://earshot/../package.json',
      'app://earshot/%2e%2e%2fpackage.json',
      'app://earshot/..\\package.json',
      'app://earshot/licences.txt',
      'app://other/index.html',
    ]) {
      expect((await fetch(address)).status, address).toBe(404);
    }
    expect((await fetch('app://earshot/', 'POST')).status).toBe(404);
  });

  it('runs the page under its policy: nothing inline, no text made code or markup, nothing from outside', async () => {
    const { page } = await start();
    const outcome = await page.evaluate(
      () =>
        new Promise<Record<string, string>>((resolve) => {
          // In a timer: what the test runs directly is exempt from a policy's ban on eval.
          setTimeout(async () => {
            const results: Record<string, string> = {};
            const attempt = async (name: string, work: () => unknown) => {
              try {
                await work();
                results[name] = 'allowed';
              } catch {
                results[name] = 'refused';
              }
            };
            // oxlint-disable-next-line no-eval -- that it is refused is the test
            await attempt('eval', () => (0, eval)('1'));
            await attempt('markup', () => {
              document.createElement('div').innerHTML = '<b>x</b>';
            });
            await attempt('fetch', () => fetch('https://example.org/'));
            const elsewhere: string = 'https://example.org/x.js';
            await attempt('import', () => import(/* @vite-ignore */ elsewhere));
            resolve(results);
          });
        }),
    );
    expect(outcome).toEqual({ eval: 'refused', markup: 'refused', fetch: 'refused', import: 'refused' });
  });

  it('stays on its page and hands links to the system', async () => {
    const { page, deeds, context } = await start();
    const address = page.url();
    await page.evaluate(() => {
      location.href = 'https://example.org/away';
    });
    await page.evaluate(() => {
      const link = Object.assign(document.createElement('a'), {
        href: 'https://example.org/post?a=b',
        target: '_blank',
        rel: 'noopener noreferrer',
      });
      document.body.append(link);
      link.click();
    });
    await vi.waitFor(
      () =>
        expect(deeds).toContainEqual({ kind: 'opened-external', address: 'https://example.org/post?a=b' }),
      patience,
    );
    expect(page.url()).toBe(address);
    expect(deeds).not.toContainEqual({ kind: 'opened-external', address: 'https://example.org/away' });
    await vi.waitFor(() => expect(context.pages()).toEqual([page]), patience);
  });

  it('asks before it opens a link that is not encrypted', async () => {
    const { page, deeds, setDialogAnswer } = await start();
    const click = () =>
      page.evaluate(() => {
        const link = Object.assign(document.createElement('a'), {
          href: 'http://example.org/',
          target: '_blank',
        });
        document.body.append(link);
        link.click();
      });
    const opened = { kind: 'opened-external', address: 'http://example.org/' } as const;
    await click();
    await vi.waitFor(
      () => expect(deeds).toContainEqual({ kind: 'asked', message: 'Open example.org?' }),
      patience,
    );
    expect(deeds).not.toContainEqual(opened);
    setDialogAnswer(0);
    await click();
    await vi.waitFor(() => expect(deeds).toContainEqual(opened), patience);
  });

  it('grants the page nothing but copying', async () => {
    const { permission } = await start();
    expect(await permission('clipboard-sanitized-write', 'app://earshot/')).toEqual({
      request: true,
      check: true,
    });
    for (const name of ['media', 'geolocation', 'notifications', 'clipboard-read', 'midi', 'fullscreen']) {
      expect(await permission(name, 'app://earshot/'), name).toEqual({ request: false, check: false });
    }
  });

  it('starts the engine again when it dies, tells the page, and goes on', async () => {
    const { page, killEngine } = await start();
    await call(page, 'trackers.create', { name: 'Acme', query: 'acme' });
    killEngine();
    await vi.waitFor(
      async () => expect((await statesOf(page)).slice(-2)).toEqual(['lost', 'connected']),
      patience,
    );
    expect(await call(page, 'trackers.list', {})).toMatchObject({ trackers: [{ name: 'Acme' }] });
  });

  it('connects the page anew when it is reloaded', async () => {
    const { page } = await start();
    await page.reload();
    await page.evaluate(() => {
      window.seen = { messages: [], states: [] };
      const bridge = (window as unknown as { earshot: Bridge }).earshot;
      bridge.onMessage((message) => window.seen.messages.push(message));
      bridge.onState((state) => window.seen.states.push(state));
    });
    await vi.waitFor(async () => expect(await statesOf(page)).toContain('connected'), patience);
    expect(await call(page, 'app.info', {})).toMatchObject({ host: 'electron' });
  });

  it('lets the engine sleep and wake with the computer', async () => {
    const { page, power } = await start();
    const stateOf = async () =>
      ((await call(page, 'app.info', {})) as { polling: { state: string } }).polling.state;
    power('suspend');
    await vi.waitFor(async () => expect(await stateOf()).toBe('asleep'), patience);
    power('resume');
    await vi.waitFor(async () => expect(await stateOf()).toBe('running'), patience);
  });

  it('shows its window when it is started a second time, and that one ends', async () => {
    const { deeds, context, dataDirectory } = await start();
    const second = launchHarness({
      context,
      appDirectory: projectDirectory,
      args: [`--data-dir=${dataDirectory}`],
    });
    await expect(second).rejects.toMatchObject({
      status: 0,
      output: expect.stringContaining('already open'),
    });
    await vi.waitFor(() => expect(deeds).toContainEqual({ kind: 'focused', windowId: 1 }), patience);
  });

  it('says why it cannot start on data that another host has open', async () => {
    const directory = temporaryDirectory();
    const { startServer } = await import('../helpers/launch.ts');
    const server = await startServer({ dataDirectory: directory });
    onTestFinished(() => server.end().then(() => undefined));
    const failure = await start(directory).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(HarnessEnded);
    expect((failure as HarnessEnded).status).toBe(3);
    expect((failure as HarnessEnded).output.trim()).not.toBe('');
  });

  it('keeps the key of the vault in the keychain, and gives it to the engine alone', async () => {
    const dataDirectory = temporaryDirectory();
    const accountId = await anAccountBefore(dataDirectory);
    const keyFile = () => readFileSync(join(dataDirectory, 'vault.key'), 'utf8');
    const plainKey = (JSON.parse(keyFile()) as { key: string }).key;
    const account = async ({ page }: { page: Page }) =>
      ((await call(page, 'accounts.list', {})) as { accounts: unknown[] }).accounts[0];

    const first = await start(dataDirectory);
    expect(await account(first)).toMatchObject({ accountId, state: 'ok' });
    expect(await call(first.page, 'accounts.list', {})).toMatchObject({ vault: { kind: 'keychain' } });
    expect(JSON.parse(keyFile())).toMatchObject({ kind: 'keychain' });
    expect(keyFile()).not.toContain(plainKey);
    expect(JSON.stringify(await first.page.evaluate(() => window.seen.messages))).not.toContain(plainKey);
    await first.quit();

    const second = await start(dataDirectory);
    expect(await account(second)).toMatchObject({ state: 'ok' });
    await second.quit();

    vi.stubEnv('EARSHOT_HARNESS_KEYRING', 'of another user');
    onTestFinished(() => void vi.unstubAllEnvs());
    const third = await start(dataDirectory);
    expect(await account(third)).toMatchObject({
      state: 'expired',
      error: { message: expect.stringContaining('Unlock it') },
    });
  });

  it('says so where the desktop has no keyring', async () => {
    vi.stubEnv('EARSHOT_HARNESS_KEYRING', 'none');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { page } = await start();
    expect(await call(page, 'accounts.list', {})).toMatchObject({
      accounts: [],
      vault: { kind: 'weak', note: expect.stringContaining('no keyring') },
    });
  });

  it('opens the sample when told, and ends cleanly with its window', async () => {
    const { page, quit, dataDirectory } = await start(temporaryDirectory(), '--sample');
    expect(await call(page, 'app.info', {})).toMatchObject({ workspace: 'sample' });
    expect(await quit()).toBe(0);
    expect(existsSync(join(dataDirectory, 'sample.sqlite-wal'))).toBe(false);
  });
});
