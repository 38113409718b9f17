import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createAnalyser } from '../../../electron/engine/analysis/analyse.ts';
import type { IncomingMention } from '../../../electron/engine/connectors/connector.ts';
import { ingestPage } from '../../../electron/engine/ingest/ingest-page.ts';
import { openStore } from '../../../electron/engine/store/open-store.ts';
import { documentText } from '../../../shared/text/document-text.ts';
import type { Group, Sizes } from '../figure.ts';
import { fillWorkspace, pageSize } from '../inbox-database.ts';
import { inventedMention, newestAt } from '../invented-mentions.ts';
import { secondsOf } from '../timing.ts';

/** By turns; the quickest of each counts, because others use the machine too. */
const rounds = 3;

/** The whole way of a page into the store, against nothing but an insert of the same rows. */
export function ingestFigures({ ingest: count }: Sizes): Group {
  return {
    names: ['ingest'],
    async measure() {
      const items = Array.from({ length: count }, (_, index) => inventedMention(index, count));
      const pages = Array.from({ length: Math.ceil(count / pageSize) }, (_, index) =>
        items.slice(index * pageSize, (index + 1) * pageSize),
      );
      const directory = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
      try {
        // Word lists are read and code is compiled once; what counts is the pace after that.
        ingestAll(join(directory, 'warm-up.sqlite'), pages.slice(0, 3));
        let ours = Infinity;
        let bare = Infinity;
        for (let round = 0; round < rounds; round += 1) {
          const path = (name: string): string => join(directory, `${name}-${round}.sqlite`);
          bare = Math.min(bare, await secondsOf(() => insertBare(path('bare'), pages)));
          ours = Math.min(ours, await secondsOf(() => ingestAll(path('earshot'), pages)));
        }
        return [{ name: 'ingest', value: count / ours, unit: 'mentions/s', against: count / bare }];
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    },
  };
}

function ingestAll(path: string, pages: readonly IncomingMention[][]): void {
  const store = openStore({ path, now: () => newestAt });
  const { source, trackers } = fillWorkspace(store);
  const analyser = createAnalyser();
  for (const [cursor, items] of pages.entries()) {
    ingestPage(store, { source, page: { items, cursor }, trackers, analyser, now: newestAt });
  }
  store.close();
}

function insertBare(path: string, pages: readonly IncomingMention[][]): void {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.exec(`CREATE TABLE mentions (id INTEGER PRIMARY KEY, platform TEXT, key TEXT, kind TEXT, author TEXT,
    title TEXT, text TEXT, url TEXT, published_at INTEGER, root_key TEXT) STRICT`);
  const insert = database.prepare(
    'INSERT INTO mentions (platform, key, kind, author, title, text, url, published_at, root_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const insertPage = database.transaction((items: readonly IncomingMention[]) => {
    for (const item of items) {
      const { platform, key, kind, author, title, url, publishedAt, rootKey } = item;
      insert.run(
        platform,
        key,
        kind,
        author.name,
        title,
        documentText(item.document),
        url,
        publishedAt,
        rootKey,
      );
    }
  });
  for (const items of pages) insertPage(items);
  database.close();
}
