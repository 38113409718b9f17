import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openDataKeyFile } from '../../../electron/data-key-file.ts';
import { createHttp } from '../../../electron/engine/connectors/http/create-http.ts';
import { createEngine, type Engine } from '../../../electron/engine/engine.ts';
import { migrations } from '../../../electron/engine/store/migrations/list.ts';
import { openStore } from '../../../electron/engine/store/open-store.ts';
import { openVault } from '../../../electron/engine/vault/open-vault.ts';
import { openLogFile } from '../../../electron/log-file.ts';
import { openSettingsFile } from '../../../electron/settings-file.ts';
import type { MethodInput, MethodName } from '../../../shared/contract/contract.ts';
import type { SignIn } from '../../../shared/contract/methods/accounts.ts';
import type { AccountId, SourceId } from '../../../shared/model/ids.ts';
import { silentLogger } from '../../helpers/silent-logger.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';
import { perch, type RefreshMood } from '../accounts/perch.ts';
import { perchConnector } from '../accounts/perch-connector.ts';
import { realClock } from '../connectors/http/real-clock.ts';

/** Each stands for one kind of secret; with signs that encodings change. */
const planted = {
  password: 'planted/pass word+1?',
  wrongPassword: 'planted/wrong pass+2?',
  clientSecret: 'planted=client&secret~3',
  /** Access and refresh tokens begin with it. */
  tokens: 'planted.token/+4=',
  deviceCode: 'planted:device/code+5',
  redirectCode: 'planted#redirect/code+6',
  pasted: 'planted%paste/+7==',
} as const;

/** How a text may stand in a file, whatever stands before and behind it. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  // Base64 takes three bytes at a time: what it looks like depends on where in such a group the secret begins.
  const base64 = [0, 1, 2].flatMap((before) => {
    const shifted = Buffer.concat([Buffer.alloc(before), bytes]);
    const first = before === 0 ? 0 : 4;
    const whole = shifted.toString('base64').replace(/=+$/, '');
    // The first and the last group hold neighbours, too.
    const core = whole.slice(first, Math.floor((shifted.length * 8) / 24) * 4);
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const percent = encodeURIComponent(secret);
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    percent,
    percent.replaceAll('%20', '+'),
    encodeURI(secret),
    new URLSearchParams({ s: secret }).toString().slice(2),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...base64,
  ].filter((form) => form.length >= 8);
}

const forms = Object.entries(planted).flatMap(([name, secret]) =>
  formsOf(secret).map((form) => ({ name, form })),
);

/** The names of the secrets that stand in a text, in whatever form. */
function secretsIn(text: string): string[] {
  return [...new Set(forms.filter(({ form }) => text.includes(form)).map(({ name }) => name))];
}

function filesWithSecrets(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((path) => {
      const bytes = readFileSync(path);
      const found = [...secretsIn(bytes.toString('latin1')), ...secretsIn(bytes.toString('utf16le'))];
      return found.map((name) => `${relative(directory, path)}: ${name}`);
    });
}

it('finds a secret in whatever form it stands', () => {
  const directory = temporaryDirectory();
  for (const [index, encoding] of (['utf8', 'base64', 'base64url', 'hex'] as const).entries()) {
    const text = Buffer.from(`${'x'.repeat(index)}{"token":"${planted.tokens}9"}`).toString(encoding);
    writeFileSync(join(directory, encoding), `before ${text} behind`);
  }
  writeFileSync(join(directory, 'url'), `https://x.example/?t=${encodeURIComponent(planted.pasted)}`);
  expect(filesWithSecrets(directory).sort()).toEqual([
    'base64: tokens',
    'base64url: tokens',
    'hex: tokens',
    'url: pasted',
    'utf8: tokens',
  ]);
});

/** Waits are short, and time can be moved on. */
function quickClock() {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    random: () => 0.5,
    sleep: (ms: number, signal?: AbortSignal) => realClock.sleep(ms / 500, signal),
    jump: (ms: number) => void (ahead += ms),
  };
}

async function aRun(directory: string) {
  const clock = quickClock();
  const platform = await perch(() => clock.now());
  platform.tokenSeed = planted.tokens;
  platform.users.set('kate', { id: 'u1', name: 'Kate', password: planted.password });
  platform.users.set('lee', { id: 'u2', name: 'Lee', password: 'x' });
  platform.codes.set(planted.redirectCode, 'u1');
  platform.codes.set(planted.pasted, 'u2');
  platform.deviceCodes.set(planted.deviceCode, 'pending');
  /** Everything that leaves the engine, as text. */
  const said: string[] = [];
  const http = createHttp({ version: '0', clock: realClock });
  onTestFinished(() => http.close());
  const engine: Engine = await createEngine({
    dataDirectory: directory,
    version: '0.0.0-test',
    host: 'command-line',
    hostReason: null,
    settings: openSettingsFile({ directory, onSetAside: () => {} }),
    dataKey: openDataKeyFile(directory),
    logger: openLogFile(directory),
    clock,
    http,
    moreConnectors: [perchConnector(platform)],
    startsPolling: false,
    checksOutputs: true,
  });
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (!isClosed) await engine.close();
    isClosed = true;
  };
  onTestFinished(close);
  engine.events$.subscribe((event) => said.push(JSON.stringify(event)));

  /** Null when it failed. */
  async function ask<Output>(method: MethodName, params: unknown): Promise<Output | null> {
    try {
      const answer = await engine.call(method, params);
      said.push(JSON.stringify(answer));
      return answer as Output;
    } catch (error) {
      for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
        said.push(`${cause.message} ${cause.stack}`, JSON.stringify(cause));
      }
      return null;
    }
  }
  const call = <M extends MethodName>(method: M, params: MethodInput<M>) => ask(method, params);
  return { clock, platform, said, ask, call, close };
}

