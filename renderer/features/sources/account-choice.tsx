import type { ConnectorInfo } from '../../../shared/contract/methods/connectors.ts';
import type { Account } from '../../../shared/model/account.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';

export interface AccountChoiceProps {
  readonly connector: ConnectorInfo;
  /** Of this platform. */
  readonly accounts: readonly Account[];
  readonly value: AccountId | null;
  readonly onChange: (accountId: AccountId | null) => void;
  readonly showsMissing: boolean;
  readonly onAddAccount?: (connectorId: string) => void;
}

/** Whose eyes a source listens with. */
export function AccountChoice({
  connector,
  accounts,
  value,
  onChange,
  showsMissing,
  onAddAccount,
}: AccountChoiceProps) {
  const { listensWithAccount } = connector.capabilities;
  if (listensWithAccount === 'never') return null;
  const isNeeded = listensWithAccount === 'always';
  if (accounts.length === 0) {
    return (
      <Banner
        tone={isNeeded ? 'caution' : 'info'}
        title={isNeeded ? `${connector.name} needs an account.` : 'More with an account.'}
        action={
          onAddAccount && (
            <Button size="small" onPress={() => onAddAccount(connector.id)}>
              Connect an account
            </Button>
          )
        }
      >
        {isNeeded
          ? 'Connect one first; this dialog comes back with it.'
          : 'Some of what it offers needs one. What is public works without.'}
      </Banner>
    );
  }
  return (
    <Select
      label="Listen with"
      value={value ?? ''}
      onChange={(chosen) =>
        onChange(accounts.find(({ accountId }) => accountId === chosen)?.accountId ?? null)
      }
      options={[
        ...accounts.map(({ accountId, displayName, handle }) => ({
          value: accountId,
          label: handle === null ? displayName : `${displayName} (${handle})`,
        })),
        ...(isNeeded && value !== null
          ? []
          : [{ value: '', label: isNeeded ? 'Choose an account' : 'No account' }]),
      ]}
      error={isNeeded && showsMissing && value === null ? 'Choose an account.' : null}
    />
  );
}
