import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { Conversation } from '../../../shared/model/mention.ts';
import { composerStore, useComposerState } from './composer-store.ts';
import type { ShownDraft } from './use-drafts.ts';

/** What was asked for and has been done: each once, whichever composer is mounted then. */
let takenFocus = 0;
let takenPick = 0;

/** The cursor goes to where it stood whenever the composer was asked for, and only then. */
export function useTakeFocus(textRef: RefObject<HTMLTextAreaElement | null>, selectionStart: number): void {
  const focusCount = useComposerState((state) => state.focusCount);
  const start = useRef(selectionStart);
  useLayoutEffect(() => {
    start.current = selectionStart;
  });
  useLayoutEffect(() => {
    if (focusCount === takenFocus) return;
    takenFocus = focusCount;
    textRef.current?.focus();
    textRef.current?.setSelectionRange(start.current, start.current);
  }, [focusCount, textRef]);
}

/** The mention whose own Reply button was pressed. */
export function useAskedTarget({ conversationId }: Conversation, change: ShownDraft['change']): void {
  const target = useComposerState((state) => state.target);
  useLayoutEffect(() => {
    if (target?.conversationId !== conversationId) return;
    composerStore.setState({ target: null });
    change({ inReplyToMentionId: target.mentionId });
  }, [target, conversationId, change]);
}

/** The saved replies were asked for together with the composer. */
export function useAskedPicker(open: () => void): void {
  const pickCount = useComposerState((state) => state.pickCount);
  const newest = useRef(open);
  useLayoutEffect(() => {
    newest.current = open;
  });
  useLayoutEffect(() => {
    if (pickCount === takenPick) return;
    takenPick = pickCount;
    newest.current();
  }, [pickCount]);
}
