import { z } from 'zod';

/**
 * Both generations of the interface: v3 (Lemmy 0.19) and v4 (Lemmy 1.0) name a few fields differently, and either
 * name is read. Ids are 32-bit numbers of one server.
 */
const id = z.number().int().positive();
const text = z.string().nullish();
const flag = z.boolean().nullish();

const personSchema = z.object({
  id,
  name: z.string().min(1),
  display_name: text,
  /** v3. */
  actor_id: text,
  /** v4. */
  ap_id: text,
});
export type LemmyPerson = z.infer<typeof personSchema>;

const postSchema = z.object({
  id,
  name: z.string(),
  ap_id: z.url(),
  body: text,
  /** Where the post leads. */
  url: text,
  published: text,
  published_at: text,
  deleted: flag,
  removed: flag,
  locked: flag,
  language_id: z.number().int().nullish(),
});

const commentSchema = z.object({
  id,
  ap_id: z.url(),
  post_id: id,
  content: z.string(),
  /** `0.12.34`: its ancestors and itself, by their ids on this server. */
  path: z.string(),
  published: text,
  published_at: text,
  deleted: flag,
  removed: flag,
  locked: flag,
  language_id: z.number().int().nullish(),
});

export const postViewSchema = z.object({
  post: postSchema,
  creator: personSchema,
  /** v3: whether the account is banned there. */
  banned_from_community: flag,
});
export type PostView = z.infer<typeof postViewSchema>;

export const commentViewSchema = z.object({
  comment: commentSchema,
  creator: personSchema,
  post: postSchema,
});
export type CommentView = z.infer<typeof commentViewSchema>;

const views = z.array(z.unknown());
const nextPage = z.string().nullish();

/** Whatever of these a list or a search holds. Views are parsed one by one: a bad one spoils only itself. */
export const listSchema = z
  .object({
    comments: views.optional(),
    posts: views.optional(),
    /** v3: the inbox. */
    replies: views.optional(),
    mentions: views.optional(),
    /** v4. */
    items: views.optional(),
    next_page: nextPage,
  })
  .refine(
    ({ comments, posts, replies, mentions, items }) => comments ?? posts ?? replies ?? mentions ?? items,
    {
      error: 'There is no list.',
    },
  );

/** One entry of the inbox of v3: a view with the notification beside it. */
export const inboxEntrySchema = z.object({
  comment_reply: z.object({ published: z.string() }).optional(),
  person_mention: z.object({ published: z.string() }).optional(),
});

/** One entry of the inbox of v4. */
export const notificationSchema = z.object({
  notification: z.object({ kind: z.string(), published_at: z.string() }),
  data: z.unknown(),
});

export const siteSchema = z.object({
  version: z.string(),
  all_languages: z.array(z.object({ id: z.number().int(), code: z.string() })).default([]),
  /** v3, with an account. */
  my_user: z.unknown().optional(),
});

export const myUserSchema = z.object({ local_user_view: z.object({ person: personSchema }) });
export const loginSchema = z.object({
  jwt: text,
  registration_created: flag,
  verify_email_sent: flag,
});
export const postAnswerSchema = z.object({ post_view: postViewSchema });
export const commentAnswerSchema = z.object({ comment_view: commentViewSchema });
export const resolvedSchema = z.object({
  comment: commentViewSchema.nullish(),
  post: postViewSchema.nullish(),
  person: z.object({ person: personSchema }).nullish(),
  /** v4. */
  resolve: z.unknown().optional(),
});
export const refusalSchema = z.object({ error: z.string(), message: text });

/** v3: the answer of the picture service, passed on. */
export const uploadSchema = z.object({ files: z.array(z.object({ file: z.string().min(1) })).nullish() });
/** v4. */
export const newerUploadSchema = z.object({ image_url: z.url({ protocol: /^https?$/ }) });
