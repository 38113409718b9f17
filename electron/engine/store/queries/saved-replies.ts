import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { SavedReply } from '../../../../shared/model/reply.ts';
import type { ReadableStore, WritableStore } from '../store.ts';

interface SavedReplyRow {
  id: number;
  name: string;
  folder: string;
  text: string;
  updated_at: number;
  used_at: number | null;
}

/** The one used last first, then by name. */
export function listSavedReplies(store: ReadableStore): SavedReply[] {
  return store
    .all<SavedReplyRow>(
      `SELECT * FROM saved_replies ORDER BY used_at IS NULL, used_at DESC, name COLLATE NOCASE, id LIMIT 10000`,
    )
    .map(toSavedReply);
}

/** Throws `not-found`. */
export function findSavedReply(store: ReadableStore, savedReplyId: string): SavedReply {
  const row = store.get<SavedReplyRow>('SELECT * FROM saved_replies WHERE id = ?', rowOf(savedReplyId));
  if (row) return toSavedReply(row);
  throw new EarshotError('not-found', 'There is no such saved reply any more.', { savedReplyId });
}

/** A new one without an id. Throws `not-found` for an id that is not there. */
export function writeSavedReply(
  store: WritableStore,
  saved: {
    readonly savedReplyId?: string | undefined;
    readonly name: string;
    readonly folder: string;
    readonly text: string;
    readonly at: number;
  },
): SavedReply {
  const { savedReplyId, name, folder, text, at } = saved;
  if (savedReplyId === undefined) {
    const { lastInsertRowid } = store.run(
      'INSERT INTO saved_replies (name, folder, text, updated_at) VALUES (?, ?, ?, ?)',
      name,
      folder,
      text,
      at,
    );
    return findSavedReply(store, String(lastInsertRowid));
  }
  findSavedReply(store, savedReplyId);
  store.run(
    'UPDATE saved_replies SET name = ?, folder = ?, text = ?, updated_at = ? WHERE id = ?',
    name,
    folder,
    text,
    at,
    rowOf(savedReplyId),
  );
  return findSavedReply(store, savedReplyId);
}

/** Throws `not-found`. */
export function deleteSavedReply(store: WritableStore, savedReplyId: string): void {
  findSavedReply(store, savedReplyId);
  store.run('DELETE FROM saved_replies WHERE id = ?', rowOf(savedReplyId));
}

/** Throws `not-found`. */
export function markSavedReplyUsed(store: WritableStore, savedReplyId: string, at: number): void {
  findSavedReply(store, savedReplyId);
  store.run('UPDATE saved_replies SET used_at = ? WHERE id = ?', at, rowOf(savedReplyId));
}

/** What is no id of ours is the id of nothing. */
function rowOf(savedReplyId: string): number {
  return /^[1-9]\d{0,14}$/.test(savedReplyId) ? Number(savedReplyId) : 0;
}

function toSavedReply(row: SavedReplyRow): SavedReply {
  return {
    savedReplyId: String(row.id),
    name: row.name,
    folder: row.folder,
    text: row.text,
    updatedAt: row.updated_at,
    usedAt: row.used_at,
  };
}
