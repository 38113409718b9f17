import { z } from 'zod';
import { failureSchema } from '../contract/errors.ts';
import {
  accountIdSchema,
  attachmentIdSchema,
  conversationIdSchema,
  instantSchema,
  mentionIdSchema,
  replyIdSchema,
} from './ids.ts';

/** What can be done on a platform through the outbox. Hiding, deleting and blocking change what others see. */
export const outboxActionSchema = z.enum([
  'reply',
  'like',
  'unlike',
  'hide',
  'unhide',
  'delete',
  'mute',
  'block',
]);
export type OutboxAction = z.infer<typeof outboxActionSchema>;

/**
 * queued: will go out (held, later, offline or waiting its turn: `waitsFor` says) · sending: the request has left or
 * is about to · sent: the platform has it · unconfirmed: it may be there; it is looked for before anything is sent
 * again · failed: it is not there, `error` says why · cancelled: taken back before it left.
 */
export const replyStateSchema = z.enum(['queued', 'sending', 'sent', 'unconfirmed', 'failed', 'cancelled']);
export type ReplyState = z.infer<typeof replyStateSchema>;

/** undo: the hold · time: send later · network: offline · account: its pause or its sign-in · turn: another one first. */
export const replyWaitSchema = z.enum(['undo', 'time', 'network', 'account', 'turn', 'retry']);
export type ReplyWait = z.infer<typeof replyWaitSchema>;

export const attachmentSchema = z.object({
  attachmentId: attachmentIdSchema,
  name: z.string(),
  /** A media type, as `image/png`. */
  type: z.string(),
  /** Bytes. */
  size: z.number().int(),
  /** What the picture shows, for those who do not see it. */
  alt: z.string(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

export const replySchema = z.object({
  replyId: replyIdSchema,
  conversationId: conversationIdSchema,
  action: outboxActionSchema,
  /** Null when its account was removed, or when it was written elsewhere by an account that is not known any more. */
  accountId: accountIdSchema.nullable(),
  accountName: z.string(),
  /** Whom the conversation is with; empty when nobody knows. */
  toName: z.string(),
  connector: z.string(),
  platform: z.string(),
  /** What it answers or acts on; null for the later parts of a thread, which answer the part before. */
  inReplyToMentionId: mentionIdSchema.nullable(),
  /** For `delete`: our own reply that it takes away. */
  onReplyId: replyIdSchema.nullable(),
  text: z.string(),
  attachments: z.array(attachmentSchema),
  state: replyStateSchema,
  /** Only while queued. */
  waitsFor: replyWaitSchema.nullable(),
  /** Can be taken back without a trace until then. */
  heldUntil: instantSchema.nullable(),
  sendAt: instantSchema.nullable(),
  /** The next attempt, or the next look for an unconfirmed one. */
  nextAttemptAt: instantSchema.nullable(),
  attemptCount: z.number().int(),
  /** Of a thread that was split: 1 of 3. */
  part: z.object({ index: z.number().int(), count: z.number().int() }).nullable(),
  /** Written in Earshot, or found on the platform. */
  via: z.enum(['earshot', 'elsewhere']),
  createdAt: instantSchema,
  sentAt: instantSchema.nullable(),
  /** Seen on the platform again, in a poll or a look-up. */
  confirmedAt: instantSchema.nullable(),
  /** It was taken away from the platform. */
  deletedAt: instantSchema.nullable(),
  /** Why it failed or waits. `details.change` of a `conflict`: what happened in the conversation meanwhile. */
  error: failureSchema.optional(),
  /** The platform's id of it. */
  platformId: z.string().optional(),
  url: z.string().optional(),
});
export type Reply = z.infer<typeof replySchema>;

/** What was typed and not sent: one for each conversation. */
export const draftSchema = z.object({
  conversationId: conversationIdSchema,
  text: z.string(),
  accountId: accountIdSchema.nullable(),
  inReplyToMentionId: mentionIdSchema.nullable(),
  attachments: z.array(attachmentSchema),
  /** Where the cursor stood; UTF-16 units. */
  selectionStart: z.number().int().nonnegative(),
  /** It was queued and could still be taken back when Earshot was closed then: it did not go out. Gone once it is saved anew. */
  heldBackAt: instantSchema.optional(),
  updatedAt: instantSchema,
});
export type Draft = z.infer<typeof draftSchema>;

export const savedReplySchema = z.object({
  savedReplyId: z.string(),
  name: z.string(),
  /** '' is the top; 'Shipping/Late' lies two folders deep. */
  folder: z.string(),
  /** With variables `{author.first|there}` and prompts `{?order number}`. */
  text: z.string(),
  updatedAt: instantSchema,
  usedAt: instantSchema.nullable(),
});
export type SavedReply = z.infer<typeof savedReplySchema>;
