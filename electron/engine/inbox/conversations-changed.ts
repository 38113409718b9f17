import type { EngineEvent } from '../../../shared/contract/events.ts';
import type { ConversationId } from '../../../shared/model/ids.ts';

/** More than this is no list to send: whoever shows conversations asks for everything again. */
export const mostListed = 500;

export function conversationsChanged(conversationIds: readonly ConversationId[], inserted = 0): EngineEvent {
  return {
    name: 'conversations.changed',
    conversationIds: conversationIds.length > mostListed ? [] : [...conversationIds],
    inserted,
  };
}
