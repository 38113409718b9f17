import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrations } from '../../electron/engine/store/migrations/list.ts';
import type { Migration } from '../../electron/engine/store/migrations/migration.ts';
import { openStore } from '../../electron/engine/store/open-store.ts';
import { sqliteCode } from '../../electron/engine/store/sqlite-failure.ts';
import type { Store } from '../../electron/engine/store/store.ts';
import { EarshotError } from '../../shared/contract/errors.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const newest = migrations.length;
const noon = Date.UTC(2026, 10, 21, 12);
const schemaSql =
  "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name";

function open(directory: string, steps: readonly Migration[] = migrations): Store {
  return openStore({ path: join(directory, 'earshot.sqlite'), now: () => noon, migrations: steps });
}

/** Opens, looks, closes. */
function look<Result>(directory: string, work: (store: Store) => Result, steps = migrations): Result {
  const store = open(directory, steps);
  try {
    return work(store);
  } finally {
    store.close();
  }
}

function failureOf(work: () => unknown): EarshotError {
  try {
    work();
  } catch (error) {
    if (error instanceof EarshotError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

const addNotes: Migration = {
  version: newest + 1,
  name: 'add-notes',
  up: (store) => store.exec('CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT'),
};
const failsHalfway: Migration = {
  version: newest + 1,
  name: 'fails-halfway',
  up(store) {
    store.exec("CREATE TABLE notes (id INTEGER PRIMARY KEY) STRICT; UPDATE brands SET name = 'spoilt'");
    throw new Error('the power went');
  },
};

describe('the ladder of migrations', () => {
  it('takes an empty folder to the newest schema: strict tables, foreign keys on, nothing dangling', () => {
    const directory = temporaryDirectory();
    look(directory, (store) => {
      expect(store.get('PRAGMA user_version')).toEqual({ user_version: newest });
      expect(store.get('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 });
      expect(store.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
      expect(
        store.all(
          `SELECT name FROM pragma_table_list
           WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
        ),
      ).toEqual([]);
      expect(store.all('PRAGMA foreign_key_check')).toEqual([]);
    });
    expect(existsSync(join(directory, 'backups'))).toBe(false);
  });

  it.each(migrations.slice(0, -1).map(({ version, name }) => ({ version, name })))(
    'leads from version $version ($name) to the same schema, and keeps what is stored',
    ({ version }) => {
      const directory = temporaryDirectory();
      look(
        directory,
        (store) => store.run("UPDATE brands SET name = 'Acme' WHERE id = 1"),
        migrations.slice(0, version),
      );
      const climbed = look(directory, (store) => {
        expect(store.get('SELECT name FROM brands')).toEqual({ name: 'Acme' });
        return store.all(schemaSql);
      });
      expect(climbed).toEqual(look(temporaryDirectory(), (store) => store.all(schemaSql)));
    },
  );

  it('copies a database that holds something before the first new step, and only then', () => {
    const directory = temporaryDirectory();
    look(directory, (store) => store.run("UPDATE brands SET name = 'Acme' WHERE id = 1"));
    look(directory, () => undefined, [...migrations, addNotes]);
    look(directory, () => undefined, [...migrations, addNotes]);

    const backups = readdirSync(join(directory, 'backups'));
    expect(backups).toEqual([`earshot-schema-${newest}-2026-11-21T12-00-00.000Z.sqlite`]);
    const copy = openStore({
      path: join(directory, 'backups', backups[0] ?? ''),
      readonly: true,
      now: () => noon,
    });
    expect(copy.get('SELECT name FROM brands')).toEqual({ name: 'Acme' });
    expect(copy.get("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'notes'")).toEqual({ n: 0 });
    copy.close();
  });

  it('leaves everything as it was when a step fails, and says where the copy is', () => {
    const directory = temporaryDirectory();
    const before = look(directory, (store) => store.all(schemaSql));

    const failure = failureOf(() => open(directory, [...migrations, failsHalfway]));

    expect(failure).toMatchObject({ code: 'internal', details: { step: 'fails-halfway' } });
    expect(existsSync(String(failure.details['backup']))).toBe(true);
    look(directory, (store) => {
      expect(store.all(schemaSql)).toEqual(before);
      expect(store.get('SELECT name FROM brands')).toEqual({ name: '' });
      expect(store.get('PRAGMA user_version')).toEqual({ user_version: newest });
    });
  });

  it('keeps the steps before the one that fails', () => {
    const directory = temporaryDirectory();
    const laterFailure = { ...failsHalfway, version: newest + 2 };
    failureOf(() => open(directory, [...migrations, addNotes, laterFailure]));
    look(
      directory,
      (store) => expect(store.get('PRAGMA user_version')).toEqual({ user_version: newest + 1 }),
      [...migrations, addNotes],
    );
  });

  it('refuses steps that are out of order', () => {
    expect(() => open(temporaryDirectory(), [...migrations].reverse())).toThrow(/stands in place 1/);
  });

  it('refuses a database of a later Earshot in words and does not touch it', () => {
    const directory = temporaryDirectory();
    look(directory, () => undefined, [...migrations, addNotes]);
    const path = join(directory, 'earshot.sqlite');
    const bytes = readFileSync(path);

    const failure = failureOf(() => open(directory));

    expect(failure).toMatchObject({
      code: 'database-newer',
      details: { found: newest + 1, known: newest },
    });
    expect(failure.message).toMatch(/later version of Earshot.*Update Earshot/);
    expect(readFileSync(path)).toEqual(bytes);
  });

  it('refuses a file that is no database, and one that another program made', () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'earshot.sqlite');
    writeFileSync(path, 'Dear diary, today I am not a database. '.repeat(100));
    expect(failureOf(() => open(directory))).toMatchObject({ code: 'database-damaged', details: { path } });
    expect(readFileSync(path, 'utf8')).toContain('Dear diary');

    const other = temporaryDirectory();
    look(other, (store) => store.exec('PRAGMA application_id = 7'));
    expect(failureOf(() => open(other)).message).toContain('not made by Earshot');
  });

  it('does not bring a database up to date that it may only read', () => {
    const directory = temporaryDirectory();
    look(directory, () => undefined, migrations.slice(0, 1));
    const failure = failureOf(() =>
      openStore({ path: join(directory, 'earshot.sqlite'), readonly: true, now: () => noon }),
    );
    expect(failure.code).toBe('unsupported');
  });
});

describe('the activity log', () => {
  it('can be added to and never changed', () => {
    look(temporaryDirectory(), (store) => {
      store.exec(`
        INSERT INTO conversations (id, platform, root_key, mention_count, created_at) VALUES (1, 'town', 'a', 0, 0);
        INSERT INTO activity (conversation_id, at, kind, detail) VALUES (1, 0, 'done', '{}')`);
      for (const sql of ["UPDATE activity SET kind = 'read'", 'DELETE FROM activity']) {
        try {
          store.run(sql);
          expect.unreachable(sql);
        } catch (error) {
          expect(sqliteCode(error)).toBe('SQLITE_CONSTRAINT_TRIGGER');
        }
      }
      expect(store.all('SELECT kind FROM activity')).toEqual([{ kind: 'done' }]);
    });
  });
});
