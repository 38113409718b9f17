import { describe, expect, it } from 'vitest';
import { updateAccount } from '../../../electron/engine/store/queries/accounts.ts';
import { readInboxItems } from '../../../electron/engine/store/queries/inbox-items.ts';
import type { AttachmentId } from '../../../shared/model/ids.ts';
import { aSquareOutbox } from './a-square-outbox.ts';
import { anAccount } from './own-session.ts';

const secondMs = 1000;
type Outside = ReturnType<typeof aSquareOutbox>;

async function aPicture(
  { outbox }: Outside,
  name: string,
  bytes = 10,
  type = 'image/png',
): Promise<AttachmentId> {
  const data = Buffer.alloc(bytes, 1).toString('base64');
  return (await outbox.call('attachments.add', { name, type, data })).attachmentId;
}

describe('queueing a reply', () => {
  it.each([
    ['an empty text', '  \n ', {}, 'Write something first'],
    [
      'a text that is too long',
      'x'.repeat(301),
      {},
      'This is too long: 301 characters. Square takes at most 300',
    ],
    [
      'a thread of a word that is too long',
      `https://a.example/${'x'.repeat(400)}`,
      { isThread: true },
      'longer than the 300 characters of a part',
    ],
    ['a conversation that is not there', 'Hello', { conversationId: '99' as never }, 'no such conversation'],
    [
      'a mention of elsewhere',
      'Hello',
      { inReplyToMentionId: '7' as never },
      'not part of this conversation',
    ],
    ['an account that is not there', 'Hello', { accountId: '99' as never }, 'no such account'],
  ])('refuses %s and says what to do', async (_, text, more, message) => {
    const { queue, outbox } = aSquareOutbox();
    await expect(queue(text, more)).rejects.toThrow(message);
    expect(await outbox.call('replies.counts', {})).toMatchObject({ queued: 0 });
  });
  it('refuses what the platform does not take with it', async () => {
    const outside = aSquareOutbox();
    const add = (...ids: AttachmentId[]) =>
      outside.queue('Hello', {
        attachments: ids.map((attachmentId) => ({ attachmentId, alt: 'x'.repeat(21) })),
      });
    const [one, two, three] = [
      await aPicture(outside, 'a.png'),
      await aPicture(outside, 'b.png'),
      await aPicture(outside, 'c.png'),
    ];
    await expect(add(one, two, three)).rejects.toThrow('Square takes at most 2 files; these are 3');
    await expect(add(one)).rejects.toThrow(
      'The description of a.png has 21 characters; Square takes at most 20',
    );
    await expect(add(await aPicture(outside, 'big.png', 2000))).rejects.toThrow(
      'big.png has 2 kB; Square takes at most 1 kB',
    );
    await expect(add(await aPicture(outside, 'a.gif', 10, 'image/gif'))).rejects.toThrow(
      'does not take a.gif',
    );
  });
  it('says why nobody can answer', async () => {
    const { store, queue, accountId, outbox, conversationId } = aSquareOutbox();
    updateAccount(store, accountId, { isReadOnly: true });
    await expect(queue('Hello')).rejects.toThrow(
      'brand is read-only. Allow it to write: Accounts, then brand.',
    );
    expect(outbox.conversation(conversationId)).toMatchObject({
      answerableBy: [],
      answerNote: 'brand is read-only. Allow it to write: Accounts, then brand.',
    });
    store.run('UPDATE accounts SET removed_at = 1');
    await expect(queue('Hello')).rejects.toThrow('Connect an account on Square to answer here.');
  });
  it('answers from the account that answered last, and asks when that is not plain', async () => {
    const { store, queue, accountId, outbox, conversationId } = aSquareOutbox();
    const help = anAccount(store, 'help');
    await expect(queue('Hello')).rejects.toThrow('Choose the account to answer from: brand, help.');
    await queue('Hello', { accountId: help });
    const { replyId } = await queue('Again');
    expect(await outbox.call('replies.get', { replyId })).toMatchObject({ accountId: help });
    expect(outbox.conversation(conversationId).answerableBy).toEqual([help, accountId]);
  });
  it('answers from the account that heard it, where none has answered yet', async () => {
    const { store, queue, accountId, outbox, conversationId } = aSquareOutbox();
    const help = anAccount(store, 'help');
    store.run('UPDATE sources SET account_id = ?', Number(help));
    const { replyId } = await queue('Hello');
    expect(await outbox.call('replies.get', { replyId })).toMatchObject({ accountId: help });
    expect(outbox.conversation(conversationId).answerableBy).toEqual([help, accountId]);
  });
  it('holds it as the setting says, in a chat five seconds at most', async () => {
    const chat = aSquareOutbox({ holdSeconds: 30, traits: { isChat: true } });
    const { replyId } = await chat.queue('Hello');
    expect((await chat.get(replyId)).heldUntil).toBe(chat.clock.now() + 5 * secondMs);
  });
  it('takes the place of the draft that it was', async () => {
    const { queue, outbox, conversationId } = aSquareOutbox({ holdSeconds: 30 });
    await outbox.call('drafts.save', { conversationId, text: 'Hello ' });
    await queue('Hello');
    expect(outbox.conversation(conversationId)).toMatchObject({ draft: null, replies: [{ text: 'Hello' }] });
  });
});

