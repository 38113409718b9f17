import { z } from 'zod';

/** An article as the DOC 2.0 API lists it; an empty answer has no list at all. */
export const answerSchema = z.object({ articles: z.array(z.unknown()).optional() });

export const articleSchema = z.object({
  url: z.string().min(1),
  title: z.string(),
  /** UTC, as 20261120T081500Z: when it was seen, which is all that is known of its time. */
  seendate: z.string().regex(/^\d{8}T\d{6}Z$/),
  domain: z.string(),
  /** In English words: “German”. */
  language: z.string().optional(),
});
export type Article = z.infer<typeof articleSchema>;
