import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { MethodOutput } from '../../../shared/contract/contract.ts';
import type { TriageStep } from '../../../shared/contract/methods/conversations.ts';
import type { ConversationId } from '../../../shared/model/ids.ts';
import type { Conversation, ConversationStatus } from '../../../shared/model/mention.ts';
import { useCommand } from '../../client/hooks.ts';
import { updateInboxItems } from '../../client/use-infinite-inbox.ts';
import { dismissNotice, showNotice } from '../../state/notice-store.ts';
import { passSendUndo } from '../../state/held-send.ts';
import { shownKeys } from '../../state/key-map.ts';
import { useSettings } from '../../state/use-settings.ts';
import { untilWords } from '../../ui/time-words.ts';
import { advanceFrom } from './auto-advance.ts';
import { inboxStore, setSelection, standOn } from './inbox-store.ts';
import { changedItem, holdsStatus, type TriageChange } from './optimistic.ts';
import { emptySelection } from './selection.ts';
import { didWords, undidWords } from './triage-words.ts';

export interface Triage {
  readonly setStatus: (ids: readonly string[], status: ConversationStatus, snoozedUntil?: number) => void;
  /** `isLooking`: it was read by being shown, which nobody wants to undo or be told. */
  readonly setUnread: (ids: readonly string[], unread: boolean, isLooking?: boolean) => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** Decisions over conversations: shown at once, said with an undo, taken back on screen when refused. */
export function useTriage(
  view: string,
  order: readonly string[],
  /** Tells the rows that leave the view before they do. */
  leave: (ids: ReadonlySet<string>) => void,
): Triage {
  const queries = useQueryClient();
  const { autoAdvance } = useSettings();
  const { run: runStatus } = useCommand('conversations.setStatus', {
    failureTitle: 'Could not change the conversation',
  });
  const { run: runUnread } = useCommand('conversations.setUnread', {
    failureTitle: 'Could not mark the conversation',
  });
  const { run: runUndo } = useCommand('triage.undo', { failureTitle: 'Could not undo' });
  const { run: runRedo } = useCommand('triage.redo', { failureTitle: 'Could not redo' });

  const showAtOnce = useCallback(
    async (ids: ReadonlySet<string>, change: TriageChange): Promise<void> => {
      for (const conversationId of ids) {
        queries.setQueryData<Conversation>(['conversations.get', { conversationId }], (known) =>
          known === undefined ? undefined : changedConversation(known, change),
        );
      }
      await updateInboxItems(queries, (item, itemView) =>
        ids.has(item.conversationId) ? changedItem(item, change, itemView) : item,
      );
    },
    [queries],
  );

  const putBack = useCallback(() => {
    void queries.invalidateQueries({ queryKey: ['inbox.list'] });
    void queries.invalidateQueries({ queryKey: ['conversations.get'] });
  }, [queries]);

  const walk = useCallback(
    (direction: 'undo' | 'redo'): void =>
      void walkSteps({ undo: runUndo, redo: runRedo, refresh: putBack }, direction),
    [runUndo, runRedo, putBack],
  );

  const say = useCallback(
    (kind: TriageStep['kind'], count: number, until?: string): number =>
      showNotice({
        tone: 'plain',
        message: didWords(kind, count, until),
        action: { label: 'Undo', shortcut: shownKeys('undo'), run: () => walk('undo') },
      }),
    [walk],
  );

  return useMemo<Triage>(() => {
    /** `noticeId` is what was said before the engine had answered; null: nothing was. */
    const settle = (
      answer: MethodOutput<'conversations.setStatus'> | null,
      noticeId: number | null,
    ): void => {
      if (answer === null) {
        if (noticeId !== null) dismissNotice(noticeId);
        putBack();
      } else if (answer.step === null && noticeId !== null) {
        showNotice({ tone: 'plain', message: 'It was so already' });
      }
    };
    return {
      setStatus(ids, status, snoozedUntil) {
        if (ids.length === 0) return;
        passSendUndo();
        const set = new Set(ids);
        const change: TriageChange = { kind: 'status', status, snoozedUntil: snoozedUntil ?? null };
        const isLeaving = !holdsStatus(view, status);
        const { currentId } = inboxStore.getState();
        setSelection(emptySelection);
        if (isLeaving) {
          leave(set);
          standOn(advanceFrom(order, set, currentId, autoAdvance));
        }
        void showAtOnce(set, change);
        const kind = status === 'snoozed' ? 'snooze' : status;
        const until = snoozedUntil === undefined ? undefined : untilWords(snoozedUntil, Date.now());
        const noticeId = say(kind, ids.length, until);
        void runStatus({
          conversationIds: ids as ConversationId[],
          status,
          ...(snoozedUntil === undefined ? {} : { snoozedUntil }),
        }).then((answer) => settle(answer, noticeId));
      },
      setUnread(ids, unread, isLooking = false) {
        if (ids.length === 0) return;
        if (!isLooking) passSendUndo();
        void showAtOnce(new Set(ids), { kind: 'unread', unread });
        const noticeId = isLooking ? null : say(unread ? 'unread' : 'read', ids.length);
        void runUnread({
          conversationIds: ids as ConversationId[],
          unread,
          isUndoable: !isLooking,
        }).then((answer) => settle(answer, noticeId));
      },
      undo: () => walk('undo'),
      redo: () => walk('redo'),
    };
  }, [view, order, leave, autoAdvance, showAtOnce, putBack, say, walk, runStatus, runUnread]);
}

type WalkSteps = Readonly<
  Record<'undo' | 'redo', (input: Record<string, never>) => Promise<MethodOutput<'triage.undo'> | null>>
> & { readonly refresh: () => void };

/** One step back or on again, said with the way back, and the user put where it happened. */
async function walkSteps(walks: WalkSteps, direction: 'undo' | 'redo'): Promise<void> {
  const answer = await walks[direction]({});
  if (answer === null) return;
  const { step } = answer;
  if (step === null) {
    showNotice({ tone: 'plain', message: direction === 'undo' ? 'Nothing to undo' : 'Nothing to redo' });
    return;
  }
  // The event that follows refreshes too, but a long list only after a while.
  walks.refresh();
  const back = step.conversationIds[0];
  if (back !== undefined) standOn(back);
  const way = direction === 'undo' ? 'redo' : 'undo';
  showNotice({
    tone: 'plain',
    message: undidWords(step, direction),
    action: {
      label: way === 'undo' ? 'Undo' : 'Redo',
      shortcut: shownKeys(way),
      run: () => void walkSteps(walks, way),
    },
  });
}

function changedConversation(known: Conversation, change: TriageChange): Conversation {
  return change.kind === 'unread'
    ? { ...known, unread: change.unread }
    : { ...known, status: change.status, snoozedUntil: change.snoozedUntil };
}
