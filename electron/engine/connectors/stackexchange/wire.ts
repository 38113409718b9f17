import { z } from 'zod';

const id = z.number().int().positive();
const text = z.string().nullish();
const seconds = z.number().int();

/** What every answer is wrapped in. Items are parsed one by one: a bad one spoils only itself. */
export const wrapperSchema = z.object({
  items: z.array(z.unknown()),
  has_more: z.boolean().nullish(),
  quota_remaining: z.number().int().nullish(),
  /** Seconds until the same method may be asked again. */
  backoff: z.number().nullish(),
});
export type Wrapper = z.infer<typeof wrapperSchema>;

export const refusalSchema = z.object({
  error_id: z.number().int(),
  error_name: text,
  error_message: text,
});

/** Names and titles come with their special characters escaped as in HTML. */
const ownerSchema = z.object({
  user_id: z.number().int().nullish(),
  display_name: text,
  link: text,
});
export type Owner = z.infer<typeof ownerSchema>;

/** A hit of /search/excerpts. */
export const excerptSchema = z.object({
  item_type: z.string(),
  question_id: id,
  answer_id: id.nullish(),
  creation_date: seconds,
  title: text,
});

/** A question of /questions. */
export const questionSchema = z.object({ question_id: id, creation_date: seconds, title: text });

/** A question or an answer, of /posts: they share their ids. */
export const postSchema = z.object({
  post_id: id,
  post_type: z.string(),
  body: z.string(),
  owner: ownerSchema.nullish(),
  creation_date: seconds,
  last_edit_date: seconds.nullish(),
  link: text,
  title: text,
});
export type StackPost = z.infer<typeof postSchema>;

export const commentSchema = z.object({
  comment_id: id,
  post_id: id,
  body: z.string(),
  owner: ownerSchema.nullish(),
  creation_date: seconds,
  edited: z.boolean().nullish(),
  link: text,
});
export type StackComment = z.infer<typeof commentSchema>;

export const inboxItemSchema = z.object({
  item_type: z.string(),
  question_id: id.nullish(),
  answer_id: id.nullish(),
  comment_id: id.nullish(),
  creation_date: seconds,
  title: text,
  site: z.object({ api_site_parameter: z.string() }).nullish(),
});

export const userSchema = z.object({ user_id: id, display_name: z.string(), link: text });
