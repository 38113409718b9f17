import { useCallback } from 'react';
import { useClient } from '../../client/hooks.ts';
import { inboxStore, setSelection } from './inbox-store.ts';

/** As many as one decision may take. */
const maxSelected = 10_000;
const pageSize = 200;

/** Selects what is loaded at once, and what is not as soon as the engine has named it. */
export function useSelectAll(
  view: string,
  search: string,
  loaded: readonly string[],
  hasMore: boolean,
): () => void {
  const client = useClient();
  return useCallback(() => {
    const first = { ids: new Set(loaded), anchorId: loaded[0] ?? null };
    setSelection(first);
    if (!hasMore) return;
    const gather = async (): Promise<void> => {
      const ids = new Set<string>();
      let cursor: string | null | undefined;
      do {
        const page = await client.call('inbox.list', {
          view,
          limit: pageSize,
          ...(search === '' ? {} : { search }),
          ...(cursor === undefined || cursor === null ? {} : { cursor }),
        });
        for (const item of page.items) ids.add(item.conversationId);
        cursor = page.nextCursor;
      } while (cursor !== null && ids.size < maxSelected);
      // Whoever has gone on selecting meanwhile means what they see.
      if (inboxStore.getState().selection === first) {
        setSelection({ ids: new Set([...ids].slice(0, maxSelected)), anchorId: first.anchorId });
      }
    };
    // What is loaded stays selected and its number is shown, so nothing is claimed that is not so.
    gather().catch(() => undefined);
  }, [client, view, search, loaded, hasMore]);
}
