import type { ReactNode, RefObject } from 'react';
import type { InfiniteInbox } from '../../client/use-infinite-inbox.ts';
import type { InboxItem } from '../../../shared/model/mention.ts';
import { FailedCall } from '../../ui/failed-call.tsx';
import { ConversationList } from './conversation-list.tsx';
import { type ConversationRowProps, type Density, rowHeights } from './conversation-row.tsx';
import { setSelection } from './inbox-store.ts';
import { ListEmpty, ListSkeleton } from './list-empty.tsx';
import { ListHeader, SearchField, SelectionHeader } from './list-header.tsx';
import css from './list-pane.module.css';
import { NewBar } from './new-bar.tsx';
import { emptySelection } from './selection.ts';
import type { SnoozeMenuProps } from './snooze-menu.tsx';
import type { InboxSearch } from './use-search.ts';

/** A search stops counting here. */
const searchCountLimit = 10_000;

export interface ListPaneProps {
  readonly view: string;
  readonly name: string;
  readonly density: Density;
  readonly aside: ReactNode;
  readonly search: InboxSearch;
  readonly inbox: InfiniteInbox;
  /** The inbox's items and those that fade. */
  readonly rows: readonly InboxItem[];
  readonly leavingIds: ReadonlySet<string>;
  readonly listRef: RefObject<HTMLDivElement | null>;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly selectedCount: number;
  readonly onPress: ConversationRowProps['onPress'];
  readonly onShowNew: () => void;
  readonly onDone: () => void;
  readonly onReopen: () => void;
  readonly onRead: () => void;
  readonly snooze: Omit<SnoozeMenuProps, 'trigger'>;
}

export function ListPane(props: ListPaneProps) {
  const { view, name, density, search, inbox } = props;
  const isSearching = search.applied !== '';
  return (
    <>
      {props.selectedCount > 0 ? (
        <SelectionHeader
          count={props.selectedCount}
          isDoneView={view === 'done'}
          onDone={props.onDone}
          onReopen={props.onReopen}
          onRead={props.onRead}
          onClear={() => setSelection(emptySelection)}
          snooze={props.snooze}
        />
      ) : (
        <ListHeader
          title={name}
          count={countWords(inbox, isSearching)}
          news={<NewBar waiting={inbox.waiting} onShow={props.onShowNew} />}
        />
      )}
      <SearchField
        search={search}
        place={name}
        inputRef={props.searchRef}
        onLeave={() => props.listRef.current?.focus()}
      />
      <div className={css.rows}>
        {inbox.error !== null && inbox.items.length === 0 ? (
          <div className={css.failure}>
            <FailedCall title="This list could not be read." onRetry={() => inbox.retry()}>
              {inbox.error.message}
            </FailedCall>
          </div>
        ) : inbox.isLoading ? (
          <ListSkeleton rowHeight={rowHeights[density]} />
        ) : props.rows.length === 0 ? (
          <div className={css.empty}>
            {props.aside}
            <ListEmpty view={view} search={search.applied} />
          </div>
        ) : (
          <ConversationList
            label={isSearching ? `Found in ${name}` : `Conversations in ${name}`}
            items={props.rows}
            leavingIds={props.leavingIds}
            total={inbox.total}
            density={density}
            isStatusShown={view === 'all'}
            hasMore={inbox.hasMore}
            isOutdated={inbox.isOutdated}
            onLoadMore={() => inbox.loadMore()}
            onPress={props.onPress}
            listRef={props.listRef}
            topKey={search.applied}
          />
        )}
      </div>
    </>
  );
}

function countWords({ total, isLoading }: InfiniteInbox, isSearching: boolean): string {
  if (isLoading) return '';
  const number = total.toLocaleString();
  if (!isSearching) return total === 0 ? '' : number;
  return total >= searchCountLimit ? `${number} or more found` : `${number} found`;
}
