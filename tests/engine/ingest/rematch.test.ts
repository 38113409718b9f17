import { describe, expect, it } from 'vitest';
import { rematchSlice } from '../../../electron/engine/ingest/rematch.ts';
import { createRematcher } from '../../../electron/engine/ingest/rematcher.ts';
import {
  nextPendingRematch,
  removeTracker,
  updateTracker,
} from '../../../electron/engine/store/queries/trackers.ts';
import type { Store } from '../../../electron/engine/store/store.ts';
import type { EngineEvent } from '../../../shared/contract/events.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';
import { anInbox } from '../inbox/an-inbox.ts';
import { aStore } from '../store/a-store.ts';
import { expectConsistent } from '../store/consistency.ts';
import { anItem, aSource, aTracker, ingest, minuteMs, noon } from './fixtures.ts';

function rematchAll(store: Store): number {
  let slices = 0;
  while (rematchSlice(store) !== null) slices++;
  return slices;
}

/** 500 mentions of red, every other also of blue. */
function aColourfulStore(directory = temporaryDirectory()) {
  const store = aStore(directory);
  ingest(
    store,
    aSource(store),
    Array.from({ length: 500 }, (_, index) =>
      anItem(`k${index}`, {
        text: index % 2 === 0 ? 'red and blue' : 'red',
        publishedAt: noon - index * minuteMs,
      }),
    ),
  );
  return store;
}

describe('what is stored already', () => {
  it('is held against a new tracker, with the same spans that ingest would have found', () => {
    const store = aColourfulStore();
    const blue = aTracker(store, 'blue');
    rematchAll(store);
    const { items, total } = anInbox(store).call('inbox.list', { view: `tracker:${blue}` });
    expect(total).toBe(250);
    expect(items[0]).toMatchObject({ trackerIds: [blue], spans: [{ field: 'text', start: 8, end: 12 }] });
    expectConsistent(store);
  });

  it('follows a query that changes, both ways', () => {
    const store = aColourfulStore();
    const tracker = aTracker(store, 'blue');
    rematchAll(store);
    const count = () => anInbox(store).call('inbox.list', { view: `tracker:${tracker}` }).total;
    updateTracker(store, tracker, { query: 'red -blue' });
    rematchAll(store);
    expect(count()).toBe(250);
    expect(
      store.get(
        "SELECT count(*) AS n FROM mention_matches JOIN mentions ON id = mention_id WHERE text LIKE '%blue%'",
      ),
    ).toEqual({ n: 0 });
    updateTracker(store, tracker, { query: 'red' });
    rematchAll(store);
    expect(count()).toBe(500);
    updateTracker(store, tracker, { query: 'green' });
    rematchAll(store);
    expect(count()).toBe(0);
    expectConsistent(store);
  });

  it('loses the matches of a removed tracker, its list and badge at once', () => {
    const store = aColourfulStore();
    const tracker = aTracker(store, 'red');
    rematchAll(store);
    removeTracker(store, tracker, noon);
    const inbox = anInbox(store);
    expect(inbox.call('inbox.counts', {}).trackers).toEqual([]);
    expect(inbox.list({ view: `tracker:${tracker}` })).toEqual([]);
    expect(inbox.call('inbox.list', {}).items[0]?.trackerIds).toEqual([]);
    expectConsistent(store);
    rematchAll(store);
    expect(store.get('SELECT count(*) AS n FROM mention_matches')).toEqual({ n: 0 });
    expectConsistent(store);
  });

  it('is gone through in slices, and after a restart from where it stopped', () => {
    const directory = temporaryDirectory();
    const store = aColourfulStore(directory);
    const tracker = aTracker(store, 'red');
    rematchSlice(store);
    const done = store.get<{ n: number }>('SELECT count(*) AS n FROM mention_matches')?.n ?? 0;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(500);
    expectConsistent(store);
    store.close();

    const later = aStore(directory);
    const pending = nextPendingRematch(later);
    expect(pending).toMatchObject({ trackerId: tracker });
    expect(later.get('SELECT count(*) AS n FROM mentions WHERE id >= ?', pending?.belowMention ?? 0)).toEqual(
      {
        n: done,
      },
    );
    rematchAll(later);
    expect(later.get('SELECT count(*) AS n FROM mention_matches')).toEqual({ n: 500 });
    expectConsistent(later);
  });

  it('is matched in the background, and what changed is announced once', async () => {
    const store = aColourfulStore();
    const events: EngineEvent[] = [];
    const rematcher = createRematcher({
      store,
      clock: { now: () => noon, random: () => 0, sleep: () => Promise.resolve() },
      emit: (event) => events.push(event),
      onError: (error) => {
        throw error;
      },
    });
    aTracker(store, 'blue');
    const running = rematcher.run();
    // Asked for while it runs: the same run sees to it.
    aTracker(store, 'green');
    await Promise.all([running, rematcher.run()]);
    expect(nextPendingRematch(store)).toBeNull();
    expect(events.filter(({ name }) => name === 'conversations.changed')).toMatchObject([
      { conversationIds: { length: 250 }, inserted: 0 },
    ]);
    await rematcher.stop();
  });
});
