import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type * as Electron from 'electron';
import { app } from './app.ts';

/**
 * A keyring that keeps its password in the environment, so that it is there again after a restart.
 * EARSHOT_HARNESS_KEYRING: `none` is a desktop without one; anything else is its password.
 */
const password = process.env.EARSHOT_HARNESS_KEYRING ?? 'harness';
const key = createHash('sha256').update(password).digest();

function requireReady(what: string): void {
  if (!app.isReady()) throw new Error(`${what} is for after \`ready\`.`);
}

export const safeStorage = {
  async isAsyncEncryptionAvailable(): Promise<boolean> {
    requireReady('isAsyncEncryptionAvailable');
    return true;
  },
  async encryptStringAsync(text: string): Promise<Buffer> {
    requireReady('encryptStringAsync');
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), data]);
  },
  async decryptStringAsync(encrypted: Buffer): Promise<Electron.DecryptStringAsyncReturnValue> {
    requireReady('decryptStringAsync');
    const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(0, 12));
    decipher.setAuthTag(encrypted.subarray(12, 28));
    const text = Buffer.concat([decipher.update(encrypted.subarray(28)), decipher.final()]);
    return { shouldReEncrypt: false, result: text.toString('utf8') };
  },
  getSelectedStorageBackend(): ReturnType<Electron.SafeStorage['getSelectedStorageBackend']> {
    if (!app.isReady()) return 'unknown';
    return password === 'none' ? 'basic_text' : 'gnome_libsecret';
  },
} satisfies Partial<Electron.SafeStorage>;
