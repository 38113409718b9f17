import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ConversationId } from '../../../shared/model/ids.ts';
import type { Conversation, InboxItem } from '../../../shared/model/mention.ts';
import { callQuery, useCall, useClient } from '../../client/hooks.ts';
import { previewConversation } from './preview-conversation.ts';

export interface ShownConversation {
  readonly conversation: Conversation | null;
  readonly isPreview: boolean;
  /** It exists no more, or could not be read. */
  readonly error: Error | null;
}

/** The conversation of the current row: from the row at once, whole a moment later; the neighbours are fetched ahead. */
export function useConversation(currentId: string | null, items: readonly InboxItem[]): ShownConversation {
  const client = useClient();
  const queries = useQueryClient();
  const { data, error } = useCall(
    'conversations.get',
    { conversationId: (currentId ?? '0') as ConversationId },
    { isEnabled: currentId !== null },
  );
  const index = items.findIndex((item) => item.conversationId === currentId);
  const neighbours =
    index < 0 ? '' : [1, 2, -1].map((by) => items[index + by]?.conversationId ?? '').join(' ');
  useEffect(() => {
    for (const conversationId of neighbours.split(' ').filter(Boolean) as ConversationId[]) {
      void queries.prefetchQuery(callQuery(client, 'conversations.get', { conversationId }));
    }
  }, [client, queries, neighbours]);

  if (currentId === null) return { conversation: null, isPreview: false, error: null };
  if (data !== undefined) return { conversation: data, isPreview: false, error: null };
  const item = items[index];
  if (item !== undefined) return { conversation: previewConversation(item), isPreview: true, error };
  return { conversation: null, isPreview: false, error };
}
