import type { Source } from '../../../shared/model/source.ts';
import { useCommand } from '../../client/hooks.ts';
import { showNotice } from '../../state/notice-store.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import css from './remove-source-dialog.module.css';

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
    <Dialog
      title={`Remove “${source.name}”?`}
      role="alertdialog"
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose} autoFocus>
            Keep it
          </Button>
          <Button variant="danger" onPress={() => void confirm()} isPending={remove.isRunning}>
            Remove source
          </Button>
        </>
      }
    >
      <div className={css.words}>
        <p>Earshot stops asking it and forgets where it had read up to.</p>
        <p>
          {source.mentionCount === 0
            ? 'It has brought no mentions.'
            : source.mentionCount === 1
              ? 'The one mention it brought stays.'
              : `The ${new Intl.NumberFormat('en').format(source.mentionCount)} mentions it brought stay.`}{' '}
          To stop for a while only, pause it instead.
        </p>
        {remove.failureLine !== null && (
          <Banner tone="negative" title="Not removed.">
            {remove.failureLine}
          </Banner>
        )}
      </div>
    </Dialog>
  );
}
