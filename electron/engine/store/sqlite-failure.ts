import { EarshotError } from '../../../shared/contract/errors.ts';

/** Turns what SQLite reports into the failure a person can act on; anything else is a bug and stays as it is. */
export function toStoreFailure(error: unknown, path: string): unknown {
  const code = sqliteCode(error);
  if (code === null) return error;
  if (code.startsWith('SQLITE_FULL')) {
    return new EarshotError(
      'disk-full',
      'The disk is full, so Earshot could not save. Nothing was half saved: free some space and try again.',
      { path },
      error,
    );
  }
  if (code.startsWith('SQLITE_NOTADB')) {
    return new EarshotError(
      'database-damaged',
      `${path} is not a database. Move it away to start afresh, or put a copy from the “backups” folder beside it in its place.`,
      { path },
      error,
    );
  }
  if (code.startsWith('SQLITE_CORRUPT')) {
    return new EarshotError(
      'database-damaged',
      `Earshot's database ${path} is damaged. Close Earshot and put the newest copy from the “backups” folder beside it in its place.`,
      { path },
      error,
    );
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new EarshotError(
      'in-use',
      `Another program is using Earshot's database ${path}. Close it and try again.`,
      { path },
      error,
    );
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return new EarshotError(
      'database-damaged',
      `The disk under Earshot's database ${path} cannot be read or written (${code}). Check that it is still there and whole, then start Earshot again.`,
      { path },
      error,
    );
  }
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY')) {
    return new EarshotError(
      'unsupported',
      `Earshot may not write to its database ${path}. Check who owns that folder, or choose another with --data-dir.`,
      { path },
      error,
    );
  }
  return error;
}

export function sqliteCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' && error.code.startsWith('SQLITE_') ? error.code : null;
}
