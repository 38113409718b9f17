import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { ConversationId, ReplyId } from '../../../shared/model/ids.ts';
import { asFailure, failureCenter } from '../../client/failure-center.ts';
import { failureLine } from '../../client/failure-sentence.ts';
import { useClient } from '../../client/hooks.ts';
import { offerSendUndo, undoHeldSendOf } from '../../state/held-send.ts';
import { shownKeys } from '../../state/key-map.ts';
import { showNotice } from '../../state/notice-store.ts';
import { untilWords } from '../../ui/time-words.ts';
import { openComposer } from './composer-store.ts';
import type { LocalDraft } from './draft-keeper.ts';
import { restWords, takeBackParts, type TakenBack } from './take-back.ts';
import { setCachedDraft, useDraftKeeper } from './use-drafts.ts';

export interface Sending {
  readonly conversationId: ConversationId;
  readonly draft: LocalDraft;
  readonly isThread: boolean;
  readonly holdSeconds: number;
  readonly sendAt?: number;
  /** Decides the conversation with it; taken back with it unless something else was done since. */
  readonly done?: { readonly run: () => void; readonly undo: () => void };
}

export interface SendCommand {
  /** Resolves with whether it is in the outbox; the text stays where it is when not. */
  readonly send: (sending: Sending) => Promise<boolean>;
  readonly isSending: boolean;
  readonly failureLine: string | null;
  readonly clearFailure: () => void;
}

/** Hands a draft to the outbox, and takes it back from there. */
export function useSend(showConversation: (conversationId: ConversationId) => void): SendCommand {
  const client = useClient();
  const queries = useQueryClient();
  const keeper = useDraftKeeper();
  const [isSending, setSending] = useState(false);
  const [line, setLine] = useState<string | null>(null);
  /** Two presses within one frame are one. */
  const isUnderWay = useRef(false);

  const takeBack = useCallback(
    async (
      { conversationId, draft, done }: Sending,
      replyIds: readonly ReplyId[],
      isNewestAction: boolean,
    ): Promise<void> => {
      // What was typed since must be stored, so that a rest can be joined with it.
      await keeper.flush(conversationId);
      let taken: TakenBack;
      try {
        taken = await takeBackParts((input) => client.call('replies.cancel', input), replyIds);
      } catch (error) {
        failureCenter.getState().report('Could not take the reply back', error);
        return;
      }
      if (taken.kind === 'none') {
        showNotice({ tone: 'error', message: 'Too late: it has left already' });
        return;
      }
      void queries.invalidateQueries({ queryKey: ['conversations.get', { conversationId }] });
      if (isNewestAction) done?.undo();
      if (taken.kind === 'all') keeper.restore(conversationId, draft);
      else keeper.adopt(conversationId, taken.draft);
      void keeper.flush(conversationId);
      showConversation(conversationId);
      openComposer(conversationId);
      showNotice({
        tone: 'plain',
        message:
          taken.kind === 'all' ? 'Taken back; nothing was sent' : restWords(taken.leftCount, replyIds.length),
      });
    },
    [client, keeper, queries, showConversation],
  );

  const send = useCallback(
    async (sending: Sending): Promise<boolean> => {
      if (isUnderWay.current) return false;
      isUnderWay.current = true;
      setSending(true);
      setLine(null);
      const { conversationId, draft, sendAt, isThread, holdSeconds } = sending;
      try {
        // A save that arrived after the reply would make its draft anew.
        await keeper.flush(conversationId);
        const { replyIds } = await client.call('replies.queue', {
          conversationId,
          text: draft.text,
          attachments: draft.attachments.map(({ attachmentId, alt }) => ({ attachmentId, alt })),
          isThread,
          ...(draft.accountId === null ? {} : { accountId: draft.accountId }),
          ...(draft.inReplyToMentionId === null ? {} : { inReplyToMentionId: draft.inReplyToMentionId }),
          ...(sendAt === undefined ? {} : { sendAt, holdMs: 0 }),
        });
        keeper.forget(conversationId);
        // An answer that is on its way tells of the time before, when there was a draft.
        const queryKey = ['conversations.get', { conversationId }];
        await queries.cancelQueries({ queryKey });
        setCachedDraft(queries, conversationId, null);
        void queries.invalidateQueries({ queryKey });
        // Before the undo is offered: it takes back both.
        sending.done?.run();
        const [firstId] = replyIds;
        const now = Date.now();
        if (sendAt !== undefined || holdSeconds > 0) {
          const until = sendAt ?? now + holdSeconds * 1000;
          offerSendUndo({ replyIds, until, run: (isNewest) => void takeBack(sending, replyIds, isNewest) });
          showNotice({
            tone: 'plain',
            message:
              sendAt === undefined
                ? `Held for ${holdSeconds} s, then sent`
                : `Will be sent ${untilWords(sendAt, now)}`,
            // As long as it can be taken back; what is sent later can for long, in the outbox.
            ...(sendAt === undefined ? { durationMs: until - now } : {}),
            action: {
              label: 'Undo',
              shortcut: shownKeys('undo'),
              run: () => {
                const isBack = firstId !== undefined && undoHeldSendOf(firstId);
                if (!isBack) showNotice({ tone: 'error', message: 'Too late: it has left already' });
              },
            },
          });
        }
        return true;
      } catch (error) {
        setLine(failureLine(asFailure(error), Date.now()));
        return false;
      } finally {
        isUnderWay.current = false;
        setSending(false);
      }
    },
    [client, keeper, queries, takeBack],
  );
  const clearFailure = useCallback(() => setLine(null), []);
  return { send, isSending, failureLine: line, clearFailure };
}
