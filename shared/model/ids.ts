import { z } from 'zod';

/**
 * Row ids cross the wire as decimal strings, each in one spelling alone (no "07", no "-0"), so that two texts are
 * never the same row; a mention published before 2020 has a negative one.
 */
const idText = z.string().regex(/^(0|-?[1-9]\d{0,15})$/, 'an id is a whole number written as text');

export const trackerIdSchema = idText.brand<'TrackerId'>();
export const sourceIdSchema = idText.brand<'SourceId'>();
export const conversationIdSchema = idText.brand<'ConversationId'>();
export const mentionIdSchema = idText.brand<'MentionId'>();
export const accountIdSchema = idText.brand<'AccountId'>();
export const replyIdSchema = idText.brand<'ReplyId'>();
export const attachmentIdSchema = idText.brand<'AttachmentId'>();

export type TrackerId = z.infer<typeof trackerIdSchema>;
export type SourceId = z.infer<typeof sourceIdSchema>;
export type ConversationId = z.infer<typeof conversationIdSchema>;
export type MentionId = z.infer<typeof mentionIdSchema>;
export type AccountId = z.infer<typeof accountIdSchema>;
export type ReplyId = z.infer<typeof replyIdSchema>;
export type AttachmentId = z.infer<typeof attachmentIdSchema>;

/** As far as a Date reaches: 100 million days either way. */
const furthestMs = 8.64e15;
/** Epoch milliseconds, UTC. */
export const instantSchema = z.number().int().min(-furthestMs).max(furthestMs);
