import type { Settings } from '../../shared/model/settings.ts';
import { undoHeldSend, useHasHeldSend } from '../state/held-send.ts';
import { useKeyHandlers } from '../state/key-handlers.ts';
import { uiStore, useUi } from '../state/ui-store.ts';
import { useChangeSettings, useSettings } from '../state/use-settings.ts';
import { movePane } from './panes.ts';

const densities: readonly Settings['density'][] = ['comfortable', 'cosy', 'compact'];

/** The keys that work wherever the user is. */
export function useAppKeys(): void {
  const { density } = useSettings();
  const change = useChangeSettings();
  const { goTo, openDialog, setNavigationOpen } = uiStore.getState();
  const goToView = (view: string) => () => goTo({ page: 'inbox', view });
  const hasHeldSend = useHasHeldSend();
  const isNavigationOpen = useUi((state) => state.isNavigationOpen);
  useKeyHandlers({
    undo: hasHeldSend ? () => void undoHeldSend() : undefined,
    up: isNavigationOpen ? () => setNavigationOpen(false) : undefined,
    goToInbox: goToView('inbox'),
    goToSnoozed: goToView('snoozed'),
    goToDone: goToView('done'),
    goToAll: goToView('all'),
    goToSources: () => goTo({ page: 'sources', sourceId: null }),
    goToTrackers: () => goTo({ page: 'trackers', trackerId: null }),
    goToOutbox: () => goTo({ page: 'outbox' }),
    goToAccounts: () => goTo({ page: 'accounts' }),
    goToSettings: () => goTo({ page: 'settings' }),
    addTracker: () => openDialog({ kind: 'add-tracker' }),
    addSource: () => openDialog({ kind: 'add-source' }),
    addAccount: () => openDialog({ kind: 'add-account' }),
    commandBox: () => openDialog({ kind: 'command-box' }),
    keySheet: () => openDialog({ kind: 'keys' }),
    nextPane: () => movePane(1),
    previousPane: () => movePane(-1),
    nextDensity: () => {
      const next = densities[(densities.indexOf(density) + 1) % densities.length];
      if (next !== undefined) change({ density: next });
    },
  });
}
