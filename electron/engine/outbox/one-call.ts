import type { FeatureHandlers } from '../rpc/handlers.ts';
import type { repliesMethods } from '../../../shared/contract/methods/replies.ts';

type RepliesHandlers = FeatureHandlers<typeof repliesMethods>;

/**
 * For a process that runs one call and goes (the command line): what is due is sent before the answer of a call that
 * tells how things stand, and after one that sets something going. Nothing else would send it there.
 */
export function settledAround(handlers: RepliesHandlers, settle: () => Promise<void>): RepliesHandlers {
  return {
    ...handlers,
    'replies.queue': async (input, context) => {
      const answer = await handlers['replies.queue'](input, context);
      await settle();
      return answer;
    },
    'replies.act': async (input, context) => {
      const answer = await handlers['replies.act'](input, context);
      await settle();
      return answer;
    },
    'replies.retry': async (input, context) => {
      await handlers['replies.retry'](input, context);
      await settle();
      return handlers['replies.get'](input, context);
    },
    'replies.get': async (input, context) => {
      await settle();
      return handlers['replies.get'](input, context);
    },
    'replies.list': async (input, context) => {
      await settle();
      return handlers['replies.list'](input, context);
    },
    'replies.counts': async (input, context) => {
      await settle();
      return handlers['replies.counts'](input, context);
    },
  };
}
