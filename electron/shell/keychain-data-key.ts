import { randomBytes } from 'node:crypto';
import type { SafeStorage } from 'electron';
import type { VaultInfo } from '../../shared/contract/methods/accounts.ts';
import type { DataKey } from '../engine/ports/data-key.ts';
import type { Logger } from '../engine/ports/logger.ts';
import {
  createKeyFile,
  keyBytes,
  keyFailure,
  keyFilePath,
  readKeyFile,
  replaceKeyFile,
  restoreAdvice,
  type StoredKey,
} from '../key-file.ts';

export interface KeychainDataKeyOptions {
  readonly directory: string;
  readonly platform: NodeJS.Platform;
  /** Only the functions that answer asynchronously: the others hold the window up, and are on their way out. */
  readonly safeStorage: Pick<
    SafeStorage,
    'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
  >;
  readonly logger: Logger;
}

/**
 * The vault's key in `<directory>/vault.key`, wrapped by the system's keychain. To be used after `ready`. A Linux
 * desktop without a keyring has a password that everybody knows: the key is kept as in the browser host, and said to be.
 */
export function openKeychainDataKey(options: KeychainDataKeyOptions): DataKey {
  const { directory, platform, safeStorage, logger } = options;
  const path = keyFilePath(directory);

  /** Null: there is no keyring. */
  function keychainName(): string | null {
    if (platform === 'darwin') return 'the macOS keychain';
    if (platform === 'win32') return 'Windows’ data protection';
    const backend = safeStorage.getSelectedStorageBackend();
    if (backend === 'gnome_libsecret') return 'the desktop’s keyring';
    return backend.startsWith('kwallet') ? 'KWallet' : null;
  }

  async function wrap(key: Uint8Array): Promise<StoredKey> {
    const bytes = await safeStorage.encryptStringAsync(Buffer.from(key).toString('base64'));
    return { kind: 'keychain', bytes };
  }

  /** The key stays readable as it was when this fails. */
  async function rewrap(key: Uint8Array): Promise<void> {
    try {
      replaceKeyFile(path, await wrap(key));
    } catch (error) {
      logger.error('vault-key-not-rewrapped', { error });
    }
  }

  async function unwrap(wrapped: Uint8Array): Promise<Uint8Array> {
    const name = keychainName() ?? 'the keyring';
    if (!(await safeStorage.isAsyncEncryptionAvailable())) {
      throw keyFailure(
        `The secrets are locked by the system’s keychain, and ${name} cannot be reached. Unlock it and start Earshot anew; ${path} stays as it is.`,
      );
    }
    let opened: Awaited<ReturnType<SafeStorage['decryptStringAsync']>>;
    try {
      opened = await safeStorage.decryptStringAsync(Buffer.from(wrapped));
    } catch (error) {
      throw keyFailure(
        `${capitalised(name)} did not open ${path}. Unlock it and start Earshot anew; if the file is from another computer or user, move it away and sign in again to each account.`,
        error,
      );
    }
    const key = Buffer.from(opened.result, 'base64');
    if (key.length !== keyBytes) throw keyFailure(`${path} holds no key of Earshot. ${restoreAdvice}`);
    if (opened.shouldReEncrypt) await rewrap(key);
    return key;
  }

  async function create(): Promise<Uint8Array> {
    const key = randomBytes(keyBytes);
    if (keychainName() === null) {
      createKeyFile(path, { kind: 'plain', bytes: key });
      return key;
    }
    if (!(await safeStorage.isAsyncEncryptionAvailable())) {
      throw keyFailure(
        `${capitalised(keychainName() ?? 'the keyring')} cannot be reached, so nothing secret can be kept. Unlock it and try again.`,
      );
    }
    createKeyFile(path, await wrap(key));
    return key;
  }

  return {
    async load() {
      const stored = readKeyFile(path);
      if (!stored) return create();
      if (stored.kind === 'keychain') return unwrap(stored.bytes);
      // The browser host or the command line made it, or there was no keyring then.
      if (keychainName() !== null && (await safeStorage.isAsyncEncryptionAvailable())) {
        await rewrap(stored.bytes);
      }
      return stored.bytes;
    },
    async info(): Promise<VaultInfo> {
      const name = keychainName();
      if (name !== null && isPlain(path)) {
        return {
          kind: 'key-file',
          note: `What accounts sign in with is encrypted in vault.json, with the key in ${path}. It moves to ${name} when it is next used and the keychain can be reached.`,
        };
      }
      if (name !== null) {
        return {
          kind: 'keychain',
          note: `What accounts sign in with is encrypted in vault.json; the key to it is kept by ${name}.`,
        };
      }
      return {
        kind: 'weak',
        note: `This desktop has no keyring that Earshot can use. What accounts sign in with is encrypted in vault.json, with the key in ${path}: whoever gets hold of both files can read everything. Set up a keyring (GNOME Keyring or KWallet) and start Earshot anew: the key moves there.`,
      };
    },
  };
}

function isPlain(path: string): boolean {
  try {
    return readKeyFile(path)?.kind === 'plain';
  } catch {
    return false; // Whoever needs the key is told what is wrong with it.
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
