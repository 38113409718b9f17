import type { ConversationId } from '../../../../shared/model/ids.ts';
import type { Draft } from '../../../../shared/model/reply.ts';
import { toAccountId, toConversationId, toMentionId, toRow } from '../row-ids.ts';
import type { ReadableStore, WritableStore } from '../store.ts';
import { listAttachmentsOfDraft, type UsedAttachment, useInDraft } from './attachments.ts';

export interface DraftToSave {
  readonly conversationId: ConversationId;
  readonly text: string;
  readonly accountRow: number | null;
  readonly mentionRow: number | null;
  readonly attachments: readonly UsedAttachment[];
  readonly selectionStart: number;
  readonly heldBackAt: number | null;
  readonly at: number;
}

export function saveDraft(store: WritableStore, draft: DraftToSave): Draft {
  const conversation = toRow(draft.conversationId);
  return store.transaction(() => {
    store.run(
      `INSERT INTO drafts (conversation_id, account_id, mention_id, text, selection_start, held_back_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (conversation_id) DO UPDATE SET account_id = excluded.account_id,
         mention_id = excluded.mention_id, text = excluded.text, selection_start = excluded.selection_start,
         held_back_at = excluded.held_back_at, updated_at = excluded.updated_at`,
      conversation,
      draft.accountRow,
      draft.mentionRow,
      draft.text,
      draft.selectionStart,
      draft.heldBackAt,
      draft.at,
    );
    useInDraft(store, conversation, draft.attachments);
    return findDraft(store, conversation) as Draft;
  });
}

export function deleteDraft(store: WritableStore, conversationRow: number): void {
  store.run('DELETE FROM drafts WHERE conversation_id = ?', conversationRow);
}

export function findDraft(store: ReadableStore, conversationRow: number): Draft | null {
  const row = store.get<DraftRow>(`${selectDraft} WHERE d.conversation_id = ?`, conversationRow);
  return row ? toDraft(store, row) : null;
}

/** The one written last first. */
export function listDrafts(store: ReadableStore): (Draft & { title: string; platform: string })[] {
  return store
    .all<DraftRow>(`${selectDraft} ORDER BY d.updated_at DESC LIMIT 1000`)
    .map((row) => ({ ...toDraft(store, row), title: row.title, platform: row.platform }));
}

interface DraftRow {
  conversation_id: number;
  account_id: number | null;
  mention_id: number | null;
  text: string;
  selection_start: number;
  held_back_at: number | null;
  updated_at: number;
  title: string;
  platform: string;
}

/** Titled by the conversation, else by whom it is with. */
const selectDraft = `
  SELECT d.conversation_id, a.id AS account_id, d.mention_id, d.text, d.selection_start, d.held_back_at,
    d.updated_at, coalesce(c.title, w.name, '') AS title, c.platform
  FROM drafts AS d JOIN conversations AS c ON c.id = d.conversation_id
  LEFT JOIN authors AS w ON w.id = c.counterpart_id
  LEFT JOIN accounts AS a ON a.id = d.account_id AND a.removed_at IS NULL`;

function toDraft(store: ReadableStore, row: DraftRow): Draft {
  return {
    conversationId: toConversationId(row.conversation_id),
    text: row.text,
    accountId: row.account_id === null ? null : toAccountId(row.account_id),
    inReplyToMentionId: row.mention_id === null ? null : toMentionId(row.mention_id),
    attachments: listAttachmentsOfDraft(store, row.conversation_id),
    selectionStart: row.selection_start,
    ...(row.held_back_at === null ? {} : { heldBackAt: row.held_back_at }),
    updatedAt: row.updated_at,
  };
}
