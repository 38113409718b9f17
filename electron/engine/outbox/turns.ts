import type { OutboxAction, ReplyState, ReplyWait } from '../../../shared/model/reply.ts';
import { longestPauseMs } from './retry-policy.ts';

/** What of a reply on its way decides whether it may go on now. Rows, not wire ids. */
export interface PendingReply {
  readonly row: number;
  readonly conversationRow: number;
  readonly accountRow: number | null;
  readonly action: OutboxAction;
  readonly mentionRow: number | null;
  readonly onReplyRow: number | null;
  readonly state: ReplyState;
  /** The part before; null when there is none. */
  readonly previousRow: number | null;
  readonly previousState: ReplyState | null;
  readonly heldUntil: number | null;
  readonly sendAt: number | null;
  readonly nextAttemptAt: number | null;
  /** Nothing goes out from its account for now. */
  readonly accountPausedUntil: number | null;
  /** Only the user can change that: signed out, read-only. */
  readonly isAccountStuck: boolean;
}

export interface Standing {
  readonly reply: PendingReply;
  /** Null: it may go on now. */
  readonly waitsFor: ReplyWait | null;
}

/**
 * Who may go on, and what the others wait for; `pending` in the order they were queued. Replies go one at a time and
 * in order within a conversation, actions within what they are done to. What waits for the user or for a day that the
 * user chose holds up nobody but the parts that follow it.
 */
export function standings(
  pending: readonly PendingReply[],
  now: number,
  isOnline: boolean,
): readonly Standing[] {
  const busy = new Set<string>();
  const goingOn = new Set<number | null>();
  return pending.map((reply) => {
    const lane = laneOf(reply);
    const waitsFor = waitOf(reply, now, isOnline, busy.has(lane));
    // A part that failed, or was taken back, leaves all the parts behind it where they are.
    const canFollow = isWayOpen(reply.previousState) || goingOn.has(reply.previousRow);
    if (canFollow && holdsUp(reply, now)) {
      busy.add(lane);
      goingOn.add(reply.row);
    }
    return { reply, waitsFor };
  });
}

export function laneOf({ action, conversationRow, mentionRow, onReplyRow }: PendingReply): string {
  return action === 'reply' ? `reply ${conversationRow}` : `act ${mentionRow ?? ''} ${onReplyRow ?? ''}`;
}

function waitOf(reply: PendingReply, now: number, isOnline: boolean, isBusy: boolean): ReplyWait | null {
  const { state, previousState } = reply;
  if (isAhead(reply.heldUntil, now)) return 'undo';
  if (state === 'queued' && isAhead(reply.sendAt, now)) return 'time';
  if (!isWayOpen(previousState)) return 'turn';
  if (isBusy && state === 'queued') return 'turn';
  if (reply.isAccountStuck) return 'account';
  if (!isOnline) return 'network';
  if (isSoonAhead(reply.accountPausedUntil, now)) return 'account';
  if (state === 'queued' ? isSoonAhead(reply.nextAttemptAt, now) : isAhead(reply.nextAttemptAt, now))
    return 'retry';
  return null;
}

function holdsUp({ state, nextAttemptAt, isAccountStuck, sendAt }: PendingReply, now: number): boolean {
  if (state === 'sending') return true;
  if (state === 'unconfirmed') return nextAttemptAt !== null;
  return state === 'queued' && !isAccountStuck && !isAhead(sendAt, now);
}

/** The part before is there, or there is none. */
function isWayOpen(previousState: ReplyState | null): boolean {
  return previousState === null || previousState === 'sent';
}

function isAhead(at: number | null, now: number): boolean {
  return at !== null && at > now;
}

/** Nothing is put off for longer than that: the clock was wrong then, and has been set back. */
function isSoonAhead(at: number | null, now: number): boolean {
  return isAhead(at, now) && (at ?? 0) <= now + longestPauseMs;
}
