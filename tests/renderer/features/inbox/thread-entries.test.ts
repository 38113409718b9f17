import { expect, it } from 'vitest';
import { threadEntries } from '../../../../renderer/features/inbox/thread-entries.ts';
import type { Mention } from '../../../../shared/model/mention.ts';
import type { Reply } from '../../../../shared/model/reply.ts';

const mention = (mentionId: string, publishedAt: number): Mention => ({ mentionId, publishedAt }) as Mention;
const reply = (replyId: string, changes: Partial<Reply>): Reply =>
  ({ replyId, action: 'reply', createdAt: 0, sentAt: null, ...changes }) as Reply;

it('tells mentions and replies in the order of time, what has not left last, and nothing that is no reply', () => {
  const entries = threadEntries(
    [mention('m1', 100), mention('m2', 300)],
    [
      reply('queued', { state: 'queued', createdAt: 150 }),
      reply('sent', { state: 'sent', createdAt: 90, sentAt: 200 }),
      reply('failed', { state: 'failed', createdAt: 120 }),
      reply('taken back', { state: 'cancelled', createdAt: 130 }),
      reply('like', { state: 'sent', action: 'like', sentAt: 250 }),
    ],
  );
  expect(
    entries.map((entry) => (entry.kind === 'mention' ? entry.mention.mentionId : entry.reply.replyId)),
  ).toEqual(['m1', 'sent', 'm2', 'failed', 'queued']);
});
