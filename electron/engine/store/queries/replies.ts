import { EarshotError, type Failure, failureSchema } from '../../../../shared/contract/errors.ts';
import type { ReplyId } from '../../../../shared/model/ids.ts';
import type { OutboxAction, ReplyState } from '../../../../shared/model/reply.ts';
import { toReplyId, toRow } from '../row-ids.ts';
import type { ReadableStore, WritableStore } from '../store.ts';

/** What was stored and came back as something else, in words for the user. */
export const unreadableFailure: Failure = {
  code: 'internal',
  message:
    'What Earshot stored of this cannot be read any more. Nothing more was sent. Try again, or copy its text into a new reply.',
  details: { reason: 'unreadable' },
};

export interface ReplyRecord {
  readonly row: number;
  readonly conversationRow: number;
  readonly accountRow: number | null;
  readonly accountName: string;
  readonly toName: string;
  readonly connector: string;
  readonly platform: string;
  readonly action: OutboxAction;
  readonly mentionRow: number | null;
  readonly onReplyRow: number | null;
  readonly previousRow: number | null;
  readonly partIndex: number | null;
  readonly partCount: number | null;
  readonly text: string;
  readonly via: 'earshot' | 'elsewhere';
  readonly idempotencyKey: string;
  /** As JSON, not yet checked: so that one that no longer parses parks this reply and no other. */
  readonly seen: string;
  readonly prepared: string | null;
  readonly context: string | null;
  readonly sendAt: number | null;
  readonly createdAt: number;
  readonly deletedAt: number | null;
  readonly externalId: string | null;
  readonly key: string | null;
  readonly url: string | null;
  readonly state: ReplyState;
  readonly nextAttemptAt: number | null;
  readonly heldUntil: number | null;
  readonly attemptCount: number;
  readonly firstAttemptAt: number | null;
  readonly attemptedAt: number | null;
  readonly absentCount: number;
  readonly isDoubtful: boolean;
  readonly delayCount: number;
  readonly failure: Failure | null;
  readonly sentAt: number | null;
  readonly confirmedAt: number | null;
}

/** What moves; outbox-state.ts says how. */
export type ReplyProgress = Pick<
  ReplyRecord,
  | 'state'
  | 'nextAttemptAt'
  | 'heldUntil'
  | 'attemptCount'
  | 'firstAttemptAt'
  | 'attemptedAt'
  | 'absentCount'
  | 'isDoubtful'
  | 'delayCount'
  | 'failure'
  | 'sentAt'
  | 'confirmedAt'
>;

export interface NewReply {
  readonly conversationRow: number;
  readonly accountRow: number | null;
  readonly connector: string;
  readonly platform: string;
  readonly action: OutboxAction;
  readonly mentionRow: number | null;
  readonly onReplyRow?: number | null;
  readonly previousRow?: number | null;
  readonly part?: { readonly index: number; readonly count: number } | null;
  readonly text: string;
  readonly idempotencyKey: string;
  readonly seen: unknown;
  readonly heldUntil: number | null;
  readonly sendAt: number | null;
  readonly createdAt: number;
}

export function insertReply(store: WritableStore, reply: NewReply): number {
  return store.run(
    `INSERT INTO replies (conversation_id, account_id, connector, platform, action, mention_id, on_reply_id,
       previous_id, part_index, part_count, state, text, via, idempotency_key, seen, held_until, send_at,
       created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, 'earshot', ?, ?, ?, ?, ?, ?)`,
    reply.conversationRow,
    reply.accountRow,
    reply.connector,
    reply.platform,
    reply.action,
    reply.mentionRow,
    reply.onReplyRow ?? null,
    reply.previousRow ?? null,
    reply.part?.index ?? null,
    reply.part?.count ?? null,
    reply.text,
    reply.idempotencyKey,
    JSON.stringify(reply.seen),
    reply.heldUntil,
    reply.sendAt,
    reply.createdAt,
    reply.createdAt,
  ).lastInsertRowid;
}

export interface ElsewhereReply {
  readonly conversationRow: number;
  readonly accountRow: number | null;
  readonly connector: string;
  readonly platform: string;
  readonly mentionRow: number | null;
  readonly text: string;
  readonly externalId: string;
  readonly key: string;
  readonly url: string | null;
  readonly context: unknown;
  readonly sentAt: number;
  readonly at: number;
}

