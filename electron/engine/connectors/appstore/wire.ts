import { z } from 'zod';

/** Every value stands in a `label` of its own. */
const label = z.object({ label: z.string() });

/** `entry` is missing for no review and an object for one. */
export const answerSchema = z.object({
  feed: z.object({ entry: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).optional() }),
});

export const reviewSchema = z.object({
  id: label,
  title: label,
  content: label,
  'im:rating': label,
  'im:version': label.optional(),
  author: z.object({ name: label, uri: label.optional() }),
  updated: label,
  link: z.object({ attributes: z.object({ href: z.string() }) }).optional(),
});
export type Review = z.infer<typeof reviewSchema>;
