import type { repliesMethods } from '../../../shared/contract/methods/replies.ts';
import type { Settings } from '../../../shared/model/settings.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { Reply } from '../../../shared/model/reply.ts';
import type { FeatureHandlers } from '../rpc/handlers.ts';
import { deleteDraft, findDraft } from '../store/queries/drafts.ts';
import {
  findReply,
  insertReply,
  type ReplyRecord,
  savePrepared,
  saveSeen,
  unreadableFailure,
} from '../store/queries/replies.ts';
import { countReplies, listReplies, toReply } from '../store/queries/reply-lists.ts';
import { appendActivity } from '../store/queries/activity.ts';
import { useInReply } from '../store/queries/attachments.ts';
import { findTarget } from '../store/queries/reply-targets.ts';
import { findReplyRow } from '../store/queries/replies.ts';
import { durably } from '../store/durable.ts';
import { toConversationId, toReplyId, toRow } from '../store/row-ids.ts';
import { actHandler } from './act-handler.ts';
import { announce } from './attempt.ts';
import type { AttemptDeps } from './attempt-context.ts';
import { seenNow } from './before-sending.ts';
import { changeReply } from './change-reply.ts';
import { checkAttachments, invalid, partsOf, textLimitOf, tidyText } from './check-reply.ts';
import { createDraftHandlers } from './draft-handlers.ts';
import { keepAsDraft, withLaterParts } from './held-back.ts';
import type { Outbox } from './outbox.ts';
import { openingOf } from '../../../shared/text/opening.ts';
import { chooseSender, conversationTarget } from './senders.ts';

export interface RepliesDeps extends Pick<AttemptDeps, 'store' | 'connectors' | 'clock' | 'emit'> {
  readonly outbox: Pick<Outbox, 'poke' | 'waits'>;
  readonly settings: () => Promise<Settings>;
}

const longestChatHoldMs = 5_000;

