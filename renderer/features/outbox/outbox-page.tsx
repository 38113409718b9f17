import { useState } from 'react';
import type { ConversationId } from '../../../shared/model/ids.ts';
import { useCall } from '../../client/hooks.ts';
import { asFailure } from '../../client/failure-center.ts';
import { failureLine } from '../../client/failure-sentence.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { OutboxRow } from './outbox-row.tsx';
import css from './outbox-page.module.css';
import { urgentFirst } from './urgent-first.ts';
import { type Handover, useReplyMoves } from './use-reply-moves.ts';

const pageSize = 50;
const mostShown = 200;

/** Everything of ours that is on its way or did not arrive, and what was sent. */
export function OutboxPage({
  handover,
  onOpenConversation,
}: {
  readonly handover: Handover;
  readonly onOpenConversation: (conversationId: ConversationId) => void;
}) {
  const [view, setView] = useState<'waiting' | 'sent'>('waiting');
  const [limit, setLimit] = useState(pageSize);
  const list = useCall('replies.list', { view, limit }, { keepsPrevious: true });
  const connectors = useCall('connectors.list', {}).data?.connectors ?? [];
  const moves = useReplyMoves(handover);
  const replies = list.data === undefined ? [] : urgentFirst(list.data.replies);
  return (
    <Page
      title="Outbox"
      description="Nothing counts as sent before its platform has it, and nothing is sent twice without your word."
      actions={
        <SegmentedControl
          label="What to show"
          value={view}
          onChange={(chosen) => {
            setView(chosen);
            setLimit(pageSize);
          }}
          options={[
            { value: 'waiting', label: 'On the way' },
            { value: 'sent', label: 'Sent' },
          ]}
        />
      }
    >
      {list.isError ? (
        <Banner
          tone="negative"
          title="The outbox cannot be shown."
          action={
            <Button size="small" onPress={() => void list.refetch()}>
              Try again
            </Button>
          }
        >
          {failureLine(asFailure(list.error), list.errorUpdatedAt)}
        </Banner>
      ) : list.data === undefined ? (
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
                onOpen={() => onOpenConversation(reply.conversationId)}
              />
            ))}
          </ul>
          {list.data.nextCursor !== null && limit < mostShown && (
            <Button onPress={() => setLimit(mostShown)}>Show more</Button>
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
