import type { Failure } from '../../../shared/contract/errors.ts';
import type { ReplyState } from '../../../shared/model/reply.ts';

/*
 *                 cancel                       postponed (nothing was sent)
 *   cancelled ◀──────────── queued ◀──────────────────────────────┐
 *       ▲                   ▲ │ │                                 │
 *       │ cancel      retry │ │ └────── begin ──────────────▶ sending
 *       │                   │ │ refused (not sent)            │  │  │
 *       └────────────────── failed ◀──── refused ─────────────┘  │  │ sent
 *                           ▲                                    │  │
 *                           │ refused      unknown, restarted;   │  ▼
 *                           │ (absent)     postponed or refused  │  sent ──▶ confirmed, deleted
 *                           │              when in doubt         ▼  ▲
 *                           └────────────────────────── unconfirmed ┘ sent (found), markSent, seen
 *                                 absent, lookFailed: ↺      │
 *                                 begin (absent for good, or repeatable): back to sending
 *                                 retry where nobody can look: back to queued
 *
 * `sending` is stored before the request leaves and the outcome after, so whatever is found `sending` at a start may
 * have arrived. Once an outcome was unknown the reply is in doubt until it is sent: it is looked for before each
 * further attempt, and a refusal of such an attempt does not say that the one before did not arrive.
 */

/** What moves in the life of a reply. Everything else of it is written once. */
export interface OutboxEntry {
  readonly state: ReplyState;
  /** Queued: not before then. Unconfirmed: the next look. Null: at once, or only when the user says so. */
  readonly nextAttemptAt: number | null;
  readonly heldUntil: number | null;
  readonly attemptCount: number;
  readonly firstAttemptAt: number | null;
  readonly attemptedAt: number | null;
  readonly absentCount: number;
  readonly isDoubtful: boolean;
  readonly delayCount: number;
  readonly failure: Failure | null;
  readonly sentAt: number | null;
  readonly confirmedAt: number | null;
}

/** `until` and `lookAt` are epoch milliseconds. */
export type OutboxEvent =
  /** The request is about to leave. */
  | { readonly kind: 'begin'; readonly at: number }
  /** The platform says that it has it, or it was found there. */
  | { readonly kind: 'sent'; readonly at: number; readonly isSeen: boolean }
  /** Certain: nothing was sent, and it may be tried again. */
  | { readonly kind: 'postponed'; readonly until: number; readonly failure: Failure | null }
  /** Certain: nothing was sent by this attempt, and trying again as it is does not help. */
  | { readonly kind: 'refused'; readonly failure: Failure; readonly lookAt: number | null }
  | { readonly kind: 'unknown'; readonly failure: Failure; readonly lookAt: number | null }
  /** Earshot was started and finds that it was sending. */
  | { readonly kind: 'restarted'; readonly at: number; readonly failure: Failure }
  /** Looked for and not there. */
  | { readonly kind: 'absent'; readonly lookAt: number }
  /** Could not be looked for. Null: only the user can tell. */
  | { readonly kind: 'look-failed'; readonly lookAt: number | null; readonly failure: Failure }
  | { readonly kind: 'cancel'; readonly reason: Failure | null }
  | { readonly kind: 'retry'; readonly at: number; readonly canLook: boolean }
  | { readonly kind: 'mark-sent'; readonly at: number }
  /** A poll brought it. */
  | { readonly kind: 'seen'; readonly at: number };

/** The entry after the event; null when it cannot happen in this state, and nothing changes then. */
export function transition(entry: OutboxEntry, event: OutboxEvent): OutboxEntry | null {
  switch (entry.state) {
    case 'queued':
      return fromQueued(entry, event);
    case 'sending':
      return fromSending(entry, event);
    case 'unconfirmed':
      return fromUnconfirmed(entry, event);
    case 'failed':
      return fromFailed(entry, event);
    case 'sent':
      if (event.kind !== 'seen') return null;
      return { ...entry, confirmedAt: entry.confirmedAt ?? event.at };
    case 'cancelled':
      return null;
  }
}

