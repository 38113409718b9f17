import { z } from 'zod';
import { failureSchema } from '../errors.ts';
import { accountIdSchema, sourceIdSchema, trackerIdSchema } from '../../model/ids.ts';
import { matchSpanSchema } from '../../model/mention.ts';
import { sourceSchema } from '../../model/source.ts';

const settingsSchema = z.record(z.string(), z.unknown());
const sourceNameSchema = z.string().trim().min(1).max(200);

export const pollResultSchema = z.object({
  sourceId: sourceIdSchema,
  /** Items the platform gave. */
  fetched: z.number().int(),
  /** Mentions stored for the first time. */
  inserted: z.number().int(),
  /** Known mentions whose content changed. */
  updated: z.number().int(),
  /** Items that at least one tracker matched. */
  matched: z.number().int(),
  error: failureSchema.optional(),
});
export type PollResult = z.infer<typeof pollResultSchema>;

export const sourcesMethods = {
  'sources.add': {
    input: z.object({
      connector: z.string().max(50),
      settings: settingsSchema,
      /** Whose eyes it listens with; left out where none is needed. */
      accountId: accountIdSchema.optional(),
      trackerIds: z.array(trackerIdSchema).max(500).optional(),
      name: sourceNameSchema.optional(),
    }),
    output: sourceSchema,
  },
  'sources.list': { input: z.object({}), output: z.object({ sources: z.array(sourceSchema) }) },
  'sources.update': {
    input: z.object({
      sourceId: sourceIdSchema,
      name: sourceNameSchema.optional(),
      /** Whose eyes it listens with from now on; null for nobody's. */
      accountId: accountIdSchema.nullable().optional(),
      settings: settingsSchema.optional(),
      trackerIds: z.array(trackerIdSchema).max(500).optional(),
      paused: z.boolean().optional(),
    }),
    output: sourceSchema,
  },
  /** Stops listening. The mentions it brought stay. */
  'sources.remove': { input: z.object({ sourceId: sourceIdSchema }), output: z.object({}) },
  /** Polls now, all sources when none is named, and answers when those polls have ended. */
  'sources.pollNow': {
    input: z.object({ sourceIds: z.array(sourceIdSchema).max(5000).optional() }),
    output: z.object({ results: z.array(pollResultSchema) }),
  },
  /** A dry run: asks the far end, stores nothing. Fails as the poll would. */
  'sources.test': {
    input: z.object({
      connector: z.string().max(50),
      settings: settingsSchema,
      /** Whose eyes it listens with; left out where none is needed. */
      accountId: accountIdSchema.optional(),
      trackerIds: z.array(trackerIdSchema).max(500).optional(),
    }),
    output: z.object({
      /** What the far end calls itself; null when it does not say. */
      name: z.string().nullable(),
      /** The settings to add it with, when discovery found a better address. */
      settings: settingsSchema,
      fetched: z.number().int(),
      matched: z.number().int(),
      /** Up to five of the newest, matched ones first. */
      items: z.array(
        z.object({
          title: z.string().nullable(),
          text: z.string(),
          author: z.string(),
          url: z.string().nullable(),
          publishedAt: z.number().nullable(),
          isMatched: z.boolean(),
          spans: z.array(matchSpanSchema),
        }),
      ),
      /** Other feeds that the page offers. */
      alternatives: z.array(z.object({ url: z.string(), title: z.string().nullable() })),
    }),
  },
};
