import { Fragment, type ReactNode, type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import AlarmClock from 'lucide-react/icons/alarm-clock';
import CircleCheck from 'lucide-react/icons/circle-check';
import type { Conversation } from '../../../shared/model/mention.ts';
import { Chip } from '../../ui/chip.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Highlight } from '../../ui/highlight.tsx';
import { untilWords } from '../../ui/time-words.ts';
import { useNow } from '../../ui/use-now.ts';
import { ActivityList } from './activity-list.tsx';
import css from './conversation-pane.module.css';
import type { ConversationSlots, ReplyAreaPlace } from './conversation-slots.ts';
import { MentionView } from './mention-view.tsx';
import { threadEntries } from './thread-entries.ts';

/** A conversation is read when it has been looked at this long. */
const readAfterMs = 1000;

export interface ConversationPaneProps {
  readonly conversation: Conversation;
  /** Only the row is known so far; nothing is concluded from it. */
  readonly isPreview: boolean;
  readonly toolbar: ReactNode;
  readonly bodyRef: RefObject<HTMLElement | null>;
  readonly onSeen: () => void;
  readonly slots: ConversationSlots;
  readonly replyPlace: Pick<ReplyAreaPlace, 'onShow' | 'onDone' | 'onUndoDone'>;
}

export function ConversationPane({
  conversation,
  isPreview,
  toolbar,
  bodyRef,
  onSeen,
  slots,
  replyPlace,
}: ConversationPaneProps) {
  const now = useNow();
  const { conversationId, mentions, mentionCount } = conversation;
  const newest = mentions.at(-1);
  const title = conversation.title === '' ? null : conversation.title;
  const titleSpans =
    newest?.title === title
      ? (newest?.matches.flatMap((match) => match.spans.filter((span) => span.field === 'title')) ?? [])
      : [];

  // Marks read once per look: a conversation that the user marked unread stays so while they are still on it.
  const seen = useRef(onSeen);
  useEffect(() => {
    seen.current = onSeen;
  });
  useEffect(() => {
    if (isPreview) return;
    const timer = setTimeout(() => seen.current(), readAfterMs);
    return () => clearTimeout(timer);
  }, [conversationId, mentionCount, isPreview]);

  useShowNewest(bodyRef, `${conversationId} ${isPreview}`, mentions.length);
  const entries = useMemo(
    () => threadEntries(mentions, conversation.replies),
    [mentions, conversation.replies],
  );
  useShowNewReply(bodyRef, conversation, isPreview);

  return (
    <>
      {toolbar}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <section className={css.body} ref={bodyRef} tabIndex={0} aria-label="Conversation text">
        {/* A conversation begins as it is, whatever was unfolded in the one before. */}
        <div className={css.column} key={conversationId}>
          {(title !== null || conversation.status !== 'open') && (
            <header className={css.header} data-sticky>
              {title !== null && (
                <h2 className={css.title} dir="auto" title={title}>
                  <Highlight text={title} spans={titleSpans} />
                </h2>
              )}
              {conversation.status === 'done' && (
                <Chip tone="positive" icon={<CircleCheck aria-hidden="true" />}>
                  Done
                </Chip>
              )}
              {conversation.status === 'snoozed' && (
                <Chip tone="accent" icon={<AlarmClock aria-hidden="true" />}>
                  Snoozed
                  {conversation.snoozedUntil !== null &&
                    ` until ${untilWords(conversation.snoozedUntil, now)}`}
                </Chip>
              )}
            </header>
          )}
          {mentionCount > mentions.length && !isPreview && (
            <p className={css.cut}>
              The newest {mentions.length} of {mentionCount} mentions
            </p>
          )}
          {entries.map((entry) =>
            entry.kind === 'mention' ? (
              <MentionView
                key={entry.mention.mentionId}
                mention={entry.mention}
                conversationTitle={title}
                now={now}
                isNewest={entry.mention === newest}
                actions={
                  isPreview
                    ? null
                    : slots.mentionActions(entry.mention, conversation, entry.mention === newest)
                }
              />
            ) : (
              <Fragment key={`reply ${entry.reply.replyId}`}>
                {slots.reply(entry.reply, conversation)}
              </Fragment>
            ),
          )}
          {!isPreview && conversation.activity.length > 0 && (
            <div className={css.activity}>
              <Disclosure title="Activity">
                <ActivityList activity={conversation.activity} now={now} />
              </Disclosure>
            </div>
          )}
        </div>
      </section>
      <slots.ReplyArea
        key={conversationId}
        conversation={conversation}
        isPreview={isPreview}
        onLeave={() => bodyRef.current?.focus({ preventScroll: true })}
        {...replyPlace}
      />
    </>
  );
}

/** What was just sent is brought into sight; a reply that was there before, or came in, moves nothing. */
function useShowNewReply(
  bodyRef: RefObject<HTMLElement | null>,
  { conversationId, replies }: Conversation,
  isPreview: boolean,
): void {
  const known = useRef<{ readonly conversationId: string; readonly newest: number } | null>(null);
  const newest = replies.findLast(({ action, state }) => action === 'reply' && state === 'queued');
  useLayoutEffect(() => {
    if (isPreview) return;
    const before = known.current;
    const newestId = Math.max(0, ...replies.map(({ replyId }) => Number(replyId)));
    known.current = { conversationId, newest: newestId };
    if (before?.conversationId !== conversationId || newest === undefined) return;
    if (Number(newest.replyId) <= before.newest) return;
    bodyRef.current?.querySelector(`[data-reply="${newest.replyId}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [bodyRef, conversationId, replies, newest, isPreview]);
}

/** A conversation is shown from its newest mention on; what came earlier stands above. */
function useShowNewest(
  bodyRef: RefObject<HTMLElement | null>,
  /** Changes when another conversation is shown, not when a mention is added to this one. */
  key: string,
  mentionCount: number,
): void {
  const shown = useRef('');
  useLayoutEffect(() => {
    if (shown.current === key) return;
    shown.current = key;
    const body = bodyRef.current;
    if (body === null) return;
    const last = [...body.querySelectorAll<HTMLElement>('article[data-mention]')].at(-1) ?? null;
    body.scrollTop = mentionCount > 1 && last !== null ? last.offsetTop - headerHeight(body) : 0;
  }, [bodyRef, key, mentionCount]);
}

/** The title stays in sight above what is scrolled. */
function headerHeight(body: HTMLElement): number {
  return body.querySelector('[data-sticky]')?.getBoundingClientRect().height ?? 0;
}
