/**
 * Stores page after page of an endless source and says on stdout which are stored. Runs until it is killed, or has
 * stored all pages: node ingest-child.ts DIRECTORY PAGES
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { ingestPage } from '../../electron/engine/ingest/ingest-page.ts';
import { createTrackerBook } from '../../electron/engine/ingest/tracker-book.ts';
import { lockDataDirectory } from '../../electron/engine/store/lock.ts';
import { openStore } from '../../electron/engine/store/open-store.ts';
import { findSource, listSources, readCursor } from '../../electron/engine/store/queries/sources.ts';
import { insertTracker, listTrackers } from '../../electron/engine/store/queries/trackers.ts';
import { aSource, noon, wordAnalyser } from '../engine/ingest/fixtures.ts';
import { itemsOfPage } from './pages.ts';

const [directory = '', pageCount = '0'] = process.argv.slice(2);
lockDataDirectory(directory);
const store = openStore({ path: join(directory, 'earshot.sqlite'), now: () => noon });
if (listTrackers(store).length === 0) insertTracker(store, { name: 'Acme', query: 'acme', createdAt: noon });
const sourceId = listSources(store)[0]?.sourceId ?? aSource(store);
const trackers = createTrackerBook();

for (;;) {
  const source = findSource(store, sourceId);
  const page = Number(readCursor(store, sourceId) ?? 0);
  if (page >= Number(pageCount)) break;
  ingestPage(store, {
    source,
    page: { items: itemsOfPage(page), cursor: page + 1 },
    trackers,
    analyser: wordAnalyser,
    now: noon + page * 1000,
  });
  // Synchronous: what is said to be stored has left this process before the next page begins.
  writeSync(1, `${page}\n`);
}
writeSync(1, 'all\n');
store.close();
