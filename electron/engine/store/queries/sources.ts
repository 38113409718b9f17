import { EarshotError, type Failure } from '../../../../shared/contract/errors.ts';
import type { AccountId, SourceId, TrackerId } from '../../../../shared/model/ids.ts';
import type { SourceState } from '../../../../shared/model/source.ts';
import { toAccountId, toRow, toSourceId, toTrackerId } from '../row-ids.ts';
import type { ReadableStore, SqlValue, WritableStore } from '../store.ts';

/** `paused` is the user's choice and kept apart (isPaused), so that the state is still known when polling goes on. */
export type StoredSourceState = Exclude<SourceState, 'paused'>;

export interface SourceRecord {
  readonly sourceId: SourceId;
  readonly connector: string;
  readonly accountId: AccountId | null;
  readonly name: string;
  readonly isNameGiven: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Removed trackers stay in it: a source that listened for them alone must not start listening for all. */
  readonly trackerIds: readonly TrackerId[];
  readonly followsWhole: boolean;
  readonly url: string | null;
  readonly isPaused: boolean;
  readonly createdAt: number;
  readonly state: StoredSourceState;
  readonly lastPollAt: number | null;
  readonly lastSuccessAt: number | null;
  readonly lastError: (Failure & { readonly at: number }) | null;
  readonly failCount: number;
  readonly nextPollAt: number | null;
  readonly intervalMs: number | null;
  readonly mentionCount: number;
}

export interface NewSource {
  readonly connector: string;
  readonly accountId?: AccountId | null;
  readonly name: string;
  readonly isNameGiven: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly trackerIds: readonly TrackerId[];
  readonly followsWhole: boolean;
  readonly url: string | null;
  readonly createdAt: number;
  readonly nextPollAt: number | null;
}

export function insertSource(store: WritableStore, source: NewSource): SourceRecord {
  return store.transaction(() => {
    const { lastInsertRowid } = store.run(
      `INSERT INTO sources (connector, account_id, name, is_name_given, settings, follows_whole, url, created_at, next_poll_at, state)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'new')`,
      source.connector,
      source.accountId ? toRow(source.accountId) : null,
      source.name,
      Number(source.isNameGiven),
      JSON.stringify(source.settings),
      Number(source.followsWhole),
      source.url,
      source.createdAt,
      source.nextPollAt,
    );
    const sourceId = toSourceId(lastInsertRowid);
    setTrackers(store, sourceId, source.trackerIds);
    return findSource(store, sourceId);
  });
}

/** Live sources, oldest first. */
export function listSources(store: ReadableStore): SourceRecord[] {
  return store
    .all<SourceRow>(`${selectSource} WHERE s.removed_at IS NULL ORDER BY s.id LIMIT 10000`)
    .map(toRecord);
}

/** Throws `not-found`, also for a source that was removed. */
export function findSource(store: ReadableStore, sourceId: SourceId): SourceRecord {
  const row = store.get<SourceRow>(
    `${selectSource} WHERE s.id = ? AND s.removed_at IS NULL`,
    toRow(sourceId),
  );
  if (!row)
    throw new EarshotError('not-found', 'There is no such source. It may have been removed.', { sourceId });
  return toRecord(row);
}

/** Whose poll is due, the longest overdue first. */
export function listDueSources(store: ReadableStore, now: number, limit: number): SourceRecord[] {
  return store
    .all<SourceRow>(
      `${selectSource}
       WHERE s.removed_at IS NULL AND s.is_paused = 0 AND s.next_poll_at IS NOT NULL AND s.next_poll_at <= ?
       ORDER BY s.next_poll_at LIMIT ?`,
      now,
      limit,
    )
    .map(toRecord);
}

export interface SourcePatch {
  /** Counts as given by the user: the far end's own name no longer replaces it. */
  readonly name?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly accountId?: AccountId | null;
  readonly url?: string | null;
  readonly trackerIds?: readonly TrackerId[];
  readonly followsWhole?: boolean;
  readonly isPaused?: boolean;
  readonly nextPollAt?: number | null;
  /** Another address: what was read so far says nothing about it. Forgets cursor, failures and interval. */
  readonly startsAfresh?: boolean;
}

