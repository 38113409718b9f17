import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { uiStore } from '../../state/ui-store.ts';
import { emptySelection, type Selection } from './selection.ts';

interface InboxState {
  /** The row the user stands on; its conversation is shown. */
  readonly currentId: string | null;
  readonly selection: Selection;
  /** What stands in the search field. */
  readonly search: string;
  /** On a narrow window: the conversation covers the list. */
  readonly isReading: boolean;
  readonly isSnoozeOpen: boolean;
  /** The conversations that "Pick a time…" asks about. */
  readonly pickTimeFor: readonly string[] | null;
}

const initial: InboxState = {
  currentId: null,
  selection: emptySelection,
  search: '',
  isReading: false,
  isSnoozeOpen: false,
  pickTimeFor: null,
};

export const inboxStore = createStore<InboxState>(() => initial);

export function useInboxState<T>(selector: (state: InboxState) => T): T {
  return useStore(inboxStore, selector);
}

// Another view: nothing of the former one stays chosen. Here and not in an effect, so that the new view never
// begins with what the former one had.
uiStore.subscribe(({ route }, former) => {
  if (route === former.route) return;
  inboxStore.setState({ ...initial, search: (route.page === 'inbox' ? route.search : undefined) ?? '' });
});

export function standOn(currentId: string | null): void {
  inboxStore.setState((state) => ({ currentId, isReading: currentId === null ? false : state.isReading }));
}

/** Stands on a row and, where list and conversation alternate, shows the conversation. */
export function openConversation(currentId: string): void {
  inboxStore.setState({ currentId, isReading: true });
}

export function setSelection(selection: Selection): void {
  inboxStore.setState({ selection });
}
