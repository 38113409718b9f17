import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DataKey } from '../../../electron/engine/ports/data-key.ts';
import { openVault } from '../../../electron/engine/vault/open-vault.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';
import { memoryDataKey } from '../../helpers/memory-data-key.ts';
import { silentLogger } from '../../helpers/silent-logger.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const secret = { accessToken: 'a-very-secret-token', list: [1, null, 'ü'] };

function aVault(directory = temporaryDirectory(), dataKey: DataKey = memoryDataKey()) {
  const path = join(directory, 'vault.json');
  const told: string[] = [];
  const logger = { ...silentLogger, error: (event: string) => void told.push(event) };
  let now = Date.UTC(2026, 10, 21);
  const vault = openVault({ path, dataKey, logger, now: () => now });
  const pass = (ms: number): void => void (now += ms);
  const again = (key = dataKey) => aVault(directory, key);
  return { directory, path, vault, told, again, dataKey, pass };
}

async function failureOf(work: Promise<unknown>): Promise<EarshotError> {
  const error = await work.then(() => undefined).catch((thrown: unknown) => thrown);
  if (error instanceof EarshotError) return error;
  throw new Error(`it did not fail as expected: ${String(error)}`);
}

describe('a secret', () => {
  it('is there again in the next process', async () => {
    const { vault, again } = aVault();
    await vault.write('own/perch/1', secret);
    const next = again().vault;
    expect(await next.read('own/perch/1')).toEqual(secret);
    expect([next.names(), next.has('own/perch/1'), next.has('other')]).toEqual([
      ['own/perch/1'],
      true,
      false,
    ]);
    expect(await next.read('other')).toBeNull();
    expect(await next.read('constructor')).toBeNull();
  });

  it('is nowhere in the file as it is, and never encrypted in the same way twice', async () => {
    const { vault, path } = aVault();
    await vault.write('a', secret);
    const first = readFileSync(path, 'utf8');
    await vault.write('a', secret);
    const second = readFileSync(path, 'utf8');
    for (const text of [first, second]) expect(text).not.toContain(secret.accessToken);
    expect(JSON.parse(first).entries.a.data).not.toBe(JSON.parse(second).entries.a.data);
    expect(JSON.parse(first).entries.a.iv).not.toBe(JSON.parse(second).entries.a.iv);
  });

  it('is for the user alone, also when the file was opened to others', async () => {
    const { vault, path, again } = aVault();
    await vault.write('a', secret);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    chmodSync(path, 0o644);
    again();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is bound to its name', async () => {
    const { vault, path, again } = aVault();
    await vault.write('kate', secret);
    const file = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...file, entries: { lee: file.entries.kate } }));
    expect(await failureOf(again().vault.read('lee'))).toMatchObject({ code: 'unauthorized' });
  });

  it.each(['iv', 'tag', 'data'] as const)('whose %s was changed is refused, and stays', async (part) => {
    const { vault, path, again } = aVault();
    await vault.write('a', secret);
    await vault.write('b', secret);
    const file = JSON.parse(readFileSync(path, 'utf8'));
    const bytes = Buffer.from(file.entries.a[part], 'base64');
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    file.entries.a[part] = bytes.toString('base64');
    writeFileSync(path, JSON.stringify(file));
    const next = again();
    const error = await failureOf(next.vault.read('a'));
    expect(error).toMatchObject({ code: 'unauthorized', message: expect.stringContaining('sign in again') });
    expect(next.told).toEqual(['vault-entry-damaged']);
    expect(await next.vault.read('b')).toEqual(secret);
    await next.vault.write('c', secret);
    expect(again().vault.names()).toEqual(['a', 'b', 'c']);
  });

  it('that is removed is not in the file any more', async () => {
    const { vault, again } = aVault();
    await vault.write('a', secret);
    await vault.write('b', secret);
    await vault.remove(['a', 'never-there']);
    expect(again().vault.names()).toEqual(['b']);
  });
});

