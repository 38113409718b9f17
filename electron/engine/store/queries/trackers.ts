import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { TrackerId } from '../../../../shared/model/ids.ts';
import type { Tracker } from '../../../../shared/model/tracker.ts';
import { toRow, toTrackerId } from '../row-ids.ts';
import type { ReadableStore, WritableStore } from '../store.ts';

/** Greater than every mention's id: all that is stored is still to be held against the query. */
const everyMention = Number.MAX_SAFE_INTEGER;

export interface NewTracker {
  readonly name: string;
  readonly query: string;
  readonly createdAt: number;
}

/** Throws `conflict` when the name is taken. What is stored already is matched by ingest/rematch.ts. */
export function insertTracker(store: WritableStore, tracker: NewTracker): Tracker {
  return store.transaction(() => {
    refuseTakenName(store, tracker.name, null);
    const { lastInsertRowid } = store.run(
      'INSERT INTO trackers (name, query, created_at, rematch_below) VALUES (?, ?, ?, ?)',
      tracker.name,
      tracker.query,
      tracker.createdAt,
      everyMention,
    );
    return findTracker(store, toTrackerId(lastInsertRowid));
  });
}

/** Live trackers, oldest first. */
export function listTrackers(store: ReadableStore): Tracker[] {
  return store
    .all<TrackerRow>(
      'SELECT id, name, query, created_at FROM trackers WHERE removed_at IS NULL ORDER BY id LIMIT 10000',
    )
    .map(toRecord);
}

/** Throws `not-found`, also for a tracker that was removed. */
export function findTracker(store: ReadableStore, trackerId: TrackerId): Tracker {
  const row = store.get<TrackerRow>(
    'SELECT id, name, query, created_at FROM trackers WHERE id = ? AND removed_at IS NULL',
    toRow(trackerId),
  );
  if (!row) {
    throw new EarshotError('not-found', 'There is no such tracker. It may have been removed.', { trackerId });
  }
  return toRecord(row);
}

export function updateTracker(
  store: WritableStore,
  trackerId: TrackerId,
  patch: { readonly name?: string; readonly query?: string },
): Tracker {
  return store.transaction(() => {
    const before = findTracker(store, trackerId);
    if (patch.name !== undefined) {
      refuseTakenName(store, patch.name, trackerId);
      store.run('UPDATE trackers SET name = ? WHERE id = ?', patch.name, toRow(trackerId));
    }
    if (patch.query !== undefined && patch.query !== before.query) {
      store.run(
        'UPDATE trackers SET query = ?, rematch_below = ? WHERE id = ?',
        patch.query,
        everyMention,
        toRow(trackerId),
      );
    }
    return findTracker(store, trackerId);
  });
}

/** Its list and badge go at once; its matches, which may be many, are cleared in slices by ingest/rematch.ts. */
export function removeTracker(store: WritableStore, trackerId: TrackerId, at: number): void {
  store.transaction(() => {
    findTracker(store, trackerId);
    const row = toRow(trackerId);
    store.run('UPDATE trackers SET removed_at = ?, rematch_below = ? WHERE id = ?', at, everyMention, row);
    store.run("DELETE FROM open_conversations WHERE scope = 'tracker' AND ref = ?", row);
    store.run("DELETE FROM conversation_counts WHERE scope = 'tracker' AND ref = ?", row);
  });
}

export interface PendingRematch {
  readonly trackerId: TrackerId;
  readonly query: string;
  readonly isRemoved: boolean;
  /** Mentions below this id are still to be looked at, newest first. */
  readonly belowMention: number;
}

/** A tracker whose query has not yet met all that is stored. */
export function nextPendingRematch(store: ReadableStore): PendingRematch | null {
  const row = store.get<{ id: number; query: string; removed_at: number | null; rematch_below: number }>(
    `SELECT id, query, removed_at, rematch_below FROM trackers
     WHERE rematch_below IS NOT NULL ORDER BY id LIMIT 1`,
  );
  if (!row) return null;
  return {
    trackerId: toTrackerId(row.id),
    query: row.query,
    isRemoved: row.removed_at !== null,
    belowMention: row.rematch_below,
  };
}

export function saveRematchProgress(
  store: WritableStore,
  trackerId: TrackerId,
  belowMention: number | null,
): void {
  store.run('UPDATE trackers SET rematch_below = ? WHERE id = ?', belowMention, toRow(trackerId));
}

interface TrackerRow {
  id: number;
  name: string;
  query: string;
  created_at: number;
}

function toRecord(row: TrackerRow): Tracker {
  return { trackerId: toTrackerId(row.id), name: row.name, query: row.query, createdAt: row.created_at };
}

function refuseTakenName(store: ReadableStore, name: string, except: TrackerId | null): void {
  const taken = store.get<{ id: number }>(
    `SELECT id FROM trackers WHERE brand_id = 1 AND name = ? COLLATE NOCASE AND removed_at IS NULL`,
    name,
  );
  if (taken && (except === null || taken.id !== toRow(except))) {
    throw new EarshotError('conflict', `There is already a tracker named “${name}”. Choose another name.`, {
      name,
    });
  }
}
