import type { Source } from '../../../shared/model/source.ts';
import type { Tracker } from '../../../shared/model/tracker.ts';
import { useCall } from '../../client/hooks.ts';
import { uiStore } from '../../state/ui-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { checkWords } from '../../ui/check-words.ts';
import { clockTime } from '../../ui/time-words.ts';
import { useNow } from '../../ui/use-now.ts';
import { inboxStore } from './inbox-store.ts';
import css from './list-empty.module.css';

/** Why nothing is in the list, and what comes next. */
export function ListEmpty({ view, search }: { readonly view: string; readonly search: string }) {
  const now = useNow();
  const polling = useCall('app.info', {}).data?.polling;
  const counts = useCall('inbox.counts', {}).data;
  const sources = useCall('sources.list', {}).data?.sources;
  const trackers = useCall('trackers.list', {}).data?.trackers;
  if (search !== '') {
    return (
      <EmptyState
        title="Nothing found"
        actions={
          <>
            <Button onPress={() => inboxStore.setState({ search: '' })}>Clear the search</Button>
            {view !== 'all' && (
              <Button onPress={() => uiStore.getState().goTo({ page: 'inbox', view: 'all', search })}>
                Search everything
              </Button>
            )}
          </>
        }
      >
        No conversation in this view matches <q dir="auto">{search}</q>.
      </EmptyState>
    );
  }
  if (view === 'snoozed') {
    return (
      <EmptyState title="Nothing snoozed">
        What you snooze waits here and returns to the inbox at its time, or when the person writes again.
      </EmptyState>
    );
  }
  if (view === 'done') {
    return <EmptyState title="Nothing done yet">Conversations you are done with are kept here.</EmptyState>;
  }
  const source = sources?.find(({ sourceId }) => view === `source:${sourceId}`);
  if (source !== undefined) return <SourceEmpty source={source} now={now} />;
  const tracker = trackers?.find(({ trackerId }) => view === `tracker:${trackerId}`);
  if (tracker !== undefined) return <TrackerEmpty tracker={tracker} />;
  if (sources?.length === 0) {
    return (
      <EmptyState
        title="Not listening yet"
        actions={
          <Button variant="primary" onPress={() => uiStore.getState().openDialog({ kind: 'add-source' })}>
            Add source
          </Button>
        }
      >
        Say where to listen, and what people write there comes here.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nothing waiting">
      <p>{polling === undefined ? '' : checkWords(polling, now)}</p>
      {counts !== undefined && counts.done + counts.snoozed > 0 && (
        <p>
          {counts.done.toLocaleString()} done, {counts.snoozed.toLocaleString()} snoozed.
        </p>
      )}
    </EmptyState>
  );
}

function SourceEmpty({ source, now }: { readonly source: Source; readonly now: number }) {
  const { lastSuccessAt } = source.health;
  const asked =
    lastSuccessAt === null
      ? 'It has not answered yet.'
      : `It last answered ${clockTime(lastSuccessAt, now)}.`;
  return (
    <EmptyState
      title={source.mentionCount === 0 ? 'Nothing has come from it yet' : 'Nothing waiting from it'}
      actions={
        <Button onPress={() => uiStore.getState().goTo({ page: 'sources', sourceId: source.sourceId })}>
          See its health
        </Button>
      }
    >
      {source.followsWhole
        ? 'Everything it publishes comes here.'
        : 'What your trackers match there comes here.'}{' '}
      {asked}
    </EmptyState>
  );
}

function TrackerEmpty({ tracker }: { readonly tracker: Tracker }) {
  return (
    <EmptyState
      title="Nothing waiting that matches"
      actions={
        <Button
          onPress={() =>
            uiStore.getState().openDialog({ kind: 'edit-tracker', trackerId: tracker.trackerId })
          }
        >
          Change the tracker
        </Button>
      }
    >
      Earshot listens for <code dir="auto">{tracker.query}</code>
    </EmptyState>
  );
}

/** The very first fill only: rows of the right height, so that nothing jumps. */
export function ListSkeleton({ rowHeight }: { readonly rowHeight: number }) {
  return (
    <div className={css.skeleton} aria-hidden="true">
      {Array.from({ length: 9 }, (_, index) => (
        <div key={index} className={css.row} style={{ height: rowHeight }}>
          {rowHeight > 40 && <Skeleton width={32} height={32} />}
          <div className={css.lines}>
            <Skeleton width={`${34 + ((index * 17) % 30)}%`} />
            {rowHeight > 40 && <Skeleton width={`${62 + ((index * 23) % 34)}%`} />}
          </div>
        </div>
      ))}
    </div>
  );
}
