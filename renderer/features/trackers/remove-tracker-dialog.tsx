import type { Tracker } from '../../../shared/model/tracker.ts';
import { useCommand } from '../../client/hooks.ts';
import { showNotice } from '../../state/notice-store.ts';
import { RemoveDialog } from '../../ui/remove-dialog.tsx';
import css from './remove-tracker-dialog.module.css';

export interface RemoveTrackerDialogProps {
  readonly tracker: Tracker;
  readonly onClose: () => void;
  readonly onRemoved?: () => void;
}

export function RemoveTrackerDialog({ tracker, onClose, onRemoved }: RemoveTrackerDialogProps) {
  const remove = useCommand('trackers.remove', {
    failureTitle: 'Could not remove the tracker',
    showsFailureInPlace: true,
  });
  const confirm = async (): Promise<void> => {
    if ((await remove.run({ trackerId: tracker.trackerId })) === null) return;
    showNotice({ tone: 'plain', message: `Removed the tracker “${tracker.name}”. Its mentions stay.` });
    onRemoved?.();
    onClose();
  };
  return (
    <RemoveDialog
      name={tracker.name}
      confirmLabel="Remove tracker"
      isRemoving={remove.isRunning}
      failureLine={remove.failureLine}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>
        Earshot stops listening for <code className={css.query}>{tracker.query}</code>.
      </p>
      <p>The mentions it found stay, with what you did about them. Its marks in their text go.</p>
    </RemoveDialog>
  );
}
