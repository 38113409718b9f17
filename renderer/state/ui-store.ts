import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { AccountId, SourceId, TrackerId } from '../../shared/model/ids.ts';

/** Where the user is. No addresses: the browser host uses the fragment for its key. */
export type Route =
  /** `view` as `inbox.list` takes it: inbox, snoozed, done, all, source:ID, tracker:ID. */
  | { readonly page: 'inbox'; readonly view: string; readonly search?: string }
  | { readonly page: 'sources'; readonly sourceId: SourceId | null }
  | { readonly page: 'trackers'; readonly trackerId: TrackerId | null }
  | { readonly page: 'accounts' }
  | { readonly page: 'outbox' }
  | { readonly page: 'settings' };

/** The one dialog that is open. */
export type OpenDialog =
  /** With an address: a feed to follow, tested at once. */
  | { readonly kind: 'add-source'; readonly address?: string; readonly connector?: string }
  /** With an account: signs in to it again. With a connector: skips the choice of the platform. */
  | { readonly kind: 'add-account'; readonly accountId?: AccountId; readonly connector?: string }
  | { readonly kind: 'add-tracker'; readonly query?: string }
  | { readonly kind: 'edit-tracker'; readonly trackerId: TrackerId }
  | { readonly kind: 'keys' }
  | { readonly kind: 'command-box' };

interface UiState {
  readonly route: Route;
  readonly dialog: OpenDialog | null;
  /** On narrow windows the navigation is a drawer. */
  readonly isNavigationOpen: boolean;
  readonly goTo: (route: Route) => void;
  readonly openDialog: (dialog: OpenDialog) => void;
  readonly closeDialog: () => void;
  readonly setNavigationOpen: (isOpen: boolean) => void;
}

export const uiStore = createStore<UiState>((set) => ({
  route: { page: 'inbox', view: 'inbox' },
  dialog: null,
  isNavigationOpen: false,
  goTo: (route) => set({ route, dialog: null, isNavigationOpen: false }),
  openDialog: (dialog) => set({ dialog, isNavigationOpen: false }),
  closeDialog: () => set({ dialog: null }),
  setNavigationOpen: (isNavigationOpen) => set({ isNavigationOpen }),
}));

export function useUi<T>(selector: (state: UiState) => T): T {
  return useStore(uiStore, selector);
}