describe('writing', () => {
  it('of many at once keeps them all', async () => {
    const { vault, again } = aVault();
    const names = Array.from({ length: 50 }, (_, index) => `name-${index}`);
    await Promise.all(names.map((name) => vault.write(name, { name })));
    const next = again().vault;
    expect(await Promise.all(names.map((name) => next.read(name)))).toEqual(names.map((name) => ({ name })));
  });

  it('leaves nothing beside the file, nor what a crash left there', async () => {
    const { vault, directory, again } = aVault();
    await vault.write('a', secret);
    writeFileSync(join(directory, 'vault.json.new'), '{"half": ');
    const next = again().vault;
    expect(await next.read('a')).toEqual(secret);
    await next.write('b', secret);
    expect(readdirSync(directory)).toEqual(['vault.json']);
  });

  it('that fails leaves the file and what is read as they were, and the next one works', async () => {
    const { vault, directory } = aVault();
    await vault.write('a', { token: 'old' });
    chmodSync(directory, 0o500);
    const isRoot = process.getuid?.() === 0;
    if (!isRoot) {
      expect(await failureOf(vault.write('a', { token: 'new' }))).toMatchObject({ code: 'unsupported' });
      expect(await vault.read('a')).toEqual({ token: 'old' });
    }
    chmodSync(directory, 0o700);
    await vault.write('a', { token: 'new' });
    expect(await vault.read('a')).toEqual({ token: 'new' });
  });

  it('into a folder that is gone fails in words', async () => {
    const { vault } = aVault(join(temporaryDirectory(), 'gone'));
    const error = await failureOf(vault.write('a', secret));
    expect(error).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('Nothing was saved'),
    });
    expect(error.message).not.toContain(secret.accessToken);
    expect(vault.has('a')).toBe(false);
  });
});

describe('a file that is not as it was written', () => {
  it.each([
    ['cut off', (text: string) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['of somebody else', () => '{"passwords": []}'],
    ['with an entry that is none', (text: string) => text.replace(/"iv": "[^"]*"/, '"iv": 7')],
  ])('%s is kept beside, and told of', async (_, damage) => {
    const { vault, path, directory, again } = aVault();
    await vault.write('a', secret);
    const damaged = damage(readFileSync(path, 'utf8'));
    writeFileSync(path, damaged);
    const next = again();
    expect(next.told).toEqual(['vault-set-aside']);
    const [kept = ''] = readdirSync(directory).filter((name) => name.startsWith('vault.damaged-'));
    expect(readFileSync(join(directory, kept), 'utf8')).toBe(damaged);
    expect((await next.vault.info()).note).toContain(kept);
    expect(await next.vault.read('a')).toBeNull();
    await next.vault.write('a', secret);
    expect(await again().vault.read('a')).toEqual(secret);
  });

  it('but was written by a later Earshot stays where it is', async () => {
    const { vault, path, again } = aVault();
    await vault.write('a', secret);
    const later = JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), version: 2 });
    writeFileSync(path, later);
    const next = again().vault;
    for (const work of [next.read('a'), next.write('b', secret)]) {
      expect(await failureOf(work)).toMatchObject({ message: expect.stringContaining('later Earshot') });
    }
    expect((await next.info()).note).toContain('later Earshot');
    expect(readFileSync(path, 'utf8')).toBe(later);
  });
});

describe('a key', () => {
  it('that does not fit is told of, and what it does not fit is kept for the one that does', async () => {
    const { vault, again, dataKey } = aVault();
    await vault.write('a', secret);
    const other = again(memoryDataKey()).vault;
    const error = await failureOf(other.read('a'));
    expect(error).toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining('vault.key'),
      details: { reason: 'vault-key' },
    });
    await other.write('b', { token: 'b' });
    const back = again(dataKey).vault;
    expect(await back.read('a')).toEqual(secret);
    expect(await failureOf(back.read('b'))).toMatchObject({ details: { reason: 'vault-key' } });
  });

  it('that cannot be had is asked for again after a minute, not at every call', async () => {
    const key = randomBytes(32);
    let isLocked = true;
    let asked = 0;
    const { vault, path, pass } = aVault(temporaryDirectory(), {
      ...memoryDataKey(key),
      load: async () => {
        asked += 1;
        if (isLocked) throw new EarshotError('unauthorized', 'The keychain is locked.');
        return key;
      },
    });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(await failureOf(vault.write('a', secret))).toMatchObject({ message: 'The keychain is locked.' });
    }
    expect([asked, existsSync(path)]).toEqual([1, false]);
    isLocked = false;
    pass(60_000);
    await vault.write('a', secret);
    expect(await vault.read('a')).toEqual(secret);
    pass(600_000);
    await vault.read('a');
    expect(asked).toBe(2);
  });

  it('is not asked for until there is a secret', async () => {
    const { vault } = aVault(temporaryDirectory(), {
      ...memoryDataKey(),
      load: () => Promise.reject(new Error('asked')),
    });
    expect([vault.names(), await vault.read('a'), (await vault.info()).kind]).toEqual([[], null, 'key-file']);
    await vault.remove(['a']);
  });
});
