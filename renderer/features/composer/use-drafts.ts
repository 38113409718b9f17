import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Conversation } from '../../../shared/model/mention.ts';
import type { Client } from '../../client/client.ts';
import { callQuery, useClient, useConnectionState, useEngineEvent } from '../../client/hooks.ts';
import {
  createDraftKeeper,
  type DraftKeeper,
  emptyDraft,
  isEmptyDraft,
  localDraft,
  type LocalDraft,
} from './draft-keeper.ts';

/** One for each client: what is typed outlives the component it is typed into. */
const keepers = new WeakMap<Client, DraftKeeper>();

export function useDraftKeeper(): DraftKeeper {
  const client = useClient();
  const queries = useQueryClient();
  const known = keepers.get(client);
  if (known !== undefined) return known;
  const made = createDraftKeeper(async (conversationId, { text, attachments, ...rest }) => {
    const { draft } = await client.call('drafts.save', {
      ...rest,
      conversationId,
      text,
      attachments: attachments.map(({ attachmentId, alt }) => ({ attachmentId, alt })),
    });
    setCachedDraft(queries, conversationId, draft);
    return draft;
  });
  keepers.set(client, made);
  return made;
}

/** So that coming back before the engine's event has been answered shows what was saved. */
export function setCachedDraft(
  queries: QueryClient,
  conversationId: Conversation['conversationId'],
  draft: Conversation['draft'],
): void {
  queries.setQueryData<Conversation>(['conversations.get', { conversationId }], (known) =>
    known === undefined ? undefined : { ...known, draft },
  );
}

/** Once, in the frame: nothing typed is left unsaved by closing the window, and nothing reaches another workspace. */
export function useDraftKeeping(): void {
  const keeper = useDraftKeeper();
  const isConnected = useConnectionState().kind === 'connected';
  useEngineEvent('workspace.changed', () => keeper.forgetAll());
  useEffect(() => {
    if (isConnected) keeper.flushAll();
  }, [isConnected, keeper]);
  useEffect(() => {
    const save = (): void => keeper.flushAll();
    window.addEventListener('pagehide', save);
    document.addEventListener('visibilitychange', save);
    return () => {
      window.removeEventListener('pagehide', save);
      document.removeEventListener('visibilitychange', save);
    };
  }, [keeper]);
}

export interface ShownDraft {
  readonly draft: LocalDraft;
  readonly saveState: 'saved' | 'unsaved' | 'failed';
  readonly change: (patch: Partial<LocalDraft>) => void;
  /** The user has turned to something else: saved now, with where the cursor stood. What was sent meanwhile stays gone. */
  readonly leaveAt: (selectionStart: number) => void;
}

/** The draft of the conversation that is shown. */
export function useDraft({ conversationId, draft }: Conversation, isPreview: boolean): ShownDraft {
  const keeper = useDraftKeeper();
  useEffect(() => {
    if (!isPreview) keeper.adopt(conversationId, draft);
  }, [keeper, conversationId, draft, isPreview]);
  const client = useClient();
  const queries = useQueryClient();
  useEffect(
    () => () => {
      keeper.leave(conversationId);
      if (!keeper.hasBegun(conversationId)) return;
      // Left before the rest was there: what was typed is joined with what is stored all the same.
      queries.fetchQuery(callQuery(client, 'conversations.get', { conversationId })).then(
        (conversation) => {
          if (!keeper.hasBegun(conversationId)) return;
          keeper.adopt(conversationId, conversation.draft);
          keeper.leave(conversationId);
        },
        () => {
          // It stays with the keeper, for when the conversation is shown again.
        },
      );
    },
    [client, queries, keeper, conversationId],
  );
  const local = useSyncExternalStore(keeper.subscribe, () => keeper.get(conversationId));
  const saveState = useSyncExternalStore(keeper.subscribe, () => keeper.saveState(conversationId));
  const stored = useMemo(
    () => (draft === null || keeper.isForgotten(draft) ? emptyDraft : localDraft(draft)),
    [keeper, draft],
  );
  return useMemo(
    () => ({
      draft: local ?? stored,
      saveState,
      change: (patch) => {
        if (isPreview) {
          const { text, selectionStart } = patch;
          keeper.begin(conversationId, {
            ...(text === undefined ? {} : { text }),
            ...(selectionStart === undefined ? {} : { selectionStart }),
          });
          return;
        }
        // What is shown is what is added to, also in the moment before it has been adopted.
        if (keeper.get(conversationId) === undefined) keeper.adopt(conversationId, draft);
        keeper.change(conversationId, patch);
      },
      leaveAt: (selectionStart) => {
        const known = keeper.get(conversationId);
        if (known === undefined || isEmptyDraft(known)) return;
        if (known.selectionStart !== selectionStart) keeper.change(conversationId, { selectionStart });
        void keeper.flush(conversationId);
      },
    }),
    [local, stored, saveState, keeper, conversationId, draft, isPreview],
  );
}