export function updateSource(store: WritableStore, sourceId: SourceId, patch: SourcePatch): SourceRecord {
  return store.transaction(() => {
    findSource(store, sourceId);
    const columns: [string, SqlValue][] = [];
    if (patch.name !== undefined) columns.push(['name', patch.name], ['is_name_given', 1]);
    if (patch.settings !== undefined) columns.push(['settings', JSON.stringify(patch.settings)]);
    if (patch.accountId !== undefined) {
      columns.push(['account_id', patch.accountId === null ? null : toRow(patch.accountId)]);
    }
    if (patch.url !== undefined) columns.push(['url', patch.url]);
    if (patch.followsWhole !== undefined) columns.push(['follows_whole', Number(patch.followsWhole)]);
    if (patch.isPaused !== undefined) columns.push(['is_paused', Number(patch.isPaused)]);
    if (patch.nextPollAt !== undefined) columns.push(['next_poll_at', patch.nextPollAt]);
    if (patch.startsAfresh) {
      columns.push(['cursor', null], ['state', 'new'], ['fail_count', 0], ['interval_ms', null]);
      columns.push(['last_error', null], ['last_error_at', null]);
    }
    for (const [column, value] of columns) {
      store.run(`UPDATE sources SET ${column} = ? WHERE id = ?`, value, toRow(sourceId));
    }
    if (patch.trackerIds !== undefined) setTrackers(store, sourceId, patch.trackerIds);
    return findSource(store, sourceId);
  });
}

/** How far it was read: what the connector wrote, not yet checked by its schema. */
export function readCursor(store: ReadableStore, sourceId: SourceId): unknown {
  const row = store.get<{ cursor: string | null }>(
    'SELECT cursor FROM sources WHERE id = ?',
    toRow(sourceId),
  );
  return JSON.parse(row?.cursor ?? 'null') as unknown;
}

/** Of a page it is written by saveArrival, with the page. */
export function saveCursor(store: WritableStore, sourceId: SourceId, cursor: unknown): void {
  store.run(
    'UPDATE sources SET cursor = ? WHERE id = ?',
    cursor === null ? null : JSON.stringify(cursor),
    toRow(sourceId),
  );
}

/** Stops listening. The mentions it brought stay, and so does its name beside them. */
export function removeSource(store: WritableStore, sourceId: SourceId, at: number): void {
  findSource(store, sourceId);
  store.run(
    'UPDATE sources SET removed_at = ?, next_poll_at = NULL, cursor = NULL WHERE id = ?',
    at,
    toRow(sourceId),
  );
}

export function isLiveSource(store: ReadableStore, sourceId: SourceId): boolean {
  return Boolean(store.get('SELECT 1 FROM sources WHERE id = ? AND removed_at IS NULL', toRow(sourceId)));
}

/** What one page says about its source. Written by ingest alone, in the transaction of the page. */
export interface Arrival {
  readonly cursor: unknown;
  /** Mentions that it brought for the first time. */
  readonly mentionCount: number;
  /** What the far end calls itself and where a person reads it. */
  readonly found?: { readonly name: string | null; readonly url: string | null };
  /** It has moved for good. */
  readonly settings?: unknown;
}

export function saveArrival(store: WritableStore, sourceId: SourceId, arrival: Arrival): void {
  const row = toRow(sourceId);
  store.run(
    'UPDATE sources SET cursor = ?, mention_count = mention_count + ? WHERE id = ?',
    JSON.stringify(arrival.cursor ?? null),
    arrival.mentionCount,
    row,
  );
  const name = arrival.found?.name?.trim().slice(0, 200);
  if (name) store.run('UPDATE sources SET name = ? WHERE id = ? AND is_name_given = 0', name, row);
  if (arrival.found?.url) store.run('UPDATE sources SET url = ? WHERE id = ?', arrival.found.url, row);
  if (arrival.settings !== undefined) {
    store.run('UPDATE sources SET settings = ? WHERE id = ?', JSON.stringify(arrival.settings), row);
  }
}

export interface PollSuccess {
  readonly at: number;
  readonly nextPollAt: number | null;
  readonly intervalMs: number;
  /** The poll worked, but the user should know. */
  readonly warning?: Failure;
}

export function savePollSuccess(store: WritableStore, sourceId: SourceId, success: PollSuccess): void {
  store.run(
    `UPDATE sources SET state = 'ok', fail_count = 0, last_poll_at = ?, last_success_at = ?, next_poll_at = ?,
       interval_ms = ?, last_error = ?, last_error_at = ?
     WHERE id = ? AND removed_at IS NULL`,
    success.at,
    success.at,
    success.nextPollAt,
    success.intervalMs,
    success.warning ? JSON.stringify(success.warning) : null,
    success.warning ? success.at : null,
    toRow(sourceId),
  );
}

