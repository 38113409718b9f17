import type { ReactNode } from 'react';
import { Banner } from './banner.tsx';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import css from './remove-dialog.module.css';

export interface RemoveDialogProps {
  /** What is removed, by its name. */
  readonly name: string;
  /** Names the kind: "Remove source". */
  readonly confirmLabel: string;
  /** What goes and what stays. */
  readonly children: ReactNode;
  readonly isRemoving: boolean;
  readonly failureLine: string | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something goes for good. The focus stands on keeping it. */
export function RemoveDialog(props: RemoveDialogProps) {
  return (
    <Dialog
      title={`Remove “${props.name}”?`}
      role="alertdialog"
      size="small"
      onClose={props.onClose}
      footer={
        <>
          <Button variant="quiet" onPress={props.onClose} autoFocus>
            Keep it
          </Button>
          <Button variant="danger" onPress={props.onConfirm} isPending={props.isRemoving}>
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      <div className={css.words}>
        {props.children}
        {props.failureLine !== null && (
          <Banner tone="negative" title="Not removed.">
            {props.failureLine}
          </Banner>
        )}
      </div>
    </Dialog>
  );
}
