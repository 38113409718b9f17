import { z } from 'zod';
import { trackerIdSchema } from '../../model/ids.ts';
import { inboxItemSchema } from '../../model/mention.ts';
import { trackerSchema } from '../../model/tracker.ts';

const nameSchema = z.string().trim().min(1).max(200);
/** As it was written, with its spaces: the position of a mistake counts in it. An empty one is an `invalid-query`. */
const querySchema = z.string().max(4000);

export const trackersMethods = {
  /** Fails with `invalid-query` and its position, or `conflict` when the name is taken. */
  'trackers.create': { input: z.object({ name: nameSchema, query: querySchema }), output: trackerSchema },
  'trackers.list': { input: z.object({}), output: z.object({ trackers: z.array(trackerSchema) }) },
  'trackers.update': {
    input: z.object({
      trackerId: trackerIdSchema,
      name: nameSchema.optional(),
      query: querySchema.optional(),
    }),
    output: trackerSchema,
  },
  'trackers.remove': { input: z.object({ trackerId: trackerIdSchema }), output: z.object({}) },
  /** What the query would have matched among the mentions already stored; newest first. */
  'trackers.preview': {
    input: z.object({ query: querySchema, limit: z.number().int().min(1).max(50).default(10) }),
    output: z.object({
      items: z.array(inboxItemSchema),
      /** Matches among the newest `searched` mentions. */
      total: z.number().int(),
      searched: z.number().int(),
      /** Mean matches a day over the days those mentions span; null when there is too little to say. */
      perDay: z.number().nullable(),
    }),
  },
};
