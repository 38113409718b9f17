import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Analyser } from '../../electron/engine/analysis/analysis.ts';
import { ingestPage } from '../../electron/engine/ingest/ingest-page.ts';
import { createTrackerBook, type TrackerBook } from '../../electron/engine/ingest/tracker-book.ts';
import { openStore } from '../../electron/engine/store/open-store.ts';
import { findSource, insertSource, type SourceRecord } from '../../electron/engine/store/queries/sources.ts';
import { insertTracker } from '../../electron/engine/store/queries/trackers.ts';
import type { WritableStore } from '../../electron/engine/store/store.ts';
import { inventedMention, newestAt } from './invented-mentions.ts';
import { trackerQueries } from './trackers.ts';

const projectDirectory = fileURLToPath(new URL('../..', import.meta.url));
export const benchDirectory = join(projectDirectory, 'tests/.artifacts/bench');
/** What decides the contents of a database: when any of it changes, the cached ones are made again. */
const madeBy = [
  'electron/engine/connectors/sample',
  'electron/engine/ingest',
  'electron/engine/store',
  'shared/query',
  'shared/text',
  'tests/bench/inbox-database.ts',
  'tests/bench/invented-mentions.ts',
  'tests/bench/trackers.ts',
];

export const pageSize = 100;

/** Ten trackers, a source that follows whole: what an inbox of some size has. */
export function fillWorkspace(store: WritableStore): { source: SourceRecord; trackers: TrackerBook } {
  for (const query of trackerQueries.slice(0, 10)) insertTracker(store, { name: query, query, createdAt: 0 });
  const { sourceId } = insertSource(store, {
    connector: 'feeds',
    name: 'Town',
    isNameGiven: true,
    settings: {},
    trackerIds: [],
    followsWhole: true,
    url: null,
    createdAt: newestAt,
    nextPollAt: null,
  });
  return { source: findSource(store, sourceId), trackers: createTrackerBook() };
}

/** The file of an inbox with so many mentions, from the cache or made now. */
export function inboxDatabase(count: number): string {
  mkdirSync(benchDirectory, { recursive: true });
  const path = join(benchDirectory, `inbox-${count}-${fingerprint()}.sqlite`);
  if (existsSync(path)) return path;
  for (const name of readdirSync(benchDirectory)) {
    if (name.startsWith(`inbox-${count}-`)) rmSync(join(benchDirectory, name), { force: true });
  }
  process.stderr.write(`making an inbox of ${count} mentions …\n`);
  // Under another name until it is whole: a run that is broken off leaves no half inbox behind.
  const unfinished = join(benchDirectory, `making-${count}-${process.pid}.sqlite`);
  const store = openStore({ path: unfinished, now: () => newestAt });
  const { source, trackers } = fillWorkspace(store);
  for (let start = 0; start < count; start += pageSize) {
    const items = Array.from({ length: Math.min(pageSize, count - start) }, (_, index) =>
      inventedMention(start + index, count),
    );
    ingestPage(store, {
      source,
      page: { items, cursor: start },
      trackers,
      analyser: quickAnalyser,
      now: newestAt,
    });
  }
  store.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  store.close();
  renameSync(unfinished, path);
  return path;
}

/** Reading does not care how the sentiment was found, and making a large inbox should not take minutes. */
const quickAnalyser: Analyser = {
  analyse: (text, declaredLanguage) => ({
    language: declaredLanguage,
    sentiment: { label: text.length % 3 === 0 ? 'negative' : 'neutral', score: 0, words: [] },
  }),
};

let known: string | null = null;

function fingerprint(): string {
  if (known !== null) return known;
  const hash = createHash('sha256');
  for (const path of madeBy.map((name) => join(projectDirectory, name))) {
    const files = path.endsWith('.ts') ? [''] : readdirSync(path, { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name === '' || name.endsWith('.ts')).sort()) {
      hash.update(file).update(readFileSync(join(path, file)));
    }
  }
  known = hash.digest('hex').slice(0, 12);
  return known;
}
