import type { OutboxAction, Reply, ReplyState, ReplyWait } from '../../../../shared/model/reply.ts';
import { toAccountId, toConversationId, toMentionId, toReplyId } from '../row-ids.ts';
import type { ReadableStore } from '../store.ts';
import { listAttachmentsOfReply } from './attachments.ts';
import { type ReplyRecord, type ReplyRow, selectReply, selectReplyAnd, toRecord } from './replies.ts';

/** The newest `limit` of a conversation, oldest first. */
export function listRepliesOfConversation(
  store: ReadableStore,
  conversationRow: number,
  limit: number,
): ReplyRecord[] {
  return store
    .all<ReplyRow>(
      `${selectReply} WHERE r.conversation_id = ? AND r.state <> 'cancelled' ORDER BY r.id DESC LIMIT ?`,
      conversationRow,
      limit,
    )
    .reverse()
    .map(toRecord);
}

export type ReplyView = 'waiting' | 'sent' | 'all';
const viewStates: Readonly<Record<ReplyView, string>> = {
  waiting: `r.state IN ('queued', 'sending', 'unconfirmed', 'failed')`,
  sent: `r.state = 'sent' AND r.via = 'earshot'`,
  all: `r.via = 'earshot'`,
};

/** Newest first. */
export function listReplies(
  store: ReadableStore,
  view: ReplyView,
  below: number,
  limit: number,
): ReplyRecord[] {
  return store
    .all<ReplyRow>(
      `${selectReply} WHERE ${viewStates[view]} AND r.id < ? ORDER BY r.id DESC LIMIT ?`,
      below,
      limit,
    )
    .map(toRecord);
}

const mostPending = 5_000;

/** Everything on its way, in the order it was queued. */
export function listPending(store: ReadableStore): (ReplyRecord & {
  readonly previousState: ReplyState | null;
})[] {
  return store
    .all<ReplyRow & { previous_state: ReplyState | null }>(
      `${selectReplyAnd(', p.state AS previous_state')} LEFT JOIN replies AS p ON p.id = r.previous_id
       WHERE r.state IN ('queued', 'sending', 'unconfirmed') ORDER BY r.id LIMIT ${mostPending}`,
    )
    .map((row) => ({ ...toRecord(row), previousState: row.previous_state }));
}

export function countReplies(store: ReadableStore): {
  queued: number;
  sending: number;
  unconfirmed: number;
  failed: number;
} {
  const counts = { queued: 0, sending: 0, unconfirmed: 0, failed: 0 };
  for (const { state, count } of store.all<{ state: keyof typeof counts; count: number }>(
    `SELECT state, count(*) AS count FROM replies
     WHERE state IN ('queued', 'sending', 'unconfirmed', 'failed') GROUP BY state`,
  )) {
    counts[state] = count;
  }
  return counts;
}

/** Rows of replies in one state. */
export function listRowsInState(store: ReadableStore, state: 'queued' | 'sending' | 'unconfirmed'): number[] {
  return store
    .all<{ id: number }>(
      `SELECT id FROM replies WHERE state = ? AND state IN ('queued', 'sending', 'unconfirmed') ORDER BY id`,
      state,
    )
    .map(({ id }) => id);
}

/** The parts that follow it, however many. */
export function listLaterParts(store: ReadableStore, row: number): number[] {
  return store
    .all<{ id: number }>(
      `WITH RECURSIVE later (id) AS (
         SELECT id FROM replies WHERE previous_id = ?
         UNION SELECT r.id FROM replies AS r JOIN later ON r.previous_id = later.id
       ) SELECT id FROM later ORDER BY id`,
      row,
    )
    .map(({ id }) => id);
}

/** External ids that other replies from here have: what is looked for is none of them. */
export function listTakenIds(store: ReadableStore, platform: string, accountRow: number | null): Set<string> {
  return new Set(
    store
      .all<{ id: string }>(
        `SELECT external_id AS id FROM replies
         WHERE platform = ? AND account_id IS ? AND via = 'earshot' AND external_id IS NOT NULL
         ORDER BY id DESC LIMIT 10000`,
        platform,
        accountRow,
      )
      .map(({ id }) => id),
  );
}

/** The account that answered last in that conversation and is still there. */
export function lastAnsweringAccount(store: ReadableStore, conversationRow: number): number | null {
  return (
    store.get<{ id: number }>(
      `SELECT r.account_id AS id FROM replies AS r
       JOIN accounts AS a ON a.id = r.account_id AND a.removed_at IS NULL
       WHERE r.conversation_id = ? AND r.action = 'reply' AND r.state <> 'cancelled' ORDER BY r.id DESC LIMIT 1`,
      conversationRow,
    )?.id ?? null
  );
}

