import { type InfiniteData, type QueryClient, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { MethodOutput } from '../../shared/contract/contract.ts';
import type { EarshotError } from '../../shared/contract/errors.ts';
import type { InboxItem } from '../../shared/model/mention.ts';
import { useClient } from './hooks.ts';
import { arrangeInbox, emptyInboxMemory, type InboxMemory } from './inbox-arrangement.ts';

type InboxPage = MethodOutput<'inbox.list'>;
type InboxPages = InfiniteData<InboxPage, string | undefined>;

/** Lists and single answers of `inbox.list` share the first part, so that one invalidation reaches both. */
const infiniteInboxKey = (view: string, search: string) => ['inbox.list', 'infinite', view, search] as const;

/** The first page is there at once; who scrolls on gets big ones, so that a long list is few calls to refresh. */
const firstPageSize = 50;
const pageSize = 200;

export interface InfiniteInbox {
  readonly items: readonly InboxItem[];
  /** In the view or found by the search, also what is not loaded yet. */
  readonly total: number;
  /** Conversations that came in and wait behind the "n new" bar. */
  readonly waiting: number;
  showWaiting(): void;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  loadMore(): void;
  /** Nothing to show yet. */
  readonly isLoading: boolean;
  /** What is shown belongs to the former search while the new one runs. */
  readonly isOutdated: boolean;
  readonly error: EarshotError | null;
  retry(): void;
}

/** A view of the inbox, page by page, kept fresh without ever moving what the user reads. */
export function useInfiniteInbox({ view, search = '' }: { view: string; search?: string }): InfiniteInbox {
  const client = useClient();
  const query = useInfiniteQuery<
    InboxPage,
    EarshotError,
    InboxPages,
    ReturnType<typeof infiniteInboxKey>,
    string | undefined
  >({
    queryKey: infiniteInboxKey(view, search),
    queryFn: ({ pageParam, signal }) =>
      client.call(
        'inbox.list',
        {
          view,
          limit: pageParam === undefined ? firstPageSize : pageSize,
          ...(search === '' ? {} : { search }),
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    // While the same view is searched, the former result stays; another view starts empty.
    placeholderData: (previous, previousQuery) =>
      previousQuery?.queryKey[2] === view ? previous : undefined,
  });

  const key = `${view} ${search}`;
  const kept = useRef<{ key: string; memory: InboxMemory }>({ key, memory: emptyInboxMemory });
  const [askedFor, setAskedFor] = useState(0);
  const { data, isPlaceholderData } = query;
  const arrangement = useMemo(() => {
    const items = data?.pages.flatMap((page) => page.items) ?? [];
    const isKnown = kept.current.key === key && !isPlaceholderData;
    return arrangeInbox(items, isKnown ? kept.current.memory : emptyInboxMemory);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `askedFor` changes when the waiting ones are let in, which empties the memory
  }, [data, isPlaceholderData, key, askedFor]);
  useLayoutEffect(() => {
    if (data !== undefined && !isPlaceholderData) kept.current = { key, memory: arrangement.memory };
  }, [arrangement, data, isPlaceholderData, key]);

  const { fetchNextPage, refetch } = query;
  return {
    items: arrangement.shown,
    total: data?.pages.at(-1)?.total ?? 0,
    waiting: arrangement.waiting,
    showWaiting: useCallback(() => {
      kept.current = { key, memory: emptyInboxMemory };
      setAskedFor((count) => count + 1);
    }, [key]),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: useCallback(() => {
      // `cancelRefetch: false`: reaching the end while a refresh runs must not start it over.
      void fetchNextPage({ cancelRefetch: false });
    }, [fetchNextPage]),
    isLoading: query.isPending,
    isOutdated: isPlaceholderData,
    error: query.error,
    retry: useCallback(() => void refetch(), [refetch]),
  };
}

/**
 * Shows a change before the engine has confirmed it: every cached inbox list is rewritten, `null` takes the row
 * out. Answers that are on their way are dropped, as they tell of the time before. The engine's event refreshes.
 */
export async function updateInboxItems(
  queries: QueryClient,
  update: (item: InboxItem, view: string) => InboxItem | null,
): Promise<void> {
  await queries.cancelQueries({ queryKey: ['inbox.list', 'infinite'] });
  for (const query of queries.getQueryCache().findAll({ queryKey: ['inbox.list', 'infinite'] })) {
    const view = String(query.queryKey[2]);
    queries.setQueryData<InboxPages>(query.queryKey, (known) =>
      known === undefined
        ? undefined
        : {
            ...known,
            pages: known.pages.map((page) => {
              const items = page.items.map((item) => update(item, view)).filter((item) => item !== null);
              return { ...page, items, total: page.total - (page.items.length - items.length) };
            }),
          },
    );
  }
}