describe('taking a reply back', () => {
  it('within the hold gives its text and pictures back as the draft', async () => {
    const outside = aSquareOutbox({ holdSeconds: 10 });
    const { queue, outbox, clock, texts } = outside;
    const attachmentId = await aPicture(outside, 'a.png');
    const { replyId } = await queue('Hello', { attachments: [{ attachmentId, alt: 'A door' }] });
    const { reply, draft } = await outbox.call('replies.cancel', { replyId });
    expect(reply.state).toBe('cancelled');
    expect(draft).toMatchObject({ text: 'Hello', attachments: [{ attachmentId, alt: 'A door' }] });
    await clock.advance(60 * secondMs);
    expect(texts()).toEqual([]);
  });
  it('takes the parts that follow along', async () => {
    const { queue, outbox } = aSquareOutbox({ holdSeconds: 10 });
    const text = `${'One. '.repeat(50).trim()}\n\n${'Two. '.repeat(50).trim()}`;
    const { replyId } = await queue(text, { isThread: true });
    const { draft } = await outbox.call('replies.cancel', { replyId });
    expect(draft?.text).toBe(text);
    expect(await outbox.call('replies.counts', {})).toMatchObject({ queued: 0 });
  });
  it('is too late once it has left', async () => {
    const { queue, outbox, clock } = aSquareOutbox();
    const { replyId } = await queue('Hello');
    await clock.advance(secondMs);
    await expect(outbox.call('replies.cancel', { replyId })).rejects.toThrow(
      'It was sent and cannot be taken back',
    );
  });
});

describe('a like', () => {
  it('is shown at once, sent once however often it is asked for, and taken back by its opposite', async () => {
    const { outbox, clock, square, conversationId } = aSquareOutbox();
    const [mention] = outbox.conversation(conversationId).mentions;
    const mentionId = mention!.mentionId;
    const isLiked = () => outbox.conversation(conversationId).mentions[0]?.marks.isLiked;
    const first = await outbox.call('replies.act', { action: 'like', mentionId });
    expect(isLiked()).toBe(true);
    expect(await outbox.call('replies.act', { action: 'like', mentionId })).toEqual(first);
    await outbox.call('replies.act', { action: 'unlike', mentionId });
    expect(isLiked()).toBe(false);
    await clock.advance(5 * secondMs);
    expect(square.acts).toEqual(['like m1', 'unlike m1']);
  });
  it('that the platform refuses is not shown any more', async () => {
    const { outbox, clock, square, conversationId } = aSquareOutbox();
    square.fates.push('refused');
    const mentionId = outbox.conversation(conversationId).mentions[0]!.mentionId;
    await outbox.call('replies.act', { action: 'like', mentionId });
    await clock.advance(secondMs);
    expect(outbox.conversation(conversationId).mentions[0]?.marks.isLiked).toBe(false);
    expect(await outbox.call('replies.counts', {})).toMatchObject({ failed: 1 });
  });
  it('of unknown outcome is simply done again', async () => {
    const { outbox, clock, square, conversationId } = aSquareOutbox();
    square.fates.push('dropped');
    const mentionId = outbox.conversation(conversationId).mentions[0]!.mentionId;
    const { replyId } = await outbox.call('replies.act', { action: 'like', mentionId });
    await clock.advance(20 * secondMs);
    expect(square.acts).toEqual(['like m1']);
    expect(await outbox.call('replies.get', { replyId })).toMatchObject({ state: 'sent' });
  });
});

