import { chmodSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { z } from 'zod';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { DataKey } from '../ports/data-key.ts';
import type { Logger } from '../ports/logger.ts';
import { fingerprintOf, seal, type Sealed, sealedSchema, unseal } from './seal.ts';
import type { Vault } from './vault.ts';
import { temporaryPath, writeFileWhole } from './write-file.ts';

export interface OpenVaultOptions {
  /** Made at the first write. */
  readonly path: string;
  readonly dataKey: DataKey;
  readonly logger: Logger;
  /** Epoch milliseconds; dates a file that is set aside. */
  readonly now: () => number;
}

const format = 'earshot-vault';
const version = 1;
const keyBytes = 32;
const refusalHoldsMs = 60_000;

const fileSchema = z.object({
  format: z.literal(format),
  version: z.literal(version),
  entries: z.record(z.string(), sealedSchema),
});
const headSchema = z.object({ format: z.literal(format), version: z.number().int() });

/**
 * One JSON file of encrypted secrets. Each says which key it was encrypted with, so that those of another key stay
 * and can be read again when that key is back. A file that is damaged is set aside, never overwritten.
 */
export function openVault(options: OpenVaultOptions): Vault {
  const { path, dataKey, logger } = options;
  rmSync(temporaryPath(path), { force: true });
  let setAsideAt: string | null = null;
  const found = readEntries(path);
  if (found === 'damaged') {
    setAsideAt = setAside(path, options.now());
    logger.error('vault-set-aside', { keptAt: setAsideAt });
  }
  let entries: Readonly<Record<string, Sealed>> =
    found === 'damaged' || found instanceof EarshotError ? {} : found;
  const closedBy = found instanceof EarshotError ? found : null;

  let loading: Promise<Uint8Array> | null = null;
  let refusedAt: number | null = null;
  /** Kept once it is there. A refusal stands for a while: a keychain may show a dialog for every question. */
  function key(): Promise<Uint8Array> {
    if (loading && (refusedAt === null || options.now() < refusedAt + refusalHoldsMs)) return loading;
    refusedAt = null;
    loading = dataKey.load().then((bytes) => {
      if (bytes.length === keyBytes) return bytes;
      throw new Error(`The data key has ${bytes.length} bytes, not ${keyBytes}.`);
    });
    loading.catch(() => {
      refusedAt = options.now();
    });
    return loading;
  }

  // One after the other: each writes all entries.
  let last: Promise<unknown> = Promise.resolve();
  function change(work: () => Readonly<Record<string, Sealed>>): Promise<void> {
    const done = last.then(async () => {
      if (closedBy) throw closedBy;
      const next = work();
      await writeFileWhole(path, `${JSON.stringify({ format, version, entries: next }, null, 1)}\n`);
      entries = next;
    });
    last = done.catch(() => undefined);
    return done;
  }

  const entryOf = (name: string): Sealed | undefined =>
    Object.hasOwn(entries, name) ? entries[name] : undefined;

  return {
    async info() {
      const info = await dataKey.info();
      const told = closedBy?.message ?? (setAsideAt && damagedNote(setAsideAt));
      return told ? { ...info, note: `${info.note} ${told}` } : info;
    },
    names: () => Object.keys(entries),
    has: (name) => entryOf(name) !== undefined,
    async read(name) {
      if (closedBy) throw closedBy;
      const sealed = entryOf(name);
      if (!sealed) return null;
      const bytes = await key();
      if (sealed.key !== fingerprintOf(bytes)) throw otherKey();
      try {
        return JSON.parse(unseal(bytes, name, sealed)) as unknown;
      } catch {
        // Not passed on: what JSON cannot read stands in its message.
        logger.error('vault-entry-damaged', { name });
        throw damagedEntry();
      }
    },
    async write(name, secret) {
      const bytes = await key();
      const text = JSON.stringify(secret);
      await change(() => ({ ...entries, [name]: seal(bytes, name, text) }));
    },
    async remove(names) {
      if (!names.some((name) => entryOf(name))) return;
      await change(() =>
        Object.fromEntries(Object.entries(entries).filter(([name]) => !names.includes(name))),
      );
    },
  };
}

/** An EarshotError when there is a file that must be left alone: it can be read again once the reason is gone. */
function readEntries(path: string): Readonly<Record<string, Sealed>> | 'damaged' | EarshotError {
  let text: string;
  try {
    keepToOwner(path);
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    return new EarshotError(
      'unauthorized',
      `The file with the secrets, ${path}, cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). Make it yours again and start Earshot anew.`,
      { reason: 'vault', path },
      error,
    );
  }
  const value = parseJson(text);
  const head = headSchema.safeParse(value);
  if (head.success && head.data.version > version) {
    return new EarshotError(
      'unauthorized',
      `The file with the secrets, ${path}, was written by a later Earshot. Use that one, or move the file away and sign in again to each account.`,
      { reason: 'vault', path },
    );
  }
  const parsed = fileSchema.safeParse(value);
  return parsed.success ? parsed.data.entries : 'damaged';
}

function keepToOwner(path: string): void {
  if (process.platform === 'win32') return;
  const mode = statSync(path).mode & 0o777;
  if ((mode & 0o077) !== 0) chmodSync(path, 0o600);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Damaged or cut off: the same as any other file that is not ours.
  }
}

function setAside(path: string, now: number): string {
  const keptAt = path.replace(
    /\.json$/,
    `.damaged-${new Date(now).toISOString().replace(/[:.]/g, '-')}.json`,
  );
  renameSync(path, keptAt);
  return keptAt;
}

function damagedNote(keptAt: string): string {
  return `The file with the secrets was damaged; it is kept as ${keptAt}. Put it back from a backup, or sign in again to each account.`;
}

function otherKey(): EarshotError {
  return new EarshotError(
    'unauthorized',
    'The secret of this account was encrypted with another key than the one in vault.key. Put back the vault.key that belongs to vault.json, or sign in again.',
    { reason: 'vault-key' },
  );
}

function damagedEntry(): EarshotError {
  return new EarshotError(
    'unauthorized',
    'The secret of this account is damaged in vault.json. Put the file back from a backup, or sign in again.',
    { reason: 'vault' },
  );
}