/** Written on the platform itself, by one of our accounts. */
export function insertElsewhereReply(store: WritableStore, reply: ElsewhereReply): number {
  return store.run(
    `INSERT INTO replies (conversation_id, account_id, connector, platform, action, mention_id, state, text, via,
       idempotency_key, created_at, updated_at, sent_at, confirmed_at, external_id, key, url, context)
     VALUES (?, ?, ?, ?, 'reply', ?, 'sent', ?, 'elsewhere', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    reply.conversationRow,
    reply.accountRow,
    reply.connector,
    reply.platform,
    reply.mentionRow,
    reply.text,
    `elsewhere ${reply.platform} ${reply.key}`,
    reply.at,
    reply.at,
    reply.sentAt,
    reply.at,
    reply.externalId,
    reply.key,
    reply.url,
    reply.context === undefined ? null : JSON.stringify(reply.context),
  ).lastInsertRowid;
}

/** Written by outbox/change-reply.ts alone, with what outbox-state.ts gave. */
export function saveProgress(store: WritableStore, row: number, progress: ReplyProgress, at: number): void {
  store.run(
    `UPDATE replies SET state = ?, next_attempt_at = ?, held_until = ?, attempt_count = ?, first_attempt_at = ?,
       attempted_at = ?, absent_count = ?, is_doubtful = ?, delay_count = ?, failure = ?, sent_at = ?,
       confirmed_at = ?, updated_at = ? WHERE id = ?`,
    progress.state,
    progress.nextAttemptAt,
    progress.heldUntil,
    progress.attemptCount,
    progress.firstAttemptAt,
    progress.attemptedAt,
    progress.absentCount,
    Number(progress.isDoubtful),
    progress.delayCount,
    progress.failure === null ? null : JSON.stringify(progress.failure),
    progress.sentAt,
    progress.confirmedAt,
    at,
    row,
  );
}

export interface PlatformIdentity {
  readonly externalId: string;
  readonly key: string;
  readonly url: string | null;
  readonly context?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * What the platform calls it. The same post that a poll has brought before as written elsewhere becomes this one; a
 * key that another reply from here has stays with that.
 */
export function savePlatformIdentity(store: WritableStore, row: number, sent: PlatformIdentity): void {
  const reply = findReplyRow(store, row);
  const other = findReplyByKey(store, reply.platform, sent.key);
  if (other !== null && other.row !== row && other.via === 'elsewhere') {
    store.run('UPDATE replies SET on_reply_id = ? WHERE on_reply_id = ?', row, other.row);
    store.run('UPDATE replies SET previous_id = ? WHERE previous_id = ?', row, other.row);
    store.run('DELETE FROM replies WHERE id = ?', other.row);
  }
  const isTaken = other !== null && other.row !== row && other.via === 'earshot';
  store.run(
    'UPDATE replies SET external_id = ?, key = ?, url = ?, context = ifnull(?, context) WHERE id = ?',
    sent.externalId,
    isTaken ? null : sent.key,
    sent.url,
    sent.context === undefined ? null : JSON.stringify(sent.context),
    row,
  );
}

export function savePrepared(store: WritableStore, row: number, prepared: unknown): void {
  store.run(
    'UPDATE replies SET prepared = ? WHERE id = ?',
    prepared === undefined ? null : JSON.stringify(prepared),
    row,
  );
}

export function saveSeen(store: WritableStore, row: number, seen: unknown): void {
  store.run('UPDATE replies SET seen = ? WHERE id = ?', JSON.stringify(seen), row);
}

export function setReplyDeleted(store: WritableStore, row: number, at: number | null): void {
  store.run('UPDATE replies SET deleted_at = ? WHERE id = ?', at, row);
}

/** Throws `not-found`. */
export function findReply(store: ReadableStore, replyId: ReplyId): ReplyRecord {
  const row = store.get<ReplyRow>(`${selectReply} WHERE r.id = ?`, toRow(replyId));
  if (row) return toRecord(row);
  throw new EarshotError('not-found', 'There is no such reply.', { replyId });
}

export function findReplyRow(store: ReadableStore, row: number): ReplyRecord {
  return findReply(store, toReplyId(row));
}

export function findReplyByKey(store: ReadableStore, platform: string, key: string): ReplyRecord | null {
  const row = store.get<ReplyRow>(`${selectReply} WHERE r.platform = ? AND r.key = ?`, platform, key);
  return row ? toRecord(row) : null;
}

/** For keys that come without their platform. */
export function findReplyOfConnectorByKey(
  store: ReadableStore,
  connector: string,
  key: string,
): ReplyRecord | null {
  const row = store.get<ReplyRow>(`${selectReply} WHERE r.key = ? AND r.connector = ?`, key, connector);
  return row ? toRecord(row) : null;
}

/** Ours in that conversation that the platform may have and that have no key yet: not told, or not known to be there. */
export function listKeylessReplies(store: ReadableStore, conversationRow: number): ReplyRecord[] {
  return store
    .all<ReplyRow>(
      `${selectReply} WHERE r.conversation_id = ? AND r.key IS NULL AND r.action = 'reply' AND r.via = 'earshot'
         AND r.state IN ('sending', 'unconfirmed', 'sent') ORDER BY r.id LIMIT 100`,
      conversationRow,
    )
    .map(toRecord);
}

export interface ReplyRow {
  id: number;
  conversation_id: number;
  account_id: number | null;
  account_name: string | null;
  to_name: string | null;
  is_account_removed: number;
  connector: string;
  platform: string;
  action: OutboxAction;
  mention_id: number | null;
  on_reply_id: number | null;
  previous_id: number | null;
  part_index: number | null;
  part_count: number | null;
  state: ReplyState;
  text: string;
  via: 'earshot' | 'elsewhere';
  idempotency_key: string;
  seen: string;
  prepared: string | null;
  held_until: number | null;
  send_at: number | null;
  next_attempt_at: number | null;
  attempt_count: number;
  first_attempt_at: number | null;
  attempted_at: number | null;
  absent_count: number;
  is_doubtful: number;
  delay_count: number;
  created_at: number;
  sent_at: number | null;
  confirmed_at: number | null;
  deleted_at: number | null;
  external_id: string | null;
  key: string | null;
  url: string | null;
  context: string | null;
  failure: string | null;
}

export const selectReplyAnd = (more: string): string => `
  SELECT r.*, a.name AS account_name, a.removed_at IS NOT NULL AS is_account_removed,
    (SELECT w.name FROM conversations AS c JOIN authors AS w ON w.id = c.counterpart_id
     WHERE c.id = r.conversation_id) AS to_name${more}
  FROM replies AS r LEFT JOIN accounts AS a ON a.id = r.account_id`;
export const selectReply = selectReplyAnd('');

export function toRecord(row: ReplyRow): ReplyRecord {
  return {
    row: row.id,
    conversationRow: row.conversation_id,
    accountRow: row.is_account_removed === 1 ? null : row.account_id,
    accountName: row.account_name ?? '',
    toName: row.to_name ?? '',
    connector: row.connector,
    platform: row.platform,
    action: row.action,
    mentionRow: row.mention_id,
    onReplyRow: row.on_reply_id,
    previousRow: row.previous_id,
    partIndex: row.part_index,
    partCount: row.part_count,
    text: row.text,
    via: row.via,
    idempotencyKey: row.idempotency_key,
    seen: row.seen,
    prepared: row.prepared,
    context: row.context,
    sendAt: row.send_at,
    createdAt: row.created_at,
    deletedAt: row.deleted_at,
    externalId: row.external_id,
    key: row.key,
    url: row.url,
    state: row.state,
    nextAttemptAt: row.next_attempt_at,
    heldUntil: row.held_until,
    attemptCount: row.attempt_count,
    firstAttemptAt: row.first_attempt_at,
    attemptedAt: row.attempted_at,
    absentCount: row.absent_count,
    isDoubtful: row.is_doubtful === 1,
    delayCount: row.delay_count,
    failure: readFailure(row.failure),
    sentAt: row.sent_at,
    confirmedAt: row.confirmed_at,
  };
}

function readFailure(stored: string | null): Failure | null {
  if (stored === null) return null;
  try {
    return failureSchema.parse(JSON.parse(stored));
  } catch {
    // Why it failed cannot be read; that it failed still stands.
    return unreadableFailure;
  }
}
