import { memo, type MouseEvent } from 'react';
import AlarmClock from 'lucide-react/icons/alarm-clock';
import Check from 'lucide-react/icons/check';
import CircleAlert from 'lucide-react/icons/circle-alert';
import CircleCheck from 'lucide-react/icons/circle-check';
import CircleHelp from 'lucide-react/icons/circle-question-mark';
import Clock from 'lucide-react/icons/clock';
import PenLine from 'lucide-react/icons/pen-line';
import Send from 'lucide-react/icons/send';
import type { InboxItem } from '../../../shared/model/mention.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Chip } from '../../ui/chip.tsx';
import { cx } from '../../ui/cx.ts';
import { Highlight } from '../../ui/highlight.tsx';
import { SentimentChip } from '../../ui/sentiment-chip.tsx';
import { exactTime, relativeTime, untilWords } from '../../ui/time-words.ts';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import css from './conversation-row.module.css';
import { lineLength, snippetOf } from './snippet.ts';

export type Density = 'comfortable' | 'cosy' | 'compact';

export const rowHeights: Readonly<Record<Density, number>> = { comfortable: 76, cosy: 56, compact: 36 };

/** Characters of text that a row shows: a title has a line of its own where there are two. */
function roomOf(density: Density, hasTitle: boolean): number {
  if (density === 'comfortable') return hasTitle ? lineLength : 2 * lineLength;
  return density === 'cosy' ? lineLength : lineLength / 2;
}

const outboxWords = {
  queued: 'Queued',
  sending: 'Sending',
  unconfirmed: 'Perhaps sent',
  failed: 'Not sent',
} as const;

const outboxIcons = {
  queued: <Clock aria-hidden="true" />,
  sending: <Send aria-hidden="true" />,
  unconfirmed: <CircleHelp aria-hidden="true" />,
  failed: <CircleAlert aria-hidden="true" />,
} as const;

export interface ConversationRowProps {
  readonly item: InboxItem;
  readonly position: number;
  readonly total: number;
  readonly density: Density;
  readonly now: number;
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  readonly isSelecting: boolean;
  readonly isLeaving: boolean;
  /** In a view of one status it goes without saying. */
  readonly isStatusShown: boolean;
  readonly onPress: (id: string, how: 'open' | 'toggle' | 'extend') => void;
}

export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { item, density, now, isSelected } = props;
  const title = item.title === '' ? null : item.title;
  const snippet = snippetOf(item.text, item.spans, roomOf(density, title !== null));
  const titleSpans = item.spans.filter(({ field }) => field === 'title');
  const press = (event: MouseEvent): void => {
    const isOnEdge = event.target instanceof Element && event.target.closest('[data-edge]') !== null;
    if (event.shiftKey) props.onPress(item.conversationId, 'extend');
    else if (isOnEdge || event.metaKey || event.ctrlKey) props.onPress(item.conversationId, 'toggle');
    else props.onPress(item.conversationId, 'open');
  };
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- keys belong to the listbox, which names its active option
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as its list, it is more than a line of text
      role="option"
      id={`row-${item.conversationId}`}
      aria-selected={props.isSelecting ? isSelected : props.isCurrent}
      aria-posinset={props.position}
      aria-setsize={props.total}
      className={cx(css.row, css[density])}
      data-current={props.isCurrent || undefined}
      data-selected={isSelected || undefined}
      data-selecting={props.isSelecting || undefined}
      data-unread={item.unread || undefined}
      data-leaving={props.isLeaving || undefined}
      onClick={press}
    >
      <span className={css.edge} data-edge>
        <span className={css.dot} />
        <span className={css.box} aria-hidden="true">
          <Check />
        </span>
      </span>
      {item.unread && <VisuallyHidden>Unread. </VisuallyHidden>}
      {density !== 'compact' && (
        <Avatar
          name={item.author.name}
          seed={item.author.handle}
          platform={item.platform}
          size={density === 'cosy' ? 'medium' : 'large'}
        />
      )}
      <span className={css.lines}>
        <span className={css.line1}>
          <span className={css.who}>
            <span className={css.name} dir="auto">
              {item.author.name}
            </span>
            {item.author.handle !== null && density !== 'compact' && (
              <span className={css.handle} dir="auto">
                {item.author.handle}
              </span>
            )}
            {item.mentionCount > 1 && (
              <span className={css.more}>
                +{item.mentionCount - 1}
                <VisuallyHidden> earlier</VisuallyHidden>
              </span>
            )}
          </span>
          <span className={css.chips}>
            {props.isStatusShown && item.status === 'done' && (
              <Chip tone="outline" icon={<CircleCheck aria-hidden="true" />}>
                Done
              </Chip>
            )}
            {item.status === 'snoozed' && item.snoozedUntil !== null && (
              <Chip tone="accent" icon={<AlarmClock aria-hidden="true" />}>
                until {untilWords(item.snoozedUntil, now)}
              </Chip>
            )}
            {item.outbox !== null && (
              <Chip tone={item.outbox === 'failed' ? 'negative' : 'caution'} icon={outboxIcons[item.outbox]}>
                {outboxWords[item.outbox]}
              </Chip>
            )}
            {item.hasDraft && (
              <Chip tone="outline" icon={<PenLine aria-hidden="true" />} isWordHidden={density === 'compact'}>
                Draft
              </Chip>
            )}
            <SentimentChip label={item.sentiment.label} isQuiet isWordHidden={density === 'compact'} />
          </span>
          <time
            className={css.time}
            dateTime={new Date(item.publishedAt).toISOString()}
            title={exactTime(item.publishedAt)}
          >
            {relativeTime(item.publishedAt, now)}
          </time>
        </span>
        <span className={css.line2}>
          <span className={css.words}>
            {title !== null && (
              <span className={css.title} dir="auto">
                <Highlight text={title} spans={titleSpans} />
              </span>
            )}
            <span className={css.text} dir="auto">
              <Highlight text={snippet.text} spans={snippet.spans} />
            </span>
          </span>
        </span>
      </span>
    </div>
  );
});
