import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { InboxItem } from '../../../shared/model/mention.ts';
import { useNow } from '../../ui/use-now.ts';
import css from './conversation-list.module.css';
import { ConversationRow, type ConversationRowProps, type Density, rowHeights } from './conversation-row.tsx';
import { useInboxState } from './inbox-store.ts';

/** So many rows before the end of what is loaded, the next page is asked for. */
const loadAheadRows = 25;

export interface ConversationListProps {
  readonly label: string;
  readonly items: readonly InboxItem[];
  readonly leavingIds: ReadonlySet<string>;
  readonly total: number;
  readonly density: Density;
  readonly isStatusShown: boolean;
  readonly hasMore: boolean;
  readonly isOutdated: boolean;
  readonly onLoadMore: () => void;
  readonly onPress: ConversationRowProps['onPress'];
  /** Where keys land; the page moves the focus here. */
  readonly listRef: RefObject<HTMLDivElement | null>;
  /** Changes when the list should begin at its top again. */
  readonly topKey: string;
}

/** A virtual listbox. The list has the focus and names its active option, so that a row may leave the page. */
export function ConversationList(props: ConversationListProps) {
  const { items, density, hasMore, onLoadMore, listRef } = props;
  const now = useNow();
  const currentId = useInboxState((state) => state.currentId);
  const selectedIds = useInboxState((state) => state.selection.ids);
  const virtualizer = useRef<VirtualizerHandle>(null);
  const currentIndex = currentId === null ? -1 : items.findIndex((item) => item.conversationId === currentId);
  const height = rowHeights[density];

  // Held in a ref: asking again at every render would ask for ever after a page that failed.
  const loadMore = useRef(onLoadMore);
  useEffect(() => {
    loadMore.current = onLoadMore;
  });
  const loadIfNear = useCallback(() => {
    const handle = virtualizer.current;
    if (handle === null || !hasMore) return;
    const lastSeen = handle.findItemIndex(handle.scrollOffset + handle.viewportSize);
    if (lastSeen >= items.length - loadAheadRows) loadMore.current();
  }, [hasMore, items.length]);
  useEffect(loadIfNear, [loadIfNear]);

  // Keeps the current row in sight when it changes, and only then: reading elsewhere in the list is not disturbed.
  const shownId = useRef<string | null>(null);
  useLayoutEffect(() => {
    // One that undo brings back is in the list a moment later.
    if (shownId.current === currentId || currentIndex < 0) return;
    shownId.current = currentId;
    virtualizer.current?.scrollToIndex(currentIndex, { align: 'nearest' });
  }, [currentId, currentIndex]);

  useLayoutEffect(() => {
    virtualizer.current?.scrollTo(0);
  }, [props.topKey]);

  return (
    <div
      ref={listRef}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select can hold neither such rows nor so many
      role="listbox"
      tabIndex={0}
      aria-label={props.label}
      aria-multiselectable="true"
      aria-busy={props.isOutdated}
      aria-activedescendant={currentIndex < 0 ? undefined : `row-${currentId}`}
      className={css.list}
      data-outdated={props.isOutdated || undefined}
    >
      <Virtualizer
        ref={virtualizer}
        data={items}
        itemSize={height}
        bufferSize={height * 6}
        keepMounted={currentIndex < 0 ? [] : [currentIndex]}
        onScroll={loadIfNear}
      >
        {(item, index) => (
          <ConversationRow
            key={item.conversationId}
            item={item}
            position={index + 1}
            total={props.total}
            density={density}
            now={now}
            isCurrent={item.conversationId === currentId}
            isSelected={selectedIds.has(item.conversationId)}
            isSelecting={selectedIds.size > 0}
            isLeaving={props.leavingIds.has(item.conversationId)}
            isStatusShown={props.isStatusShown}
            onPress={props.onPress}
          />
        )}
      </Virtualizer>
    </div>
  );
}
