import type { ConversationStatus, InboxItem } from '../../../shared/model/mention.ts';

/** A change as the user meant it, before the engine has confirmed it. */
export type TriageChange =
  | { readonly kind: 'status'; readonly status: ConversationStatus; readonly snoozedUntil: number | null }
  | { readonly kind: 'unread'; readonly unread: boolean };

/** Whether a view holds conversations of that status; source and tracker views hold the open ones. */
export function holdsStatus(view: string, status: ConversationStatus): boolean {
  if (view === 'all') return true;
  if (view === 'snoozed' || view === 'done') return view === status;
  return status === 'open';
}

/** The row after the change; null when it leaves that view. */
export function changedItem(item: InboxItem, change: TriageChange, view: string): InboxItem | null {
  if (change.kind === 'unread') return { ...item, unread: change.unread };
  const changed = { ...item, status: change.status, snoozedUntil: change.snoozedUntil };
  return holdsStatus(view, change.status) ? changed : null;
}
