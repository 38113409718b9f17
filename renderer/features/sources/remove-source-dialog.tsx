import type { Source } from '../../../shared/model/source.ts';
import { useCommand } from '../../client/hooks.ts';
import { showNotice } from '../../state/notice-store.ts';
import { RemoveDialog } from '../../ui/remove-dialog.tsx';

export interface RemoveSourceDialogProps {
  readonly source: Source;
  readonly onClose: () => void;
  readonly onRemoved?: () => void;
}

export function RemoveSourceDialog({ source, onClose, onRemoved }: RemoveSourceDialogProps) {
  const remove = useCommand('sources.remove', {
    failureTitle: 'Could not remove the source',
    showsFailureInPlace: true,
  });
  const confirm = async (): Promise<void> => {
    if ((await remove.run({ sourceId: source.sourceId })) === null) return;
    showNotice({ tone: 'plain', message: `Removed “${source.name}”. Its mentions stay.` });
    onRemoved?.();
    onClose();
  };
  return (
    <RemoveDialog
      name={source.name}
      confirmLabel="Remove source"
      isRemoving={remove.isRunning}
      failureLine={remove.failureLine}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>Earshot stops asking it and forgets where it had read up to.</p>
      <p>
        {source.mentionCount === 0
          ? 'It has brought no mentions.'
          : source.mentionCount === 1
            ? 'The one mention it brought stays.'
            : `The ${new Intl.NumberFormat('en').format(source.mentionCount)} mentions it brought stay.`}{' '}
        To stop for a while only, pause it instead.
      </p>
    </RemoveDialog>
  );
}
