import { flushSync } from 'react-dom';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useCall, useConnectionState } from '../../client/hooks.ts';
import { useInfiniteInbox } from '../../client/use-infinite-inbox.ts';
import { undoHeldSend } from '../../state/held-send.ts';
import { handlerOf } from '../../state/key-handlers.ts';
import { uiStore } from '../../state/ui-store.ts';
import { viewName } from '../../state/view-names.ts';
import { useChangeSettings, useSettings } from '../../state/use-settings.ts';
import { PaneSeparator } from '../../ui/pane-separator.tsx';
import { usePaneWidth } from '../../ui/use-pane-width.ts';
import { stepFrom } from './auto-advance.ts';
import type { ConversationSlots } from './conversation-slots.ts';
import { ConversationPane } from './conversation-pane.tsx';
import { ConversationToolbar } from './conversation-toolbar.tsx';
import css from './inbox-page.module.css';
import { inboxStore, openConversation, setSelection, standOn, useInboxState } from './inbox-store.ts';
import { ListPane } from './list-pane.tsx';
import { NothingOpen } from './nothing-open.tsx';
import { PickTimeDialog } from '../../ui/pick-time-dialog.tsx';
import { actedOn, emptySelection, extendSelected, toggleSelected } from './selection.ts';
import { tomorrowMorning } from './snooze-presets.ts';
import { useConversation } from './use-conversation.ts';
import { useLeavingRows } from './use-leaving-rows.ts';
import { useSelectAll } from './use-select-all.ts';
import { useInboxKeys } from './use-inbox-keys.ts';
import { useSearch } from './use-search.ts';
import { useTriage } from './use-triage.ts';

const listLimits = { min: 280, max: 900 };

/** Wide windows give the list more, until a line of text is long enough. */
function designListWidth(): number {
  return Math.round(Math.min(480, Math.max(400, window.innerWidth * 0.31)));
}