describe('our own posts in a poll', () => {
  it('are recognised as what was sent, and no mention', async () => {
    const { queue, clock, get, square, poll, outbox, conversationId } = aSquareOutbox();
    const { replyId } = await queue('Hello');
    await clock.advance(secondMs);
    expect(await get(replyId)).toMatchObject({ confirmedAt: null });
    expect(poll(square.posts[0]!)).toMatchObject({ inserted: 0, replyIds: [replyId] });
    expect(await get(replyId)).toMatchObject({ state: 'sent', confirmedAt: clock.now() });
    expect(outbox.conversation(conversationId).mentions).toHaveLength(1);
  });
  it('written elsewhere are attached to what they answer, also within one page, and deleted with it', async () => {
    const { poll, write, square, outbox, conversationId, queue, clock } = aSquareOutbox();
    poll(square.answerElsewhere('m1', 'By hand'));
    expect(outbox.conversation(conversationId).replies).toMatchObject([
      {
        text: 'By hand',
        via: 'elsewhere',
        state: 'sent',
        accountName: 'brand',
        toName: 'ana',
        platformId: 'p1',
      },
    ]);
    const page = [square.answerElsewhere('m2', 'Also by hand'), write('m2', { author: 'bo' })];
    expect(poll(...page)).toMatchObject({ inserted: 1, replyIds: ['2'] });
    expect(poll(write('own', { author: 'brand' }))).toMatchObject({ inserted: 0, replyIds: [] });
    const { replyId } = await outbox.call('replies.act', { action: 'delete', replyId: '1' as never });
    await clock.advance(secondMs);
    expect(await outbox.call('replies.get', { replyId })).toMatchObject({ state: 'sent' });
    expect(outbox.conversation(conversationId).replies[0]).toMatchObject({ deletedAt: expect.any(Number) });
    expect(square.acts).toEqual(['delete p1']);
    await queue('And here');
  });
});

describe('what waits', () => {
  it('shows in lists, counts and the log', async () => {
    const { store, queue, clock, square, outbox, conversationId } = aSquareOutbox();
    const row = () =>
      readInboxItems(store, [
        { mention: Number(outbox.conversation(conversationId).mentions[0]!.mentionId) } as never,
      ])[0];
    expect(row()).toMatchObject({ hasDraft: false, outbox: null });
    await outbox.call('drafts.save', { conversationId, text: 'Something' });
    square.fates.push('refused');
    const { replyId } = await queue('Hello');
    expect(row()).toMatchObject({ hasDraft: true, outbox: 'queued' });
    await clock.advance(secondMs);
    expect(row()).toMatchObject({ outbox: 'failed' });
    expect((await outbox.call('replies.list', {})).replies.map((reply) => reply.replyId)).toEqual([replyId]);
    await outbox.call('replies.retry', { replyId });
    await clock.advance(secondMs);
    expect(row()).toMatchObject({ outbox: null });
    expect((await outbox.call('replies.list', { view: 'sent' })).replies).toHaveLength(1);
    expect(outbox.conversation(conversationId).activity.map(({ kind }) => kind)).toEqual([
      'reply-queued',
      'reply-failed',
      'reply-retried',
      'reply-sent',
    ]);
  });
  it('comes in pages, the newest first', async () => {
    const { queue, outbox } = aSquareOutbox({ holdSeconds: 30 });
    for (const text of ['a', 'b', 'c']) await queue(text);
    const first = await outbox.call('replies.list', { limit: 2 });
    expect(first.replies.map(({ text }) => text)).toEqual(['c', 'b']);
    const second = await outbox.call('replies.list', { limit: 2, cursor: first.nextCursor! });
    expect(second).toMatchObject({ replies: [{ text: 'a' }], nextCursor: null });
  });
});

describe('saved replies', () => {
  it('are kept, changed, used and removed', async () => {
    const { outbox } = aSquareOutbox();
    const one = await outbox.call('savedReplies.save', { name: 'Late', folder: 'Shipping', text: 'Sorry' });
    await outbox.call('savedReplies.save', { name: 'Hello', text: 'Hello' });
    await outbox.call('savedReplies.used', { savedReplyId: one.savedReplyId });
    await outbox.call('savedReplies.save', {
      savedReplyId: one.savedReplyId,
      name: 'Too late',
      text: 'So sorry',
    });
    const { savedReplies } = await outbox.call('savedReplies.list', {});
    expect(savedReplies.map(({ name, folder }) => [name, folder])).toEqual([
      ['Too late', ''],
      ['Hello', ''],
    ]);
    await outbox.call('savedReplies.remove', { savedReplyId: one.savedReplyId });
    await expect(outbox.call('savedReplies.used', { savedReplyId: one.savedReplyId })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
