import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EarshotError } from '../../../shared/contract/errors.ts';

/**
 * Writes a file for its owner alone, whole or not at all, and resolves when it is on the disk: beside it first, then
 * in its place. One writer at a time.
 */
export async function writeFileWhole(path: string, text: string): Promise<void> {
  const beside = temporaryPath(path);
  try {
    await rm(beside, { force: true });
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw toFailure(path, error);
  }
}

/** What a crash while writing leaves behind. */
export function temporaryPath(path: string): string {
  return `${path}.new`;
}

/** The new name is on the disk only when its folder is. Windows knows no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function toFailure(path: string, error: unknown): EarshotError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new EarshotError(
      'disk-full',
      'The disk is full. Nothing was saved; make room and try again.',
      {},
      error,
    );
  }
  return new EarshotError(
    'unsupported',
    `${path} could not be written (${code || String(error)}). Nothing was saved; see that the folder can be written to.`,
    { path },
    error,
  );
}
