import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

export interface ConfirmDialogProps {
  /** Names the object: "Block Mo Tarrant?" */
  readonly title: string;
  readonly confirmLabel: string;
  readonly keepLabel: string;
  /** What will be so afterwards. */
  readonly children: ReactNode;
  readonly isRunning: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something that others see. The focus stands on leaving it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Dialog
      title={props.title}
      role="alertdialog"
      size="small"
      onClose={props.onClose}
      footer={
        <>
          <Button variant="quiet" onPress={props.onClose} autoFocus>
            {props.keepLabel}
          </Button>
          <Button variant="danger" onPress={props.onConfirm} isPending={props.isRunning}>
            {props.confirmLabel}
          </Button>
        </>
      }
    >
      {props.children}
    </Dialog>
  );
}
