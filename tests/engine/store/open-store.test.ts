import { openSync, readFileSync, statSync, writeSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSqlite } from '../../../electron/engine/store/load-sqlite.ts';
import { openStore } from '../../../electron/engine/store/open-store.ts';
import { anItem, aSource, ingest } from '../ingest/fixtures.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';
import { aStore } from './a-store.ts';
import { expectConsistent } from './consistency.ts';

describe('the store', () => {
  it.each(['20.20.2', '22.11.0', '18.0.0'])(
    'says that Node %s is too old instead of crashing it',
    (version) => {
      expect(() => loadSqlite(version)).toThrow(/needs Node 22\.12 or newer/);
    },
  );

  it('opens what was closed as it was', () => {
    const directory = temporaryDirectory();
    const store = aStore(directory);
    ingest(store, aSource(store), [anItem('a')]);
    store.close();
    expect(aStore(directory).all('SELECT key FROM mentions')).toEqual([{ key: 'a' }]);
  });

  it('says that the disk is full, and has then saved nothing by half', () => {
    const store = aStore();
    const source = aSource(store);
    ingest(store, source, [anItem('a')]);
    const { page_count: pages } = store.get<{ page_count: number }>('PRAGMA page_count') ?? { page_count: 0 };
    store.exec(`PRAGMA max_page_count = ${pages + 4}`);
    const many = Array.from({ length: 50 }, (_, index) =>
      anItem(`b${index}`, { text: `long ${'x '.repeat(3000)}` }),
    );

    expect(() => ingest(store, source, many)).toThrow(
      expect.objectContaining({ code: 'disk-full', message: expect.stringContaining('free some space') }),
    );

    expect(store.all('SELECT key FROM mentions')).toEqual([{ key: 'a' }]);
    store.exec(`PRAGMA max_page_count = ${pages + 4000}`);
    expect(ingest(store, source, many)).toMatchObject({ inserted: 50 });
    expectConsistent(store);
  });

  it('says that the database is damaged and where copies are', () => {
    const directory = temporaryDirectory();
    const store = aStore(directory);
    ingest(
      store,
      aSource(store),
      Array.from({ length: 200 }, (_, index) => anItem(`k${index}`)),
    );
    store.close();
    const path = join(directory, 'earshot.sqlite');
    const file = openSync(path, 'r+');
    // All pages but the first, which says that it is a database.
    writeSync(file, Buffer.alloc(statSync(path).size - 4096, 0xa5), 0, null, 4096);
    closeSync(file);
    expect(() => {
      const damaged = openStore({ path, now: () => 0 });
      try {
        damaged.all('SELECT * FROM mentions');
      } finally {
        damaged.close();
      }
    }).toThrow(
      expect.objectContaining({
        code: 'database-damaged',
        message: expect.stringContaining('“backups” folder'),
      }),
    );
    expect(readFileSync(path).length).toBeGreaterThan(4096);
  });

  it('refuses a transaction that would await', () => {
    const store = aStore();
    expect(() => store.transaction(() => Promise.resolve())).toThrow(/promise/i);
  });

  it('takes a transaction inside another back on its own', () => {
    const store = aStore();
    store.transaction(() => {
      store.run("UPDATE brands SET name = 'outer'");
      expect(() =>
        store.transaction(() => {
          store.run("UPDATE brands SET name = 'inner'");
          throw new Error('no');
        }),
      ).toThrow('no');
    });
    expect(store.get('SELECT name FROM brands')).toEqual({ name: 'outer' });
  });
});
