import { type ReactNode, useRef } from 'react';
import CalendarClock from 'lucide-react/icons/calendar-clock';
import CheckCheck from 'lucide-react/icons/check-check';
import Ellipsis from 'lucide-react/icons/ellipsis';
import ExternalLink from 'lucide-react/icons/external-link';
import Eye from 'lucide-react/icons/eye';
import MessageSquareText from 'lucide-react/icons/message-square-text';
import Paperclip from 'lucide-react/icons/paperclip';
import Send from 'lucide-react/icons/send';
import { shownKeys } from '../../state/key-map.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { LinkedText } from '../../ui/linked-text.tsx';
import { Menu } from '../../ui/menu.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import css from './composer-footer.module.css';
import { type Counter, counterWords } from './sendable.ts';

export interface ComposerFooterProps {
  /** What can be done about a text that is too long. */
  readonly offer: ReactNode;
  readonly canSend: boolean;
  readonly answerNote: string | null;
  readonly counter: Counter | null;
  readonly holdSeconds: number;
  /** Null while there is nothing to save. */
  readonly saveState: 'saved' | 'unsaved' | 'failed' | null;
  readonly takesMedia: boolean;
  readonly mediaTypes: readonly string[];
  readonly isAdding: boolean;
  /** Why it was not sent or not taken, the gravest last. */
  readonly complaints: readonly string[];
  readonly isSending: boolean;
  readonly isWaiting: boolean;
  readonly isPreviewShown: boolean;
  readonly isEmpty: boolean;
  readonly onPickFiles: (files: readonly File[]) => void;
  readonly onPreview: () => void;
  readonly onSavedReplies: () => void;
  readonly onSaveAsSnippet: () => void;
  readonly onManage: () => void;
  readonly onDiscard: () => void;
  readonly onSendLater: () => void;
  readonly onSend: () => void;
  readonly onSendAndDone: () => void;
  readonly onCopyAndOpen: () => void;
  readonly onConnectAccount: () => void;
}

export function ComposerFooter(props: ComposerFooterProps) {
  return (
    <footer className={css.footer}>
      {props.offer}
      <div className={css.status}>
        {/* In place of the other words, so that nothing moves. */}
        <span role="alert" className={css.complaints}>
          {props.complaints.map((complaint) => (
            <span key={complaint}>{complaint}</span>
          ))}
        </span>
        <span className={css.words}>
          {props.complaints.length > 0 ? null : props.canSend ? (
            <DraftWords {...props} />
          ) : (
            <LinkedText>{props.answerNote ?? ''}</LinkedText>
          )}
        </span>
        {props.counter !== null && (
          <>
            <span className={css.counter} data-tone={props.counter.tone} aria-hidden="true">
              {counterWords(props.counter)}
            </span>
            <VisuallyHidden>
              <output>{spokenCounter(props.counter)}</output>
            </VisuallyHidden>
          </>
        )}
      </div>
      <div className={css.row} role="toolbar" aria-label="Reply">
        <Tools {...props} />
        <span className={css.gap} />
        {props.canSend ? <SendButtons {...props} /> : <ManualButtons {...props} />}
      </div>
    </footer>
  );
}

function DraftWords({ saveState, holdSeconds }: ComposerFooterProps) {
  if (saveState === 'failed') {
    return <span className={css.failed}>The draft is not saved yet; Earshot keeps trying.</span>;
  }
  const hold = holdSeconds === 0 ? 'Goes out at once.' : `Held ${holdSeconds} s: time to take it back.`;
  return (
    <>
      {hold}
      {saveState !== null && (saveState === 'saved' ? ' Draft saved.' : ' Saving…')}
    </>
  );
}

/** Read out once when it turns, not at every letter. */
function spokenCounter({ tone, measure }: Counter): string {
  if (tone === 'negative') return `Longer than the ${measure.most} that fit`;
  return tone === 'caution' ? 'Few characters left' : '';
}

function Tools(props: ComposerFooterProps) {
  const fileRef = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton
        label="Saved replies"
        shortcut={shownKeys('insertSavedReply')}
        size="small"
        icon={<MessageSquareText aria-hidden="true" />}
        onPress={props.onSavedReplies}
      />
      {props.takesMedia && (
        <>
          <IconButton
            label={props.isAdding ? 'Adding files' : 'Add files'}
            size="small"
            icon={<Paperclip aria-hidden="true" />}
            onPress={() => fileRef.current?.click()}
          />
          <input
            ref={fileRef}
            type="file"
            hidden
            multiple
            aria-label="Add files"
            accept={props.mediaTypes.join(',')}
            onChange={(event) => {
              props.onPickFiles([...(event.target.files ?? [])]);
              // The same file again is a choice too.
              event.target.value = '';
            }}
          />
        </>
      )}
      <IconButton
        label="Preview"
        size="small"
        isOn={props.isPreviewShown}
        icon={<Eye aria-hidden="true" />}
        onPress={props.onPreview}
      />
      <Menu
        label="More"
        placement="top start"
        trigger={<IconButton label="More" size="small" icon={<Ellipsis aria-hidden="true" />} />}
        groups={[
          {
            entries: [
              {
                id: 'snippet',
                label: 'Save as snippet…',
                isDisabled: props.isEmpty,
                onAction: props.onSaveAsSnippet,
              },
              { id: 'manage', label: 'Manage saved replies…', onAction: props.onManage },
            ],
          },
          {
            entries: [
              {
                id: 'discard',
                label: 'Discard the draft',
                isDanger: true,
                isDisabled: props.isEmpty,
                onAction: props.onDiscard,
              },
            ],
          },
        ]}
      />
    </>
  );
}

function SendButtons(props: ComposerFooterProps) {
  return (
    <span className={css.send}>
      <IconButton
        label="Send later…"
        icon={<CalendarClock aria-hidden="true" />}
        isDisabled={props.isSending || props.isWaiting}
        onPress={props.onSendLater}
      />
      <Button
        icon={<CheckCheck aria-hidden="true" />}
        shortcut={shownKeys('sendAndDone')}
        isDisabled={props.isSending || props.isWaiting}
        onPress={props.onSendAndDone}
      >
        Send and done
      </Button>
      <Button
        variant="primary"
        icon={<Send aria-hidden="true" />}
        shortcut={shownKeys('send')}
        isPending={props.isSending}
        isDisabled={props.isWaiting}
        onPress={props.onSend}
      >
        Send
      </Button>
    </span>
  );
}

function ManualButtons(props: ComposerFooterProps) {
  return (
    <span className={css.send}>
      <Button onPress={props.onConnectAccount}>Connect an account</Button>
      <Button
        variant="primary"
        icon={<ExternalLink aria-hidden="true" />}
        shortcut={shownKeys('send')}
        isDisabled={props.isEmpty}
        onPress={props.onCopyAndOpen}
      >
        Copy and open the original
      </Button>
    </span>
  );
}
