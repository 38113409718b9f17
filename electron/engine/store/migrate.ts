import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { Migration } from './migrations/migration.ts';
import type { ReadableStore, Store } from './store.ts';

/** “EARS”, in the header of the file: tells our databases from anybody else's. */
export const applicationId = 0x45415253;
const keptBackups = 3;

export interface MigrateOptions {
  readonly migrations: readonly Migration[];
  readonly now: () => number;
}

/**
 * Takes the database up the ladder. A step and its version number are committed together, so a crash or a
 * failing step leaves the database at the step before; a database that holds something is copied first.
 */
export function migrate(store: Store, { migrations, now }: MigrateOptions): void {
  checkOrder(migrations);
  const from = schemaVersion(store);
  const pending = migrations.filter((step) => step.version > from);
  if (pending.length === 0) return;
  const backup = from > 0 ? backUp(store, from, now()) : null;
  for (const step of pending) {
    try {
      store.transaction(() => {
        step.up(store);
        store.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${step.version}`);
      });
    } catch (error) {
      if (error instanceof EarshotError) throw error;
      const where = backup ? ` A copy from before is at ${backup}.` : '';
      throw new EarshotError(
        'internal',
        `Earshot could not bring its database up to date: step ${step.version} (${step.name}) failed and was taken back.${where}`,
        { version: step.version, step: step.name, backup },
        error,
      );
    }
  }
}

/** Refuses a database of a later Earshot, and a database that is somebody else's. Writes nothing. */
export function checkVersion(store: Store, migrations: readonly Migration[]): void {
  const found = schemaVersion(store);
  const known = migrations.at(-1)?.version ?? 0;
  const isEmpty = !store.get('SELECT 1 FROM sqlite_schema LIMIT 1');
  const id = store.get<{ application_id: number }>('PRAGMA application_id')?.application_id;
  if (found > known) {
    throw new EarshotError(
      'database-newer',
      `This database was written by a later version of Earshot (schema ${found}; this version knows ${known}). Update Earshot to open it.`,
      { found, known },
    );
  }
  if (!isEmpty && id !== applicationId) {
    throw new EarshotError(
      'database-damaged',
      'The database in this folder was not made by Earshot. Choose another folder with --data-dir.',
    );
  }
  if (store.isReadonly && found < known) {
    throw new EarshotError(
      'unsupported',
      'This database was written by an earlier version of Earshot. Start Earshot on it once to bring it up to date.',
      { found, known },
    );
  }
}

export function schemaVersion(store: ReadableStore): number {
  return store.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
}

function checkOrder(migrations: readonly Migration[]): void {
  migrations.forEach((step, index) => {
    if (step.version !== index + 1) {
      throw new Error(`Migration “${step.name}” is number ${step.version} but stands in place ${index + 1}.`);
    }
  });
}

/** The copies that were made of the database at `path` before it was changed, the newest first. */
export function listBackups(path: string): string[] {
  const directory = join(dirname(path), 'backups');
  if (!existsSync(directory)) return [];
  const start = `${basename(path, '.sqlite')}-schema-`;
  return readdirSync(directory)
    .filter((file) => file.startsWith(start) && file.endsWith('.sqlite'))
    .sort((a, b) => stampOf(b).localeCompare(stampOf(a)))
    .map((file) => join(directory, file));
}

function backUp(store: Store, version: number, now: number): string {
  const directory = join(dirname(store.path), 'backups');
  mkdirSync(directory, { recursive: true });
  const name = basename(store.path, '.sqlite');
  const stamp = new Date(now).toISOString().replaceAll(':', '-');
  const path = join(directory, `${name}-schema-${version}-${stamp}.sqlite`);
  rmSync(path, { force: true });
  // Unlike a copy of the file, this is consistent whatever the write-ahead log holds.
  try {
    store.run('VACUUM INTO ?', path);
  } catch (error) {
    // Half a copy, of a disk that was full, would look like a whole one.
    rmSync(path, { force: true });
    throw error;
  }
  for (const older of listBackups(store.path).slice(keptBackups)) rmSync(older, { force: true });
  return path;
}

function stampOf(file: string): string {
  return file.slice(-'2026-01-01T00-00-00.000Z.sqlite'.length);
}
