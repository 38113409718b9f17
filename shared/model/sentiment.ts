import { z } from 'zod';

/** `unrated`: the language is not one that Earshot claims to read. */
export const sentimentLabelSchema = z.enum(['positive', 'neutral', 'negative', 'unsure', 'unrated']);
export type SentimentLabel = z.infer<typeof sentimentLabelSchema>;

/** `score` runs from -1 (negative) to 1 (positive); it is 0 for `unrated`. */
export const sentimentSchema = z.object({ label: sentimentLabelSchema, score: z.number().min(-1).max(1) });
export type Sentiment = z.infer<typeof sentimentSchema>;

/** A word that moved the score: where it stands in the mention's text, and by how much it moved it. */
export const sentimentWordSchema = z.object({
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  weight: z.number(),
});
export type SentimentWord = z.infer<typeof sentimentWordSchema>;
