import { useState } from 'react';
import type { ConnectorInfo } from '../../../shared/contract/methods/connectors.ts';
import type { Account } from '../../../shared/model/account.ts';
import { asFailure } from '../../client/failure-center.ts';
import { failureLine } from '../../client/failure-sentence.ts';
import { useCall } from '../../client/hooks.ts';
import { FailedCall } from '../../ui/failed-call.tsx';
import { ConnectorCards } from '../../ui/connector-cards.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { SignInDialog } from './sign-in-dialog.tsx';

export interface AddAccountDialogProps {
  /** Signs in again to this one. */
  readonly account?: Account;
  /** Skips the choice of the platform. */
  readonly connectorId?: string;
  readonly onClose: () => void;
  /** Offered when it is done: listen with it. */
  readonly onAddSource?: (connectorId: string) => void;
}

/** Which platform, and then its guided way in. */
export function AddAccountDialog({ account, connectorId, onClose, onAddSource }: AddAccountDialogProps) {
  const list = useCall('connectors.list', {}, { isCached: false });
  const vault = useCall('accounts.list', {}).data?.vault ?? null;
  const [chosen, setChosen] = useState<ConnectorInfo | null>(null);
  const fixed = account?.connector ?? connectorId;
  const offered = list.data?.connectors.filter(({ signIn }) => signIn.length > 0) ?? [];
  const connector = chosen ?? offered.find(({ id }) => id === fixed) ?? null;
  const title = account === undefined ? 'Connect an account' : `Sign in again: ${account.displayName}`;

  if (list.isError) {
    return (
      <Dialog title={title} onClose={onClose} isDismissable>
        <FailedCall title="This cannot be shown." onRetry={() => void list.refetch()}>
          {failureLine(asFailure(list.error), list.errorUpdatedAt)}
        </FailedCall>
      </Dialog>
    );
  }
  if (list.data === undefined) {
    return (
      <Dialog title={title} size="large" onClose={onClose} isDismissable>
        <Skeleton height={96} />
      </Dialog>
    );
  }
  if (connector !== null) {
    return (
      <SignInDialog
        key={connector.id}
        connector={connector}
        vault={vault}
        {...(account === undefined ? {} : { account })}
        {...(chosen === null ? {} : { onBack: () => setChosen(null) })}
        {...(onAddSource === undefined ? {} : { onAddSource })}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog
      title={title}
      description="To answer from Earshot, and to hear what only its owner hears."
      size="large"
      onClose={onClose}
      isDismissable
    >
      {offered.length === 0 ? (
        <p>No platform of this workspace has accounts to connect.</p>
      ) : (
        <ConnectorCards
          connectors={offered}
          words={cardWords}
          facts={({ capabilities }) => [capabilities.canReply ? 'Listens and answers' : 'Listens only']}
          onChoose={setChosen}
        />
      )}
    </Dialog>
  );
}

function cardWords({ signIn }: ConnectorInfo): string {
  return signIn.map(({ name }) => name).join(' · ');
}
