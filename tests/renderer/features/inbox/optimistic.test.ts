import { expect, it } from 'vitest';
import { changedItem, holdsStatus } from '../../../../renderer/features/inbox/optimistic.ts';
import { inboxItemSchema } from '../../../../shared/model/mention.ts';

const item = inboxItemSchema.parse({
  conversationId: '1',
  mentionId: '1',
  externalId: 'x',
  platform: 'feeds',
  sourceId: '2',
  sourceName: 'A feed',
  kind: 'post',
  author: { name: 'Ada', handle: null, url: null },
  title: null,
  text: 'Hello',
  url: null,
  publishedAt: 0,
  sentiment: { label: 'neutral', score: 0 },
  status: 'open',
  snoozedUntil: null,
  unread: true,
  mentionCount: 1,
  hasDraft: false,
  outbox: null,
  trackerIds: [],
  spans: [],
});

it.each([
  ['inbox', 'open', true],
  ['inbox', 'done', false],
  ['source:2', 'snoozed', false],
  ['tracker:4', 'open', true],
  ['done', 'done', true],
  ['done', 'open', false],
  ['snoozed', 'snoozed', true],
  ['all', 'done', true],
] as const)('%s holds %s: %s', (view, status, expected) => {
  expect(holdsStatus(view, status)).toBe(expected);
});

it('takes a done conversation out of the inbox and marks it where everything is shown', () => {
  const change = { kind: 'status', status: 'done', snoozedUntil: null } as const;
  expect(changedItem(item, change, 'inbox')).toBeNull();
  expect(changedItem(item, change, 'all')).toEqual({ ...item, status: 'done' });
});

it('moves a snooze in the snoozed view to its new time', () => {
  const change = { kind: 'status', status: 'snoozed', snoozedUntil: 99 } as const;
  expect(changedItem(item, change, 'snoozed')).toEqual({ ...item, status: 'snoozed', snoozedUntil: 99 });
});

it('marks read without moving anything', () => {
  expect(changedItem(item, { kind: 'unread', unread: false }, 'inbox')).toEqual({ ...item, unread: false });
});
