import { EarshotError } from '../../../shared/contract/errors.ts';
import type { EngineEvent } from '../../../shared/contract/events.ts';
import type { trackersMethods } from '../../../shared/contract/methods/trackers.ts';
import { parseQuery } from '../../../shared/query/parse.ts';
import type { QueryNode } from '../../../shared/query/query.ts';
import type { Clock } from '../ports/clock.ts';
import type { FeatureHandlers } from '../rpc/handlers.ts';
import { readInboxItems } from '../store/queries/inbox-items.ts';
import { findInStretch, newestStretch, placesOf } from '../store/queries/tracker-preview.ts';
import {
  findTracker,
  insertTracker,
  listTrackers,
  removeTracker,
  updateTracker,
} from '../store/queries/trackers.ts';
import type { WritableStore } from '../store/store.ts';

export interface TrackersDeps {
  readonly store: WritableStore;
  readonly clock: Clock;
  readonly emit: (event: EngineEvent) => void;
  /** Holds what is stored against the trackers that changed, in the background. */
  readonly rematch: () => void;
}

/** From fewer mentions, or less time, how many come in a day is anybody's guess. */
const fewestForRate = 10;
const shortestForRateMs = 6 * 60 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;

export function createTrackersHandlers({
  store,
  clock,
  emit,
  rematch,
}: TrackersDeps): FeatureHandlers<typeof trackersMethods> {
  const announce = (): void => emit({ name: 'trackers.changed' });

  return {
    'trackers.create': ({ name, query }) => {
      readQuery(query);
      const tracker = insertTracker(store, { name, query: query.trim(), createdAt: clock.now() });
      announce();
      rematch();
      return tracker;
    },
    'trackers.list': () => ({ trackers: listTrackers(store) }),
    'trackers.update': ({ trackerId, name, query }) => {
      if (query !== undefined) readQuery(query);
      const before = findTracker(store, trackerId);
      const tracker = updateTracker(store, trackerId, {
        ...(name === undefined ? {} : { name }),
        ...(query === undefined ? {} : { query: query.trim() }),
      });
      announce();
      // Another name alone asks no platform anew.
      if (tracker.query !== before.query) rematch();
      return tracker;
    },
    'trackers.remove': ({ trackerId }) => {
      removeTracker(store, trackerId, clock.now());
      announce();
      rematch();
      return {};
    },
    'trackers.preview': ({ query, limit }) => {
      const root = readQuery(query);
      const stretch = newestStretch(store);
      if (stretch === null) return { items: [], total: 0, searched: 0, perDay: null };
      const found = findInStretch(store, root, stretch);
      const isEnough = stretch.count >= fewestForRate && stretch.spanMs >= shortestForRateMs;
      return {
        items: readInboxItems(store, placesOf(store, found, limit), root),
        total: found.length,
        searched: stretch.count,
        perDay: isEnough ? found.length / (stretch.spanMs / dayMs) : null,
      };
    },
  };
}

function readQuery(query: string): QueryNode {
  const parsed = parseQuery(query);
  if (parsed.isValid) return parsed.root;
  const { message, start, end } = parsed.mistake;
  throw new EarshotError('invalid-query', message, { position: start, length: end - start });
}
