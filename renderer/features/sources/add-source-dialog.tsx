import { useState } from 'react';
import type { ConnectorInfo } from '../../../shared/contract/methods/connectors.ts';
import type { Source } from '../../../shared/model/source.ts';
import { asFailure } from '../../client/failure-center.ts';
import { failureLine } from '../../client/failure-sentence.ts';
import { useCall } from '../../client/hooks.ts';
import { FailedCall } from '../../ui/failed-call.tsx';
import { ConnectorCards } from '../../ui/connector-cards.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { SourceForm } from './source-form.tsx';

export interface AddSourceDialogProps {
  /** Skips the choice of the platform; with `testsAtOnce` the test run starts by itself. */
  readonly initial?: {
    readonly connector: string;
    readonly settings?: Readonly<Record<string, unknown>>;
    readonly testsAtOnce?: boolean;
  };
  /** The source to change; without it a new one is added. */
  readonly source?: Source;
  readonly onClose: () => void;
  readonly onSaved?: (source: Source) => void;
  /** Offered where a source needs an account. */
  readonly onAddAccount?: (connectorId: string) => void;
  /** Offered where a search has nothing to search for. */
  readonly onAddTracker?: () => void;
}

/** Where to listen: a platform, its settings, a test run, and only then the source. */
export function AddSourceDialog({
  initial,
  source,
  onClose,
  onSaved,
  onAddTracker,
  onAddAccount,
}: AddSourceDialogProps) {
  const connectors = useCall('connectors.list', {}, { isCached: false });
  const trackers = useCall('trackers.list', {});
  const accounts = useCall('accounts.list', {});
  const [chosen, setChosen] = useState<ConnectorInfo | null>(null);

  const fixedId = source?.connector ?? initial?.connector;
  const connector = chosen ?? connectors.data?.connectors.find(({ id }) => id === fixedId) ?? null;

  const failed = [connectors, trackers, accounts].find((call) => call.isError);
  if (failed) {
    return (
      <Dialog title="Add a source" onClose={onClose} isDismissable>
        <FailedCall title="This cannot be shown." onRetry={() => void failed.refetch()}>
          {failureLine(asFailure(failed.error), failed.errorUpdatedAt)}
        </FailedCall>
      </Dialog>
    );
  }
  if (connectors.data === undefined || trackers.data === undefined || accounts.data === undefined) {
    return (
      <Dialog
        title={source ? `Edit ${source.name}` : 'Add a source'}
        size="large"
        onClose={onClose}
        isDismissable
      >
        <Skeleton height={96} />
      </Dialog>
    );
  }
  if (connector === null) {
    return (
      <Dialog
        title="Add a source"
        description="Where should Earshot listen?"
        size="large"
        onClose={onClose}
        isDismissable
      >
        <ConnectorCards
          connectors={connectors.data.connectors}
          words={({ summary }) => summary}
          facts={listeningFacts}
          onChoose={setChosen}
        />
      </Dialog>
    );
  }
  return (
    <SourceForm
      connector={connector}
      trackers={trackers.data.trackers}
      accounts={accounts.data.accounts.filter((account) => account.connector === connector.id)}
      {...(source === undefined ? {} : { source })}
      {...(initial?.settings === undefined || chosen !== null ? {} : { initialSettings: initial.settings })}
      testsAtOnce={initial?.testsAtOnce === true && chosen === null}
      onClose={onClose}
      {...(onSaved === undefined ? {} : { onSaved })}
      {...(onAddTracker === undefined ? {} : { onAddTracker })}
      {...(onAddAccount === undefined ? {} : { onAddAccount })}
      {...(chosen === null ? {} : { onBack: () => setChosen(null) })}
    />
  );
}

const accountFacts = {
  never: 'No account needed',
  optional: 'With or without an account',
  always: 'Needs an account',
} as const;

function listeningFacts({ capabilities }: ConnectorInfo): string[] {
  return [
    capabilities.listens === 'search' ? 'Searched' : 'Followed',
    accountFacts[capabilities.listensWithAccount],
  ];
}
