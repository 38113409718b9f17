import { z } from 'zod';
import { sourceIdSchema, trackerIdSchema } from '../../model/ids.ts';
import { inboxItemSchema } from '../../model/mention.ts';

/** inbox: open · snoozed · done · all · source:ID and tracker:ID: the open ones of that source or tracker. */
export const viewSchema = z.string().regex(/^(inbox|snoozed|done|all|(source|tracker):[1-9]\d{0,15})$/);

export const inboxMethods = {
  'inbox.list': {
    input: z.object({
      view: viewSchema.default('inbox'),
      /** The tracker language, over everything stored that the view holds. */
      search: z.string().max(4000).optional(),
      cursor: z.string().max(100).optional(),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({
      items: z.array(inboxItemSchema),
      nextCursor: z.string().nullable(),
      /** Conversations in the view, or found by the search; a search stops counting at 10,000. */
      total: z.number().int(),
    }),
  },
  'inbox.counts': {
    input: z.object({}),
    output: z.object({
      inbox: z.object({ total: z.number().int(), unread: z.number().int() }),
      snoozed: z.number().int(),
      done: z.number().int(),
      /** Open conversations. */
      sources: z.array(
        z.object({ sourceId: sourceIdSchema, total: z.number().int(), unread: z.number().int() }),
      ),
      trackers: z.array(
        z.object({ trackerId: trackerIdSchema, total: z.number().int(), unread: z.number().int() }),
      ),
    }),
  },
};
