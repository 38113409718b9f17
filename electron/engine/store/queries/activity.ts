import type { ReadableStore, WritableStore } from '../store.ts';

/** What happened to a conversation. Kinds are stored for ever: never rename one. */
export type ActivityKind =
  | 'opened'
  | 'snoozed'
  | 'done'
  | 'read'
  | 'unread'
  /** A snooze ran out. */
  | 'woke'
  /** Something new arrived after it was snoozed or done. */
  | 'reopened'
  /** The platform changed a mention. */
  | 'edited'
  | 'undone'
  | 'redone'
  /** What goes out; detail: {replyId, action} and what the kind needs. */
  | 'reply-queued'
  | 'reply-sent'
  | 'reply-unconfirmed'
  | 'reply-failed'
  | 'reply-retried'
  | 'reply-cancelled'
  /** Ours, written on the platform itself. */
  | 'reply-elsewhere'
  /** Taken away from the platform: detail {mentionId} or {replyId}. */
  | 'removed';

export interface NewActivity {
  readonly conversationRow: number;
  readonly at: number;
  readonly kind: ActivityKind;
  /** The undo step it belongs to. */
  readonly step?: number;
  readonly detail?: Readonly<Record<string, unknown>>;
}

export function appendActivity(store: WritableStore, activity: NewActivity): void {
  store.run(
    'INSERT INTO activity (conversation_id, at, kind, step_id, detail) VALUES (?, ?, ?, ?, ?)',
    activity.conversationRow,
    activity.at,
    activity.kind,
    activity.step ?? null,
    JSON.stringify(activity.detail ?? {}),
  );
}

/** Oldest first; the newest `limit` of them. */
export function listActivity(
  store: ReadableStore,
  conversation: number,
  limit: number,
): { at: number; kind: string; detail: Record<string, unknown> }[] {
  return store
    .all<{ at: number; kind: string; detail: string }>(
      'SELECT at, kind, detail FROM activity WHERE conversation_id = ? ORDER BY id DESC LIMIT ?',
      conversation,
      limit,
    )
    .reverse()
    .map(({ at, kind, detail }) => ({ at, kind, detail: JSON.parse(detail) as Record<string, unknown> }));
}