export interface PollFailure {
  readonly at: number;
  readonly failure: Failure;
  readonly state: StoredSourceState;
  readonly failCount: number;
  readonly nextPollAt: number | null;
}

export function savePollFailure(store: WritableStore, sourceId: SourceId, failed: PollFailure): void {
  store.run(
    `UPDATE sources SET state = ?, fail_count = ?, last_poll_at = ?, next_poll_at = ?, last_error = ?, last_error_at = ?
     WHERE id = ? AND removed_at IS NULL`,
    failed.state,
    failed.failCount,
    failed.at,
    failed.nextPollAt,
    JSON.stringify(failed.failure),
    failed.at,
    toRow(sourceId),
  );
}

/** Over all live sources: when the next poll is planned, and when the last one was. */
export function pollTimes(store: ReadableStore): {
  readonly nextPollAt: number | null;
  readonly lastPollAt: number | null;
} {
  const next = store.get<{ at: number | null }>(
    `SELECT min(next_poll_at) AS at FROM sources
     WHERE removed_at IS NULL AND is_paused = 0 AND next_poll_at IS NOT NULL`,
  );
  const last = store.get<{ at: number | null }>(
    'SELECT max(last_poll_at) AS at FROM sources WHERE removed_at IS NULL',
  );
  return { nextPollAt: next?.at ?? null, lastPollAt: last?.at ?? null };
}

interface SourceRow {
  id: number;
  connector: string;
  account_id: number | null;
  name: string;
  is_name_given: number;
  settings: string;
  tracker_ids: string;
  follows_whole: number;
  url: string | null;
  is_paused: number;
  created_at: number;
  state: StoredSourceState;
  last_poll_at: number | null;
  last_success_at: number | null;
  last_error: string | null;
  last_error_at: number | null;
  fail_count: number;
  next_poll_at: number | null;
  interval_ms: number | null;
  mention_count: number;
}

/** All but the cursor, which may be long and only a poll needs: see readCursor. */
const selectSource = `
  SELECT s.id, s.connector, s.account_id, s.name, s.is_name_given, s.settings, s.follows_whole, s.url, s.is_paused, s.created_at,
    s.state, s.last_poll_at, s.last_success_at, s.last_error, s.last_error_at, s.fail_count, s.next_poll_at,
    s.interval_ms, s.mention_count,
    (SELECT json_group_array(tracker_id) FROM source_trackers WHERE source_id = s.id) AS tracker_ids
  FROM sources AS s`;

function toRecord(row: SourceRow): SourceRecord {
  return {
    sourceId: toSourceId(row.id),
    connector: row.connector,
    accountId: row.account_id === null ? null : toAccountId(row.account_id),
    name: row.name,
    isNameGiven: row.is_name_given === 1,
    settings: JSON.parse(row.settings) as Record<string, unknown>,
    trackerIds: (JSON.parse(row.tracker_ids) as number[]).map(toTrackerId),
    followsWhole: row.follows_whole === 1,
    url: row.url,
    isPaused: row.is_paused === 1,
    createdAt: row.created_at,
    state: row.state,
    lastPollAt: row.last_poll_at,
    lastSuccessAt: row.last_success_at,
    lastError:
      row.last_error === null || row.last_error_at === null
        ? null
        : { ...(JSON.parse(row.last_error) as Failure), at: row.last_error_at },
    failCount: row.fail_count,
    nextPollAt: row.next_poll_at,
    intervalMs: row.interval_ms,
    mentionCount: row.mention_count,
  };
}

function setTrackers(store: WritableStore, sourceId: SourceId, trackerIds: readonly TrackerId[]): void {
  store.run('DELETE FROM source_trackers WHERE source_id = ?', toRow(sourceId));
  for (const trackerId of new Set(trackerIds)) {
    const isThere = store.get('SELECT 1 FROM trackers WHERE id = ?', toRow(trackerId));
    if (!isThere) throw new EarshotError('not-found', 'There is no such tracker.', { trackerId });
    store.run(
      'INSERT INTO source_trackers (source_id, tracker_id) VALUES (?, ?)',
      toRow(sourceId),
      toRow(trackerId),
    );
  }
}
