import { useState } from 'react';
import Plus from 'lucide-react/icons/plus';
import type { Account } from '../../../shared/model/account.ts';
import { asFailure } from '../../client/failure-center.ts';
import { failureLine } from '../../client/failure-sentence.ts';
import { useCall } from '../../client/hooks.ts';
import { FailedCall } from '../../ui/failed-call.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page, PageSection } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useNow } from '../../ui/use-now.ts';
import { AccountRow } from './account-row.tsx';
import css from './accounts-page.module.css';
import { RemoveAccountDialog } from './remove-account-dialog.tsx';

export interface AccountsPageProps {
  readonly onAddAccount: () => void;
  readonly onSignInAgain: (account: Account) => void;
}

/** Who Earshot is signed in as, whether that still holds, and where the secrets lie. */
export function AccountsPage({ onAddAccount, onSignInAgain }: AccountsPageProps) {
  const list = useCall('accounts.list', {});
  const connectors = useCall('connectors.list', {});
  const sources = useCall('sources.list', {});
  const [removing, setRemoving] = useState<Account | null>(null);
  const now = useNow();
  const accounts = list.data?.accounts;
  return (
    <Page
      title="Accounts"
      description="With an account Earshot answers, and hears what only its owner hears."
      actions={
        <Button variant="primary" icon={<Plus aria-hidden="true" />} onPress={onAddAccount}>
          Connect an account
        </Button>
      }
    >
      {list.isError ? (
        <FailedCall title="The accounts cannot be shown." onRetry={() => void list.refetch()}>
          {failureLine(asFailure(list.error), list.errorUpdatedAt)}
        </FailedCall>
      ) : accounts === undefined ? (
        <PageSection>
          <Skeleton width="45%" />
        </PageSection>
      ) : accounts.length === 0 ? (
        <EmptyState
          title="No accounts yet"
          actions={
            <Button variant="primary" onPress={onAddAccount}>
              Connect an account
            </Button>
          }
        >
          Much can be listened to without one. Connect the brand’s account on a network or forum and you can
          answer there from Earshot. Nothing is sent that you have not written.
        </EmptyState>
      ) : (
        <ul className={css.list}>
          {accounts.map((account) => (
            <AccountRow
              key={account.accountId}
              account={account}
              connector={connectors.data?.connectors.find(({ id }) => id === account.connector) ?? null}
              now={now}
              onSignInAgain={() => onSignInAgain(account)}
              onRemove={() => setRemoving(account)}
            />
          ))}
        </ul>
      )}
      {list.data !== undefined && (
        <p className={css.vault} data-weak={list.data.vault.kind === 'weak' || undefined}>
          {list.data.vault.note}
        </p>
      )}
      {removing !== null && (
        <RemoveAccountDialog
          account={removing}
          sourceCount={
            sources.data?.sources.filter(({ accountId }) => accountId === removing.accountId).length ?? 0
          }
          onClose={() => setRemoving(null)}
        />
      )}
    </Page>
  );
}
