import ArrowLeft from 'lucide-react/icons/arrow-left';
import AlarmClock from 'lucide-react/icons/alarm-clock';
import ArrowUpRight from 'lucide-react/icons/arrow-up-right';
import Check from 'lucide-react/icons/check';
import ChevronDown from 'lucide-react/icons/chevron-down';
import ChevronUp from 'lucide-react/icons/chevron-up';
import Inbox from 'lucide-react/icons/inbox';
import Mail from 'lucide-react/icons/mail';
import MailOpen from 'lucide-react/icons/mail-open';
import type { Conversation } from '../../../shared/model/mention.ts';
import { shownKeys } from '../../state/key-map.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import css from './conversation-toolbar.module.css';
import { SnoozeMenu } from './snooze-menu.tsx';

export interface ConversationToolbarProps {
  readonly conversation: Conversation;
  /** "3 of 120"; null when the conversation is not in the list. */
  readonly place: string | null;
  readonly isSnoozeOpen: boolean;
  readonly onSnoozeOpenChange: (isOpen: boolean) => void;
  readonly onDone: () => void;
  readonly onReopen: () => void;
  readonly onSnooze: (until: number) => void;
  readonly onPickTime: () => void;
  readonly onToggleUnread: () => void;
  readonly onOpenOriginal: (() => void) | undefined;
  readonly onStep: (by: 1 | -1) => void;
  readonly onBack: () => void;
}

export function ConversationToolbar(props: ConversationToolbarProps) {
  const { status, unread } = props.conversation;
  return (
    <div className={css.toolbar} role="toolbar" aria-label="Conversation">
      <span className={css.back}>
        <IconButton
          label="Back to the list"
          shortcut={shownKeys('up')}
          icon={<ArrowLeft aria-hidden="true" />}
          onPress={props.onBack}
        />
      </span>
      {status === 'open' ? (
        <Button
          variant="primary"
          icon={<Check aria-hidden="true" />}
          shortcut={shownKeys('done')}
          onPress={props.onDone}
        >
          Done
        </Button>
      ) : (
        <Button icon={<Inbox aria-hidden="true" />} shortcut={shownKeys('reopen')} onPress={props.onReopen}>
          Back to the inbox
        </Button>
      )}
      <SnoozeMenu
        isOpen={props.isSnoozeOpen}
        onOpenChange={props.onSnoozeOpenChange}
        onSnooze={props.onSnooze}
        onPickTime={props.onPickTime}
        trigger={
          <Button icon={<AlarmClock aria-hidden="true" />} shortcut={shownKeys('snooze')}>
            Snooze
          </Button>
        }
      />
      <IconButton
        label={unread ? 'Mark read' : 'Mark unread'}
        shortcut={shownKeys('toggleUnread')}
        icon={unread ? <MailOpen aria-hidden="true" /> : <Mail aria-hidden="true" />}
        onPress={props.onToggleUnread}
      />
      {props.onOpenOriginal !== undefined && (
        <IconButton
          label="Open the original"
          shortcut={shownKeys('openOriginal')}
          icon={<ArrowUpRight aria-hidden="true" />}
          onPress={props.onOpenOriginal}
        />
      )}
      <span className={css.gap} />
      {props.place !== null && <span className={css.place}>{props.place}</span>}
      <IconButton
        label="Previous conversation"
        shortcut={shownKeys('previous')}
        icon={<ChevronUp aria-hidden="true" />}
        onPress={() => props.onStep(-1)}
      />
      <IconButton
        label="Next conversation"
        shortcut={shownKeys('next')}
        icon={<ChevronDown aria-hidden="true" />}
        onPress={() => props.onStep(1)}
      />
    </div>
  );
}
