import { join } from 'node:path';
import { readFileSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openDataKeyFile } from '../../../electron/data-key-file.ts';
import { createHttp } from '../../../electron/engine/connectors/http/create-http.ts';
import type { EngineOptions } from '../../../electron/engine/engine.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';
import { testEngine } from '../../helpers/test-engine.ts';
import { realClock } from '../connectors/http/real-clock.ts';
import { perch } from './perch.ts';
import { perchConnector } from './perch-connector.ts';

const kate = { connector: 'perch', credentials: { user: 'kate', password: 'kates-password' } };

async function aHome() {
  const directory = temporaryDirectory();
  const platform = await perch(Date.now);
  const start = (more: Partial<EngineOptions> = {}) =>
    testEngine(directory, {
      dataKey: openDataKeyFile(directory),
      moreConnectors: [perchConnector(platform)],
      http: createHttp({ version: '0', clock: realClock }),
      ...more,
    });
  const entries = (): string[] => {
    const file = JSON.parse(readFileSync(join(directory, 'vault.json'), 'utf8')) as { entries: object };
    return Object.keys(file.entries).map((name) => name.split('/')[0] ?? '');
  };
  return { directory, platform, start, entries };
}

describe('accounts of an engine', () => {
  it('are there after a restart, with what they sign in with', async () => {
    const { start, platform } = await aHome();
    const first = await start();
    const { accountId } = await first.ask('accounts.add', kate);
    await first.close();
    const second = await start();
    expect((await second.ask('accounts.list', {})).accounts).toMatchObject([{ accountId, state: 'ok' }]);
    platform.asked.length = 0;
    expect(await second.ask('accounts.test', { accountId })).toMatchObject({ state: 'ok' });
    expect(platform.asked).toEqual(['GET /me']);
  });

  it('are apart in the two workspaces, and those of the sample go with it', async () => {
    const { start, entries } = await aHome();
    const engine = await start();
    await engine.ask('accounts.add', kate);
    await engine.ask('workspace.open', { workspace: 'sample' });
    const onPerch = async () =>
      (await engine.ask('accounts.list', {})).accounts.filter(({ connector }) => connector === 'perch');
    expect(await onPerch()).toEqual([]);
    await engine.ask('accounts.add', kate);
    await engine.ask('workspace.open', { workspace: 'own' });
    expect(entries().sort()).toEqual(['own', 'sample']);
    expect(await onPerch()).toMatchObject([{ state: 'ok' }]);
    await engine.ask('workspace.removeSample', {});
    expect(entries()).toEqual(['own']);
  });

  it.each([
    ['vault.json', 'is not in the vault'],
    ['vault.key', 'another key'],
  ])('are expired and say what to do when %s is lost, until somebody signs in again', async (file, words) => {
    const { directory, start } = await aHome();
    const first = await start();
    const { accountId } = await first.ask('accounts.add', kate);
    await first.close();
    rmSync(join(directory, file));
    const second = await start();
    expect((await second.ask('accounts.list', {})).accounts).toMatchObject([
      { accountId, state: 'expired', error: { message: expect.stringContaining(words) } },
    ]);
    expect(await second.ask('accounts.add', kate)).toMatchObject({ accountId });
    expect((await second.ask('accounts.list', {})).accounts).toMatchObject([
      { accountId, state: 'ok', error: null },
    ]);
  });

  it('ask for no key while there are none', async () => {
    const { start, directory } = await aHome();
    const engine = await start();
    expect(await engine.ask('accounts.list', {})).toMatchObject({
      accounts: [],
      vault: { kind: 'key-file' },
    });
    expect(() => readFileSync(join(directory, 'vault.key'))).toThrow('ENOENT');
  });
});