function fromQueued(entry: OutboxEntry, event: OutboxEvent): OutboxEntry | null {
  switch (event.kind) {
    case 'begin':
      return begun(entry, event.at);
    case 'sent':
      return arrived(entry, event.at, event.isSeen);
    case 'seen':
      return arrived(entry, event.at, true);
    case 'postponed':
      return postponed(entry, event.until, event.failure);
    case 'refused':
      return failed(entry, event.failure);
    case 'cancel':
      return { ...entry, state: 'cancelled', nextAttemptAt: null, failure: event.reason };
    default:
      return null;
  }
}

function fromSending(entry: OutboxEntry, event: OutboxEvent): OutboxEntry | null {
  switch (event.kind) {
    case 'sent':
      return arrived(entry, event.at, event.isSeen);
    case 'seen':
      return arrived(entry, event.at, true);
    case 'postponed':
      return entry.isDoubtful
        ? { ...unconfirmed(entry, event.until, event.failure), delayCount: entry.delayCount + 1 }
        : postponed(entry, event.until, event.failure);
    case 'refused':
      return entry.isDoubtful
        ? unconfirmed(entry, event.lookAt, event.failure)
        : failed(entry, event.failure);
    case 'unknown':
      return unconfirmed(entry, event.lookAt, event.failure);
    case 'restarted':
      return unconfirmed(entry, event.at, event.failure);
    default:
      return null;
  }
}

function fromUnconfirmed(entry: OutboxEntry, event: OutboxEvent): OutboxEntry | null {
  switch (event.kind) {
    case 'begin':
      return begun(entry, event.at);
    case 'sent':
      return arrived(entry, event.at, event.isSeen);
    case 'seen':
      return arrived(entry, event.at, true);
    case 'mark-sent':
      return arrived(entry, entry.attemptedAt ?? event.at, false);
    case 'absent':
      return { ...entry, absentCount: entry.absentCount + 1, nextAttemptAt: event.lookAt, delayCount: 0 };
    case 'look-failed':
      return {
        ...entry,
        nextAttemptAt: event.lookAt,
        failure: event.failure,
        delayCount: entry.delayCount + 1,
      };
    case 'refused':
      return failed(entry, event.failure);
    case 'retry':
      return event.canLook
        ? { ...entry, nextAttemptAt: event.at, delayCount: 0 }
        : { ...entry, state: 'queued', nextAttemptAt: event.at, failure: null, delayCount: 0 };
    default:
      return null;
  }
}

function fromFailed(entry: OutboxEntry, event: OutboxEvent): OutboxEntry | null {
  switch (event.kind) {
    case 'retry':
      return { ...entry, state: 'queued', nextAttemptAt: event.at, failure: null, delayCount: 0 };
    case 'cancel':
      return { ...entry, state: 'cancelled', nextAttemptAt: null };
    case 'seen':
      return arrived(entry, event.at, true);
    default:
      return null;
  }
}

function begun(entry: OutboxEntry, at: number): OutboxEntry {
  return {
    ...entry,
    state: 'sending',
    nextAttemptAt: null,
    heldUntil: null,
    attemptCount: entry.attemptCount + 1,
    firstAttemptAt: entry.firstAttemptAt ?? at,
    attemptedAt: at,
    absentCount: 0,
  };
}

function arrived(entry: OutboxEntry, at: number, isSeen: boolean): OutboxEntry {
  return {
    ...entry,
    state: 'sent',
    nextAttemptAt: null,
    heldUntil: null,
    failure: null,
    delayCount: 0,
    sentAt: at,
    confirmedAt: isSeen ? at : entry.confirmedAt,
  };
}

function postponed(entry: OutboxEntry, until: number, failure: Failure | null): OutboxEntry {
  return { ...entry, state: 'queued', nextAttemptAt: until, failure, delayCount: entry.delayCount + 1 };
}

function failed(entry: OutboxEntry, failure: Failure): OutboxEntry {
  return { ...entry, state: 'failed', nextAttemptAt: null, heldUntil: null, failure };
}

function unconfirmed(entry: OutboxEntry, lookAt: number | null, failure: Failure | null): OutboxEntry {
  return { ...entry, state: 'unconfirmed', nextAttemptAt: lookAt, isDoubtful: true, failure };
}
