import { z } from 'zod';

/** How the platform counts a text, and how much of it it takes. */
export const textLimitSchema = z.object({
  /** graphemes: what a reader calls a character · code-points · utf16: JavaScript's length · bytes: UTF-8. */
  unit: z.enum(['graphemes', 'code-points', 'utf16', 'bytes']),
  most: z.number().int(),
  /** A second ceiling, in UTF-8 bytes. */
  mostBytes: z.number().int().nullable(),
  /** What every http(s) address counts, however long it is; null: as it is written. */
  addressCounts: z.number().int().nullable(),
  /** `@name@server` counts as `@name`. */
  isServerOfMentionFree: z.boolean(),
});
export type TextLimit = z.infer<typeof textLimitSchema>;
