import type { MentionKind } from '../../../../shared/model/mention.ts';
import type { ReadableStore } from '../store.ts';

/** A mention as whoever answers it needs it. */
export interface StoredTarget {
  readonly mentionRow: number;
  readonly conversationRow: number;
  readonly key: string;
  readonly externalId: string;
  readonly platform: string;
  readonly kind: MentionKind;
  readonly url: string | null;
  readonly title: string | null;
  readonly text: string;
  readonly author: {
    readonly key: string | null;
    readonly name: string;
    readonly handle: string | null;
    readonly url: string | null;
  };
  readonly rootKey: string;
  readonly parentKey: string | null;
  readonly isPrivate: boolean;
  /** JSON, not yet checked. */
  readonly context: string | null;
  readonly publishedAt: number;
  readonly isDeleted: boolean;
  /** Of the source that brought it first. */
  readonly sourceRow: number;
  /** Whose eyes that source listens with. */
  readonly sourceAccountRow: number | null;
  readonly connector: string;
}

interface TargetRow {
  id: number;
  conversation_id: number;
  key: string;
  external_id: string;
  platform: string;
  kind: MentionKind;
  url: string | null;
  title: string | null;
  text: string;
  author_key: string | null;
  author_name: string | null;
  author_handle: string | null;
  author_url: string | null;
  root_key: string;
  parent_key: string | null;
  is_private: number;
  context: string | null;
  published_at: number;
  deleted_at: number | null;
  source_id: number;
  source_account: number | null;
  connector: string;
}

const selectTarget = `
  SELECT m.id, m.conversation_id, m.key, m.external_id, m.platform, m.kind, m.url, m.title, m.text,
    a.key AS author_key, a.name AS author_name, a.handle AS author_handle, a.url AS author_url, c.root_key,
    m.parent_key, m.is_private, m.context, m.published_at, m.deleted_at,
    m.source_id, s.account_id AS source_account, s.connector
  FROM mentions AS m JOIN conversations AS c ON c.id = m.conversation_id JOIN sources AS s ON s.id = m.source_id
  LEFT JOIN authors AS a ON a.id = m.author_id`;

export function findTarget(store: ReadableStore, mentionRow: number): StoredTarget | null {
  const row = store.get<TargetRow>(`${selectTarget} WHERE m.id = ?`, mentionRow);
  return row ? toTarget(row) : null;
}

export function newestTarget(store: ReadableStore, conversationRow: number): StoredTarget | null {
  const row = store.get<TargetRow>(
    `${selectTarget} WHERE m.conversation_id = ? ORDER BY m.id DESC LIMIT 1`,
    conversationRow,
  );
  return row ? toTarget(row) : null;
}

/** The row of the newest mention of a conversation, and when it was published. */
export function newestMention(
  store: ReadableStore,
  conversationRow: number,
): { readonly row: number; readonly publishedAt: number } | null {
  return (
    store.get<{ row: number; publishedAt: number }>(
      `SELECT id AS row, published_at AS publishedAt FROM mentions WHERE conversation_id = ?
       ORDER BY id DESC LIMIT 1`,
      conversationRow,
    ) ?? null
  );
}

export function isConversation(store: ReadableStore, conversationRow: number): boolean {
  return store.get('SELECT 1 FROM conversations WHERE id = ?', conversationRow) !== undefined;
}

/** Author keys that the posts of our accounts have there, with the account's row; removed accounts too. */
export function listOwnAuthorKeys(store: ReadableStore, platform: string): Map<string, number | null> {
  return new Map(
    store
      .all<{ key: string; id: number | null }>(
        `SELECT author_key AS key, CASE WHEN removed_at IS NULL THEN id END AS id FROM accounts
         WHERE platform = ? AND author_key <> '' ORDER BY removed_at IS NULL, id`,
        platform,
      )
      .map(({ key, id }) => [key, id]),
  );
}

/** Authors are stored as "key …" where the platform says who they are, and as "name …" where only the name is known. */
const keyPrefix = 'key ';

function toTarget(row: TargetRow): StoredTarget {
  return {
    mentionRow: row.id,
    conversationRow: row.conversation_id,
    key: row.key,
    externalId: row.external_id,
    platform: row.platform,
    kind: row.kind,
    url: row.url,
    title: row.title,
    text: row.text,
    author: {
      key: row.author_key?.startsWith(keyPrefix) ? row.author_key.slice(keyPrefix.length) : null,
      name: row.author_name ?? '',
      handle: row.author_handle,
      url: row.author_url,
    },
    rootKey: row.root_key,
    parentKey: row.parent_key,
    isPrivate: row.is_private === 1,
    context: row.context,
    publishedAt: row.published_at,
    isDeleted: row.deleted_at !== null,
    sourceRow: row.source_id,
    sourceAccountRow: row.source_account,
    connector: row.connector,
  };
}
