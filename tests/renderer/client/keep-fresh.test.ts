import { Subject } from 'rxjs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createClient } from '../../../renderer/client/client.ts';
import { createQueryClient, keepFresh } from '../../../renderer/client/keep-fresh.ts';
import { createMemoryTransport } from '../../../renderer/client/transports/memory.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const events = new Subject<unknown>();
  const transport = createMemoryTransport({ call: () => Promise.resolve({}), events$: events });
  const queries = createQueryClient();
  const stop = keepFresh(createClient(transport), queries);
  for (const key of [
    ['inbox.list', 'infinite', 'inbox', ''],
    ['inbox.counts', {}],
    ['conversations.get', { conversationId: '1' }],
    ['conversations.get', { conversationId: '2' }],
    ['sources.list', {}],
    ['trackers.list', {}],
    ['replies.list', {}],
    ['replies.counts', {}],
    ['drafts.list', {}],
    ['savedReplies.list', {}],
    ['settings.get', {}],
    ['app.info', {}],
  ]) {
    queries.setQueryData(key, { some: 'answer' });
  }
  const stale = () =>
    queries
      .getQueryCache()
      .getAll()
      .filter((query) => query.state.isInvalidated)
      .map(({ queryKey }) =>
        queryKey[0] === 'conversations.get'
          ? `conversation ${(queryKey[1] as { conversationId: string }).conversationId}`
          : queryKey[0],
      );
  return { events, transport, queries, stop, stale };
}

it.each([
  [
    { name: 'conversations.changed', conversationIds: ['2'], inserted: 0 },
    ['inbox.list', 'inbox.counts', 'conversation 2'],
  ],
  [
    { name: 'conversations.changed', conversationIds: [], inserted: 900 },
    ['inbox.list', 'inbox.counts', 'conversation 1', 'conversation 2'],
  ],
  [{ name: 'sources.changed', sourceIds: ['1'] }, ['inbox.counts', 'sources.list', 'app.info']],
  [{ name: 'trackers.changed' }, ['inbox.list', 'inbox.counts', 'trackers.list']],
  [
    { name: 'replies.changed', replyIds: ['9'], conversationIds: ['2'] },
    ['inbox.list', 'conversation 2', 'replies.list', 'replies.counts'],
  ],
  [{ name: 'drafts.changed', conversationIds: ['1'] }, ['inbox.list', 'conversation 1', 'drafts.list']],
  [{ name: 'savedReplies.changed' }, ['savedReplies.list']],
  [{ name: 'settings.changed' }, ['settings.get']],
  // What a reply waits for: its account, the network.
  [
    { name: 'accounts.changed', accountIds: ['1'] },
    ['conversation 1', 'conversation 2', 'sources.list', 'replies.list'],
  ],
  [{ name: 'app.changed' }, ['conversation 1', 'conversation 2', 'replies.list', 'app.info']],
])('%j makes exactly what it is about stale', (event, expected) => {
  const { events, stale } = setUp();
  events.next(event);
  vi.advanceTimersByTime(0);
  expect(stale()).toEqual(expected);
});

it('refreshes once for a burst of events, and a second time for what followed', () => {
  const { events, queries } = setUp();
  const invalidate = vi.spyOn(queries, 'invalidateQueries');
  for (let i = 0; i < 50; i += 1) events.next({ name: 'settings.changed' });
  vi.advanceTimersByTime(0);
  expect(invalidate).toHaveBeenCalledTimes(1);
  for (let i = 0; i < 50; i += 1) events.next({ name: 'settings.changed' });
  vi.advanceTimersByTime(399);
  expect(invalidate).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(invalidate).toHaveBeenCalledTimes(2);
});

const pages = (count: number) => ({ pages: Array.from({ length: count }, () => ({ items: [] })) });

it.each([
  { what: 'a search', key: ['inbox.list', 'infinite', 'inbox', 'acme'], answer: pages(1) },
  { what: 'a list of many pages', key: ['inbox.list', 'infinite', 'done', ''], answer: pages(6) },
])('repeats $what less often than it refreshes a list', ({ key, answer }) => {
  const { events, queries } = setUp();
  queries.setQueryData(key, answer);
  const refetchedAfter = (ms: number): boolean => {
    queries.setQueryData(key, answer);
    queries.setQueryData(['inbox.list', 'infinite', 'all', ''], pages(5));
    events.next({ name: 'conversations.changed', conversationIds: ['1'], inserted: 1 });
    vi.advanceTimersByTime(ms);
    if (ms > 400) {
      expect(queries.getQueryState(['inbox.list', 'infinite', 'all', ''])?.isInvalidated).toBe(true);
    }
    return queries.getQueryState(key)?.isInvalidated === true;
  };
  expect(refetchedAfter(0)).toBe(true);
  expect(refetchedAfter(4999)).toBe(false);
  expect(refetchedAfter(1)).toBe(true);
});

it('drops every answer when another workspace opens', () => {
  const { events, queries } = setUp();
  events.next({ name: 'workspace.changed' });
  expect(queries.getQueryData(['inbox.counts', {}])).toBeUndefined();
});

it('distrusts everything after a time without connection', () => {
  const { transport, stale } = setUp();
  transport.setConnected(false);
  expect(stale()).toEqual([]);
  transport.setConnected(true);
  expect(stale()).toHaveLength(12);
});

it('leaves no timer when stopped', () => {
  const { events, stop } = setUp();
  events.next({ name: 'settings.changed' });
  stop();
  expect(vi.getTimerCount()).toBe(0);
});
