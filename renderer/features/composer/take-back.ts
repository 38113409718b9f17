import type { ReplyId } from '../../../shared/model/ids.ts';
import type { Draft } from '../../../shared/model/reply.ts';
import { asFailure } from '../../client/failure-center.ts';

/** What is needed of `replies.cancel`: it takes the parts that follow with it. */
export type CancelReply = (input: {
  readonly replyId: ReplyId;
  readonly keepsDraft: boolean;
}) => Promise<{ readonly draft: Draft | null }>;

export type TakenBack =
  | { readonly kind: 'all' }
  /** So many parts had left; the others are the draft of their conversation. */
  | { readonly kind: 'rest'; readonly leftCount: number; readonly draft: Draft | null }
  | { readonly kind: 'none' };

/**
 * Takes a reply back with all its parts, in order: the first that has not left takes those after it along, in one
 * step of the engine. Rejects when the engine could not be asked; then nothing more was taken back than is told.
 */
export async function takeBackParts(cancel: CancelReply, replyIds: readonly ReplyId[]): Promise<TakenBack> {
  for (const [leftCount, replyId] of replyIds.entries()) {
    try {
      // All of it is put back by whoever wrote it; a rest is put together by the engine.
      const { draft } = await cancel({ replyId, keepsDraft: leftCount > 0 });
      return leftCount === 0 ? { kind: 'all' } : { kind: 'rest', leftCount, draft };
    } catch (error) {
      if (asFailure(error).code !== 'conflict') throw error;
    }
  }
  return { kind: 'none' };
}

/** "The first of 3 parts has left already; the rest is a draft again." */
export function restWords(leftCount: number, count: number): string {
  const left = leftCount === 1 ? 'The first' : `${leftCount}`;
  return `${left} of ${count} parts ${leftCount === 1 ? 'has' : 'have'} left already; the rest is a draft again`;
}