/** The last thing of one of these kinds that was done to a mention, or to a reply of ours, and stands. */
export function lastAction(
  store: ReadableStore,
  on: { readonly mentionRow: number | null; readonly onReplyRow: number | null },
  actions: readonly OutboxAction[],
): ReplyRecord | null {
  const row = store.get<ReplyRow>(
    `${selectReply} WHERE ${on.onReplyRow === null ? 'r.mention_id = ? AND r.on_reply_id IS NULL' : 'r.on_reply_id = ?'}
       AND r.action IN (SELECT value FROM json_each(?)) AND r.state NOT IN ('failed', 'cancelled')
     ORDER BY r.id DESC LIMIT 1`,
    on.onReplyRow ?? on.mentionRow,
    JSON.stringify(actions),
  );
  return row ? toRecord(row) : null;
}

/** What we did to each mention of a conversation, as the outbox stands. */
export function listMarks(
  store: ReadableStore,
  conversationRow: number,
): Map<number, { isLiked: boolean; isHidden: boolean }> {
  const marks = new Map<number, { isLiked: boolean; isHidden: boolean }>();
  for (const { mention, action } of store.all<{ mention: number; action: OutboxAction }>(
    `SELECT mention_id AS mention, action FROM replies
     WHERE conversation_id = ? AND action IN ('like', 'unlike', 'hide', 'unhide') AND mention_id IS NOT NULL
       AND on_reply_id IS NULL AND state NOT IN ('failed', 'cancelled') ORDER BY id LIMIT 10000`,
    conversationRow,
  )) {
    const mark = marks.get(mention) ?? { isLiked: false, isHidden: false };
    if (action === 'like' || action === 'unlike') mark.isLiked = action === 'like';
    else mark.isHidden = action === 'hide';
    marks.set(mention, mark);
  }
  return marks;
}

/** As the contract has it. `waitsFor` is the outbox's to say. */
export function toReply(store: ReadableStore, record: ReplyRecord, waitsFor: ReplyWait | null): Reply {
  return {
    replyId: toReplyId(record.row),
    conversationId: toConversationId(record.conversationRow),
    action: record.action,
    accountId: record.accountRow === null ? null : toAccountId(record.accountRow),
    accountName: record.accountName,
    toName: record.toName,
    connector: record.connector,
    platform: record.platform,
    inReplyToMentionId: record.mentionRow === null ? null : toMentionId(record.mentionRow),
    onReplyId: record.onReplyRow === null ? null : toReplyId(record.onReplyRow),
    text: record.text,
    attachments: listAttachmentsOfReply(store, record.row),
    state: record.state,
    waitsFor: record.state === 'queued' ? waitsFor : null,
    heldUntil: record.heldUntil,
    sendAt: record.sendAt,
    nextAttemptAt: record.nextAttemptAt,
    attemptCount: record.attemptCount,
    part:
      record.partIndex === null || record.partCount === null
        ? null
        : { index: record.partIndex, count: record.partCount },
    via: record.via,
    createdAt: record.createdAt,
    sentAt: record.sentAt,
    confirmedAt: record.confirmedAt,
    deletedAt: record.deletedAt,
    ...(record.failure === null ? {} : { error: record.failure }),
    ...(record.externalId === null ? {} : { platformId: record.externalId }),
    ...(record.url === null ? {} : { url: record.url }),
  };
}

/** For rows of the inbox: what is worst of what waits there. */
export const outboxOfConversation = `(SELECT CASE
    WHEN sum(state = 'failed') > 0 THEN 'failed' WHEN sum(state = 'unconfirmed') > 0 THEN 'unconfirmed'
    WHEN sum(state = 'sending') > 0 THEN 'sending' WHEN sum(state = 'queued') > 0 THEN 'queued' END
  FROM replies AS w WHERE w.conversation_id = c.id)`;

/** Whether one of ours to that mention was found on the platform after this one was queued. */
export function hasElsewhereReplySince(store: ReadableStore, row: number, mentionRow: number): boolean {
  return (
    store.get(
      `SELECT 1 FROM replies WHERE mention_id = ? AND via = 'elsewhere' AND id > ? AND deleted_at IS NULL LIMIT 1`,
      mentionRow,
      row,
    ) !== undefined
  );
}
