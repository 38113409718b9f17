import { useCall } from '../client/hooks.ts';
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
          {...(dialog.address === undefined
            ? {}
            : {
                initial: { connector: 'feeds', settings: { url: dialog.address }, testsAtOnce: true },
              })}
        />
      );
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
