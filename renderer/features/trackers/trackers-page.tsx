import { useState } from 'react';
import Pencil from 'lucide-react/icons/pencil';
import Plus from 'lucide-react/icons/plus';
import Trash from 'lucide-react/icons/trash-2';
import type { Tracker } from '../../../shared/model/tracker.ts';
import { asFailure } from '../../client/failure-center.ts';
import { failureLine } from '../../client/failure-sentence.ts';
import { useCall } from '../../client/hooks.ts';
import { FailedCall } from '../../ui/failed-call.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page, PageSection } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AddTrackerDialog } from './add-tracker-dialog.tsx';
import { RemoveTrackerDialog } from './remove-tracker-dialog.tsx';
import css from './trackers-page.module.css';

export interface TrackersPageProps {
  /** Shows the inbox of one tracker. */
  readonly onOpenTracker?: (tracker: Tracker) => void;
}

type OpenDialog =
  | { readonly kind: 'add' }
  | { readonly kind: 'edit'; readonly tracker: Tracker }
  | { readonly kind: 'remove'; readonly tracker: Tracker };

/** Everything that is listened for. */
export function TrackersPage({ onOpenTracker }: TrackersPageProps) {
  const list = useCall('trackers.list', {});
  const counts = useCall('inbox.counts', {});
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const close = (): void => setDialog(null);
  const openOf = (tracker: Tracker): number =>
    counts.data?.trackers.find(({ trackerId }) => trackerId === tracker.trackerId)?.total ?? 0;

  return (
    <Page
      title="Trackers"
      description="What Earshot listens for, in every source."
      actions={
        <Button
          variant="primary"
          icon={<Plus aria-hidden="true" />}
          onPress={() => setDialog({ kind: 'add' })}
        >
          Add tracker
        </Button>
      }
    >
      {list.isError ? (
        <FailedCall title="The trackers cannot be shown." onRetry={() => void list.refetch()}>
          {failureLine(asFailure(list.error), list.errorUpdatedAt)}
        </FailedCall>
      ) : list.data === undefined ? (
        <PageSection>
          <Skeleton width="40%" />
        </PageSection>
      ) : list.data.trackers.length === 0 ? (
        <EmptyState
          title="Nothing is listened for yet"
          actions={
            <Button variant="primary" onPress={() => setDialog({ kind: 'add' })}>
              Add a tracker
            </Button>
          }
        >
          Sources that are followed whole still bring everything. A tracker marks what is about you, and
          searches such as Hacker News need one to know what to look for.
        </EmptyState>
      ) : (
        <ul className={css.list}>
          {list.data.trackers.map((tracker) => (
            <li key={tracker.trackerId} className={css.row}>
              <div className={css.words}>
                <h2 className={css.name}>{tracker.name}</h2>
                <code className={css.query}>{tracker.query}</code>
              </div>
              {onOpenTracker !== undefined && (
                <Button variant="quiet" size="small" onPress={() => onOpenTracker(tracker)}>
                  {`${openOf(tracker)} open`}
                </Button>
              )}
              <IconButton
                label={`Edit ${tracker.name}`}
                icon={<Pencil aria-hidden="true" />}
                size="small"
                onPress={() => setDialog({ kind: 'edit', tracker })}
              />
              <IconButton
                label={`Remove ${tracker.name}`}
                icon={<Trash aria-hidden="true" />}
                size="small"
                onPress={() => setDialog({ kind: 'remove', tracker })}
              />
            </li>
          ))}
        </ul>
      )}
      {dialog?.kind === 'add' && <AddTrackerDialog onClose={close} />}
      {dialog?.kind === 'edit' && <AddTrackerDialog tracker={dialog.tracker} onClose={close} />}
      {dialog?.kind === 'remove' && <RemoveTrackerDialog tracker={dialog.tracker} onClose={close} />}
    </Page>
  );
}
