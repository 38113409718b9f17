import { useCallback } from 'react';
import type { Draft, Reply } from '../../../shared/model/reply.ts';
import { useCommand } from '../../client/hooks.ts';
import { withdrawSendUndo } from '../../state/held-send.ts';
import type { ReplyMove } from './reply-words.ts';

export interface ReplyMoves {
  readonly move: (reply: Reply, move: Exclude<ReplyMove, 'open'>) => void;
  readonly isMoving: boolean;
}

/** What can be done about a reply. One that is taken back is handed over to be written on. */
export function useReplyMoves(onEdit: (reply: Reply, draft: Draft | null) => void): ReplyMoves {
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
          withdrawSendUndo();
          void runCancel({ replyId }).then((answer) => {
            if (answer !== null) onEdit(answer.reply, answer.draft);
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
    [runCancel, runRetry, runMarkSent, onEdit],
  );
  return { move, isMoving: cancel.isRunning || retry.isRunning || markSent.isRunning };
}