/** List and conversation of one view. Mounted anew for each view, so that nothing of the former one stays chosen. */
export function InboxPage({
  view,
  aside,
  slots,
}: {
  readonly view: string;
  readonly slots: ConversationSlots;
  /** Stands above the hints while no conversation is chosen. */
  readonly aside?: ReactNode;
}) {
  const settings = useSettings();
  const isConnected = useConnectionState().kind === 'connected';
  const changeSettings = useChangeSettings();
  const sources = useCall('sources.list', {}).data?.sources ?? [];
  const trackers = useCall('trackers.list', {}).data?.trackers ?? [];
  const name = viewName(view, sources, trackers);

  const search = useSearch();
  const inbox = useInfiniteInbox({ view, search: search.applied });
  const { items } = inbox;
  const { rows, leavingIds, leave } = useLeavingRows(items);
  const order = useMemo<string[]>(() => items.map((item) => item.conversationId), [items]);
  const currentId = useInboxState((state) => state.currentId);
  const selection = useInboxState((state) => state.selection);
  const isReading = useInboxState((state) => state.isReading);
  const isSnoozeOpen = useInboxState((state) => state.isSnoozeOpen);
  const pickTimeFor = useInboxState((state) => state.pickTimeFor);
  const triage = useTriage(view, order, leave);
  const shown = useConversation(currentId, items);
  const bodyRef = useRef<HTMLElement>(null);
  const listRef = useRef<HTMLDivElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const [designWidth] = useState(designListWidth);
  const [listWidth, setListWidth] = usePaneWidth(settings.listWidth, designWidth, (width) =>
    changeSettings({ listWidth: width }),
  );

  const selectAll = useSelectAll(view, search.applied, order, inbox.hasMore);

  const target = (): string[] => actedOn(selection, currentId);
  const isTargetUnread = (): boolean => {
    const ids = new Set(target());
    const known = items.filter((item) => ids.has(item.conversationId));
    if (known.length === 0) return shown.conversation?.unread ?? false;
    return known.some((item) => item.unread);
  };
  const setSnoozeOpen = (isOpen: boolean): void => inboxStore.setState({ isSnoozeOpen: isOpen });
  const snooze = (until: number): void => triage.setStatus(target(), 'snoozed', until);
  const pickTime = (): void => inboxStore.setState({ pickTimeFor: target() });
  const focusList = (): void => listRef.current?.focus();
  /** Walking through the list from elsewhere takes the focus along: Enter must not press what was clicked before. */
  const walkTo = (id: string): void => {
    standOn(id);
    const pane = document.activeElement?.closest('[data-pane=list], [data-pane=conversation]') ?? null;
    if (pane === null) focusList();
  };
  const step = (by: 1 | -1): void => {
    const next = stepFrom(order, currentId, by);
    if (next !== null) walkTo(next);
  };
  const openOriginal =
    (shown.conversation?.mentions.at(-1)?.url ?? null) === null
      ? undefined
      : () => bodyRef.current?.querySelector<HTMLAnchorElement>('[data-original]')?.click();
  const showNew = (): void => {
    inbox.showWaiting();
    listRef.current?.scrollTo({ top: 0 });
  };
  const reopen = (): void => triage.setStatus(target(), 'open');
  const done = (): void => triage.setStatus(target(), 'done');
  const toggleUnread = (): void => triage.setUnread(target(), !isTargetUnread());
  const up = (): void => {
    const ui = uiStore.getState();
    if (ui.isNavigationOpen) ui.setNavigationOpen(false);
    else if (selection.ids.size > 0) setSelection(emptySelection);
    else if (isReading) {
      inboxStore.setState({ isReading: false });
      requestAnimationFrame(focusList);
    } else if (search.text !== '') search.setText('');
    else focusList();
  };

  // Where list and conversation alternate, the focus goes with what is shown.
  useEffect(() => {
    const body = bodyRef.current;
    if (!isReading || body === null || listRef.current?.checkVisibility() === true) return;
    // A reply that was asked for together with it has the focus already.
    const pane = body.closest('[data-pane=conversation]');
    if (pane?.contains(document.activeElement) !== true) body.focus();
  }, [isReading]);

  useInboxKeys({
    hasTarget: currentId !== null,
    hasSelection: selection.ids.size > 0,
    bodyRef,
    step,
    jump: (to) => {
      const id = to === 'first' ? order[0] : order.at(-1);
      if (id !== undefined) walkTo(id);
    },
    done,
    reopen,
    // Its menu hangs on the conversation's button, unless several are selected.
    openSnooze: () =>
      inboxStore.setState({ isSnoozeOpen: true, isReading: isReading || selection.ids.size === 0 }),
    open: () => {
      if (currentId === null) return;
      const isCovered = bodyRef.current?.checkVisibility() !== true;
      openConversation(currentId);
      if (isCovered) bodyRef.current?.focus();
      else handlerOf('reply')?.();
    },
    toggleUnread,
    openOriginal,
    undo: () => {
      if (!undoHeldSend()) triage.undo();
    },
    redo: triage.redo,
    toggleSelect: () => {
      if (currentId !== null) setSelection(toggleSelected(selection, currentId));
    },
    extend: (by) => {
      const next = stepFrom(order, currentId, by);
      if (next === null) return;
      setSelection(extendSelected(selection, order, currentId, next));
      walkTo(next);
    },
    selectAll,
    focusSearch: () => {
      // At once: what is typed right after the key belongs into the field and is no key of its own.
      flushSync(() => inboxStore.setState({ isReading: false }));
      searchRef.current?.focus();
      searchRef.current?.select();
    },
    showNew: inbox.waiting > 0 ? showNew : undefined,
    up,
  });

  // Nothing to choose from: the words about that have the whole page. Not while searching, when it would jump.
  const isEmpty = rows.length === 0 && currentId === null && !inbox.isLoading && search.text === '';
  const index = currentId === null ? -1 : order.indexOf(currentId);
  const snoozeMenu = {
    onOpenChange: setSnoozeOpen,
    onSnooze: snooze,
    onPickTime: pickTime,
  };
  return (
    <main
      className={css.page}
      aria-label={name}
      data-reading={isReading || undefined}
      data-empty={isEmpty || undefined}
    >
      <section
        className={css.list}
        aria-label="Conversations"
        data-pane="list"
        style={{ '--list-width': `${listWidth}px` } as object}
      >
        <ListPane
          view={view}
          name={name}
          density={settings.density}
          aside={aside}
          search={search}
          inbox={inbox}
          rows={rows}
          leavingIds={leavingIds}
          listRef={listRef}
          searchRef={searchRef}
          selectedCount={selection.ids.size}
          onPress={(id, how) => {
            if (how === 'toggle') setSelection(toggleSelected(selection, id));
            else if (how === 'extend') setSelection(extendSelected(selection, order, currentId, id));
            else openConversation(id);
          }}
          onShowNew={showNew}
          onDone={done}
          onReopen={reopen}
          onRead={toggleUnread}
          snooze={{ ...snoozeMenu, isOpen: isSnoozeOpen && selection.ids.size > 0 }}
        />
      </section>
      <span className={css.separator}>
        <PaneSeparator
          label="Width of the list"
          width={listWidth}
          {...listLimits}
          onChange={setListWidth}
          onReset={() => setListWidth(null, true)}
        />
      </span>
      <section className={css.conversation} aria-label="Conversation" data-pane="conversation">
        {shown.conversation === null ? (
          <NothingOpen
            total={inbox.total}
            isGone={shown.error !== null}
            hasRows={items.length > 0}
            aside={aside}
          />
        ) : (
          <ConversationPane
            conversation={shown.conversation}
            isPreview={shown.isPreview}
            bodyRef={bodyRef}
            slots={slots}
            replyPlace={{
              onShow: () => {
                if (currentId !== null) openConversation(currentId);
              },
              onDone: () => triage.setStatus(currentId === null ? [] : [currentId], 'done'),
              onUndoDone: triage.undo,
            }}
            onSeen={() => {
              // Nobody asked for it, so without the engine nobody is told that it failed.
              if (isConnected && shown.conversation?.unread === true && currentId !== null) {
                triage.setUnread([currentId], false, true);
              }
            }}
            toolbar={
              <ConversationToolbar
                conversation={shown.conversation}
                place={index < 0 ? null : `${index + 1} of ${inbox.total.toLocaleString()}`}
                isSnoozeOpen={isSnoozeOpen && selection.ids.size === 0}
                onSnoozeOpenChange={setSnoozeOpen}
                onSnooze={(until) =>
                  triage.setStatus(currentId === null ? [] : [currentId], 'snoozed', until)
                }
                onPickTime={() =>
                  inboxStore.setState({ pickTimeFor: currentId === null ? null : [currentId] })
                }
                onDone={() => triage.setStatus(currentId === null ? [] : [currentId], 'done')}
                onReopen={() => triage.setStatus(currentId === null ? [] : [currentId], 'open')}
                onToggleUnread={() =>
                  triage.setUnread(currentId === null ? [] : [currentId], shown.conversation?.unread !== true)
                }
                onOpenOriginal={openOriginal}
                onStep={step}
                onBack={up}
              />
            }
          />
        )}
      </section>
      {pickTimeFor !== null && (
        <PickTimeDialog
          title={
            pickTimeFor.length === 1 ? 'Snooze until' : `Snooze ${pickTimeFor.length} conversations until`
          }
          confirmLabel="Snooze"
          suggest={tomorrowMorning}
          onClose={() => inboxStore.setState({ pickTimeFor: null })}
          onPick={(until) => {
            inboxStore.setState({ pickTimeFor: null });
            triage.setStatus(pickTimeFor, 'snoozed', until);
          }}
        />
      )}
    </main>
  );
}
