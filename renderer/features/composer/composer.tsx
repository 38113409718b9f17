import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react';
import type { ConnectorInfo } from '../../../shared/contract/methods/connectors.ts';
import type { Account } from '../../../shared/model/account.ts';
import type { Mention } from '../../../shared/model/mention.ts';
import type { SavedReply } from '../../../shared/model/reply.ts';
import { expandSavedReply, findPrompts } from '../../../shared/text/saved-reply.ts';
import { useClient } from '../../client/hooks.ts';
import { showNotice } from '../../state/notice-store.ts';
import { useSettings } from '../../state/use-settings.ts';
import { Banner } from '../../ui/banner.tsx';
import { PickTimeDialog } from '../../ui/pick-time-dialog.tsx';
import { AttachmentStrip } from './attachment-strip.tsx';
import { ComposerFooter } from './composer-footer.tsx';
import { ComposerHeader } from './composer-header.tsx';
import { closeComposer, openComposer } from './composer-store.ts';
import css from './composer.module.css';
import { openingOf } from '../../../shared/text/opening.ts';
import { emptyDraft, isEmptyDraft, type LocalDraft } from './draft-keeper.ts';
import { isEmptyPlace, writeInto } from './edit-text.ts';
import { LengthOffer, ThreadParts, useParts } from './length-note.tsx';
import { type EditedReply, SavedRepliesDialog } from './saved-replies-dialog.tsx';
import { SavedReplyPicker } from './saved-reply-picker.tsx';
import { blockerOf, blockerWords, counterOf, holdSecondsOf, limitOf } from './sendable.ts';
import { ReplyPreview } from './reply-preview.tsx';
import { useAskedPicker, useAskedTarget, useTakeFocus } from './use-asked.ts';
import { useAttachments } from './use-attachments.ts';
import type { ShownDraft } from './use-drafts.ts';
import { useSend } from './use-send.ts';
import type { ReplyAreaProps } from './reply-area.tsx';

export interface ComposerProps
  extends Pick<
    ReplyAreaProps,
    'conversation' | 'onLeave' | 'onDone' | 'onUndoDone' | 'onShowConversation' | 'onConnectAccount'
  > {
  readonly shown: ShownDraft;
  /** Who can answer, and what was written before, is not known yet: nothing can be written for a moment. */
  readonly isPreview: boolean;
  /** Null when nobody can answer from here: then the text is copied and sent by hand. */
  readonly account: Account | null;
  /** Those that could. */
  readonly accounts: readonly Account[];
  readonly connector: ConnectorInfo | null;
  readonly platformName: string;
  readonly target: Mention | null;
}

/** What else is open over it. */
type Over =
  | {
      readonly kind: 'picker' /** The key that opened it; given back when nothing is picked. */;
      readonly typed: string;
    }
  | { readonly kind: 'saved-replies'; readonly begin: EditedReply | null }
  | { readonly kind: 'send-later' };

const dayMs = 86_400_000;
const menuSettleMs = 100;

