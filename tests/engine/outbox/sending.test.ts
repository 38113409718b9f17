import { describe, expect, it } from 'vitest';
import { updateAccount, findAccount } from '../../../electron/engine/store/queries/accounts.ts';
import { aSquareOutbox } from './a-square-outbox.ts';

const secondMs = 1000;

describe('a reply', () => {
  it('goes out when its hold is over, and not before', async () => {
    const { queue, clock, texts, get } = aSquareOutbox({ holdSeconds: 10 });
    const { replyId } = await queue('Hello');
    await clock.advance(9_900);
    expect(texts()).toEqual([]);
    expect(await get(replyId)).toMatchObject({ state: 'queued', waitsFor: 'undo' });
    await clock.advance(200);
    expect(texts()).toEqual(['Hello']);
    expect(await get(replyId)).toMatchObject({
      state: 'sent',
      platformId: 'p1',
      url: 'https://square.example/p1',
    });
  });
  it('that is to go later goes then', async () => {
    const { queue, clock, texts, get } = aSquareOutbox();
    const { replyId } = await queue('Later', { sendAt: clock.now() + 3600 * secondMs });
    const second = await queue('Now');
    await clock.advance(2 * secondMs);
    expect(texts()).toEqual(['Now']);
    expect(await get(replyId)).toMatchObject({ state: 'queued', waitsFor: 'time' });
    expect(await get(second.replyId)).toMatchObject({ state: 'sent' });
    await clock.advance(3600 * secondMs);
    expect(texts()).toEqual(['Now', 'Later']);
  });
  it('waits for the network', async () => {
    const { queue, clock, texts, get, outbox } = aSquareOutbox();
    outbox.setOnline(false);
    const { replyId } = await queue('Hello');
    await clock.advance(60 * secondMs);
    expect(await get(replyId)).toMatchObject({ state: 'queued', waitsFor: 'network' });
    outbox.setOnline(true);
    await clock.advance(secondMs);
    expect(texts()).toEqual(['Hello']);
  });
  it('is only queued where nothing is sent', async () => {
    const { queue, clock, texts, close, get } = aSquareOutbox({ isStarted: false, holdSeconds: 10 });
    const { replyId } = await queue('Hello');
    await clock.advance(60 * secondMs);
    await close();
    expect(texts()).toEqual([]);
    expect(await get(replyId)).toMatchObject({ state: 'queued' });
  });
  it('waits for its account to be signed in to again, and is not lost', async () => {
    const { store, queue, clock, texts, get, accountId, outbox, square } = aSquareOutbox();
    square.fates.push('expired');
    const { replyId } = await queue('Hello');
    await clock.advance(100);
    updateAccount(store, accountId, { state: 'expired' });
    await clock.advance(3600 * secondMs);
    expect(await get(replyId)).toMatchObject({
      state: 'queued',
      waitsFor: 'account',
      error: { code: 'unauthorized' },
    });
    updateAccount(store, accountId, { state: 'ok' });
    outbox.resumeAccount(accountId);
    await clock.advance(secondMs);
    expect(texts()).toEqual(['Hello']);
  });
  it('obeys the pause that the platform asks for, and so does all of its account', async () => {
    const { store, queue, clock, texts, get, accountId, square, poll, write, outbox } = aSquareOutbox();
    poll(write('m2', { author: 'bo' }));
    square.fates.push('rate-limited');
    const { replyId } = await queue('One');
    const other = await outbox.call('replies.queue', { conversationId: '2', text: 'Two' });
    await clock.advance(29 * secondMs);
    expect(square.counts.posts).toBe(1);
    expect(await get(replyId)).toMatchObject({
      state: 'queued',
      waitsFor: 'account',
      error: { code: 'rate-limited' },
    });
    expect(await get(other.replyId)).toMatchObject({ state: 'queued', waitsFor: 'account' });
    await clock.advance(3 * secondMs);
    expect(texts()).toEqual(['One', 'Two']);
    expect(findAccount(store, accountId)).toMatchObject({ pausedUntil: null, failCount: 0 });
  });
  it('does not wait for years because the clock was wrong and was set right', async () => {
    const { queue, clock, square, outbox, texts } = aSquareOutbox();
    square.fates.push('rate-limited');
    await queue('Hello');
    await clock.advance(2 * secondMs);
    clock.jump(-400 * 24 * 3600 * secondMs);
    outbox.setOnline(true);
    await clock.advance(2 * secondMs);
    expect(texts()).toEqual(['Hello']);
  });
  it('that the platform refuses fails with its reason, and goes out when it is tried again', async () => {
    const { queue, clock, texts, get, square, outbox } = aSquareOutbox();
    square.fates.push('refused');
    const { replyId } = await queue('One');
    await queue('Two');
    await clock.advance(2 * secondMs);
    expect(await get(replyId)).toMatchObject({ state: 'failed', error: { code: 'rejected' } });
    expect(texts()).toEqual(['Two']);
    await outbox.call('replies.retry', { replyId });
    await clock.advance(2 * secondMs);
    expect(texts()).toEqual(['Two', 'One']);
  });
  it('fails with the reason when its account is removed', async () => {
    const { store, queue, get, outbox, clock, accountId } = aSquareOutbox({ holdSeconds: 30 });
    const { replyId } = await queue('One');
    store.run('UPDATE accounts SET removed_at = 1 WHERE id = ?', Number(accountId));
    outbox.failOrphans();
    await clock.advance(60 * secondMs);
    expect(await get(replyId)).toMatchObject({
      state: 'failed',
      accountId: null,
      error: { code: 'not-found' },
    });
  });
});

