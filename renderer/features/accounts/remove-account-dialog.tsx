import type { Account } from '../../../shared/model/account.ts';
import { useCommand } from '../../client/hooks.ts';
import { showNotice } from '../../state/notice-store.ts';
import { RemoveDialog } from '../../ui/remove-dialog.tsx';

export interface RemoveAccountDialogProps {
  readonly account: Account;
  /** How many sources listen with it. */
  readonly sourceCount: number;
  readonly onClose: () => void;
}

export function RemoveAccountDialog({ account, sourceCount, onClose }: RemoveAccountDialogProps) {
  const remove = useCommand('accounts.remove', {
    failureTitle: 'Could not remove the account',
    showsFailureInPlace: true,
  });
  const confirm = async (): Promise<void> => {
    if ((await remove.run({ accountId: account.accountId })) === null) return;
    showNotice({ tone: 'plain', message: `Removed “${account.displayName}”. What it sent stays.` });
    onClose();
  };
  return (
    <RemoveDialog
      name={account.displayName}
      confirmLabel="Remove account"
      isRemoving={remove.isRunning}
      failureLine={remove.failureLine}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p>Its password or token is deleted from this computer. Replies that still wait are not sent.</p>
      <p>
        {sourceCount === 0
          ? 'No source listens with it.'
          : sourceCount === 1
            ? 'The source that listens with it stops until you choose another account.'
            : `The ${sourceCount} sources that listen with it stop until you choose another account.`}{' '}
        What it brought and what it sent stays.
      </p>
    </RemoveDialog>
  );
}
