import { useCall } from '../client/hooks.ts';
import { AddAccountDialog } from '../features/accounts/add-account-dialog.tsx';
import { AddSourceDialog } from '../features/sources/add-source-dialog.tsx';
import { AddTrackerDialog } from '../features/trackers/add-tracker-dialog.tsx';
import { uiStore, useUi } from '../state/ui-store.ts';
import { CommandBox } from './command-box.tsx';
import { useFocusRescue } from './use-focus-rescue.ts';
import { KeySheet } from './key-sheet.tsx';

/** The one open dialog. */
export function Dialogs() {
  const dialog = useUi((state) => state.dialog);
  useFocusRescue(dialog === null);
  const trackers = useCall('trackers.list', {}).data?.trackers ?? [];
  const accounts = useCall('accounts.list', {}).data?.accounts ?? [];
  const { closeDialog, openDialog } = uiStore.getState();
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'keys':
      return <KeySheet onClose={closeDialog} />;
    case 'command-box':
      return <CommandBox onClose={closeDialog} />;
    case 'add-source':
      return (
        <AddSourceDialog
          onClose={closeDialog}
          onAddTracker={() => openDialog({ kind: 'add-tracker' })}
          onAddAccount={(connector) => openDialog({ kind: 'add-account', connector })}
          {...(dialog.connector === undefined ? {} : { initial: { connector: dialog.connector } })}
          {...(dialog.address === undefined
            ? {}
            : {
                initial: { connector: 'feeds', settings: { url: dialog.address }, testsAtOnce: true },
              })}
        />
      );
    case 'add-account': {
      const account = accounts.find(({ accountId }) => accountId === dialog.accountId);
      return (
        <AddAccountDialog
          onClose={closeDialog}
          onAddSource={(connector) => openDialog({ kind: 'add-source', connector })}
          {...(account === undefined ? {} : { account })}
          {...(dialog.connector === undefined ? {} : { connectorId: dialog.connector })}
        />
      );
    }
    case 'add-tracker':
      return (
        <AddTrackerDialog
          onClose={closeDialog}
          {...(dialog.query === undefined ? {} : { initialQuery: dialog.query })}
        />
      );
    case 'edit-tracker': {
      const tracker = trackers.find(({ trackerId }) => trackerId === dialog.trackerId);
      return tracker === undefined ? null : <AddTrackerDialog tracker={tracker} onClose={closeDialog} />;
    }
  }
}
