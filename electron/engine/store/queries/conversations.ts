import type { ReadableStore, WritableStore } from '../store.ts';

/** (platform, root, counterpart): who shares a root with forty others has a conversation of their own. */
export interface ConversationKey {
  readonly platform: string;
  readonly rootKey: string;
  /** Null where the platform does not say who wrote. */
  readonly counterpartRow: number | null;
}

export function findConversationByKey(store: ReadableStore, key: ConversationKey): number | null {
  return (
    store.get<{ id: number }>(
      'SELECT id FROM conversations WHERE root_key = ? AND platform = ? AND ifnull(counterpart_id, 0) = ?',
      key.rootKey,
      key.platform,
      key.counterpartRow ?? 0,
    )?.id ?? null
  );
}

/** Its mentions are counted by addToConversation. */
export function insertConversation(
  store: WritableStore,
  key: ConversationKey,
  title: string | null,
  at: number,
): number {
  return store.run(
    `INSERT INTO conversations (platform, root_key, counterpart_id, title, mention_count, created_at)
     VALUES (?, ?, ?, ?, 1, ?)`,
    key.platform,
    key.rootKey,
    key.counterpartRow,
    title,
    at,
  ).lastInsertRowid;
}

export function addToConversation(
  store: WritableStore,
  conversation: number,
  mentionCount: number,
  title: string | null,
): void {
  store.run(
    'UPDATE conversations SET mention_count = mention_count + ?, title = ifnull(title, ?) WHERE id = ?',
    mentionCount,
    title,
    conversation,
  );
}
