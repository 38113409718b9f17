import { z } from 'zod';
import {
  accountIdSchema,
  attachmentIdSchema,
  conversationIdSchema,
  instantSchema,
  mentionIdSchema,
  replyIdSchema,
} from '../../model/ids.ts';
import {
  attachmentSchema,
  draftSchema,
  outboxActionSchema,
  replySchema,
  savedReplySchema,
} from '../../model/reply.ts';

const textSchema = z.string().max(200_000);
const usedAttachments = z
  .array(z.object({ attachmentId: attachmentIdSchema, alt: z.string().max(10_000) }))
  .max(20);

/** Ten minutes: longer is what `sendAt` is for. */
const longestHoldMs = 600_000;

export const repliesMethods = {
  /**
   * Commits the intent; the network is touched later. Left out, the account is the one that answered here last, the one
   * that heard it, or the only one that can, and what it answers is the newest mention. With `isThread`, a text over the platform's limit is
   * split and each part answers the one before; without it such a text is refused.
   */
  'replies.queue': {
    input: z.object({
      conversationId: conversationIdSchema,
      accountId: accountIdSchema.optional(),
      inReplyToMentionId: mentionIdSchema.optional(),
      text: textSchema,
      attachments: usedAttachments.optional(),
      isThread: z.boolean().optional(),
      /** How long it can be taken back; the user's setting unless told. */
      holdMs: z.number().int().min(0).max(longestHoldMs).optional(),
      /** Not before then. */
      sendAt: instantSchema.optional(),
    }),
    output: z.object({ replyId: replyIdSchema, replyIds: z.array(replyIdSchema) }),
  },
  /** A like, a hiding, a deletion … of a mention, or of our own reply, through the same box. */
  'replies.act': {
    input: z.object({
      action: outboxActionSchema.exclude(['reply']),
      mentionId: mentionIdSchema.optional(),
      replyId: replyIdSchema.optional(),
      accountId: accountIdSchema.optional(),
      holdMs: z.number().int().min(0).max(longestHoldMs).optional(),
    }),
    output: z.object({ replyId: replyIdSchema }),
  },
  'replies.get': { input: z.object({ replyId: replyIdSchema }), output: replySchema },
  /** Newest first. waiting: everything that is not at its end, failures too. */
  'replies.list': {
    input: z.object({
      view: z.enum(['waiting', 'sent', 'all']).default('waiting'),
      cursor: z.string().max(100).optional(),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.object({ replies: z.array(replySchema), nextCursor: z.string().nullable() }),
  },
  'replies.counts': {
    input: z.object({}),
    output: z.object({
      queued: z.number().int(),
      sending: z.number().int(),
      unconfirmed: z.number().int(),
      failed: z.number().int(),
    }),
  },
  /** Takes back what has not left, or gives up what failed. Its text becomes the conversation's draft unless told. */
  'replies.cancel': {
    input: z.object({ replyId: replyIdSchema, keepsDraft: z.boolean().default(true) }),
    output: z.object({ reply: replySchema, draft: draftSchema.nullable() }),
  },
  /** Sends a failed or unconfirmed one again, though the conversation has changed if that was why. */
  'replies.retry': { input: z.object({ replyId: replyIdSchema }), output: replySchema },
  /** The user has looked: an unconfirmed one is there. */
  'replies.markSent': { input: z.object({ replyId: replyIdSchema }), output: replySchema },

  /** An empty text without attachments removes the draft. */
  'drafts.save': {
    input: z.object({
      conversationId: conversationIdSchema,
      text: textSchema,
      accountId: accountIdSchema.nullable().optional(),
      inReplyToMentionId: mentionIdSchema.nullable().optional(),
      attachments: usedAttachments.optional(),
      selectionStart: z.number().int().nonnegative().optional(),
    }),
    output: z.object({ draft: draftSchema.nullable() }),
  },
  'drafts.list': {
    input: z.object({}),
    output: z.object({
      drafts: z.array(draftSchema.extend({ title: z.string(), platform: z.string() })),
    }),
  },

  /** Base64. Kept until no draft and no reply on its way uses it. */
  'attachments.add': {
    input: z.object({
      name: z.string().min(1).max(255),
      type: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/),
      data: z.base64().max(30_000_000),
    }),
    output: attachmentSchema,
  },
  'attachments.get': {
    input: z.object({ attachmentId: attachmentIdSchema }),
    output: attachmentSchema.extend({ data: z.string() }),
  },

  'savedReplies.list': {
    input: z.object({}),
    output: z.object({ savedReplies: z.array(savedReplySchema) }),
  },
  /** A new one without `savedReplyId`. */
  'savedReplies.save': {
    input: z.object({
      savedReplyId: z.string().max(30).optional(),
      name: z.string().trim().min(1).max(200),
      folder: z.string().trim().max(500).default(''),
      text: textSchema,
    }),
    output: savedReplySchema,
  },
  'savedReplies.remove': { input: z.object({ savedReplyId: z.string().max(30) }), output: z.object({}) },
  /** It was put into a message: the ones used last come first. */
  'savedReplies.used': { input: z.object({ savedReplyId: z.string().max(30) }), output: z.object({}) },
};
