import { expect, it } from 'vitest';
import { urgentFirst } from '../../../../renderer/features/outbox/urgent-first.ts';
import type { Reply } from '../../../../shared/model/reply.ts';

const reply = (replyId: string, patch: Partial<Reply> = {}): Reply =>
  ({ replyId, conversationId: replyId, state: 'queued', part: null, createdAt: 0, ...patch }) as Reply;
const part = (replyId: string, index: number, patch: Partial<Reply> = {}): Reply =>
  reply(replyId, {
    conversationId: '7',
    createdAt: 5,
    part: { index, count: 3 },
    ...patch,
  } as Partial<Reply>);
const order = (...replies: Reply[]): string[] => urgentFirst(replies).map(({ replyId }) => replyId);

it('puts what failed first and leaves the others in their order', () => {
  expect(order(reply('3'), reply('2'), reply('1', { state: 'failed' }))).toEqual(['1', '3', '2']);
});

it('shows a thread from its first part on, where the newest comes first', () => {
  expect(order(reply('5'), part('4', 3), part('3', 2), part('2', 1), reply('1'))).toEqual([
    '5',
    '2',
    '3',
    '4',
    '1',
  ]);
});

it('does not mix two threads of one conversation', () => {
  const earlier = { createdAt: 1 };
  expect(order(part('4', 2), part('3', 1), part('2', 2, earlier), part('1', 1, earlier))).toEqual([
    '3',
    '4',
    '1',
    '2',
  ]);
});
