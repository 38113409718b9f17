import type { ConnectorInfo } from '../../../shared/contract/methods/connectors.ts';
import type { AccountId } from '../../../shared/model/ids.ts';
import { useCall } from '../../client/hooks.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { LinkedText } from '../../ui/linked-text.tsx';
import css from './sign-in-dialog.module.css';

/** It is connected: who it is, what it can do now, and what is still to be done there. */
export function SignedIn({
  connector,
  displayName,
  accountId,
  isReadOnly,
  onAddSource,
  onClose,
}: {
  readonly connector: ConnectorInfo;
  readonly displayName: string;
  readonly accountId: AccountId | null;
  readonly isReadOnly: boolean;
  readonly onAddSource?: (connectorId: string) => void;
  readonly onClose: () => void;
}) {
  const accounts = useCall('accounts.list', {}).data?.accounts ?? [];
  const note = accounts.find((account) => account.accountId === accountId)?.replyNote ?? null;
  return (
    <Dialog
      title={`Connected as ${displayName}`}
      onClose={onClose}
      footer={
        <>
          {onAddSource !== undefined && (
            <Button variant="secondary" onPress={() => onAddSource(connector.id)}>
              Listen with it
            </Button>
          )}
          <Button variant="primary" onPress={onClose} autoFocus>
            Done
          </Button>
        </>
      }
    >
      <div className={css.side}>
        <p>
          {connector.name} knows this account: Earshot has just read its name.
          {note === null && ` ${nextWords(connector, isReadOnly)}`}
        </p>
        {note !== null && (
          <Banner tone="caution" title="One thing is left to do.">
            <LinkedText>{note}</LinkedText> The Accounts page keeps this and tests it again.
          </Banner>
        )}
      </div>
    </Dialog>
  );
}

function nextWords({ capabilities }: ConnectorInfo, isReadOnly: boolean): string {
  if (isReadOnly) return 'It listens only; nothing goes out from it.';
  return capabilities.canReply ? 'You can answer with it now.' : (capabilities.replyNote ?? '');
}
