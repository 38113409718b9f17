import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { openDataKeyFile } from '../../electron/data-key-file.ts';
import { listAccounts } from '../../electron/engine/store/queries/accounts.ts';
import { openStore } from '../../electron/engine/store/open-store.ts';
import { openVault } from '../../electron/engine/vault/open-vault.ts';
import { perch } from '../engine/accounts/perch.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const killCount = 6;
const child = new URL('./renewal-child.ts', import.meta.url).pathname;
const numberOf = (token: string): number => Number(/\d+$/.exec(token)?.[0]);

/** Runs the child until it has been handed `count` tokens, and some instant longer. Answers the last one. */
async function run(directory: string, url: string, count: number): Promise<number> {
  const process_ = spawn(process.execPath, [child, directory, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const handed: string[] = [];
  for await (const line of createInterface(process_.stdout)) {
    handed.push(line);
    if (handed.length === count) setTimeout(() => process_.kill('SIGKILL'), Math.random() * 8);
  }
  expect(handed.length).toBeGreaterThanOrEqual(count);
  return numberOf(handed.at(-1) ?? '');
}

it('a token that was handed out is in the vault after every kill, or a newer one', async () => {
  const directory = temporaryDirectory();
  const platform = await perch(Date.now);
  const told: string[] = [];
  for (let kills = 0; kills < killCount; kills += 1) {
    const last = await run(directory, platform.url, 1 + Math.floor(Math.random() * 6));
    const vault = openVault({
      path: join(directory, 'vault.json'),
      dataKey: openDataKeyFile(directory),
      logger: { info: () => {}, warn: (event) => told.push(event), error: (event) => told.push(event) },
      now: Date.now,
    });
    const store = openStore({ path: join(directory, 'earshot.sqlite'), now: Date.now });
    const accounts = listAccounts(store);
    store.close();
    // One account however often it was signed in to, and one secret for it.
    expect(accounts).toHaveLength(1);
    expect(vault.names()).toEqual([accounts[0]?.vaultName]);
    const held = (await vault.read(vault.names()[0] ?? '')) as { accessToken: string };
    expect(numberOf(held.accessToken)).toBeGreaterThanOrEqual(last);
  }
  expect(told).toEqual([]);
}, 120_000);
