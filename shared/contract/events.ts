import { z } from 'zod';
import { accountIdSchema, conversationIdSchema, replyIdSchema, sourceIdSchema } from '../model/ids.ts';

/** Everything the engine announces. An event says what changed; whoever missed one asks again. */
export const engineEventSchema = z.discriminatedUnion('name', [
  /** `conversationIds` is empty when too many changed to list: ask for everything again. */
  z.object({
    name: z.literal('conversations.changed'),
    conversationIds: z.array(conversationIdSchema),
    /** How many mentions are new; they wait behind the "n new" bar. */
    inserted: z.number().int(),
  }),
  z.object({ name: z.literal('sources.changed'), sourceIds: z.array(sourceIdSchema) }),
  z.object({ name: z.literal('trackers.changed') }),
  z.object({ name: z.literal('settings.changed') }),
  /** Accounts were added, removed, renewed or found to be expired. */
  z.object({ name: z.literal('accounts.changed'), accountIds: z.array(accountIdSchema) }),
  /** A sign-in that was under way has ended, well or not: `accounts.getSignIn` tells. */
  z.object({ name: z.literal('accounts.signInEnded'), signInId: z.string() }),
  /** Something in the outbox moved. */
  z.object({
    name: z.literal('replies.changed'),
    replyIds: z.array(replyIdSchema),
    conversationIds: z.array(conversationIdSchema),
  }),
  z.object({ name: z.literal('drafts.changed'), conversationIds: z.array(conversationIdSchema) }),
  z.object({ name: z.literal('savedReplies.changed') }),
  /** Polling started, stopped or lost the network: `app.info` tells. */
  z.object({ name: z.literal('app.changed') }),
  /** Another workspace is open: everything shown is stale. */
  z.object({ name: z.literal('workspace.changed') }),
]);
export type EngineEvent = z.infer<typeof engineEventSchema>;
