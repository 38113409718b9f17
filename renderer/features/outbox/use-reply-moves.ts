import { useCallback, useMemo } from 'react';
import type { ConversationId } from '../../../shared/model/ids.ts';
import type { Draft, Reply } from '../../../shared/model/reply.ts';
import { useCommand } from '../../client/hooks.ts';
import { undoHeldSendOf } from '../../state/held-send.ts';
import type { ReplyMove } from './reply-words.ts';

/** How what is taken back gets to where it can be written on. */
export interface Handover {
  /** Whatever is being written in that conversation is stored, so that the two can be joined. */
  readonly before: (conversationId: ConversationId) => Promise<unknown>;
  readonly after: (reply: Reply, draft: Draft | null) => void;
}

export interface ReplyMoves {
  readonly move: (reply: Reply, move: Exclude<ReplyMove, 'open'>) => void;
  readonly isMoving: boolean;
}

/** What can be done about a reply. One that is taken back is handed over to be written on. */
export function useReplyMoves(handover: Handover): ReplyMoves {
  const cancel = useCommand('replies.cancel', { failureTitle: 'Could not take it back' });
  const retry = useCommand('replies.retry', { failureTitle: 'Could not send it again' });
  const markSent = useCommand('replies.markSent', { failureTitle: 'Could not mark it as sent' });
  const { run: runCancel } = cancel;
  const { run: runRetry } = retry;
  const { run: runMarkSent } = markSent;
  const move = useCallback(
    (reply: Reply, what: Exclude<ReplyMove, 'open'>): void => {
      const { replyId } = reply;
      switch (what) {
        case 'undo':
        case 'edit':
          // As it was written, cursor and all, where that is still known.
          if (undoHeldSendOf(replyId)) return;
          void handover.before(reply.conversationId).then(async () => {
            const answer = await runCancel({ replyId });
            if (answer !== null) handover.after(answer.reply, answer.draft);
          });
          return;
        case 'discard':
          void runCancel({ replyId, keepsDraft: false });
          return;
        case 'is-there':
          void runMarkSent({ replyId });
          return;
        case 'retry':
        case 'send-anyway':
        case 'look':
        case 'send-again':
          void runRetry({ replyId });
      }
    },
    [runCancel, runRetry, runMarkSent, handover],
  );
  const isMoving = cancel.isRunning || retry.isRunning || markSent.isRunning;
  return useMemo(() => ({ move, isMoving }), [move, isMoving]);
}