it('lets no secret out during a run with every failure there is', async () => {
  const directory = temporaryDirectory();
  const { clock, platform, said, ask, call, close } = await aRun(directory);
  const { clientSecret, password } = planted;

  // Signing in by hand: what is typed comes back in refusals, and in what is not understood.
  const add = (typed: Record<string, unknown>, more = {}) =>
    ask<{ accountId: AccountId }>('accounts.add', { connector: 'perch', credentials: typed, ...more });
  expect(await add({ user: 'kate', password: planted.wrongPassword, clientSecret })).toBeNull();
  expect(await add({ user: 'kate', password: [password] })).toBeNull();
  expect(await add({ user: 'kate', password }, { settings: { server: 7 } })).toBeNull();
  expect(await add({ user: 'kate', password }, { connector: 'nobody' })).toBeNull();
  const { accountId } = (await add({ user: 'kate', password, clientSecret }))!;

  // By pages of the platform: wrong answers first.
  const start = (way: string) => ask<SignIn>('accounts.startSignIn', { connector: 'perch', way });
  const ended = (signInId: string) =>
    vi.waitFor(async () => {
      const shown = await ask<SignIn>('accounts.getSignIn', { signInId });
      expect(shown?.state).not.toBe('waiting');
      return shown?.state;
    });
  for (const [code, outcome] of [
    [`${planted.redirectCode}-forged`, 'failed'],
    [planted.redirectCode, 'done'],
  ] as const) {
    const { url, signInId } = (await start('browser'))!;
    const query = new URL(url).searchParams;
    const answer = new URLSearchParams({ code, state: query.get('state') ?? '' });
    said.push(await (await fetch(`${query.get('redirect_uri')}?${answer}`)).text());
    expect(await ended(signInId)).toBe(outcome);
  }
  const device = (await start('device'))!;
  platform.deviceCodes.set(planted.deviceCode, 'u1');
  expect(await ended(device.signInId)).toBe('done');
  const { signInId } = (await start('paste'))!;
  expect(await call('accounts.finishSignIn', { signInId, pasted: `${planted.pasted}-not` })).toBeNull();
  expect(await call('accounts.finishSignIn', { signInId, pasted: planted.pasted })).toMatchObject({
    state: 'done',
  });

  // Listening and renewing, with whatever a platform can answer.
  const settings = { name: 'mine', needsAccount: true };
  const source = await ask<{ sourceId: SourceId }>('sources.add', {
    connector: 'perch',
    settings,
    accountId,
  });
  const poll = async () => {
    await call('sources.pollNow', { sourceIds: [source!.sourceId] });
    await call('sources.test', { connector: 'perch', settings, accountId });
    await call('accounts.test', { accountId });
    await call('accounts.list', {});
    await call('sources.list', {});
  };
  await poll();
  for (const mood of ['echoes', 'malformed', 'empty', 'blank', 'broken', 'works'] as RefreshMood[]) {
    platform.refreshMood = mood;
    clock.jump(platform.lifeMs);
    await poll();
  }
  for (const status of [500, 400, 403, 599, null]) {
    platform.failsWith = status;
    await poll();
  }
  platform.forgetAll();
  await poll();
  expect((await ask<{ accounts: unknown[] }>('accounts.list', {}))?.accounts).toMatchObject([
    { state: 'expired' },
    { state: 'ok' },
  ]);
  await add({ user: 'kate', password });
  await poll();
  await call('accounts.update', { accountId, isReadOnly: true });
  await call('settings.set', { theme: 'dark' });

  // The write-ahead log as it is while everything is open, then all else.
  expect(filesWithSecrets(directory)).toEqual([]);
  await call('workspace.open', { workspace: 'sample' });
  await call('workspace.open', { workspace: 'own' });
  await close();
  migrateOnce(directory);
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  expect(names).toEqual(
    expect.arrayContaining([
      'vault.json',
      'vault.key',
      'settings.json',
      'earshot.sqlite',
      join('logs', 'earshot.log'),
    ]),
  );
  expect(names.filter((name) => name.startsWith(join('backups', 'earshot-schema')))).toHaveLength(1);

  expect(filesWithSecrets(directory)).toEqual([]);
  expect(said.flatMap((text) => secretsIn(text).map((name) => `${name} in ${text}`))).toEqual([]);
  expect(platform.urls.flatMap(secretsIn)).toEqual([]);
  // It is not that there were none: they are in the vault, and the platform's words did hold them.
  const vault = openVault({
    path: join(directory, 'vault.json'),
    dataKey: openDataKeyFile(directory),
    logger: silentLogger,
    now: () => 0,
  });
  const kept = await Promise.all(vault.names().map((name) => vault.read(name)));
  expect(kept).toHaveLength(2);
  for (const secret of kept) expect(secretsIn(JSON.stringify(secret))).toContain('tokens');
  expect(said.filter((text) => text.includes('(left out)')).length).toBeGreaterThan(5);
});

/** As the next version's first start does it: with a copy of what was there. */
function migrateOnce(directory: string): void {
  const next = { version: migrations.length + 1, name: 'next', up: () => {} };
  openStore({
    path: join(directory, 'earshot.sqlite'),
    now: () => Date.UTC(2026, 10, 22),
    migrations: [...migrations, next],
  }).close();
}
