import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDataKeyFile } from '../../electron/data-key-file.ts';
import { createKeyFile, replaceKeyFile } from '../../electron/key-file.ts';
import { openKeychainDataKey } from '../../electron/shell/keychain-data-key.ts';
import { silentLogger } from '../helpers/silent-logger.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const read = (directory: string) => readFileSync(join(directory, 'vault.key'), 'utf8');

describe('the key in a file', () => {
  it('is made once, for the user alone, and is the same afterwards', async () => {
    const directory = temporaryDirectory();
    const key = await openDataKeyFile(directory).load();
    expect(key).toHaveLength(32);
    expect(statSync(join(directory, 'vault.key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory)).toEqual(['vault.key']);
    expect(Buffer.from(await openDataKeyFile(directory).load())).toEqual(Buffer.from(key));
    expect(await openDataKeyFile(temporaryDirectory()).load()).not.toEqual(key);
  });

  it('that others could read is closed to them', async () => {
    const directory = temporaryDirectory();
    await openDataKeyFile(directory).load();
    chmodSync(join(directory, 'vault.key'), 0o644);
    await openDataKeyFile(directory).load();
    expect(statSync(join(directory, 'vault.key')).mode & 0o777).toBe(0o600);
  });

  it.each([
    '',
    '{}',
    'not JSON',
    '{"format":"earshot-vault-key","version":1,"kind":"plain","key":"c2hvcnQ="}',
  ])('that is damaged is refused and left as it is: %s', async (text) => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'vault.key'), text, { mode: 0o600 });
    await expect(openDataKeyFile(directory).load()).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining('sign in again'),
    });
    expect(read(directory)).toBe(text);
  });

  it('is never made in the place of another', () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'vault.key');
    createKeyFile(path, { kind: 'plain', bytes: randomBytes(32) });
    const before = read(directory);
    expect(() => createKeyFile(path, { kind: 'plain', bytes: randomBytes(32) })).toThrow('EEXIST');
    expect(read(directory)).toBe(before);
    expect(readdirSync(directory)).toEqual(['vault.key']);
  });

  it('that the keychain has locked sends the user to the desktop app', async () => {
    const directory = temporaryDirectory();
    replaceKeyFile(join(directory, 'vault.key'), { kind: 'keychain', bytes: randomBytes(60) });
    await expect(openDataKeyFile(directory).load()).rejects.toMatchObject({
      message: expect.stringContaining('Use the desktop app'),
    });
  });

  it('is told of in words', async () => {
    const directory = temporaryDirectory();
    const info = await openDataKeyFile(directory).info();
    expect(info).toMatchObject({ kind: 'key-file', note: expect.stringContaining('vault.key') });
    expect(readdirSync(directory)).toEqual([]);
  });
});

/** Turns a text round and writes a password before it: enough to see who wraps what with what. */
function keychain(password = 'one') {
  const played = { password, isAvailable: true, backend: 'gnome_libsecret' as const, shouldReEncrypt: false };
  const state: Omit<typeof played, 'backend'> & { backend: 'gnome_libsecret' | 'basic_text' | 'kwallet6' } =
    played;
  const turned = (text: string) => Buffer.from(text).reverse().toString();
  return {
    state,
    safeStorage: {
      isAsyncEncryptionAvailable: async () => state.isAvailable,
      encryptStringAsync: async (text: string) => Buffer.from(`${state.password}:${turned(text)}`),
      decryptStringAsync: async (bytes: Buffer) => {
        const [usedPassword, text = ''] = bytes.toString().split(':');
        if (usedPassword !== state.password && !state.shouldReEncrypt) throw new Error('wrong password');
        return { shouldReEncrypt: state.shouldReEncrypt, result: turned(text) };
      },
      getSelectedStorageBackend: () => state.backend,
    },
  };
}

