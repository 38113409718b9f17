import { z } from 'zod';

/** Fullnames are base36 with the kind in front: t1 comment, t3 post, t4 message. */
export const fullnameSchema = z.string().regex(/^t[134]_[0-9a-z]{1,15}$/);

const text = z.string().nullish();
/** Float or whole seconds. */
const seconds = z.number().positive();

const commonFields = {
  name: fullnameSchema,
  /** Absent for deleted accounts and for messages of the service itself. */
  author: text,
  created_utc: seconds,
  /** False, or the seconds of the last edit. */
  edited: z.union([z.boolean(), z.number()]).nullish(),
  subreddit: text,
};

/** Messages of the inbox look the same, with `context` in place of the links. */
export const commentSchema = z.object({
  ...commonFields,
  body: z.string(),
  body_html: text,
  link_id: text,
  parent_id: text,
  link_title: text,
  permalink: text,
  context: text,
  locked: z.boolean().nullish(),
  archived: z.boolean().nullish(),
  unrepliable_reason: text,
});
export type RedditComment = z.infer<typeof commentSchema>;

export const postSchema = z.object({
  ...commonFields,
  title: z.string(),
  selftext: text,
  selftext_html: text,
  url: text,
  url_overridden_by_dest: text,
  permalink: z.string(),
  is_self: z.boolean().nullish(),
  locked: z.boolean().nullish(),
  archived: z.boolean().nullish(),
  removed_by_category: text,
});
export type RedditPost = z.infer<typeof postSchema>;

export const messageSchema = z.object({
  ...commonFields,
  body: z.string(),
  body_html: text,
  subject: text,
  first_message_name: text,
  parent_id: text,
  dest: text,
  /** '' or a listing of the answers. */
  replies: z.unknown().optional(),
});
export type RedditMessage = z.infer<typeof messageSchema>;

/** A child is parsed one by one: a broken one spoils only itself. */
export const listingSchema = z.object({
  kind: z.literal('Listing'),
  data: z.object({ after: z.string().nullish(), children: z.array(z.unknown()) }),
});

export const threadSchema = z.array(listingSchema).min(1);

export const meSchema = z.object({
  id: z.string().regex(/^[0-9a-z]+$/),
  name: z.string().min(1),
  is_suspended: z.boolean().nullish(),
});

export const tokenSchema = z.object({
  access_token: z.string().min(1),
  /** Seconds. */
  expires_in: z.number().positive(),
  scope: z.string().default(''),
  refresh_token: z.string().nullish(),
});

/** What a write answers, with status 200 also when it was refused: `[code, words, field]`. */
export const writtenSchema = z.object({
  json: z.object({
    errors: z.array(z.array(z.unknown())),
    ratelimit: z.number().nullish(),
    data: z.object({ things: z.array(z.unknown()).nullish() }).nullish(),
  }),
});
