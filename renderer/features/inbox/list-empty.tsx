import { useCall } from '../../client/hooks.ts';
import { uiStore } from '../../state/ui-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { checkWords } from '../../ui/check-words.ts';
import { useNow } from '../../ui/use-now.ts';
import { inboxStore } from './inbox-store.ts';
import css from './list-empty.module.css';

/** Why nothing is in the list, and what comes next. */
export function ListEmpty({ view, search }: { readonly view: string; readonly search: string }) {
  const now = useNow();
  const polling = useCall('app.info', {}).data?.polling;
  const counts = useCall('inbox.counts', {}).data;
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
  const check = polling === undefined ? '' : checkWords(polling, now);
  return (
    <EmptyState title="Nothing waiting">
      <p>{check}</p>
      {counts !== undefined && counts.done + counts.snoozed > 0 && (
        <p>
          {counts.done} done, {counts.snoozed} snoozed.
        </p>
      )}
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