function opened(
  directory: string,
  { safeStorage }: ReturnType<typeof keychain>,
  platform: NodeJS.Platform = 'linux',
) {
  return openKeychainDataKey({ directory, platform, safeStorage, logger: silentLogger });
}

describe('the key in the system’s keychain', () => {
  it('is wrapped in the file, and opened by the same keychain', async () => {
    const directory = temporaryDirectory();
    const chain = keychain();
    const key = await opened(directory, chain).load();
    expect(key).toHaveLength(32);
    const file = read(directory);
    const encoded = Buffer.from(key).toString('base64');
    expect(JSON.parse(file)).toMatchObject({ kind: 'keychain' });
    expect(file).not.toContain(encoded);
    expect(Buffer.from(await opened(directory, chain).load())).toEqual(Buffer.from(key));
    expect(statSync(join(directory, 'vault.key')).mode & 0o777).toBe(0o600);
  });

  it('is wrapped anew when the keychain says that it should be', async () => {
    const directory = temporaryDirectory();
    const chain = keychain();
    const key = await opened(directory, chain).load();
    chain.state.password = 'two';
    chain.state.shouldReEncrypt = true;
    expect(Buffer.from(await opened(directory, chain).load())).toEqual(Buffer.from(key));
    chain.state.shouldReEncrypt = false;
    expect(Buffer.from(await opened(directory, chain).load())).toEqual(Buffer.from(key));
  });

  it('is never made anew when the keychain does not open it, and says what to do', async () => {
    const directory = temporaryDirectory();
    const chain = keychain();
    await opened(directory, chain).load();
    const before = read(directory);
    for (const change of [{ password: 'other' }, { isAvailable: false }]) {
      Object.assign(chain.state, change);
      await expect(opened(directory, chain).load()).rejects.toMatchObject({
        code: 'unauthorized',
        message: expect.stringContaining('Unlock it'),
      });
    }
    expect(read(directory)).toBe(before);
  });

  it('is not made while the keychain cannot be reached', async () => {
    const directory = temporaryDirectory();
    const chain = keychain();
    chain.state.isAvailable = false;
    await expect(opened(directory, chain, 'darwin').load()).rejects.toMatchObject({ code: 'unauthorized' });
    expect(readdirSync(directory)).toEqual([]);
  });

  it('takes in the key that a browser host made', async () => {
    const directory = temporaryDirectory();
    const key = await openDataKeyFile(directory).load();
    const chain = keychain();
    expect((await opened(directory, chain).info()).kind).toBe('key-file');
    expect(Buffer.from(await opened(directory, chain).load())).toEqual(Buffer.from(key));
    expect(JSON.parse(read(directory))).toMatchObject({ kind: 'keychain' });
    expect((await opened(directory, chain).info()).kind).toBe('keychain');
    expect(Buffer.from(await opened(directory, chain).load())).toEqual(Buffer.from(key));
  });

  it('is kept as in the browser host where the desktop has no keyring, and called weak', async () => {
    const directory = temporaryDirectory();
    const chain = keychain();
    chain.state.backend = 'basic_text';
    const key = await opened(directory, chain).load();
    expect(await opened(directory, chain).info()).toMatchObject({
      kind: 'weak',
      note: expect.stringContaining('no keyring'),
    });
    expect(Buffer.from(await openDataKeyFile(directory).load())).toEqual(Buffer.from(key));
    chain.state.backend = 'kwallet6';
    expect(Buffer.from(await opened(directory, chain).load())).toEqual(Buffer.from(key));
    expect(JSON.parse(read(directory))).toMatchObject({ kind: 'keychain' });
  });

  it.each([
    ['darwin', 'macOS keychain'],
    ['win32', 'data protection'],
    ['linux', 'keyring'],
  ] as const)('is told of in the words of %s', async (platform, words) => {
    const info = await opened(temporaryDirectory(), keychain(), platform).info();
    expect(info).toMatchObject({ kind: 'keychain', note: expect.stringContaining(words) });
  });
});
