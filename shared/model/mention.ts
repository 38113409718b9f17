import { z } from 'zod';
import { documentSchema } from './document.ts';
import {
  accountIdSchema,
  conversationIdSchema,
  instantSchema,
  mentionIdSchema,
  sourceIdSchema,
  trackerIdSchema,
} from './ids.ts';
import { draftSchema, replySchema } from './reply.ts';
import { sentimentSchema, sentimentWordSchema } from './sentiment.ts';

export const mentionKindSchema = z.enum(['post', 'comment', 'article', 'review', 'message', 'video']);
export type MentionKind = z.infer<typeof mentionKindSchema>;

export const conversationStatusSchema = z.enum(['open', 'snoozed', 'done']);
export type ConversationStatus = z.infer<typeof conversationStatusSchema>;

/** A stretch of one field that a tracker matched; UTF-16 units, end exclusive. */
export const matchSpanSchema = z.object({
  field: z.enum(['title', 'text', 'author']),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
});
export type MatchSpan = z.infer<typeof matchSpanSchema>;

export const authorSchema = z.object({
  name: z.string(),
  handle: z.string().nullable(),
  url: z.string().nullable(),
});

/** A row of the inbox: one conversation, shown by its newest mention. */
export const inboxItemSchema = z.object({
  conversationId: conversationIdSchema,
  mentionId: mentionIdSchema,
  /** The platform's own id of the mention, as it gave it. */
  externalId: z.string(),
  platform: z.string(),
  sourceId: sourceIdSchema,
  sourceName: z.string(),
  kind: mentionKindSchema,
  author: authorSchema,
  title: z.string().nullable(),
  /** The first 2,000 characters; `conversations.get` has the rest. */
  text: z.string(),
  url: z.string().nullable(),
  publishedAt: instantSchema,
  sentiment: sentimentSchema,
  status: conversationStatusSchema,
  snoozedUntil: instantSchema.nullable(),
  unread: z.boolean(),
  mentionCount: z.number().int(),
  hasDraft: z.boolean(),
  /** How the newest thing that goes out stands, while somebody should know: nothing once it is sent. */
  outbox: z.enum(['queued', 'sending', 'unconfirmed', 'failed']).nullable(),
  trackerIds: z.array(trackerIdSchema),
  /** Stretches of title and text to emphasise. */
  spans: z.array(matchSpanSchema),
});
export type InboxItem = z.infer<typeof inboxItemSchema>;

export const mentionSchema = z.object({
  mentionId: mentionIdSchema,
  externalId: z.string(),
  platform: z.string(),
  kind: mentionKindSchema,
  author: authorSchema,
  title: z.string().nullable(),
  text: z.string(),
  document: documentSchema,
  url: z.string().nullable(),
  publishedAt: instantSchema,
  /** The platform gave no usable date: `publishedAt` is when Earshot first saw it. */
  isTimeGuessed: z.boolean(),
  firstSeenAt: instantSchema,
  editedAt: instantSchema.nullable(),
  /** It is not on the platform any more; what was read is kept. */
  deletedAt: instantSchema.nullable(),
  /** Not for everybody's eyes there: an answer to it is not, either. */
  isPrivate: z.boolean(),
  /** What we did to it there, as the outbox stands: shown at once, taken back when the platform refuses. */
  marks: z.object({ isLiked: z.boolean(), isHidden: z.boolean() }),
  language: z.string().nullable(),
  sentiment: sentimentSchema.extend({ words: z.array(sentimentWordSchema) }),
  matches: z.array(
    z.object({ trackerId: trackerIdSchema, trackerName: z.string(), spans: z.array(matchSpanSchema) }),
  ),
  sources: z.array(z.object({ sourceId: sourceIdSchema, name: z.string() })),
});
export type Mention = z.infer<typeof mentionSchema>;

export const conversationSchema = z.object({
  conversationId: conversationIdSchema,
  platform: z.string(),
  title: z.string().nullable(),
  status: conversationStatusSchema,
  snoozedUntil: instantSchema.nullable(),
  unread: z.boolean(),
  /** Oldest first; the newest 200 of them. */
  mentions: z.array(mentionSchema),
  mentionCount: z.number().int(),
  /** Ours, sent or on their way, oldest first; the newest 200. */
  replies: z.array(replySchema),
  draft: draftSchema.nullable(),
  /** Accounts that could answer here, the one to suggest first. */
  answerableBy: z.array(accountIdSchema),
  /** Why nobody can answer from here, and what to do; null when an account can. */
  answerNote: z.string().nullable(),
  activity: z.array(
    z.object({
      at: instantSchema,
      kind: z.string(),
      detail: z.record(z.string(), z.unknown()),
    }),
  ),
});
export type Conversation = z.infer<typeof conversationSchema>;
