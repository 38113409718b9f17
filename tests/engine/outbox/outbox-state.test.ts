import { describe, expect, it } from 'vitest';
import {
  type OutboxEntry,
  type OutboxEvent,
  transition,
} from '../../../electron/engine/outbox/outbox-state.ts';
import type { ReplyState } from '../../../shared/model/reply.ts';

const at = 1000;
const failure = { code: 'rejected', message: 'No.' } as const;
const entry = (state: ReplyState, change: Partial<OutboxEntry> = {}): OutboxEntry => ({
  state,
  nextAttemptAt: null,
  heldUntil: null,
  attemptCount: 0,
  firstAttemptAt: null,
  attemptedAt: null,
  absentCount: 0,
  isDoubtful: false,
  delayCount: 0,
  failure: null,
  sentAt: null,
  confirmedAt: null,
  ...change,
});
const events: readonly OutboxEvent[] = [
  { kind: 'begin', at },
  { kind: 'sent', at, isSeen: false },
  { kind: 'postponed', until: at, failure },
  { kind: 'refused', failure, lookAt: at },
  { kind: 'unknown', failure, lookAt: at },
  { kind: 'restarted', at, failure },
  { kind: 'absent', lookAt: at },
  { kind: 'look-failed', lookAt: at, failure },
  { kind: 'cancel', reason: null },
  { kind: 'retry', at, canLook: false },
  { kind: 'mark-sent', at },
  { kind: 'seen', at },
];

describe('the life of a reply', () => {
  it.each<[ReplyState, Readonly<Record<string, ReplyState>>]>([
    [
      'queued',
      {
        begin: 'sending',
        sent: 'sent',
        postponed: 'queued',
        refused: 'failed',
        cancel: 'cancelled',
        seen: 'sent',
      },
    ],
    [
      'sending',
      {
        sent: 'sent',
        postponed: 'queued',
        refused: 'failed',
        unknown: 'unconfirmed',
        restarted: 'unconfirmed',
        seen: 'sent',
      },
    ],
    [
      'unconfirmed',
      {
        begin: 'sending',
        sent: 'sent',
        refused: 'failed',
        absent: 'unconfirmed',
        'look-failed': 'unconfirmed',
        retry: 'queued',
        'mark-sent': 'sent',
        seen: 'sent',
      },
    ],
    ['failed', { cancel: 'cancelled', retry: 'queued', seen: 'sent' }],
    ['sent', { seen: 'sent' }],
    ['cancelled', {}],
  ])('goes on from %s as drawn and in no other way', (state, expected) => {
    const reached = Object.fromEntries(
      events.flatMap((event) => {
        const next = transition(entry(state), event);
        return next === null ? [] : [[event.kind, next.state]];
      }),
    );
    expect(reached).toEqual(expected);
  });
  it('stays in doubt once an outcome was unknown: a later attempt that is refused or put off says nothing of it', () => {
    const unknown = transition(entry('sending'), { kind: 'unknown', failure, lookAt: 5 })!;
    expect(unknown).toMatchObject({ state: 'unconfirmed', isDoubtful: true, nextAttemptAt: 5 });
    const again = transition(unknown, { kind: 'begin', at })!;
    expect(transition(again, { kind: 'refused', failure, lookAt: 7 })).toMatchObject({
      state: 'unconfirmed',
      nextAttemptAt: 7,
    });
    expect(transition(again, { kind: 'postponed', until: 9, failure })).toMatchObject({
      state: 'unconfirmed',
      nextAttemptAt: 9,
    });
  });
  it('counts attempts, and forgets at each one how often it was absent', () => {
    const looked = entry('unconfirmed', {
      absentCount: 2,
      attemptCount: 1,
      firstAttemptAt: 10,
      attemptedAt: 10,
    });
    expect(transition(looked, { kind: 'begin', at })).toMatchObject({
      attemptCount: 2,
      firstAttemptAt: 10,
      attemptedAt: at,
      absentCount: 0,
    });
  });
});