describe('a thread', () => {
  it('goes out in order, each part answering the one before', async () => {
    const { queue, clock, square } = aSquareOutbox();
    const { replyIds } = await queue(`${'One. '.repeat(50)}\n\n${'Two. '.repeat(50)}`, { isThread: true });
    expect(replyIds).toHaveLength(2);
    await clock.advance(5 * secondMs);
    expect(square.posts.map(({ inReplyTo }) => inReplyTo)).toEqual(['m1', 'p1']);
  });
  it('stops behind a part that fails, holds up nothing else, and goes on when that is sent', async () => {
    const { queue, clock, square, get, outbox, texts } = aSquareOutbox();
    square.fates.push('refused');
    const parts = ['One. ', 'Two. ', 'Three. '].map((word) => word.repeat(40));
    const { replyIds } = await queue(parts.join('\n\n'), { isThread: true });
    await queue('Something else');
    await clock.advance(5 * secondMs);
    expect(await get(replyIds[1]!)).toMatchObject({
      state: 'queued',
      waitsFor: 'turn',
      part: { index: 2, count: 3 },
    });
    expect(texts()).toEqual(['Something else']);
    await outbox.call('replies.retry', { replyId: replyIds[0]! });
    await clock.advance(5 * secondMs);
    expect(square.posts.map(({ inReplyTo }) => inReplyTo)).toEqual(['m1', 'm1', 'p2', 'p3']);
  });
});

describe('a reply whose conversation changed', () => {
  it.each([
    [
      'was edited',
      'edited',
      ({ write }: ReturnType<typeof aSquareOutbox>) => void write('m1', { text: 'Other words' }),
    ],
    [
      'was removed',
      'removed',
      ({ square }: ReturnType<typeof aSquareOutbox>) => void square.threads.delete('m1'),
    ],
    [
      'was answered from elsewhere',
      'answered',
      ({ square }: ReturnType<typeof aSquareOutbox>) => void square.answerElsewhere('m1', 'We are on it'),
    ],
    [
      'goes on, as a poll has brought',
      'wrote-again',
      ({ poll, write, clock }: ReturnType<typeof aSquareOutbox>) =>
        void poll(write('m9', { inReplyTo: 'm1', at: clock.now() - 1 })),
    ],
  ])('since it was written (%s) stops, and goes out when the user says so', async (_, change, happens) => {
    const outside = aSquareOutbox({ holdSeconds: 10 });
    const { queue, clock, get, outbox, texts } = outside;
    const { replyId } = await queue('Hello');
    happens(outside);
    const before = texts();
    await clock.advance(12 * secondMs);
    expect(await get(replyId)).toMatchObject({
      state: 'failed',
      error: { code: 'conflict', details: { change } },
    });
    expect(texts()).toEqual(before);
    await outbox.call('replies.retry', { replyId });
    await clock.advance(2 * secondMs);
    expect(texts()).toEqual([...before, 'Hello']);
  });
  it('is not sent unseen: a look that fails is repeated', async () => {
    const { queue, clock, get, square, texts } = aSquareOutbox();
    square.setReadable(false);
    const { replyId } = await queue('Hello');
    await clock.advance(120 * secondMs);
    expect(await get(replyId)).toMatchObject({ state: 'queued', error: { code: 'unreachable' } });
    expect(square.counts.posts).toBe(0);
    square.setReadable(true);
    await clock.advance(900 * secondMs);
    expect(texts()).toEqual(['Hello']);
  });
  it('does not go where nothing can be written any more', async () => {
    const { queue, clock, get } = aSquareOutbox({ traits: { closed: () => 'The conversation is locked.' } });
    const { replyId } = await queue('Hello');
    await clock.advance(secondMs);
    expect(await get(replyId)).toMatchObject({
      state: 'failed',
      error: { code: 'rejected', message: 'The conversation is locked.' },
    });
  });
});

