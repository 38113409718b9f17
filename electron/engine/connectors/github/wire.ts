import { z } from 'zod';

/**
 * Numeric ids are left alone: they may pass 2^53, and node ids, which are texts, name the same things. Those of users
 * are small and the only ones that both interfaces give.
 */
const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'no time');
const text = z.string().nullish();

const userSchema = z
  .object({
    login: z.string().min(1),
    id: z.number().int().positive(),
    type: text,
    html_url: text,
  })
  .nullish();

const writtenFields = {
  node_id: z.string().min(1).max(200),
  html_url: z.url({ protocol: /^https?$/ }),
  /** Null user: the account was deleted. */
  user: userSchema,
  body: text,
  body_html: text,
  created_at: instant,
  updated_at: instant,
};

export const issueSchema = z.object({
  ...writtenFields,
  number: z.number().int().positive(),
  title: z.string(),
  repository_url: z.string().nullish(),
  comments: z.number().int().nonnegative().default(0),
  locked: z.boolean().nullish(),
  /** Present where it is a pull request. */
  pull_request: z.unknown().optional(),
});
export type GitHubIssue = z.infer<typeof issueSchema>;

/** Of an issue or pull request (`issue_url`), or of the lines of a pull request (`pull_request_url`). */
export const commentSchema = z.object({
  ...writtenFields,
  issue_url: text,
  pull_request_url: text,
  /** Of a comment on lines: the one that began its thread, digit by digit. */
  in_reply_to_id: z.string().regex(/^\d+$/).nullish(),
});
export type GitHubComment = z.infer<typeof commentSchema>;

export const listSchema = z.array(z.unknown());

export const searchSchema = z.object({
  total_count: z.number().int().nonnegative(),
  incomplete_results: z.boolean(),
  items: z.array(z.unknown()),
});

export const userAnswerSchema = z.object({
  id: z.number().int().positive(),
  login: z.string().min(1),
  name: text,
  html_url: text,
});

export const notificationSchema = z.object({
  id: z.string(),
  updated_at: instant,
  subject: z.object({ type: z.string(), url: text }),
});

const actorSchema = z
  .object({
    __typename: z.string().nullish(),
    login: z.string().min(1),
    url: text,
    databaseId: z.number().int().positive().nullish(),
  })
  .nullish();

export const nodeCommentSchema = z.object({
  __typename: z.string(),
  id: z.string().min(1).max(200),
  url: z.url({ protocol: /^https?$/ }),
  body: text,
  bodyHTML: text,
  createdAt: instant,
  updatedAt: instant.nullish(),
  author: actorSchema,
  replyTo: z.object({ id: z.string(), url: text }).nullish(),
});
export type NodeComment = z.infer<typeof nodeCommentSchema>;

export const nodeThreadSchema = nodeCommentSchema.extend({
  number: z.number().int().positive(),
  title: z.string(),
  locked: z.boolean().nullish(),
  repository: z.object({ nameWithOwner: z.string() }),
  comments: z.object({ nodes: z.array(z.unknown()).nullish() }).nullish(),
});
export type NodeThread = z.infer<typeof nodeThreadSchema>;

/** Answers to a comment of a discussion. */
export const repliesSchema = z.object({
  replies: z.object({ nodes: z.array(z.unknown()).nullish() }).nullish(),
});

export const graphqlSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.object({ type: text, message: z.string().default('') })).nullish(),
});

export const deviceCodeSchema = z.object({
  device_code: z.string().min(1),
  user_code: z.string().min(1),
  verification_uri: z.url({ protocol: /^https?$/ }),
  /** Seconds. */
  expires_in: z.number().positive(),
  interval: z.number().positive().default(5),
});

/** Errors come with status 200, too. */
export const deviceTokenSchema = z.object({
  access_token: z.string().optional(),
  error: z.string().optional(),
  /** Seconds; with `slow_down`. */
  interval: z.number().positive().optional(),
});
