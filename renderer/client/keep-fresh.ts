import { type InfiniteData, type Query, QueryClient } from '@tanstack/react-query';
import type { MethodName } from '../../shared/contract/contract.ts';
import type { Client } from './client.ts';
import { createCoalescer } from './coalesce.ts';

/** Refreshing more often than this serves nobody and costs a big list its smoothness. */
const refreshIntervalMs = 400;

/** A search may cost the engine a second over a million mentions, a list scrolled far down is many pages. */
const costlyRefreshIntervalMs = 5000;

/** A list with more pages than this is costly to read again. */
const cheapPages = 5;

/** The cache of answers. Events say when they are stale, so neither time nor focus makes them so. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        // The engine is on this computer: a lost network is no reason not to ask it.
        networkMode: 'always',
      },
    },
  });
}

/** Keeps the cache in step with the engine. Returns the stop. */
export function keepFresh(client: Client, queries: QueryClient): () => void {
  const coalescer = createCoalescer(refreshIntervalMs, (keys) => {
    for (const queryKey of keys)
      void queries.invalidateQueries({ queryKey, predicate: (query) => !isCostly(query) });
  });
  const costly = createCoalescer(costlyRefreshIntervalMs, (keys) => {
    for (const queryKey of keys) void queries.invalidateQueries({ queryKey, predicate: isCostly });
  });
  const stale = (method: MethodName, input?: object): void => {
    coalescer.add(input === undefined ? [method] : [method, input]);
    if (isPaged(method)) costly.add([method]);
  };
  /** Replies wait for their account and for the network, too. */
  const repliesWait = (): void => {
    stale('replies.list');
    stale('conversations.get');
  };
  let wasConnected = client.connectionState().kind === 'connected';

  const stops = [
    client.on('conversations.changed', ({ conversationIds }) => {
      stale('inbox.list');
      stale('inbox.counts');
      if (conversationIds.length === 0) stale('conversations.get');
      for (const conversationId of conversationIds) stale('conversations.get', { conversationId });
    }),
    client.on('sources.changed', () => {
      stale('sources.list');
      stale('inbox.counts');
      stale('app.info');
    }),
    client.on('trackers.changed', () => {
      stale('trackers.list');
      stale('inbox.counts');
      stale('inbox.list');
    }),
    client.on('replies.changed', ({ conversationIds }) => {
      stale('replies.list');
      stale('replies.counts');
      stale('inbox.list');
      for (const conversationId of conversationIds) stale('conversations.get', { conversationId });
    }),
    client.on('drafts.changed', ({ conversationIds }) => {
      stale('drafts.list');
      stale('inbox.list');
      for (const conversationId of conversationIds) stale('conversations.get', { conversationId });
    }),
    client.on('savedReplies.changed', () => stale('savedReplies.list')),
    client.on('accounts.changed', () => {
      stale('accounts.list');
      stale('sources.list');
      repliesWait();
    }),
    client.on('settings.changed', () => stale('settings.get')),
    client.on('app.changed', () => {
      stale('app.info');
      repliesWait();
    }),
    client.on('workspace.changed', () => {
      // Nothing of the other workspace may stay on screen, so answers are dropped and not just refreshed.
      coalescer.stop();
      costly.stop();
      void queries.resetQueries();
    }),
    client.onConnectionState(({ kind }) => {
      // Events of the time without connection are lost for good.
      if (kind === 'connected' && !wasConnected) void queries.invalidateQueries();
      wasConnected = kind === 'connected';
    }),
    () => coalescer.stop(),
    () => costly.stop(),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function isPaged(method: unknown): boolean {
  return method === 'inbox.list' || method === 'replies.list';
}

/** Lists of the inbox end in their search text and are read page by page; see use-infinite-inbox.ts. */
function isCostly({ queryKey, state }: Pick<Query, 'queryKey' | 'state'>): boolean {
  if (!isPaged(queryKey[0])) return false;
  if (typeof queryKey[3] === 'string' && queryKey[3] !== '') return true;
  const { pages } = (state.data ?? {}) as Partial<InfiniteData<unknown>>;
  return pages !== undefined && pages.length > cheapPages;
}
