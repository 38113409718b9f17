import { z } from 'zod';

/** A page of https://hn.algolia.com/api/v1/search_by_date. Hits are parsed one by one: a bad one spoils only itself. */
export const searchAnswerSchema = z.object({
  hits: z.array(z.unknown()),
  nbHits: z.number().int().nonnegative(),
});
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;

const text = z.string().nullish();

/** A story or a comment. Fields of the other kind are null or absent. */
export const hitSchema = z.object({
  objectID: z.string().regex(/^\d{1,15}$/),
  /** Seconds. */
  created_at_i: z.number().int().positive(),
  author: z.string().min(1),
  title: text,
  /** Where a story leads; null for a text post. */
  url: text,
  /** HTML, as `comment_text`. */
  story_text: text,
  comment_text: text,
  story_id: z.number().int().nullish(),
  story_title: text,
  parent_id: z.number().int().nullish(),
  /** The first one is the kind. */
  _tags: z.array(z.string()).optional(),
});
export type HackerNewsHit = z.infer<typeof hitSchema>;
