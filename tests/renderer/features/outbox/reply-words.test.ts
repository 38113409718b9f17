import { describe, expect, it } from 'vitest';
import { replyTitle, replyWords } from '../../../../renderer/features/outbox/reply-words.ts';
import { changeLine } from '../../../../renderer/features/outbox/change-lines.ts';
import { urgentFirst } from '../../../../renderer/features/outbox/urgent-first.ts';
import { clockTime } from '../../../../renderer/ui/time-words.ts';
import type { Mention } from '../../../../shared/model/mention.ts';
import type { Reply } from '../../../../shared/model/reply.ts';

const now = new Date(2026, 10, 21, 10, 0).getTime();
const inFive = now + 300_000;

const reply = (changes: Partial<Reply> = {}): Reply =>
  ({
    replyId: '1',
    conversationId: '1',
    action: 'reply',
    accountId: '1',
    accountName: 'Hawfinch',
    toName: 'Kate',
    connector: 'sample',
    platform: 'blurtle',
    inReplyToMentionId: '5',
    onReplyId: null,
    text: 'Hello',
    attachments: [],
    state: 'queued',
    waitsFor: null,
    heldUntil: null,
    sendAt: null,
    nextAttemptAt: null,
    attemptCount: 0,
    part: null,
    via: 'earshot',
    createdAt: now,
    sentAt: null,
    confirmedAt: null,
    deletedAt: null,
    ...changes,
  }) as Reply;

const told = (changes: Partial<Reply>) => {
  const { state, tone, moves } = replyWords(reply(changes), now, 'Blurtle');
  return { state, tone, moves };
};

describe('a reply that has not left', () => {
  it('counts down while it is held, and can be taken back', () => {
    expect(replyWords(reply({ waitsFor: 'undo', heldUntil: now + 9000 }), now, 'Blurtle')).toMatchObject({
      state: 'Sends',
      countdownTo: now + 9000,
      moves: ['undo'],
    });
  });

  it('says what it waits for', () => {
    expect(told({ waitsFor: 'time', sendAt: inFive }).state).toBe(`Will be sent ${clockTime(inFive, now)}`);
    expect(told({ waitsFor: 'network' }).state).toBe('Waits for the network');
    expect(told({ waitsFor: 'turn' }).state).toBe('Waits its turn');
    expect(told({ waitsFor: 'account', nextAttemptAt: inFive }).state).toBe(
      `Waits until ${clockTime(inFive, now)}`,
    );
    expect(told({ waitsFor: 'retry', nextAttemptAt: inFive }).state).toBe(
      `Tries again at ${clockTime(inFive, now)}`,
    );
  });
});

describe('a reply that has left', () => {
  it('is called sent once the platform has it, and seen once it was seen there', () => {
    expect(told({ state: 'sent', sentAt: now })).toEqual({ state: 'Sent', tone: 'positive', moves: [] });
    expect(told({ state: 'sent', confirmedAt: now, url: 'https://b.example/1' })).toEqual({
      state: 'Seen on Blurtle',
      tone: 'positive',
      moves: ['open'],
    });
    expect(told({ state: 'sent', via: 'elsewhere' }).state).toBe('Sent from elsewhere');
    expect(told({ state: 'sent', deletedAt: now }).state).toBe('Deleted on Blurtle');
  });

  it('is never called sent while nobody knows', () => {
    const looking = replyWords(reply({ state: 'unconfirmed', nextAttemptAt: inFive }), now, 'Blurtle');
    expect(looking.moves).toEqual(['look', 'is-there']);
    expect(looking.detail).toContain('before anything is sent again');
    const stuck = replyWords(reply({ state: 'unconfirmed' }), now, 'Blurtle');
    expect(stuck.moves).toEqual(['is-there', 'send-again']);
    expect(stuck.detail).toContain('twice');
  });

  it('says why it was not sent, in the platform’s own terms, and what can be done', () => {
    const error = { code: 'rejected' as const, message: 'Blurtle takes no replies to old posts.' };
    expect(replyWords(reply({ state: 'failed', error }), now, 'Blurtle')).toMatchObject({
      state: 'Not sent',
      tone: 'negative',
      detail: error.message,
      // The platform will not take it as it stands: changing it comes first.
      moves: ['edit', 'retry', 'discard'],
    });
    const server = { code: 'server-error' as const, message: 'Blurtle has trouble.' };
    expect(replyWords(reply({ state: 'failed', error: server }), now, 'Blurtle').moves[0]).toBe('retry');
  });

  it('was stopped, not refused, when the conversation changed', () => {
    const error = { code: 'conflict' as const, message: 'They wrote again.', details: { change: 'edited' } };
    expect(told({ state: 'failed', error })).toEqual({
      state: 'Stopped: not sent',
      tone: 'caution',
      moves: ['send-anyway', 'edit', 'discard'],
    });
  });
});

it('shows the change that stopped it', () => {
  const mention = (id: string, text: string, publishedAt: number): Mention =>
    ({ mentionId: id, text, publishedAt, author: { name: 'Mo' } }) as Mention;
  const mentions = [mention('5', 'as it reads now', now - 1), mention('6', 'one more thing', now + 1)];
  const stopped = (change: string): Reply =>
    reply({ state: 'failed', error: { code: 'conflict', message: '', details: { change } } });
  const line = (change: string) => changeLine(stopped(change), { mentions, replies: [] });
  expect(line('edited')).toEqual({ what: 'Mo changed it. It says now:', text: 'as it reads now' });
  expect(line('wrote-again')).toEqual({ what: 'Mo wrote again:', text: 'one more thing' });
  expect(line('something new')).toBeNull();
});

it('puts what needs its writer first', () => {
  const states = ['sent', 'queued', 'failed', 'unconfirmed', 'sending'] as const;
  expect(urgentFirst(states.map((state) => reply({ state }))).map(({ state }) => state)).toEqual([
    'failed',
    'unconfirmed',
    'sending',
    'queued',
    'sent',
  ]);
});

it('names the parts of a thread and the actions', () => {
  expect(replyTitle(reply({ part: { index: 2, count: 3 } }))).toBe('Reply, part 2 of 3');
  expect(replyTitle(reply({ action: 'hide' }))).toBe('Hide');
});
