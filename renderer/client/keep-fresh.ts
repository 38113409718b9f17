import { QueryClient } from '@tanstack/react-query';
import type { MethodName } from '../../shared/contract/contract.ts';
import type { Client } from './client.ts';
import { createCoalescer } from './coalesce.ts';

/** Refreshing more often than this serves nobody and costs a big list its smoothness. */
const refreshIntervalMs = 400;

/** A search may cost the engine a second over a million mentions: it is repeated less often than lists are read. */
const searchRefreshIntervalMs = 5000;

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
      void queries.invalidateQueries({ queryKey, predicate: (query) => !isSearch(query.queryKey) });
  });
  const searches = createCoalescer(searchRefreshIntervalMs, () => {
    void queries.invalidateQueries({
      queryKey: ['inbox.list'],
      predicate: (query) => isSearch(query.queryKey),
    });
  });
  const stale = (method: MethodName, input?: object): void => {
    coalescer.add(input === undefined ? [method] : [method, input]);
    if (method === 'inbox.list') searches.add([method]);
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
    client.on('settings.changed', () => stale('settings.get')),
    client.on('app.changed', () => stale('app.info')),
    client.on('workspace.changed', () => {
      // Nothing of the other workspace may stay on screen, so answers are dropped and not just refreshed.
      coalescer.stop();
      searches.stop();
      void queries.resetQueries();
    }),
    client.onConnectionState(({ kind }) => {
      // Events of the time without connection are lost for good.
      if (kind === 'connected' && !wasConnected) void queries.invalidateQueries();
      wasConnected = kind === 'connected';
    }),
    () => coalescer.stop(),
    () => searches.stop(),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Lists of the inbox end in their search text; see use-infinite-inbox.ts. */
function isSearch(queryKey: readonly unknown[]): boolean {
  return queryKey[0] === 'inbox.list' && typeof queryKey[3] === 'string' && queryKey[3] !== '';
}
