import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { MethodOutput } from '../../../shared/contract/contract.ts';
import type { EarshotError } from '../../../shared/contract/errors.ts';
import type { Reply } from '../../../shared/model/reply.ts';
import { useClient } from '../../client/hooks.ts';
import { urgentFirst } from './urgent-first.ts';

export type OutboxView = 'waiting' | 'sent';

type OutboxPart = MethodOutput<'replies.list'>;

/** The first page is there at once; who wants more gets much. */
const firstPageSize = 50;
const pageSize = 200;

export interface OutboxList {
  /** Undefined until the first answer. */
  readonly replies: readonly Reply[] | undefined;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  /** Resolves with whether there is still more. */
  readonly loadMore: () => Promise<boolean>;
  readonly error: EarshotError | null;
  readonly erredAt: number;
  readonly retry: () => void;
}

/** The outbox page by page, however long it is; kept fresh by the engine's events. */
export function useOutboxList(view: OutboxView): OutboxList {
  const client = useClient();
  const query = useInfiniteQuery<
    OutboxPart,
    EarshotError,
    InfiniteData<OutboxPart, string | undefined>,
    readonly ['replies.list', OutboxView],
    string | undefined
  >({
    queryKey: ['replies.list', view],
    queryFn: ({ pageParam, signal }) =>
      client.call(
        'replies.list',
        pageParam === undefined
          ? { view, limit: firstPageSize }
          : { view, limit: pageSize, cursor: pageParam },
        { signal },
      ),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const { data, fetchNextPage, refetch } = query;
  const replies = useMemo(
    () => (data === undefined ? undefined : urgentFirst(data.pages.flatMap((page) => page.replies))),
    [data],
  );
  return {
    replies,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: async () => {
      const known = data?.pages.length ?? 0;
      let answer = await fetchNextPage({ cancelRefetch: false });
      // While the list was being refreshed, that is all it waited for.
      if (answer.hasNextPage && answer.data?.pages.length === known) {
        answer = await fetchNextPage({ cancelRefetch: false });
      }
      return answer.hasNextPage;
    },
    error: query.error,
    erredAt: query.errorUpdatedAt,
    retry: () => void refetch(),
  };
}
