import type { TrackerId } from '../../../shared/model/ids.ts';
import type { Tracker } from '../../../shared/model/tracker.ts';
import { createMatcher, type Matcher } from '../../../shared/query/matcher.ts';
import { parseQuery } from '../../../shared/query/parse.ts';
import type { QueryNode } from '../../../shared/query/query.ts';
import { listTrackers } from '../store/queries/trackers.ts';
import type { ReadableStore } from '../store/store.ts';

export interface CompiledTracker extends Tracker {
  readonly root: QueryNode;
}

export interface CompiledTrackers {
  readonly list: readonly CompiledTracker[];
  readonly matcher: Matcher<TrackerId>;
}

/**
 * The live trackers, parsed and ready to match. Ingest asks inside its transaction, so that a poll that began
 * before a tracker was changed or removed never stores what only the old query matched.
 */
export interface TrackerBook {
  current(store: ReadableStore): CompiledTrackers;
}

export function createTrackerBook(): TrackerBook {
  let known: { readonly key: string; readonly compiled: CompiledTrackers } | null = null;
  return {
    current(store) {
      const trackers = listTrackers(store);
      const key = JSON.stringify(trackers.map(({ trackerId, query }) => [trackerId, query]));
      if (known?.key !== key) known = { key, compiled: compileTrackers(trackers) };
      return known.compiled;
    },
  };
}

export function compileTrackers(trackers: readonly Tracker[]): CompiledTrackers {
  const list = trackers.flatMap((tracker): CompiledTracker[] => {
    const parsed = parseQuery(tracker.query);
    // Queries are parsed before they are stored; one that no longer parses listens for nothing.
    return parsed.isValid ? [{ ...tracker, root: parsed.root }] : [];
  });
  return { list, matcher: createMatcher(list.map(({ trackerId, root }) => ({ id: trackerId, root }))) };
}
