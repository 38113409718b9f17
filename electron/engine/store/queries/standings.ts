import type { ConversationStatus } from '../../../../shared/model/mention.ts';
import type { ReadableStore, WritableStore } from '../store.ts';

/** Where a conversation stands: its state, and whose open lists and badges it is part of. Rows, not wire ids. */
export interface Standing {
  readonly status: ConversationStatus;
  readonly snoozedUntil: number | null;
  readonly unread: boolean;
  readonly newestMention: number;
  readonly sources: readonly number[];
  readonly trackers: readonly number[];
}

export type CountScope = 'status' | 'source' | 'tracker';
const statusRefs: Readonly<Record<ConversationStatus, number>> = { open: 0, snoozed: 1, done: 2 };

export function statusRef(status: ConversationStatus): number {
  return statusRefs[status];
}

interface StateRow {
  status: ConversationStatus;
  snoozed_until: number | null;
  unread: number;
  newest_mention_id: number;
}

/** Null when there is no such conversation. */
export function readStanding(store: ReadableStore, conversation: number): Standing | null {
  const row = store.get<StateRow>(
    `SELECT status, snoozed_until, unread, newest_mention_id FROM conversation_states WHERE conversation_id = ?`,
    conversation,
  );
  if (!row) return null;
  return {
    status: row.status,
    snoozedUntil: row.snoozed_until,
    unread: row.unread === 1,
    newestMention: row.newest_mention_id,
    ...readMembership(store, conversation),
  };
}

/** The sources that brought its mentions and the live trackers that matched them. */
export function readMembership(
  store: ReadableStore,
  conversation: number,
): Pick<Standing, 'sources' | 'trackers'> {
  // Doubles are dropped here: for the one mention that most conversations have, DISTINCT costs more than the reading.
  return {
    sources: distinct(
      store.all<{ id: number }>(
        `SELECT source_id AS id FROM mentions WHERE conversation_id = ?
         UNION ALL
         SELECT s.source_id FROM mentions AS m CROSS JOIN mention_sources AS s ON s.mention_id = m.id
         WHERE m.conversation_id = ?`,
        conversation,
        conversation,
      ),
    ),
    trackers: distinct(
      store.all<{ id: number }>(
        `SELECT x.tracker_id AS id
         FROM mentions AS m CROSS JOIN mention_matches AS x ON x.mention_id = m.id
         CROSS JOIN trackers AS t ON t.id = x.tracker_id AND t.removed_at IS NULL
         WHERE m.conversation_id = ?`,
        conversation,
      ),
    ),
  };
}

function distinct(rows: readonly { readonly id: number }[]): number[] {
  if (rows.length < 2) return rows.map(({ id }) => id);
  return [...new Set(rows.map(({ id }) => id))].sort((a, b) => a - b);
}

/**
 * The only writer of states, open lists and counts, so that the three cannot part. Counts are gathered and
 * written once by `flush`, at the end of the same transaction.
 */
export interface StandingWriter {
  replace(conversation: number, before: Standing | null, after: Standing): void;
  flush(): void;
}

export function createStandingWriter(store: WritableStore): StandingWriter {
  const deltas = new Map<string, { scope: CountScope; ref: number; total: number; unread: number }>();

  function count(scope: CountScope, ref: number, total: number, unread: number): void {
    const key = `${scope}:${ref}`;
    const delta = deltas.get(key);
    if (delta) {
      delta.total += total;
      delta.unread += unread;
    } else deltas.set(key, { scope, ref, total, unread });
  }

  function countStanding(standing: Standing, sign: 1 | -1): void {
    const unread = standing.unread ? sign : 0;
    count('status', statusRef(standing.status), sign, unread);
    if (standing.status !== 'open') return;
    for (const source of standing.sources) count('source', source, sign, unread);
    for (const tracker of standing.trackers) count('tracker', tracker, sign, unread);
  }

  function list(conversation: number, standing: Standing, sql: string): void {
    for (const source of standing.sources)
      store.run(sql, 'source', source, standing.newestMention, conversation);
    for (const tracker of standing.trackers)
      store.run(sql, 'tracker', tracker, standing.newestMention, conversation);
  }

  return {
    replace(conversation, before, after) {
      if (before === null) {
        store.run(
          `INSERT INTO conversation_states (conversation_id, status, snoozed_until, unread, newest_mention_id)
           VALUES (?, ?, ?, ?, ?)`,
          conversation,
          after.status,
          after.snoozedUntil,
          Number(after.unread),
          after.newestMention,
        );
      } else if (!hasSameState(before, after)) {
        store.run(
          `UPDATE conversation_states SET status = ?, snoozed_until = ?, unread = ?, newest_mention_id = ?
           WHERE conversation_id = ?`,
          after.status,
          after.snoozedUntil,
          Number(after.unread),
          after.newestMention,
          conversation,
        );
      }
      if (before === null || !hasSameLists(before, after)) {
        if (before?.status === 'open') list(conversation, before, deleteEntry);
        if (after.status === 'open') list(conversation, after, insertEntry);
      }
      if (before) countStanding(before, -1);
      countStanding(after, 1);
    },
    flush() {
      for (const { scope, ref, total, unread } of deltas.values()) {
        if (total === 0 && unread === 0) continue;
        store.run(
          `INSERT INTO conversation_counts (scope, ref, total, unread) VALUES (?, ?, 0, 0)
           ON CONFLICT (scope, ref) DO NOTHING`,
          scope,
          ref,
        );
        store.run(
          'UPDATE conversation_counts SET total = total + ?, unread = unread + ? WHERE scope = ? AND ref = ?',
          total,
          unread,
          scope,
          ref,
        );
      }
      deltas.clear();
    },
  };
}

const insertEntry =
  'INSERT INTO open_conversations (scope, ref, newest_mention_id, conversation_id) VALUES (?, ?, ?, ?)';
const deleteEntry =
  'DELETE FROM open_conversations WHERE scope = ? AND ref = ? AND newest_mention_id = ? AND conversation_id = ?';

function hasSameState(a: Standing, b: Standing): boolean {
  return (
    a.status === b.status &&
    a.snoozedUntil === b.snoozedUntil &&
    a.unread === b.unread &&
    a.newestMention === b.newestMention
  );
}

function hasSameLists(a: Standing, b: Standing): boolean {
  return (
    a.status === b.status &&
    a.newestMention === b.newestMention &&
    hasSameRefs(a.sources, b.sources) &&
    hasSameRefs(a.trackers, b.trackers)
  );
}

function hasSameRefs(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((ref) => b.includes(ref));
}
