import type { ComponentType, ReactNode } from 'react';
import type { Conversation, Mention } from '../../../shared/model/mention.ts';
import type { Reply } from '../../../shared/model/reply.ts';

export interface ReplyAreaPlace {
  readonly conversation: Conversation;
  /** Only the row is known so far. */
  readonly isPreview: boolean;
  /** Where list and conversation alternate: shows the conversation. */
  readonly onShow: () => void;
  /** Gives the focus back to the conversation. */
  readonly onLeave: () => void;
  readonly onDone: () => void;
  readonly onUndoDone: () => void;
}

/** What others draw within a conversation; the app hands it in. */
export interface ConversationSlots {
  /** Under the thread. */
  readonly ReplyArea: ComponentType<ReplyAreaPlace>;
  /** One of ours, among the mentions. */
  readonly reply: (reply: Reply, conversation: Conversation) => ReactNode;
  /** At the foot of an open mention. */
  readonly mentionActions: (mention: Mention, conversation: Conversation, isNewest: boolean) => ReactNode;
}
