import { z } from 'zod';
import { conversationIdSchema, instantSchema } from '../../model/ids.ts';
import { conversationSchema, conversationStatusSchema } from '../../model/mention.ts';

const someConversations = z.array(conversationIdSchema).min(1).max(10_000);

/** What one undo step did, so that the window can say it ("Done · Undo"). */
export const triageStepSchema = z.object({
  stepId: z.string(),
  kind: z.enum(['open', 'snooze', 'done', 'read', 'unread']),
  conversationIds: z.array(conversationIdSchema),
});
export type TriageStep = z.infer<typeof triageStepSchema>;

export const conversationsMethods = {
  'conversations.get': {
    input: z.object({ conversationId: conversationIdSchema }),
    output: conversationSchema,
  },
  /** One undo step. `snoozedUntil` goes with `snoozed` alone and must lie ahead; left out, it is tomorrow at nine. `step` is null when nothing changed. */
  'conversations.setStatus': {
    input: z.object({
      conversationIds: someConversations,
      status: conversationStatusSchema,
      snoozedUntil: instantSchema.optional(),
    }),
    output: z.object({ changed: z.number().int(), step: triageStepSchema.nullable() }),
  },
  /** `isUndoable: false` is for reading by looking at it, which nobody wants to undo. */
  'conversations.setUnread': {
    input: z.object({
      conversationIds: someConversations,
      unread: z.boolean(),
      isUndoable: z.boolean().default(true),
    }),
    output: z.object({ changed: z.number().int(), step: triageStepSchema.nullable() }),
  },
  /** Takes back the newest step that is not yet undone; 50 are kept, over restarts too. Null: nothing to undo. */
  'triage.undo': { input: z.object({}), output: z.object({ step: triageStepSchema.nullable() }) },
  'triage.redo': { input: z.object({}), output: z.object({ step: triageStepSchema.nullable() }) },
};
