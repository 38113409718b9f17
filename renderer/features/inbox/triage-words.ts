import type { TriageStep } from '../../../shared/contract/methods/conversations.ts';

/** What was just done, for the message with Undo: "Done", "3 done", "Snoozed until Mon 09:00". */
export function didWords(kind: TriageStep['kind'], count: number, until?: string): string {
  const ending = until === undefined ? '' : ` until ${until}`;
  const words: Readonly<Record<TriageStep['kind'], readonly [string, string]>> = {
    done: ['Done', 'done'],
    open: ['Back in the inbox', 'back in the inbox'],
    snooze: [`Snoozed${ending}`, `snoozed${ending}`],
    read: ['Marked read', 'marked read'],
    unread: ['Marked unread', 'marked unread'],
  };
  const [one, many] = words[kind];
  return count === 1 ? one : `${count} ${many}`;
}

/** What undo or redo has just taken back or done again. */
export function undidWords(step: TriageStep, direction: 'undo' | 'redo'): string {
  const count = step.conversationIds.length;
  const what: Readonly<Record<TriageStep['kind'], string>> = {
    done: 'Done',
    open: 'Back to the inbox',
    snooze: 'Snooze',
    read: 'Mark read',
    unread: 'Mark unread',
  };
  const tail = count === 1 ? '' : ` (${count} conversations)`;
  return direction === 'undo'
    ? `Took back: ${what[step.kind]}${tail}`
    : `Did again: ${what[step.kind]}${tail}`;
}
