import { useCallback, useMemo } from 'react';
import type { ConversationId } from '../../shared/model/ids.ts';
import type { Draft, Reply } from '../../shared/model/reply.ts';
import { openComposer } from '../features/composer/composer-store.ts';
import { localDraft } from '../features/composer/draft-keeper.ts';
import { ReplyArea } from '../features/composer/reply-area.tsx';
import { useDraftKeeper } from '../features/composer/use-drafts.ts';
import type { ConversationSlots, ReplyAreaPlace } from '../features/inbox/conversation-slots.ts';
import { openConversation } from '../features/inbox/inbox-store.ts';
import { MentionActions } from '../features/outbox/mention-actions.tsx';
import { ReplyView } from '../features/outbox/reply-view.tsx';
import { uiStore } from '../state/ui-store.ts';

/** Shows a conversation wherever the user is. */
export function showConversation(conversationId: ConversationId): void {
  const { route, goTo } = uiStore.getState();
  if (route.page !== 'inbox') goTo({ page: 'inbox', view: 'all' });
  openConversation(conversationId);
}

/** What was taken back from the outbox goes on in the composer of its conversation. */
export function useWriteOn(): (reply: Reply, draft: Draft | null) => void {
  const keeper = useDraftKeeper();
  return useCallback(
    ({ action, conversationId }, draft) => {
      if (action !== 'reply' || draft === null) return;
      keeper.restore(conversationId, localDraft(draft));
      void keeper.flush(conversationId);
      showConversation(conversationId);
      openComposer(conversationId);
    },
    [keeper],
  );
}

function JoinedReplyArea(place: ReplyAreaPlace) {
  return (
    <ReplyArea
      {...place}
      onShowConversation={showConversation}
      onConnectAccount={() => uiStore.getState().goTo({ page: 'accounts' })}
    />
  );
}

/** What answering adds to a conversation. Here the features meet; they do not know each other. */
export function useConversationSlots(
  writeOn: (reply: Reply, draft: Draft | null) => void,
): ConversationSlots {
  return useMemo(
    () => ({
      ReplyArea: JoinedReplyArea,
      reply: (reply, conversation) => (
        <ReplyView reply={reply} conversation={conversation} onEdit={writeOn} />
      ),
      mentionActions: (mention, conversation, isNewest) => (
        <MentionActions
          mention={mention}
          conversation={conversation}
          isNewest={isNewest}
          onReply={() => openComposer(conversation.conversationId, mention.mentionId)}
        />
      ),
    }),
    [writeOn],
  );
}
