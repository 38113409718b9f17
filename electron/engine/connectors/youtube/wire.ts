import { z } from 'zod';

const text = z.string().nullish();
const instant = z.string().refine((written) => !Number.isNaN(Date.parse(written)), 'no time');
/** Thread ids, comment ids (with a dot for answers), channel ids, video ids. */
const id = z.string().regex(/^[\w.-]{1,200}$/);

export const listSchema = z.object({ items: z.array(z.unknown()).default([]), nextPageToken: text });
export type YouTubeList = z.infer<typeof listSchema>;

export const commentSchema = z.object({
  id,
  snippet: z.object({
    authorDisplayName: z.string().default(''),
    authorChannelUrl: text,
    /** Absent for accounts without a channel. */
    authorChannelId: z.object({ value: z.string() }).nullish(),
    /** Absent for a comment that starts a thread. */
    parentId: text,
    /** Often absent: the thread knows. */
    videoId: text,
    textDisplay: z.string(),
    /** Only of one's own comments. */
    textOriginal: text,
    publishedAt: instant,
    updatedAt: instant.nullish(),
  }),
});
export type YouTubeComment = z.infer<typeof commentSchema>;

export const threadSchema = z.object({
  id,
  snippet: z.object({
    /** Absent for a comment on the channel itself. */
    videoId: text,
    channelId: text,
    topLevelComment: commentSchema,
    canReply: z.boolean().default(true),
    totalReplyCount: z.number().int().nonnegative().default(0),
  }),
  /** Only some of them. */
  replies: z.object({ comments: z.array(z.unknown()).default([]) }).nullish(),
});
export type YouTubeThread = z.infer<typeof threadSchema>;

export const videoSchema = z.object({
  id,
  snippet: z.object({
    title: z.string(),
    description: z.string().default(''),
    channelId: z.string(),
    channelTitle: z.string().default(''),
    publishedAt: instant,
  }),
});
export type YouTubeVideo = z.infer<typeof videoSchema>;

export const foundSchema = z.object({ id: z.object({ videoId: id }) });

export const channelSchema = z.object({
  id,
  snippet: z.object({ title: z.string().min(1), customUrl: text }),
});

export const tokenSchema = z.object({
  access_token: z.string().min(1),
  /** Seconds. */
  expires_in: z.number().positive(),
  scope: z.string().default(''),
  /** Not there when it stays the same. */
  refresh_token: text,
  /** Seconds; only where it ends, as for apps that are being tested. */
  refresh_token_expires_in: z.number().nullish(),
});

export const errorSchema = z.object({
  error: z.object({
    message: z.string().default(''),
    errors: z.array(z.object({ reason: text })).nullish(),
    details: z.array(z.object({ reason: text })).nullish(),
  }),
});
