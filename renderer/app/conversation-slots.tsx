import { useMemo } from 'react';
import type { ConversationId } from '../../shared/model/ids.ts';
import { openComposer } from '../features/composer/composer-store.ts';
import { localDraft } from '../features/composer/draft-keeper.ts';
import { ReplyArea } from '../features/composer/reply-area.tsx';
import { useDraftKeeper } from '../features/composer/use-drafts.ts';
import type { ConversationSlots, ReplyAreaPlace } from '../features/inbox/conversation-slots.ts';
import { openConversation } from '../features/inbox/inbox-store.ts';
import { MentionActions } from '../features/outbox/mention-actions.tsx';
import type { Handover } from '../features/outbox/use-reply-moves.ts';
import { ReplyView } from '../features/outbox/reply-view.tsx';
import { uiStore } from '../state/ui-store.ts';

/** Shows a conversation wherever the user is. */
export function showConversation(conversationId: ConversationId): void {
  const { route, goTo } = uiStore.getState();
  if (route.page !== 'inbox') goTo({ page: 'inbox', view: 'all' });
  openConversation(conversationId);
}

/** What was taken back from the outbox goes on in the composer of its conversation. */
export function useHandover(): Handover {
  const keeper = useDraftKeeper();
  return useMemo(
    () => ({
      before: (conversationId) => keeper.flush(conversationId),
      after: ({ action, conversationId }, draft) => {
        if (action !== 'reply' || draft === null) return;
        // The engine has put it in front of what was stored; what was typed since then is in nobody's way.
        if (keeper.saveState(conversationId) === 'saved') keeper.adopt(conversationId, draft);
        else keeper.restore(conversationId, localDraft(draft));
        showConversation(conversationId);
        openComposer(conversationId);
      },
    }),
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
export function useConversationSlots(handover: Handover): ConversationSlots {
  return useMemo(
    () => ({
      ReplyArea: JoinedReplyArea,
      reply: (reply, conversation) => (
        <ReplyView reply={reply} conversation={conversation} handover={handover} />
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
    [handover],
  );
}
