import { z } from 'zod';
import { failureSchema } from '../contract/errors.ts';
import { accountIdSchema, instantSchema, sourceIdSchema, trackerIdSchema } from './ids.ts';

/**
 * new: not asked yet · ok: the last poll worked · failing: the last poll did not, another is planned ·
 * blocked: only the user can mend it (credentials, address) and it is asked rarely · gone: the far end said
 * it is gone for good, no poll is planned · paused: the user stopped it.
 */
export const sourceStateSchema = z.enum(['new', 'ok', 'failing', 'blocked', 'gone', 'paused']);
export type SourceState = z.infer<typeof sourceStateSchema>;

export const sourceHealthSchema = z.object({
  state: sourceStateSchema,
  lastPollAt: instantSchema.nullable(),
  lastSuccessAt: instantSchema.nullable(),
  lastError: failureSchema.extend({ at: instantSchema }).nullable(),
  failCount: z.number().int(),
  nextPollAt: instantSchema.nullable(),
  intervalMs: z.number().nullable(),
});
export type SourceHealth = z.infer<typeof sourceHealthSchema>;

export const sourceSchema = z.object({
  sourceId: sourceIdSchema,
  connector: z.string(),
  accountId: accountIdSchema.nullable(),
  name: z.string(),
  settings: z.record(z.string(), z.unknown()),
  /** Empty: a source that is followed whole keeps everything; a search listens for every tracker. */
  trackerIds: z.array(trackerIdSchema),
  followsWhole: z.boolean(),
  /** Where a person can look at it in a browser. */
  url: z.string().nullable(),
  createdAt: instantSchema,
  mentionCount: z.number().int(),
  health: sourceHealthSchema,
});
export type Source = z.infer<typeof sourceSchema>;
