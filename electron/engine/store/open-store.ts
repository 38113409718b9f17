import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { EarshotError } from '../../../shared/contract/errors.ts';
import { loadSqlite } from './load-sqlite.ts';
import { checkVersion, migrate } from './migrate.ts';
import { migrations as allMigrations } from './migrations/list.ts';
import type { Migration } from './migrations/migration.ts';
import { toStoreFailure } from './sqlite-failure.ts';
import type { RunResult, SqlValue, Store } from './store.ts';

export interface OpenStoreOptions {
  /** A file; it is created when it is not there. */
  readonly path: string;
  readonly readonly?: boolean;
  /** Epoch milliseconds; dates the backup before a migration. */
  readonly now: () => number;
  /** For tests of the ladder; otherwise every step there is. */
  readonly migrations?: readonly Migration[];
}

/** Opens the database and brings it up to date. Throws EarshotError when it is damaged, newer or not writable. */
export function openStore(options: OpenStoreOptions): Store {
  const { path, readonly: isReadonly = false, migrations = allMigrations } = options;
  const Database = loadSqlite();
  if (!isReadonly) mkdirSync(dirname(path), { recursive: true });
  let database: BetterSqlite3.Database;
  try {
    database = new Database(path, { readonly: isReadonly, fileMustExist: isReadonly, timeout: 5000 });
  } catch (error) {
    throw toStoreFailure(error, path);
  }
  try {
    // Looked at before anything is written: a file that is not ours stays as it is.
    checkVersion(wrap(database, path, isReadonly), migrations);
    setPragmas(database, isReadonly);
    const store = wrap(database, path, isReadonly);
    if (!isReadonly) migrate(store, { migrations, now: options.now });
    return store;
  } catch (error) {
    database.close();
    throw toStoreFailure(error, path);
  }
}

/** Sizes as measured on a million mentions: more cache gave nothing, memory-mapping reads random pages four times faster. */
function setPragmas(database: BetterSqlite3.Database, isReadonly: boolean): void {
  if (!isReadonly) {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma('wal_autocheckpoint = 4000');
    database.pragma('journal_size_limit = 67108864');
  }
  database.pragma('foreign_keys = ON');
  database.pragma('cache_size = -65536');
  database.pragma('mmap_size = 2147418112');
  database.pragma('temp_store = MEMORY');
}

/** More distinct statements than Earshot has; a runaway caller must not hold memory for ever. */
const statementCacheLimit = 400;

function wrap(database: BetterSqlite3.Database, path: string, isReadonly: boolean): Store {
  const statements = new Map<string, BetterSqlite3.Statement<SqlValue[]>>();

  function prepare(sql: string): BetterSqlite3.Statement<SqlValue[]> {
    let statement = statements.get(sql);
    if (!statement) {
      statement = database.prepare<SqlValue[]>(sql);
      if (statements.size >= statementCacheLimit) statements.clear();
      statements.set(sql, statement);
    }
    return statement;
  }

  function guarded<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      if (!database.open) throw closedFailure(error);
      throw toStoreFailure(error, path);
    }
  }

  return {
    path,
    isReadonly,
    get<Row>(sql: string, ...params: readonly SqlValue[]) {
      return guarded(() => prepare(sql).get(...params) as Row | undefined);
    },
    all<Row>(sql: string, ...params: readonly SqlValue[]) {
      return guarded(() => prepare(sql).all(...params) as Row[]);
    },
    iterate<Row>(sql: string, ...params: readonly SqlValue[]) {
      // Not from the cache: a statement that is being walked cannot be started again by somebody else.
      return guarded(() => database.prepare<SqlValue[]>(sql).iterate(...params) as IterableIterator<Row>);
    },
    run(sql: string, ...params: readonly SqlValue[]): RunResult {
      return guarded(() => {
        const { changes, lastInsertRowid } = prepare(sql).run(...params);
        return { changes, lastInsertRowid: Number(lastInsertRowid) };
      });
    },
    exec(sql) {
      guarded(() => database.exec(sql));
    },
    transaction<Result>(work: () => Result) {
      // IMMEDIATE: the write lock is taken at once, not when it may already be too late to wait for it.
      return guarded(() => database.transaction(work).immediate());
    },
    close() {
      statements.clear();
      database.close();
    },
  };
}

/** A call that was under way when its workspace was closed; not a bug. */
function closedFailure(cause: unknown): EarshotError {
  return new EarshotError('unreachable', 'This workspace was closed meanwhile. Try again.', {}, cause);
}
