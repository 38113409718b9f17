import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { EarshotError } from '../../../shared/contract/errors.ts';
import { loadSqlite } from './load-sqlite.ts';
import { sqliteCode, toStoreFailure } from './sqlite-failure.ts';

/**
 * One process per data directory. The lock is an open exclusive transaction on a small file of its own: the
 * system lets go of it however the process ends, so there is no stale lock to clean up after a crash.
 */
export function lockDataDirectory(directory: string): () => void {
  const path = join(directory, 'lock.sqlite');
  const Database = loadSqlite();
  mkdirSync(directory, { recursive: true });
  let database: InstanceType<typeof Database> | undefined;
  try {
    database = new Database(path, { timeout: 200 });
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY')) {
      throw new EarshotError(
        'in-use',
        `Another Earshot is running on ${directory}. Use its window, close it first, or choose another folder with --data-dir.`,
        { directory },
        error,
      );
    }
    throw toStoreFailure(error, path);
  }
  return () => database.close();
}
