import { z } from 'zod';

/** Row ids cross the wire as decimal strings; a mention published before 2020 has a negative one. */
const idText = z.string().regex(/^-?\d{1,16}$/, 'an id is a whole number written as text');

export const trackerIdSchema = idText.brand<'TrackerId'>();
export const sourceIdSchema = idText.brand<'SourceId'>();
export const conversationIdSchema = idText.brand<'ConversationId'>();
export const mentionIdSchema = idText.brand<'MentionId'>();

export type TrackerId = z.infer<typeof trackerIdSchema>;
export type SourceId = z.infer<typeof sourceIdSchema>;
export type ConversationId = z.infer<typeof conversationIdSchema>;
export type MentionId = z.infer<typeof mentionIdSchema>;

/** Epoch milliseconds, UTC. */
export const instantSchema = z.number().int();
