import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rematchSlice } from '../../../electron/engine/ingest/rematch.ts';
import { compileTrackers } from '../../../electron/engine/ingest/tracker-book.ts';
import { findMentionText, readSpans } from '../../../electron/engine/store/queries/mentions.ts';
import { listSources, removeSource } from '../../../electron/engine/store/queries/sources.ts';
import {
  listTrackers,
  removeTracker,
  updateTracker,
} from '../../../electron/engine/store/queries/trackers.ts';
import { redoStep, takeStep, undoStep, wakeSnoozed } from '../../../electron/engine/store/queries/triage.ts';
import { toConversationId } from '../../../electron/engine/store/row-ids.ts';
import type { Store } from '../../../electron/engine/store/store.ts';
import { aStore } from '../store/a-store.ts';
import { expectConsistent } from '../store/consistency.ts';
import { anItem, aSource, aTracker, ingest, minuteMs, noon } from './fixtures.ts';

const words = ['acme', 'good', 'bad', 'phone', 'jobs'] as const;
const queries = ['acme', 'acme -jobs', 'phone OR good', '"bad phone"', 'from:bo', 'source:town'] as const;

const item = fc.record({
  key: fc.integer({ min: 0, max: 9 }),
  root: fc.integer({ min: 0, max: 4 }),
  author: fc.constantFrom('ana', 'bo', null),
  text: fc.array(fc.constantFrom(...words), { maxLength: 4 }).map((list) => list.join(' ')),
  minute: fc.option(fc.integer({ min: -3, max: 3 })),
});
const some = fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 5 });

/** What can happen to a store, in the words of the product. */
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('ingest'),
      source: fc.nat({ max: 2 }),
      items: fc.array(item, { maxLength: 6 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('triage'),
      some,
      status: fc.constantFrom('open', 'snoozed', 'done'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('read'), some, unread: fc.boolean() }) },
  { weight: 2, arbitrary: fc.constantFrom({ type: 'undo' } as const, { type: 'redo' } as const) },
  { weight: 1, arbitrary: fc.constant({ type: 'wake' } as const) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('rematch'), slices: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('change tracker'),
      tracker: fc.nat({ max: 2 }),
      query: fc.constantFrom(...queries),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ type: 'remove tracker' } as const, { type: 'remove source' } as const),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

describe('whatever happens', () => {
  it('counts, lists, roll-ups and index are those that the mentions themselves give', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 8, maxLength: 25 }), (history) => {
        const store = aStore();
        for (let index = 0; index < 3; index++) aSource(store, { followsWhole: index !== 1 });
        for (const query of queries.slice(0, 3)) aTracker(store, query);
        let now = noon;
        for (const happening of history) {
          now += minuteMs;
          take(store, happening, now);
          expectConsistent(store);
        }
        while (rematchSlice(store) !== null);
        expectConsistent(store);
        expect(storedMatches(store)).toEqual(recomputedMatches(store));
        store.close();
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});

function take(store: Store, happening: Step, now: number): void {
  switch (happening.type) {
    case 'ingest': {
      const source = listSources(store)[happening.source];
      if (!source) return;
      const items = happening.items.map(({ key, root, author, text, minute }) =>
        anItem(`k${key}`, {
          text,
          rootKey: `r${root}`,
          publishedAt: minute === null ? null : noon + minute * minuteMs,
          author:
            author === null
              ? { key: null, name: '', handle: null }
              : { key: author, name: author, handle: null },
        }),
      );
      ingest(store, source.sourceId, items, now);
      expect(ingest(store, source.sourceId, items, now)).toMatchObject({ inserted: 0, updated: 0 });
      return;
    }
    case 'triage': {
      const { status } = happening;
      const snoozedUntil = status === 'snoozed' ? now + 3 * minuteMs : null;
      const kind = status === 'snoozed' ? 'snooze' : status;
      takeStep(
        store,
        kind,
        pick(store, happening.some),
        ({ unread }) => ({ status, snoozedUntil, unread }),
        now,
      );
      return;
    }
    case 'read': {
      const { unread } = happening;
      takeStep(
        store,
        unread ? 'unread' : 'read',
        pick(store, happening.some),
        (state) => ({ ...state, unread }),
        now,
      );
      return;
    }
    case 'undo':
      undoStep(store, now);
      return;
    case 'redo':
      redoStep(store, now);
      return;
    case 'wake':
      wakeSnoozed(store, now, 2);
      return;
    case 'rematch':
      for (let slice = 0; slice < happening.slices; slice++) rematchSlice(store);
      return;
    case 'change tracker': {
      const tracker = listTrackers(store)[happening.tracker];
      if (tracker) updateTracker(store, tracker.trackerId, { query: happening.query });
      return;
    }
    case 'remove tracker': {
      const [tracker] = listTrackers(store);
      if (tracker) removeTracker(store, tracker.trackerId, now);
      return;
    }
    case 'remove source': {
      const [source] = listSources(store);
      if (source) removeSource(store, source.sourceId, now);
      return;
    }
  }
}

/** Some of the conversations there are. */
function pick(store: Store, numbers: readonly number[]) {
  const rows = store.all<{ id: number }>('SELECT id FROM conversations ORDER BY id');
  return numbers.flatMap((number) => {
    const row = rows[number % Math.max(1, rows.length)];
    return row ? [toConversationId(row.id)] : [];
  });
}

function storedMatches(store: Store): unknown[] {
  return store
    .all<{ mention_id: number; tracker_id: number; spans: string }>(
      'SELECT mention_id, tracker_id, spans FROM mention_matches ORDER BY mention_id, tracker_id',
    )
    .map((row) => [row.mention_id, String(row.tracker_id), readSpans(row.spans)]);
}

function recomputedMatches(store: Store): unknown[] {
  const { matcher } = compileTrackers(listTrackers(store));
  return store.all<{ id: number }>('SELECT id FROM mentions ORDER BY id').flatMap(({ id }) => {
    const target = findMentionText(store, id);
    return target === null ? [] : matcher.match(target).map((match) => [id, match.id, match.spans]);
  });
}
