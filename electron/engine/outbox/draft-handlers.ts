import { EarshotError } from '../../../shared/contract/errors.ts';
import type { repliesMethods } from '../../../shared/contract/methods/replies.ts';
import type { FeatureHandlers } from '../rpc/handlers.ts';
import { findAccount } from '../store/queries/accounts.ts';
import { findAttachment, insertAttachment, readAttachmentBytes } from '../store/queries/attachments.ts';
import { deleteDraft, findDraft, listDrafts, saveDraft } from '../store/queries/drafts.ts';
import {
  deleteSavedReply,
  listSavedReplies,
  markSavedReplyUsed,
  writeSavedReply,
} from '../store/queries/saved-replies.ts';
import { isConversation } from '../store/queries/reply-targets.ts';
import { toRow } from '../store/row-ids.ts';
import { conversationsChanged } from '../inbox/conversations-changed.ts';
import type { AttemptDeps } from './attempt-context.ts';
import { invalid } from './check-reply.ts';
import { conversationTarget } from './senders.ts';

type DraftMethods = Pick<
  FeatureHandlers<typeof repliesMethods>,
  Extract<
    keyof typeof repliesMethods,
    `drafts.${string}` | `attachments.${string}` | `savedReplies.${string}`
  >
>;

/** What is being written, with its pictures, and what is written again and again. */
export function createDraftHandlers({
  store,
  clock,
  emit,
}: Pick<AttemptDeps, 'store' | 'clock' | 'emit'>): DraftMethods {
  return {
    'drafts.save': (input) => {
      const { conversationId, text, selectionStart } = input;
      const conversation = toRow(conversationId);
      if (!isConversation(store, conversation)) {
        throw new EarshotError('not-found', 'There is no such conversation.', { conversationId });
      }
      const known = findDraft(store, conversation);
      const accountId = input.accountId === undefined ? (known?.accountId ?? null) : input.accountId;
      const mentionId =
        input.inReplyToMentionId === undefined
          ? (known?.inReplyToMentionId ?? null)
          : input.inReplyToMentionId;
      const attachments = input.attachments ?? known?.attachments ?? [];
      for (const { attachmentId } of attachments) findAttachment(store, attachmentId);
      if (accountId !== null) findAccount(store, accountId);
      if (mentionId !== null) conversationTarget(store, conversationId, mentionId);
      const isEmpty = text === '' && attachments.length === 0;
      const draft = isEmpty
        ? null
        : saveDraft(store, {
            conversationId,
            text,
            accountRow: accountId === null ? null : toRow(accountId),
            mentionRow: mentionId === null ? null : toRow(mentionId),
            attachments,
            selectionStart: Math.min(selectionStart ?? text.length, text.length),
            heldBackAt: null,
            at: clock.now(),
          });
      if (isEmpty) deleteDraft(store, conversation);
      emit({ name: 'drafts.changed', conversationIds: [conversationId] });
      // Lists show that there is a draft, not what is in it.
      if ((known === null) !== (draft === null)) emit(conversationsChanged([conversationId]));
      return { draft };
    },
    'drafts.list': () => ({ drafts: listDrafts(store) }),

    'attachments.add': ({ name, type, data }) => {
      const bytes = Buffer.from(data, 'base64');
      if (bytes.length === 0) throw invalid('data', `${name} is empty. Choose another file.`);
      const attachmentId = insertAttachment(store, { name, type, bytes, at: clock.now() });
      return { ...findAttachment(store, attachmentId), alt: '' };
    },
    'attachments.get': ({ attachmentId }) => ({
      ...findAttachment(store, attachmentId),
      alt: '',
      data: Buffer.from(readAttachmentBytes(store, attachmentId)).toString('base64'),
    }),

    'savedReplies.list': () => ({ savedReplies: listSavedReplies(store) }),
    'savedReplies.save': (input) => {
      if (input.text.trim() === '') throw invalid('text', 'A saved reply needs a text.');
      const saved = writeSavedReply(store, { ...input, at: clock.now() });
      emit({ name: 'savedReplies.changed' });
      return saved;
    },
    'savedReplies.remove': ({ savedReplyId }) => {
      deleteSavedReply(store, savedReplyId);
      emit({ name: 'savedReplies.changed' });
      return {};
    },
    'savedReplies.used': ({ savedReplyId }) => {
      markSavedReplyUsed(store, savedReplyId, clock.now());
      emit({ name: 'savedReplies.changed' });
      return {};
    },
  };
}
