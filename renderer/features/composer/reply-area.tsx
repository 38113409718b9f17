import { useLayoutEffect } from 'react';
import { flushSync } from 'react-dom';
import CornerUpLeft from 'lucide-react/icons/corner-up-left';
import Info from 'lucide-react/icons/info';
import type { ConversationId } from '../../../shared/model/ids.ts';
import type { Conversation } from '../../../shared/model/mention.ts';
import { useCall } from '../../client/hooks.ts';
import { useKeyHandlers } from '../../state/key-handlers.ts';
import { shownKeys } from '../../state/key-map.ts';
import { Button } from '../../ui/button.tsx';
import { LinkedText } from '../../ui/linked-text.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { closeComposer, composerStore, openComposer, useComposerState } from './composer-store.ts';
import { Composer } from './composer.tsx';
import { isEmptyDraft } from './draft-keeper.ts';
import css from './reply-area.module.css';
import { accountOf, targetOf } from './sendable.ts';
import { useDraft } from './use-drafts.ts';

export interface ReplyAreaProps {
  readonly conversation: Conversation;
  /** Only the row is known so far: nothing can be concluded from it. */
  readonly isPreview: boolean;
  /** Where list and conversation alternate: shows the conversation. */
  readonly onShow: () => void;
  /** Gives the focus back to what is read. */
  readonly onLeave: () => void;
  readonly onDone: () => void;
  readonly onUndoDone: () => void;
  readonly onShowConversation: (conversationId: ConversationId) => void;
  readonly onConnectAccount: () => void;
}

/** Under the thread: one line that invites to answer, or the composer. */
export function ReplyArea(props: ReplyAreaProps) {
  const { conversation, isPreview } = props;
  const { conversationId, answerableBy, answerNote } = conversation;
  const accounts = useCall('accounts.list', {}).data?.accounts ?? [];
  const connectors = useCall('connectors.list', {}).data?.connectors ?? [];
  const shown = useDraft(conversation, isPreview);
  const isAsked = useComposerState(({ openId }) => openId === conversationId);
  const account = accountOf(shown.draft, answerableBy, accounts);
  const target = targetOf(shown.draft, conversation);
  const canAnswer = answerableBy.length > 0;
  const isOpen = isAsked || (!isPreview && !isEmptyDraft(shown.draft));

  // The one that stands open is the one that is shown.
  useLayoutEffect(() => {
    const { openId } = composerStore.getState();
    if (openId !== null && openId !== conversationId) closeComposer();
  }, [conversationId]);

  const open = (): void => {
    // At once: what is typed right after the key belongs into the text and is no key of its own.
    flushSync(() => {
      props.onShow();
      openComposer(conversationId);
    });
  };
  useKeyHandlers({
    // Also while the rest is being read: what is typed next must not be taken for keys.
    reply: open,
    insertSavedReply: isPreview
      ? undefined
      : () => {
          open();
          composerStore.setState(({ pickCount }) => ({ pickCount: pickCount + 1 }));
        },
  });

  const connector =
    connectors.find(({ id }) => id === account?.connector) ??
    connectors.find(({ platforms }) => platforms.some(({ id }) => id === conversation.platform)) ??
    null;
  const platformName =
    connectors.flatMap(({ platforms }) => platforms).find(({ id }) => id === conversation.platform)?.name ??
    conversation.platform;

  if (isOpen) {
    return (
      <Composer
        conversation={conversation}
        shown={shown}
        isPreview={isPreview}
        account={account}
        accounts={accounts.filter(({ accountId }) => answerableBy.includes(accountId))}
        connector={connector}
        platformName={platformName}
        target={target}
        onLeave={props.onLeave}
        onDone={props.onDone}
        onUndoDone={props.onUndoDone}
        onShowConversation={props.onShowConversation}
        onConnectAccount={props.onConnectAccount}
      />
    );
  }
  if (!canAnswer && !isPreview) {
    return (
      <div className={css.bar} data-reply-bar>
        <span className={css.note}>
          <Info aria-hidden="true" />
          <span>
            <LinkedText>{answerNote ?? 'No account can answer here.'}</LinkedText>
          </span>
        </span>
        <span className={css.ways}>
          <Button size="small" onPress={props.onConnectAccount}>
            Connect an account
          </Button>
          <Button size="small" variant="quiet" shortcut={shownKeys('reply')} onPress={open}>
            Write it anyway
          </Button>
        </span>
      </div>
    );
  }
  return (
    <div className={css.bar} data-reply-bar>
      <button
        type="button"
        className={css.invitation}
        aria-keyshortcuts={shownKeys('reply')}
        disabled={isPreview}
        onClick={open}
      >
        <CornerUpLeft aria-hidden="true" />
        <span className={css.words} dir="auto">
          Reply{target === null ? '' : ` to ${target.author.name}`}
        </span>
        <Kbd keys={shownKeys('reply')} />
      </button>
    </div>
  );
}
