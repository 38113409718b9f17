import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
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
import { MentionView } from './mention-view.tsx';

/** A conversation is read when it has been looked at this long. */
const readAfterMs = 1000;

export interface ConversationPaneProps {
  readonly conversation: Conversation;
  /** Only the row is known so far; nothing is concluded from it. */
  readonly isPreview: boolean;
  readonly toolbar: ReactNode;
  readonly bodyRef: RefObject<HTMLElement | null>;
  readonly onSeen: () => void;
}

export function ConversationPane({
  conversation,
  isPreview,
  toolbar,
  bodyRef,
  onSeen,
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
          {mentions.map((mention) => (
            <MentionView
              key={mention.mentionId}
              mention={mention}
              conversationTitle={title}
              now={now}
              isNewest={mention === newest}
            />
          ))}
          {!isPreview && conversation.activity.length > 0 && (
            <div className={css.activity}>
              <Disclosure title="Activity">
                <ActivityList activity={conversation.activity} now={now} />
              </Disclosure>
            </div>
          )}
        </div>
      </section>
    </>
  );
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
    const last = body.querySelector<HTMLElement>('article:last-of-type');
    body.scrollTop = mentionCount > 1 && last !== null ? last.offsetTop - headerHeight(body) : 0;
  }, [bodyRef, key, mentionCount]);
}

/** The title stays in sight above what is scrolled. */
function headerHeight(body: HTMLElement): number {
  return body.querySelector('[data-sticky]')?.getBoundingClientRect().height ?? 0;
}
