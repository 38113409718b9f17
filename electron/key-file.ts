import { chmodSync, constants, copyFileSync, linkSync, readFileSync, rmSync, statSync } from 'node:fs';
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { EarshotError } from '../shared/contract/errors.ts';

/** plain: the key itself · keychain: the key, wrapped by the system's keychain. */
const keyFileSchema = z.object({
  format: z.literal('earshot-vault-key'),
  version: z.literal(1),
  kind: z.enum(['plain', 'keychain']),
  key: z.base64().min(1),
});

export interface StoredKey {
  readonly kind: 'plain' | 'keychain';
  readonly bytes: Uint8Array;
}

export const keyBytes = 32;

export function keyFilePath(directory: string): string {
  return join(directory, 'vault.key');
}

/** Null when there is none. Throws EarshotError when there is one that cannot be used: nobody makes another then. */
export function readKeyFile(path: string): StoredKey | null {
  let text: string;
  try {
    keepToOwner(path);
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof EarshotError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw keyFailure(
      `${path} cannot be read (${String((error as NodeJS.ErrnoException).code)}). Make it yours again and try once more.`,
      error,
    );
  }
  const parsed = keyFileSchema.safeParse(parseJson(text));
  const bytes = parsed.success ? Buffer.from(parsed.data.key, 'base64') : null;
  if (!parsed.success || !bytes || (parsed.data.kind === 'plain' && bytes.length !== keyBytes)) {
    throw keyFailure(`${path} is damaged, or not a key of Earshot. ${restoreAdvice}`);
  }
  return { kind: parsed.data.kind, bytes };
}

/** Fails when there is one already, so that a key that secrets were encrypted with is never lost. */
export function createKeyFile(path: string, key: StoredKey): void {
  writeBeside(path, key, (beside) => {
    try {
      linkSync(beside, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
      // Some file systems know no links.
      copyFileSync(beside, path, constants.COPYFILE_EXCL);
    }
    rmSync(beside, { force: true });
  });
}

/** The same key, wrapped in another way. */
export function replaceKeyFile(path: string, key: StoredKey): void {
  writeBeside(path, key, (beside) => renameSync(beside, path));
}

/** `what` says what to do, too. */
export function keyFailure(what: string, cause?: unknown): EarshotError {
  return new EarshotError('unauthorized', what, { reason: 'vault-key' }, cause);
}

export const restoreAdvice = 'Put it back from a backup, or move it away and sign in again to each account.';

function writeBeside(path: string, { kind, bytes }: StoredKey, place: (beside: string) => void): void {
  const beside = `${path}.new`;
  const text = JSON.stringify({
    format: 'earshot-vault-key',
    version: 1,
    kind,
    key: Buffer.from(bytes).toString('base64'),
  });
  try {
    rmSync(beside, { force: true });
    const file = openSync(beside, 'wx', 0o600);
    try {
      writeSync(file, `${text}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    place(beside);
  } catch (error) {
    rmSync(beside, { force: true });
    throw new EarshotError(
      'unsupported',
      `The key for the secrets could not be written to ${path} (${String((error as NodeJS.ErrnoException).code)}). Nothing was saved; see that the folder can be written to.`,
      { path },
      error,
    );
  }
}

/** Whoever can read the key can read the secrets: a file that others can read is closed to them, or refused. */
function keepToOwner(path: string): void {
  if (process.platform === 'win32') return;
  const { mode, uid } = statSync(path);
  if (uid !== process.getuid?.()) {
    throw keyFailure(
      `${path} belongs to another user of this computer and is not used. Make it yours again, or move it away and sign in again to each account.`,
    );
  }
  if ((mode & 0o077) === 0) return;
  try {
    chmodSync(path, 0o600);
  } catch (error) {
    throw keyFailure(
      `${path} can be read by others, and that could not be changed: it is not used. Set its mode to 0600.`,
      error,
    );
  }
  if ((statSync(path).mode & 0o077) !== 0) {
    throw keyFailure(
      `${path} can be read by others, and that could not be changed: it is not used. Set its mode to 0600.`,
    );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