/** Where an answer is written. Nothing it holds can reach another conversation: the draft is kept by its id. */
export function Composer(props: ComposerProps) {
  const { conversation, shown, isPreview, account, connector, platformName, target } = props;
  const canSend = account !== null || isPreview;
  const { conversationId } = conversation;
  const { draft } = shown;
  const client = useClient();
  const { holdSeconds: holdSetting } = useSettings();
  const textRef = useRef<HTMLTextAreaElement>(null);
  const altRef = useRef<HTMLInputElement>(null);
  const [isThread, setThread] = useState(false);
  const [isPreviewShown, setPreviewShown] = useState(false);
  const [complaint, setComplaint] = useState<string | null>(null);
  /** Sent before it was known who can answer. */
  const [isHasty, setHasty] = useState(false);
  const [hasAskedForAlt, setAskedForAlt] = useState(false);
  const [over, setOver] = useState<Over | null>(null);
  const media = connector?.capabilities.media ?? null;
  const files = useAttachments(conversationId, media, platformName);
  const sending = useSend(props.onShowConversation);
  const limit = limitOf(account, connector);
  const opening =
    connector?.capabilities.opensWithAuthor === true
      ? openingOf(draft.text, target?.author.handle ?? null)
      : '';
  const counter = counterOf(draft.text, limit, opening);
  const parts = useParts(draft.text, limit, opening, counter);
  const holdSeconds = holdSecondsOf(holdSetting, connector);
  useTakeFocus(textRef, draft.selectionStart);
  useAskedTarget(conversation, shown.change);
  useAskedPicker(() => setOver({ kind: 'picker', typed: '' }));

  /** What is answered, and from where, stays as it was when the writing began. */
  const change = (patch: Partial<LocalDraft>): void => {
    shown.change({
      inReplyToMentionId: draft.inReplyToMentionId ?? target?.mentionId ?? null,
      accountId: draft.accountId ?? account?.accountId ?? null,
      ...patch,
    });
    setComplaint(null);
    files.clearProblems();
    sending.clearFailure();
  };
  const focusText = (start: number, end = start): void => {
    textRef.current?.focus();
    textRef.current?.setSelectionRange(start, end);
  };

  /** Whether it can go as it stands; where not, says why and leads there. */
  const isReady = (): boolean => {
    const blocker = blockerOf(draft, { counter, isThread, hasAccount: account !== null });
    if (blocker !== null) {
      setComplaint(blockerWords(blocker));
      if (blocker.kind === 'prompt') focusText(blocker.prompt.start, blocker.prompt.end);
      else textRef.current?.focus();
      return false;
    }
    const takesAlt = media !== null && media.mostAlt !== null;
    const hasMissingAlt = takesAlt && draft.attachments.some(({ alt }) => alt.trim() === '');
    if (hasMissingAlt && !hasAskedForAlt) {
      setAskedForAlt(true);
      setComplaint('Describe what the picture shows, or send again to leave it undescribed.');
      altRef.current?.focus();
      return false;
    }
    return true;
  };
  const send = async (options: { isDone?: boolean; sendAt?: number } = {}): Promise<void> => {
    if (!isReady()) return;
    const isSent = await sending.send({
      conversationId,
      draft: {
        ...draft,
        selectionStart: textRef.current?.selectionStart ?? draft.selectionStart,
        accountId: account?.accountId ?? null,
        inReplyToMentionId: target?.mentionId ?? null,
      },
      isThread,
      holdSeconds,
      ...(options.sendAt === undefined ? {} : { sendAt: options.sendAt }),
      ...(options.isDone === true ? { done: { run: props.onDone, undo: props.onUndoDone } } : {}),
    });
    if (!isSent) return;
    closeComposer();
    props.onLeave();
  };
  const copyAndOpen = async (): Promise<void> => {
    await navigator.clipboard.writeText(draft.text);
    showNotice({ tone: 'plain', message: 'Copied. Paste it where the original opens.' });
    const url = target?.url ?? null;
    if (url !== null) window.open(url, '_blank', 'noopener,noreferrer');
  };
  const pick = (savedReply: SavedReply): void => {
    setOver(null);
    const text = expandSavedReply(savedReply.text, {
      authorName: target?.author.name ?? null,
      authorHandle: target?.author.handle ?? null,
      accountName: account?.displayName ?? null,
      platformName,
    });
    client.call('savedReplies.used', { savedReplyId: savedReply.savedReplyId }).catch(() => {
      // Only the order of the list hangs on it.
    });
    // After the dialog has given the focus back.
    requestAnimationFrame(() => {
      const field = textRef.current;
      if (field === null) return;
      const at = writeInto(field, text);
      const [prompt] = findPrompts(text);
      if (prompt !== undefined) field.setSelectionRange(at + prompt.start, at + prompt.end);
    });
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const hasMod = event.ctrlKey || event.metaKey;
    if (event.key === 'Enter' && hasMod) {
      event.preventDefault();
      if (event.repeat) return;
      setHasty(isPreview);
      if (isPreview) return;
      void (account === null ? copyAndOpen() : send({ isDone: event.shiftKey }));
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      if (isEmptyDraft(draft)) closeComposer();
      props.onLeave();
    } else if (
      event.key === ';' &&
      !hasMod &&
      !event.altKey &&
      !isPreview &&
      isEmptyPlace(event.currentTarget)
    ) {
      event.preventDefault();
      setOver({ kind: 'picker', typed: ';' });
    }
  };
  /** In its other fields, such as the description of a picture; a dialog above it is none of them. */
  const pressElsewhere = (event: KeyboardEvent<HTMLElement>): void => {
    const { target, currentTarget } = event;
    if (!(target instanceof HTMLInputElement) || !currentTarget.contains(target)) return;
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      textRef.current?.focus();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (!event.repeat && !isPreview && account !== null) void send({ isDone: event.shiftKey });
    }
  };
  const paste = (event: ClipboardEvent): void => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    files.add([...event.clipboardData.files]);
  };
  const label = `Reply${target === null ? '' : ` to ${target.author.name}`}, ${target?.isPrivate === true ? 'private' : 'public'}`;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- files are dropped here; the keyboard has Add files
    <section
      className={css.composer}
      aria-label="Reply"
      data-private={target?.isPrivate === true || undefined}
      data-composer
      onKeyDown={pressElsewhere}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes('Files')) event.preventDefault();
      }}
      onDrop={(event) => {
        if (event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        files.add([...event.dataTransfer.files]);
      }}
    >
      <div className={css.column}>
        <ComposerHeader
          account={account}
          accounts={props.accounts}
          target={target}
          platformName={platformName}
          isPreview={isPreview}
          onAccount={(accountId) => change({ accountId })}
        />
        <div className={css.body}>
          <textarea
            ref={textRef}
            className={css.text}
            aria-label={label}
            aria-keyshortcuts="Control+Enter"
            aria-invalid={counter?.measure.isOver === true && !isThread ? true : undefined}
            dir="auto"
            rows={2}
            spellCheck
            placeholder="Write a reply"
            value={draft.text}
            readOnly={sending.isSending}
            onChange={(event) =>
              change({ text: event.target.value, selectionStart: event.target.selectionStart })
            }
            onBlur={(event) => shown.leaveAt(event.target.selectionStart)}
            onKeyDown={press}
            onPaste={paste}
          />
          {draft.attachments.length > 0 && (
            <AttachmentStrip
              attachments={draft.attachments}
              mostAlt={media?.mostAlt ?? null}
              firstEmptyRef={altRef}
              onChange={(attachments) => change({ attachments })}
            />
          )}
          {isThread && limit !== null && parts.length > 0 && <ThreadParts parts={parts} limit={limit} />}
          {isPreviewShown && !isEmptyDraft(draft) && (
            <ReplyPreview
              draft={draft}
              name={account?.displayName ?? 'You'}
              handle={account?.handle ?? null}
              platform={conversation.platform}
              markup={connector?.capabilities.markup ?? 'plain'}
            />
          )}
        </div>
        {conversation.draft?.heldBackAt !== undefined && (
          <Banner tone="caution" title="This was not sent.">
            Earshot was closed while it could still be taken back, so it is a draft again.
          </Banner>
        )}
        <ComposerFooter
          offer={<LengthOffer parts={parts} limit={limit} isThread={isThread} onThread={setThread} />}
          canSend={canSend}
          answerNote={canSend ? null : (conversation.answerNote ?? 'No account can answer here.')}
          complaints={[
            ...files.problems,
            isHasty && isPreview ? 'One moment: the conversation is still being read.' : null,
            complaint,
            sending.failureLine,
          ].filter((words) => words !== null)}
          counter={isThread && counter?.measure.isOver === true ? null : counter}
          holdSeconds={holdSeconds}
          saveState={isEmptyDraft(draft) ? null : shown.saveState}
          takesMedia={media !== null}
          mediaTypes={media?.types ?? []}
          isAdding={files.isAdding}
          isSending={sending.isSending}
          isWaiting={isPreview}
          isPreviewShown={isPreviewShown}
          isEmpty={isEmptyDraft(draft)}
          onPickFiles={files.add}
          onPreview={() => setPreviewShown(!isPreviewShown)}
          onSavedReplies={() => setOver({ kind: 'picker', typed: '' })}
          onSaveAsSnippet={() =>
            setOver({ kind: 'saved-replies', begin: { name: '', folder: '', text: draft.text } })
          }
          onManage={() => setOver({ kind: 'saved-replies', begin: null })}
          onDiscard={() => {
            const former = draft;
            change({ ...emptyDraft });
            closeComposer();
            // The menu gives the focus back first, to a button that is gone by then.
            setTimeout(props.onLeave, menuSettleMs);
            showNotice({
              tone: 'plain',
              message: 'Draft discarded',
              action: {
                label: 'Undo',
                run: () => {
                  shown.change(former);
                  openComposer(conversationId);
                  showNotice({ tone: 'plain', message: 'The draft is back' });
                },
              },
            });
          }}
          onSendLater={() => {
            if (isReady()) setOver({ kind: 'send-later' });
          }}
          onSend={() => void send()}
          onSendAndDone={() => void send({ isDone: true })}
          onCopyAndOpen={() => void copyAndOpen()}
          onConnectAccount={props.onConnectAccount}
        />
      </div>
      {over?.kind === 'picker' && (
        <SavedReplyPicker
          values={{
            authorName: target?.author.name ?? null,
            authorHandle: target?.author.handle ?? null,
            accountName: account?.displayName ?? null,
            platformName,
          }}
          onPick={pick}
          onManage={() => setOver({ kind: 'saved-replies', begin: null })}
          onClose={(words) => {
            setOver(null);
            const typed = over.typed === '' ? '' : over.typed + words;
            requestAnimationFrame(() => {
              if (textRef.current !== null) writeInto(textRef.current, typed);
            });
          }}
        />
      )}
      {over?.kind === 'saved-replies' && (
        <SavedRepliesDialog begin={over.begin} onClose={() => setOver(null)} />
      )}
      {over?.kind === 'send-later' && (
        <PickTimeDialog
          title="Send at"
          confirmLabel="Send later"
          suggest={tomorrowAtNine}
          onClose={() => setOver(null)}
          onPick={(sendAt) => {
            setOver(null);
            void send({ sendAt });
          }}
        />
      )}
    </section>
  );
}

function tomorrowAtNine(now: number): number {
  return new Date(now + dayMs).setHours(9, 0, 0, 0);
}
