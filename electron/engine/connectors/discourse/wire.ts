import { z } from 'zod';

const id = z.number().int().positive();
const text = z.string().nullish();
const flag = z.boolean().nullish();

export const postSchema = z.object({
  id,
  username: z.string().min(1),
  name: text,
  created_at: text,
  updated_at: text,
  /** HTML. */
  cooked: z.string(),
  /** Markdown; not in every list. */
  raw: text,
  post_number: z.number().int().positive(),
  /** 1 is what a person wrote; the rest are notes of the forum and whispers of its staff. */
  post_type: z.number().int().nullish(),
  reply_to_post_number: z.number().int().nullish(),
  topic_id: id,
  topic_slug: text,
  topic_title: text,
  version: z.number().int().nullish(),
  hidden: flag,
  user_deleted: flag,
  deleted_at: text,
  actions_summary: z.array(z.object({ id: z.number().int(), acted: flag })).nullish(),
});
export type DiscoursePost = z.infer<typeof postSchema>;

/** Posts are parsed one by one: a bad one spoils only itself. */
export const latestPostsSchema = z.object({ latest_posts: z.array(z.unknown()) });

export const searchSchema = z.object({
  posts: z.array(z.object({ id })).default([]),
  grouped_search_result: z.object({ more_full_page_results: flag, error: text }).nullish(),
});

export const notificationsSchema = z.object({ notifications: z.array(z.unknown()) });
export const notificationSchema = z.object({
  id,
  notification_type: z.number().int(),
  created_at: text,
  topic_id: z.number().int().nullish(),
  post_number: z.number().int().nullish(),
  fancy_title: text,
});

export const topicSchema = z.object({
  title: text,
  closed: flag,
  archived: flag,
  details: z.object({ can_create_post: flag }).nullish(),
  post_stream: z.object({ stream: z.array(id).default([]) }),
});
export const topicPostsSchema = z.object({ post_stream: z.object({ posts: z.array(z.unknown()) }) });

export const currentUserSchema = z.object({
  current_user: z.object({ id, username: z.string().min(1), name: text }),
});

export const uploadSchema = z.object({
  /** `upload://….png`: how a post names it. */
  short_url: z.string().regex(/^upload:\/\/[\w.-]+$/),
  width: z.number().int().nullish(),
  height: z.number().int().nullish(),
  /** The size it is shown in. */
  thumbnail_width: z.number().int().nullish(),
  thumbnail_height: z.number().int().nullish(),
});

/** What a new post is answered with; without `post` it waits for a moderator. */
export const createdSchema = z.object({
  action: z.string(),
  post: postSchema.nullish(),
  pending_post: z.object({ id }).nullish(),
});
export const pendingPostsSchema = z.object({
  pending_posts: z.array(z.object({ id, raw_text: z.string(), topic_id: z.number().int().nullish() })),
});

export const refusalSchema = z.object({
  errors: z.array(z.string()).optional(),
  error_type: z.string().optional(),
  extras: z.object({ wait_seconds: z.number().optional() }).nullish(),
});
