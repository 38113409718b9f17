import type { ConversationStatus } from '../../../../shared/model/mention.ts';
import type { ReadableStore } from '../store.ts';
import { type CountScope, statusRef } from './standings.ts';

/** What a list shows: conversations of a status, all of them, or the open ones of a source or tracker. */
export type InboxView =
  | { readonly kind: 'status'; readonly status: ConversationStatus }
  | { readonly kind: 'all' }
  | { readonly kind: 'source' | 'tracker'; readonly ref: number };

/** A place in a list: the conversation and the mention that stands for it. */
export interface InboxPlace {
  readonly conversation: number;
  readonly mention: number;
}

/** Newest first, by keyset: what stands below `below`. Each view walks an index of its own and sorts nothing. */
export function listPlaces(
  store: ReadableStore,
  view: InboxView,
  below: number,
  limit: number,
): InboxPlace[] {
  switch (view.kind) {
    case 'status':
      return store.all<InboxPlace>(placesOfStatus, view.status, below, limit);
    case 'all':
      // Three short walks and a sort of three pages; an index over all states would be a fourth to keep up.
      return store.all<InboxPlace>(
        `SELECT * FROM (
           SELECT * FROM (${placesOfStatus})
           UNION ALL SELECT * FROM (${placesOfStatus})
           UNION ALL SELECT * FROM (${placesOfStatus})
         ) ORDER BY mention DESC LIMIT ?`,
        ...(['open', 'snoozed', 'done'] as const).flatMap((status) => [status, below, limit]),
        limit,
      );
    case 'source':
    case 'tracker':
      return store.all<InboxPlace>(placesOfRef, view.kind, view.ref, below, limit);
  }
}

export const placesOfStatus = `
  SELECT conversation_id AS conversation, newest_mention_id AS mention FROM conversation_states
  WHERE status = ? AND newest_mention_id < ? ORDER BY newest_mention_id DESC LIMIT ?`;

export const placesOfRef = `
  SELECT conversation_id AS conversation, newest_mention_id AS mention FROM open_conversations
  WHERE scope = ? AND ref = ? AND newest_mention_id < ? ORDER BY newest_mention_id DESC LIMIT ?`;

export interface ConversationCount {
  readonly scope: CountScope;
  readonly ref: number;
  readonly total: number;
  readonly unread: number;
}

/** The badges, of live sources and trackers. */
export function listCounts(store: ReadableStore): ConversationCount[] {
  return store.all<ConversationCount>(
    `SELECT scope, ref, total, unread FROM conversation_counts WHERE scope = 'status'
     UNION ALL
     SELECT scope, ref, total, unread FROM conversation_counts
     WHERE scope = 'source' AND EXISTS (SELECT 1 FROM sources WHERE id = ref AND removed_at IS NULL)
     UNION ALL
     SELECT scope, ref, total, unread FROM conversation_counts
     WHERE scope = 'tracker' AND EXISTS (SELECT 1 FROM trackers WHERE id = ref AND removed_at IS NULL)`,
  );
}

/** How many conversations a view holds. */
export function countView(store: ReadableStore, view: InboxView): number {
  if (view.kind === 'all') {
    return (
      store.get<{ n: number | null }>(
        `SELECT sum(total) AS n FROM conversation_counts WHERE scope = 'status'`,
      )?.n ?? 0
    );
  }
  const [scope, ref] = view.kind === 'status' ? ['status', statusRef(view.status)] : [view.kind, view.ref];
  return (
    store.get<{ total: number }>(
      'SELECT total FROM conversation_counts WHERE scope = ? AND ref = ?',
      scope as string,
      ref as number,
    )?.total ?? 0
  );
}
