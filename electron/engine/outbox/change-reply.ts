import { type ActivityKind, appendActivity } from '../store/queries/activity.ts';
import { setMentionDeleted } from '../store/queries/mentions.ts';
import {
  findReplyRow,
  type PlatformIdentity,
  type ReplyRecord,
  savePlatformIdentity,
  saveProgress,
  setReplyDeleted,
} from '../store/queries/replies.ts';
import { toReplyId } from '../store/row-ids.ts';
import type { WritableStore } from '../store/store.ts';
import { type OutboxEvent, transition } from './outbox-state.ts';

/**
 * The one place where a reply changes its state: by outbox-state.ts, with what the platform calls it and with its line
 * in the activity log, in one transaction. Null when it cannot happen as the reply stands now; nothing changed then.
 */
export function changeReply(
  store: WritableStore,
  row: number,
  event: OutboxEvent,
  now: number,
  sent?: PlatformIdentity,
): ReplyRecord | null {
  return store.transaction(() => {
    const before = findReplyRow(store, row);
    const after = transition(before, event);
    if (after === null) return null;
    saveProgress(store, row, after, now);
    if (sent) savePlatformIdentity(store, row, sent);
    if (after.state === 'sent' && before.state !== 'sent') carryOut(store, before, now);
    const kind = activityOf(before, after.state, event);
    if (kind !== null) {
      appendActivity(store, {
        conversationRow: before.conversationRow,
        at: now,
        kind,
        detail: {
          replyId: toReplyId(row),
          action: before.action,
          ...(after.failure && kind !== 'reply-sent' ? { code: after.failure.code } : {}),
        },
      });
    }
    return findReplyRow(store, row);
  });
}

/** What was taken away on the platform is marked so here. */
function carryOut(store: WritableStore, reply: ReplyRecord, now: number): void {
  if (reply.action !== 'delete') return;
  if (reply.onReplyRow !== null) setReplyDeleted(store, reply.onReplyRow, now);
  else if (reply.mentionRow !== null) setMentionDeleted(store, reply.mentionRow, now);
}

function activityOf(
  before: ReplyRecord,
  state: ReplyRecord['state'],
  event: OutboxEvent,
): ActivityKind | null {
  if (event.kind === 'retry') return 'reply-retried';
  if (state === before.state) return null;
  switch (state) {
    case 'sent':
      return 'reply-sent';
    case 'failed':
      return 'reply-failed';
    case 'unconfirmed':
      return 'reply-unconfirmed';
    case 'cancelled':
      return 'reply-cancelled';
    case 'queued':
    case 'sending':
      return null;
  }
}
