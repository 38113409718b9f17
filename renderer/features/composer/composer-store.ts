import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { ConversationId, MentionId } from '../../../shared/model/ids.ts';

interface ComposerState {
  /** The one conversation whose composer was opened; one with a draft stands open too. */
  readonly openId: ConversationId | null;
  /** Goes up when the text should take the focus. */
  readonly focusCount: number;
  /** Goes up when the saved replies should open with it. */
  readonly pickCount: number;
  /** What the user chose to answer, until the composer has taken it. */
  readonly target: { readonly conversationId: ConversationId; readonly mentionId: MentionId } | null;
}

export const composerStore = createStore<ComposerState>(() => ({
  openId: null,
  focusCount: 0,
  pickCount: 0,
  target: null,
}));

export function useComposerState<T>(selector: (state: ComposerState) => T): T {
  return useStore(composerStore, selector);
}

/** Opens the composer of a conversation, puts the cursor into it, and answers that mention when one is named. */
export function openComposer(conversationId: ConversationId, mentionId?: MentionId): void {
  composerStore.setState(({ focusCount }) => ({
    openId: conversationId,
    focusCount: focusCount + 1,
    target: mentionId === undefined ? null : { conversationId, mentionId },
  }));
}

export function closeComposer(): void {
  composerStore.setState({ openId: null, target: null });
}