describe('a reply that may have arrived', () => {
  it('is found, and not sent again', async () => {
    const { queue, clock, get, square, texts } = aSquareOutbox();
    square.fates.push('answer-lost');
    const { replyId } = await queue('Hello');
    await clock.advance(secondMs);
    expect(await get(replyId)).toMatchObject({ state: 'unconfirmed' });
    await clock.advance(5 * secondMs);
    expect(await get(replyId)).toMatchObject({
      state: 'sent',
      platformId: 'p1',
      confirmedAt: expect.any(Number),
    });
    expect(texts()).toEqual(['Hello']);
  });
  it('is sent again only when the platform has had its time', async () => {
    const { queue, clock, square, texts } = aSquareOutbox();
    square.fates.push('dropped');
    await queue('Hello');
    await clock.advance(90 * secondMs);
    expect(square.counts.posts).toBe(1);
    await clock.advance(20 * secondMs);
    expect(texts()).toEqual(['Hello']);
  });
  it('is not sent again into a conversation that has changed meanwhile', async () => {
    const { queue, clock, square, get, write, texts, outbox } = aSquareOutbox();
    square.fates.push('dropped');
    const { replyId } = await queue('Hello');
    await clock.advance(2 * secondMs);
    write('m1', { text: 'Other words' });
    await clock.advance(120 * secondMs);
    expect(await get(replyId)).toMatchObject({
      state: 'failed',
      error: { code: 'conflict', details: { change: 'edited' } },
    });
    expect(texts()).toEqual([]);
    await outbox.call('replies.retry', { replyId });
    await clock.advance(2 * secondMs);
    expect(texts()).toEqual(['Hello']);
  });
  it('that the user sends again is not, where the conversation shows that it arrived', async () => {
    const { queue, clock, square, get, texts, outbox } = aSquareOutbox({ traits: { canFind: false } });
    square.fates.push('answer-lost');
    const { replyId } = await queue('Hello');
    await clock.advance(5 * secondMs);
    await outbox.call('replies.retry', { replyId });
    await clock.advance(5 * secondMs);
    expect(await get(replyId)).toMatchObject({ state: 'failed', error: { details: { change: 'answered' } } });
    expect(texts()).toEqual(['Hello']);
  });
  it('is sent again at once where that makes no second one', async () => {
    const { queue, clock, square, texts } = aSquareOutbox({
      traits: { repeatableForMs: 3_600_000, canFind: false },
    });
    square.fates.push('dropped');
    await queue('Hello');
    await clock.advance(10 * secondMs);
    expect(square.counts.posts).toBe(2);
    expect(texts()).toEqual(['Hello']);
  });
  it('is left to the user where nobody can look', async () => {
    const { queue, clock, get, square, outbox, texts } = aSquareOutbox({
      traits: { canFind: false, canLook: false },
    });
    square.fates.push('answer-lost', 'dropped');
    const one = await queue('One');
    const two = await queue('Two');
    await clock.advance(3600 * secondMs);
    expect(await get(one.replyId)).toMatchObject({ state: 'unconfirmed', nextAttemptAt: null });
    await expect(outbox.call('replies.cancel', { replyId: one.replyId })).rejects.toMatchObject({
      code: 'conflict',
    });
    await outbox.call('replies.markSent', { replyId: one.replyId });
    expect(await get(one.replyId)).toMatchObject({ state: 'sent' });
    await outbox.call('replies.retry', { replyId: two.replyId });
    await clock.advance(secondMs);
    expect(texts()).toEqual(['One', 'Two']);
  });
  it('is known to be there when the look before the next one shows it', async () => {
    const { queue, clock, get, square, texts } = aSquareOutbox({ traits: { canFind: false } });
    square.fates.push('answer-lost');
    const one = await queue('One');
    await queue('Two');
    await clock.advance(60 * secondMs);
    expect(await get(one.replyId)).toMatchObject({ state: 'sent', platformId: 'p1' });
    expect(texts()).toEqual(['One', 'Two']);
  });
  it('is parked when what was stored of it cannot be read', async () => {
    const { store, queue, clock, get, outbox, texts } = aSquareOutbox({ holdSeconds: 10 });
    const { replyId } = await queue('Hello');
    store.run(`UPDATE replies SET prepared = '{"nonsense":1}'`);
    await clock.advance(11 * secondMs);
    expect(await get(replyId)).toMatchObject({
      state: 'failed',
      text: 'Hello',
      error: { details: { reason: 'unreadable' } },
    });
    await outbox.call('replies.retry', { replyId });
    await clock.advance(secondMs);
    expect(texts()).toEqual(['Hello']);
  });
});

describe('quitting within the hold', () => {
  it('keeps the reply as the draft of its conversation, before what stood there, and says so', async () => {
    const { queue, clock, close, outbox, texts, conversationId } = aSquareOutbox({ holdSeconds: 30 });
    await queue('Hello');
    await outbox.call('drafts.save', { conversationId, text: 'and more' });
    await close();
    await clock.advance(60 * secondMs);
    expect(texts()).toEqual([]);
    const { drafts } = await outbox.call('drafts.list', {});
    expect(drafts).toMatchObject([
      { text: 'Hello\n\nand more', heldBackAt: expect.any(Number), platform: 'square' },
    ]);
    expect(outbox.conversation(conversationId).activity.at(-1)).toMatchObject({ kind: 'reply-cancelled' });
    expect(outbox.events.at(-1)).toEqual({ name: 'drafts.changed', conversationIds: [conversationId] });
  });
});
