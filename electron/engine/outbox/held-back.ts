import type { Failure } from '../../../shared/contract/errors.ts';
import type { Draft } from '../../../shared/model/reply.ts';
import { listAttachmentsOfReply } from '../store/queries/attachments.ts';
import { findDraft, saveDraft } from '../store/queries/drafts.ts';
import { findReplyRow, type ReplyRecord } from '../store/queries/replies.ts';
import { listLaterParts, listRowsInState } from '../store/queries/reply-lists.ts';
import { toConversationId } from '../store/row-ids.ts';
import type { WritableStore } from '../store/store.ts';
import { announce } from './attempt.ts';
import type { AttemptDeps } from './attempt-context.ts';
import { changeReply } from './change-reply.ts';

const heldBack: Failure = {
  code: 'conflict',
  message:
    'Earshot was closed while this could still be taken back. It did not go out; its text is the draft of its conversation.',
  details: { change: 'closed' },
};

/** Whoever quits within the hold may have wanted to take it back: it is kept where it was written, and not sent. */
export function keepHeldAsDrafts(deps: Pick<AttemptDeps, 'store' | 'clock' | 'emit'>): void {
  const { store, clock } = deps;
  const now = clock.now();
  const held = listRowsInState(store, 'queued')
    .map((row) => findReplyRow(store, row))
    .filter(({ heldUntil, action }) => action === 'reply' && heldUntil !== null && heldUntil > now);
  if (held.length === 0) return;
  const cancelled: ReplyRecord[] = [];
  for (const replies of Map.groupBy(held, ({ conversationRow }) => conversationRow).values()) {
    store.transaction(() => {
      for (const { row } of replies) {
        const changed = changeReply(store, row, { kind: 'cancel', reason: heldBack }, now);
        if (changed) cancelled.push(changed);
      }
      keepAsDraft(store, replies, now, now);
    });
  }
  announce(deps, cancelled);
  const conversationIds = [
    ...new Set(cancelled.map(({ conversationRow }) => toConversationId(conversationRow))),
  ];
  deps.emit({ name: 'drafts.changed', conversationIds });
}

/** A reply and the parts of its thread that have not left either, the first one first. */
export function withLaterParts(store: WritableStore, reply: ReplyRecord): ReplyRecord[] {
  return [reply, ...listLaterParts(store, reply.row).map((row) => findReplyRow(store, row))];
}

/** Texts become the conversation's draft, in front of what stands there, with their pictures. */
export function keepAsDraft(
  store: WritableStore,
  replies: readonly ReplyRecord[],
  now: number,
  heldBackAt: number | null,
): Draft | null {
  const [first] = replies;
  if (!first) return null;
  const known = findDraft(store, first.conversationRow);
  const attachments = new Map(
    [...replies.flatMap(({ row }) => listAttachmentsOfReply(store, row)), ...(known?.attachments ?? [])].map(
      (attachment) => [attachment.attachmentId, attachment],
    ),
  );
  const text = replies.map((reply) => reply.text).join('\n\n');
  return saveDraft(store, {
    conversationId: toConversationId(first.conversationRow),
    text: known === null || known.text === '' ? text : `${text}\n\n${known.text}`,
    accountRow: first.accountRow,
    mentionRow: first.mentionRow,
    attachments: [...attachments.values()],
    selectionStart: text.length,
    heldBackAt,
    at: now,
  });
}
