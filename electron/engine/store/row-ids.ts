import type {
  AccountId,
  AttachmentId,
  ConversationId,
  MentionId,
  ReplyId,
  SourceId,
  TrackerId,
} from '../../../shared/model/ids.ts';

type AnyId = AccountId | AttachmentId | ConversationId | MentionId | ReplyId | SourceId | TrackerId;

/** Ids are decimal strings everywhere but in SQL. */
export function toRow(id: AnyId): number {
  return Number(id);
}

export const toSourceId = (row: number): SourceId => String(row) as SourceId;
export const toTrackerId = (row: number): TrackerId => String(row) as TrackerId;
export const toConversationId = (row: number): ConversationId => String(row) as ConversationId;
export const toMentionId = (row: number): MentionId => String(row) as MentionId;
export const toAccountId = (row: number): AccountId => String(row) as AccountId;
export const toReplyId = (row: number): ReplyId => String(row) as ReplyId;
export const toAttachmentId = (row: number): AttachmentId => String(row) as AttachmentId;

const epochSeconds = Date.UTC(2020, 0, 1) / 1000;
/** Eight ids a second: a burst runs on into the following seconds, and ids stay below 2^53 for millennia. */
const idsPerSecond = 8;

/** The first id of a mention published then; the mentions since then have this id or a greater one. */
export function mentionRowAt(publishedAt: number): number {
  return (Math.floor(publishedAt / 1000) - epochSeconds) * idsPerSecond;
}
