import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { AttachmentId } from '../../../../shared/model/ids.ts';
import type { Attachment } from '../../../../shared/model/reply.ts';
import { toAttachmentId, toRow } from '../row-ids.ts';
import type { ReadableStore, WritableStore } from '../store.ts';

/** An attachment where it is used: the same picture may be described differently elsewhere. */
export interface UsedAttachment {
  readonly attachmentId: AttachmentId;
  readonly alt: string;
}

export function insertAttachment(
  store: WritableStore,
  attachment: {
    readonly name: string;
    readonly type: string;
    readonly bytes: Uint8Array;
    readonly at: number;
  },
): AttachmentId {
  return toAttachmentId(
    store.run(
      'INSERT INTO attachments (name, type, bytes, created_at) VALUES (?, ?, ?, ?)',
      attachment.name,
      attachment.type,
      attachment.bytes,
      attachment.at,
    ).lastInsertRowid,
  );
}

interface AttachmentRow {
  id: number;
  name: string;
  type: string;
  size: number;
  alt: string;
}

/** Its name, type and size. Throws `not-found`. */
export function findAttachment(store: ReadableStore, attachmentId: AttachmentId): Omit<Attachment, 'alt'> {
  const row = store.get<AttachmentRow>(
    `SELECT id, name, type, length(bytes) AS size, '' AS alt FROM attachments WHERE id = ?`,
    toRow(attachmentId),
  );
  if (row) return toAttachment(row);
  throw new EarshotError('not-found', 'There is no such attachment any more. Add the file again.', {
    attachmentId,
  });
}

/** Throws `not-found`. */
export function readAttachmentBytes(store: ReadableStore, attachmentId: AttachmentId): Uint8Array {
  findAttachment(store, attachmentId);
  const row = store.get<{ bytes: Uint8Array }>(
    'SELECT bytes FROM attachments WHERE id = ?',
    toRow(attachmentId),
  );
  return row?.bytes ?? new Uint8Array();
}

export function listAttachmentsOfReply(store: ReadableStore, replyRow: number): Attachment[] {
  return store
    .all<AttachmentRow>(`${selectUses} WHERE u.reply_id = ? ORDER BY u.position`, replyRow)
    .map(toAttachment);
}

export function listAttachmentsOfDraft(store: ReadableStore, conversationRow: number): Attachment[] {
  return store
    .all<AttachmentRow>(`${selectUses} WHERE u.conversation_id = ? ORDER BY u.position`, conversationRow)
    .map(toAttachment);
}

export function useInReply(store: WritableStore, replyRow: number, used: readonly UsedAttachment[]): void {
  for (const [position, { attachmentId, alt }] of used.entries()) {
    store.run(
      'INSERT INTO attachment_uses (reply_id, position, attachment_id, alt) VALUES (?, ?, ?, ?)',
      replyRow,
      position,
      toRow(attachmentId),
      alt,
    );
  }
}

/** In place of what the draft used before. */
export function useInDraft(
  store: WritableStore,
  conversationRow: number,
  used: readonly UsedAttachment[],
): void {
  store.run('DELETE FROM attachment_uses WHERE conversation_id = ?', conversationRow);
  for (const [position, { attachmentId, alt }] of used.entries()) {
    store.run(
      'INSERT INTO attachment_uses (conversation_id, position, attachment_id, alt) VALUES (?, ?, ?, ?)',
      conversationRow,
      position,
      toRow(attachmentId),
      alt,
    );
  }
}

/** Bytes that no draft and no reply on its way has used since then. What was sent lies on the platform. */
export function deleteUnusedAttachments(store: WritableStore, addedBefore: number): number {
  return store.transaction(() => {
    store.run(
      `DELETE FROM attachment_uses WHERE reply_id IS NOT NULL AND EXISTS (
         SELECT 1 FROM replies AS r
         WHERE r.id = reply_id AND r.state IN ('sent', 'cancelled') AND r.updated_at < ?)`,
      addedBefore,
    );
    return store.run(
      `DELETE FROM attachments WHERE created_at < ?
         AND NOT EXISTS (SELECT 1 FROM attachment_uses AS u WHERE u.attachment_id = attachments.id)`,
      addedBefore,
    ).changes;
  });
}

const selectUses = `
  SELECT a.id, a.name, a.type, length(a.bytes) AS size, u.alt
  FROM attachment_uses AS u JOIN attachments AS a ON a.id = u.attachment_id`;

function toAttachment({ id, name, type, size, alt }: AttachmentRow): Attachment {
  return { attachmentId: toAttachmentId(id), name, type, size, alt };
}