export function createRepliesHandlers(deps: RepliesDeps): FeatureHandlers<typeof repliesMethods> {
  const { store, connectors, clock, outbox } = deps;

  const shown = (record: ReplyRecord): Reply =>
    toReply(store, record, outbox.waits().get(record.row) ?? null);

  /** Tells of what changed and has the worker look at it. */
  function moved(rows: readonly number[]): void {
    announce(
      deps,
      rows.map((row) => findReplyRow(store, row)),
    );
    outbox.poke();
  }

  return {
    ...createDraftHandlers(deps),
    'replies.queue': async (input) => {
      const defaultHoldMs = (await deps.settings()).holdSeconds * 1000;
      const target = conversationTarget(store, input.conversationId, input.inReplyToMentionId);
      const text = tidyText(input.text);
      const asked = input.attachments ?? [];
      if (text === '' && asked.length === 0)
        throw invalid('text', 'There is nothing to send yet. Write something first.');
      const { account, connector } = chooseSender(deps, target, input.accountId, true);
      const { name, capabilities } = connector.info;
      const opening = capabilities.opensWithAuthor ? openingOf(text, target.author.handle) : '';
      const limit = textLimitOf(connector, account);
      const parts = partsOf(text, limit, input.isThread ?? false, name, opening);
      const attachments = checkAttachments(store, asked, capabilities.media, name);
      const now = clock.now();
      const usualHoldMs = capabilities.isChat ? Math.min(defaultHoldMs, longestChatHoldMs) : defaultHoldMs;
      const holdMs = input.holdMs ?? usualHoldMs;
      const seen = seenNow(store, target, target.conversationRow);
      let hadDraft = false;
      const rows = durably(store, () =>
        store.transaction(() => {
          const queued: number[] = [];
          for (const [index, part] of parts.entries()) {
            const isFirst = index === 0;
            const row = insertReply(store, {
              conversationRow: target.conversationRow,
              accountRow: toRow(account.accountId),
              connector: account.connector,
              platform: target.platform,
              action: 'reply',
              mentionRow: isFirst ? target.mentionRow : null,
              previousRow: queued.at(-1) ?? null,
              part: parts.length > 1 ? { index: index + 1, count: parts.length } : null,
              text: part,
              idempotencyKey: crypto.randomUUID(),
              seen: isFirst ? seen : { ...seen, wordsHash: null },
              heldUntil: holdMs > 0 ? now + holdMs : null,
              sendAt: input.sendAt !== undefined && input.sendAt > now ? input.sendAt : null,
              createdAt: now,
            });
            if (isFirst) useInReply(store, row, attachments);
            queued.push(row);
          }
          appendActivity(store, {
            conversationRow: target.conversationRow,
            at: now,
            kind: 'reply-queued',
            detail: { replyId: toReplyId(queued[0] as number), action: 'reply' },
          });
          // What was typed has become this; anything else in the draft is another text.
          const draft = findDraft(store, target.conversationRow);
          hadDraft = draft !== null && tidyText(draft.text) === text;
          if (hadDraft) deleteDraft(store, target.conversationRow);
          return queued;
        }),
      );
      moved(rows);
      if (hadDraft) deps.emit({ name: 'drafts.changed', conversationIds: [input.conversationId] });
      return { replyId: toReplyId(rows[0] as number), replyIds: rows.map(toReplyId) };
    },
    'replies.act': actHandler(deps, moved),
    'replies.get': ({ replyId }) => shown(findReply(store, replyId)),
    'replies.list': ({ view, cursor, limit }) => {
      if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) {
        throw invalid('cursor', 'This cursor does not come from Earshot. Start again without one.');
      }
      const below = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor);
      const found = listReplies(store, view, below, limit + 1);
      const page = found.slice(0, limit);
      const waits = outbox.waits();
      return {
        replies: page.map((record) => toReply(store, record, waits.get(record.row) ?? null)),
        nextCursor: found.length > limit ? String(page.at(-1)?.row) : null,
      };
    },
    'replies.counts': () => countReplies(store),
    'replies.cancel': ({ replyId, keepsDraft }) => {
      const reply = findReply(store, replyId);
      const conversationId = toConversationId(reply.conversationRow);
      if (reply.state === 'cancelled') {
        return { reply: shown(reply), draft: findDraft(store, reply.conversationRow) };
      }
      const now = clock.now();
      const { rows, draft } = durably(store, () =>
        store.transaction(() => {
          const taken = withLaterParts(store, reply).filter(
            ({ row }) => changeReply(store, row, { kind: 'cancel', reason: null }, now) !== null,
          );
          if (taken[0]?.row !== reply.row) throw cannotCancel(reply);
          const isKept = keepsDraft && reply.action === 'reply';
          return {
            rows: taken.map(({ row }) => row),
            draft: isKept ? keepAsDraft(store, taken, now, null) : findDraft(store, reply.conversationRow),
          };
        }),
      );
      moved(rows);
      if (keepsDraft) deps.emit({ name: 'drafts.changed', conversationIds: [conversationId] });
      return { reply: shown(findReply(store, replyId)), draft };
    },
    'replies.retry': ({ replyId }) => {
      const reply = findReply(store, replyId);
      if (reply.state === 'queued' || reply.state === 'sending') return shown(reply);
      if (reply.state !== 'failed' && reply.state !== 'unconfirmed') {
        throw new EarshotError('conflict', 'It was sent, or taken back: there is nothing to try again.');
      }
      if (reply.accountRow === null) {
        throw new EarshotError(
          'conflict',
          'Its account was removed. Take it back, and answer from another account.',
        );
      }
      durably(store, () => store.transaction(() => retry(reply)));
      moved([reply.row]);
      return shown(findReply(store, replyId));
    },
    'replies.markSent': ({ replyId }) => {
      const reply = findReply(store, replyId);
      if (reply.state === 'sent') return shown(reply);
      const now = clock.now();
      if (durably(store, () => changeReply(store, reply.row, { kind: 'mark-sent', at: now }, now)) === null) {
        throw new EarshotError('conflict', 'Only what may have arrived can be marked as sent.');
      }
      moved([reply.row]);
      return shown(findReply(store, replyId));
    },
  };

  function retry(reply: ReplyRecord): void {
    const now = clock.now();
    const isUnreadable = reply.failure?.details?.['reason'] === unreadableFailure.details?.['reason'];
    if (reply.action === 'reply' && (isUnreadable || reply.failure?.code === 'conflict')) {
      const mention = reply.mentionRow === null ? null : findTarget(store, reply.mentionRow);
      const seen = seenNow(store, mention, reply.conversationRow);
      saveSeen(store, reply.row, { ...seen, isChangeAccepted: !isUnreadable });
    }
    // What never left is made anew: what it answers may be another version by now.
    const isUnsent = reply.firstAttemptAt === null && !reply.isDoubtful;
    if (isUnreadable || isUnsent) savePrepared(store, reply.row, undefined);
    const connector = connectors.get(reply.connector);
    const canLook = !isUnreadable && (reply.action !== 'reply' || connector?.reply?.find !== undefined);
    changeReply(store, reply.row, { kind: 'retry', at: now, canLook }, now);
  }
}

function cannotCancel({ state }: ReplyRecord): EarshotError {
  const reasons: Partial<Record<ReplyRecord['state'], string>> = {
    sending: 'It is leaving right now and cannot be taken back any more.',
    sent: 'It was sent and cannot be taken back. Delete it on the platform.',
    unconfirmed: 'It may have arrived. Look on the platform: then mark it as sent, or send it again.',
  };
  return new EarshotError('conflict', reasons[state] ?? 'It cannot be taken back.', { state });
}
