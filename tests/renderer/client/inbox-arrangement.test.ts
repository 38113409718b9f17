import { describe, expect, it } from 'vitest';
import type { InboxItem } from '../../../shared/model/mention.ts';
import { arrangeInbox, emptyInboxMemory } from '../../../renderer/client/inbox-arrangement.ts';

/** `c1@20` is conversation c1 shown by mention 20. */
const list = (text: string): InboxItem[] =>
  text
    .split(' ')
    .filter((part) => part !== '')
    .map((part) => {
      const [conversationId, mentionId] = part.split('@');
      return { conversationId, mentionId } as unknown as InboxItem;
    });

const words = (items: readonly InboxItem[]) =>
  items.map((item) => `${item.conversationId}@${item.mentionId}`).join(' ');

/** Feeds the same list after each answer of the engine, as the hook does. */
function arrangeAll(...answers: string[]) {
  let memory = emptyInboxMemory;
  let last = arrangeInbox([], memory);
  for (const answer of answers) {
    last = arrangeInbox(list(answer), memory);
    memory = last.memory;
  }
  return { shown: words(last.shown), waiting: last.waiting };
}

describe('a list of the inbox', () => {
  it.each([
    { title: 'shows the first answer whole', answers: ['b@20 a@10'], shown: 'b@20 a@10', waiting: 0 },
    {
      title: 'lets new conversations wait',
      answers: ['b@20 a@10', 'd@40 c@30 b@20 a@10'],
      shown: 'b@20 a@10',
      waiting: 2,
    },
    {
      title: 'keeps a conversation in its place when it gets another mention',
      answers: ['b@20 a@10', 'a@30 b@20'],
      shown: 'b@20 a@30',
      waiting: 0,
    },
    {
      title: 'shows older pages as they are loaded',
      answers: ['c@30 b@20', 'c@30 b@20 a@10 z@-5'],
      shown: 'c@30 b@20 a@10 z@-5',
      waiting: 0,
    },
    {
      title: 'shows what arrives in an empty list at once',
      answers: ['', 'b@20 a@10'],
      shown: 'b@20 a@10',
      waiting: 0,
    },
    {
      title: 'shows what arrives after the last row was dealt with',
      answers: ['a@10', '', 'b@20'],
      shown: 'b@20',
      waiting: 0,
    },
    {
      title: 'returns an undone row to where it was, even with a newer mention',
      answers: ['b@20 a@10', 'b@20', 'a@30 b@20'],
      shown: 'b@20 a@30',
      waiting: 0,
    },
    {
      title: 'shows a conversation once when pages overlap after an arrival',
      answers: ['b@20 a@10', 'b@20 a@10 a@10'],
      shown: 'b@20 a@10',
      waiting: 0,
    },
    {
      title: 'compares ids as numbers, also beyond what a double holds',
      answers: ['b@9007199254740993 a@9', 'c@9007199254740994 b@9007199254740993 a@9'],
      shown: 'b@9007199254740993 a@9',
      waiting: 1,
    },
  ])('$title', ({ answers, shown, waiting }) => {
    expect(arrangeAll(...answers)).toEqual({ shown, waiting });
  });

  it('arranges the same answer the same way twice', () => {
    const items = list('c@30 b@20');
    const first = arrangeInbox(items, emptyInboxMemory);
    expect(arrangeInbox(items, first.memory)).toEqual(first);
  });
});
