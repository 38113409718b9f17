import { useRef, useState } from 'react';
import type { ConversationId } from '../../../shared/model/ids.ts';
import { useCall } from '../../client/hooks.ts';
import { asFailure } from '../../client/failure-center.ts';
import { failureLine } from '../../client/failure-sentence.ts';
import { FailedCall } from '../../ui/failed-call.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { OutboxRow } from './outbox-row.tsx';
import css from './outbox-page.module.css';
import { type OutboxView, useOutboxList } from './use-outbox-list.ts';
import { type Handover, useReplyMoves } from './use-reply-moves.ts';

/** From so many rows on the end is marked. */
const longList = 50;

/** Everything of ours that is on its way or did not arrive, and what was sent. */
export function OutboxPage({
  handover,
  onOpenConversation,
}: {
  readonly handover: Handover;
  readonly onOpenConversation: (conversationId: ConversationId) => void;
}) {
  const [view, setView] = useState<OutboxView>('waiting');
  const list = useOutboxList(view);
  const connectors = useCall('connectors.list', {}).data?.connectors ?? [];
  const moves = useReplyMoves(handover);
  const endRef = useRef<HTMLParagraphElement>(null);
  const { replies } = list;
  const showMore = (): void =>
    void list.loadMore().then((hasMore) => {
      // The button that was pressed goes away: the focus stays where it was.
      if (!hasMore) requestAnimationFrame(() => endRef.current?.focus());
    });
  return (
    <Page
      title="Outbox"
      description="Nothing counts as sent before its platform has it, and nothing is sent twice without your word."
      actions={
        <SegmentedControl
          label="What to show"
          value={view}
          onChange={setView}
          options={[
            { value: 'waiting', label: 'On the way' },
            { value: 'sent', label: 'Sent' },
          ]}
        />
      }
    >
      {list.error !== null && replies === undefined ? (
        <FailedCall title="The outbox cannot be shown." onRetry={list.retry}>
          {failureLine(asFailure(list.error), list.erredAt)}
        </FailedCall>
      ) : replies === undefined ? (
        <Skeleton width="60%" />
      ) : replies.length === 0 ? (
        <OutboxEmpty view={view} />
      ) : (
        <>
          <ul className={css.list} aria-label={view === 'waiting' ? 'On the way' : 'Sent'}>
            {replies.map((reply) => (
              <OutboxRow
                key={reply.replyId}
                reply={reply}
                connector={connectors.find(({ id }) => id === reply.connector) ?? null}
                moves={moves}
                onOpen={onOpenConversation}
              />
            ))}
          </ul>
          {list.hasMore ? (
            <Button onPress={showMore} isPending={list.isLoadingMore}>
              Show more
            </Button>
          ) : (
            replies.length > longList && (
              <p ref={endRef} tabIndex={-1} className={css.end}>
                That is all: {replies.length.toLocaleString()}.
              </p>
            )
          )}
        </>
      )}
    </Page>
  );
}

function OutboxEmpty({ view }: { readonly view: 'waiting' | 'sent' }) {
  return view === 'waiting' ? (
    <EmptyState title="Nothing on the way">
      What you send waits here until its platform has it: while it can be taken back, until its time, or until
      the network is there. What could not be sent stays until you decide.
    </EmptyState>
  ) : (
    <EmptyState title="Nothing sent yet">
      Replies stand here once their platform has them, with the way to each.
    </EmptyState>
  );
}
