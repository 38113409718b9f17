import Ban from 'lucide-react/icons/ban';
import CornerUpLeft from 'lucide-react/icons/corner-up-left';
import Ellipsis from 'lucide-react/icons/ellipsis';
import Eye from 'lucide-react/icons/eye';
import EyeOff from 'lucide-react/icons/eye-off';
import Heart from 'lucide-react/icons/heart';
import Trash2 from 'lucide-react/icons/trash-2';
import VolumeX from 'lucide-react/icons/volume-x';
import type { ReactElement } from 'react';
import type { Conversation, Mention } from '../../../shared/model/mention.ts';
import type { Reply } from '../../../shared/model/reply.ts';
import { useCall } from '../../client/hooks.ts';
import { useKeyHandlers } from '../../state/key-handlers.ts';
import { shownKeys } from '../../state/key-map.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { LinkedText } from '../../ui/linked-text.tsx';
import { Menu } from '../../ui/menu.tsx';
import css from './mention-actions.module.css';
import { actionWords } from './reply-words.ts';
import { type Act, handedKey, useAct } from './use-act.tsx';
import { type Handover, useReplyMoves } from './use-reply-moves.ts';

const icons: Readonly<Record<Act, ReactElement>> = {
  like: <Heart aria-hidden="true" />,
  unlike: <Heart aria-hidden="true" />,
  hide: <EyeOff aria-hidden="true" />,
  unhide: <Eye aria-hidden="true" />,
  delete: <Trash2 aria-hidden="true" />,
  mute: <VolumeX aria-hidden="true" />,
  block: <Ban aria-hidden="true" />,
};

/** What can be done to somebody's mention on its platform, and how that stands. */
export function MentionActions({
  mention,
  conversation,
  isNewest,
  onReply,
}: {
  readonly mention: Mention;
  readonly conversation: Conversation;
  readonly isNewest: boolean;
  readonly onReply: () => void;
}) {
  const accounts = useCall('accounts.list', {}).data?.accounts ?? [];
  const connectors = useCall('connectors.list', {}).data?.connectors ?? [];
  const act = useAct(conversation);
  const moves = useReplyMoves(noHandover);
  const account = accounts.find(({ accountId }) => accountId === conversation.answerableBy[0]);
  const connector = connectors.find(({ id }) => id === account?.connector);
  const platformName =
    connector?.platforms.find(({ id }) => id === mention.platform)?.name ??
    connector?.name ??
    mention.platform;
  const offered = new Set<Act>(
    mention.deletedAt === null
      ? (connector?.capabilities.actions
          .filter(({ on }) => on.includes('mention'))
          .map(({ action }) => action) ?? [])
      : [],
  );
  const doings = newestOfEach(
    conversation.replies.filter(
      (reply) => reply.action !== 'reply' && reply.inReplyToMentionId === mention.mentionId,
    ),
  );
  const isPending = (action: Act): boolean =>
    act.handedOver.has(handedKey(action, mention.mentionId)) ||
    doings.some(
      (doing) => doing.action === action && (doing.state === 'queued' || doing.state === 'sending'),
    );
  const like: Act = mention.marks.isLiked ? 'unlike' : 'like';
  const hide: Act = mention.marks.isHidden ? 'unhide' : 'hide';
  const isAnyPending = (...actions: readonly Act[]): boolean => actions.some(isPending);
  const can = (action: Act): boolean => offered.has(action);
  const ask = (action: Act): void => {
    if (!isAnyPending(action)) act.ask(action, mention, platformName);
  };
  const canLike = can(like);
  const canHide = can(hide);
  // Asked at the press: the keys mean the mention that has the focus, and without one the newest.
  useKeyHandlers({
    get like() {
      return canLike && hasKeys(mention, isNewest) ? () => ask(like) : undefined;
    },
    get hide() {
      return canHide && hasKeys(mention, isNewest) ? () => ask(hide) : undefined;
    },
  });
  const entries = ([hide, 'mute', 'delete', 'block'] as const)
    .filter((action) => can(action))
    .map((action) => ({
      id: action,
      label: needsQuestion(action) ? `${actionWords[action].name}…` : actionWords[action].name,
      icon: icons[action],
      isDanger: action === 'delete' || action === 'block',
      isDisabled: isPending(action),
      shortcut: action === 'hide' ? shownKeys('hide') : undefined,
      onAction: () => ask(action),
    }));
  const isLiked = mention.marks.isLiked || isPending('like');
  return (
    <div className={css.actions}>
      {mention.marks.isHidden && !isAnyPending('hide', 'unhide') && (
        <Chip tone="outline" icon={icons.hide}>
          Hidden there
        </Chip>
      )}
      <output className={css.marks}>
        {pendingActs(doings, act.handedOver, mention).map((action) => (
          <Chip key={action} tone="plain" icon={icons[action]}>
            {actionWords[action].doing}…
          </Chip>
        ))}
      </output>
      {conversation.answerableBy.length > 0 && mention.deletedAt === null && (
        <IconButton
          label={`Reply to ${mention.author.name}`}
          size="small"
          icon={<CornerUpLeft aria-hidden="true" />}
          onPress={onReply}
        />
      )}
      {canLike && (
        <span className={css.like} data-on={isLiked || undefined}>
          <IconButton
            label="Like"
            shortcut={isNewest ? shownKeys('like') : undefined}
            size="small"
            isOn={isLiked}
            icon={icons.like}
            onPress={() => ask(like)}
          />
        </span>
      )}
      {entries.length > 0 && (
        <Menu
          label="More"
          placement="bottom end"
          trigger={
            <IconButton label="More on the platform" size="small" icon={<Ellipsis aria-hidden="true" />} />
          }
          groups={[{ title: `On ${platformName}`, entries }]}
        />
      )}
      {doings
        .filter(({ state }) => state === 'failed' || state === 'unconfirmed')
        .map((doing) => (
          <span key={doing.replyId} className={css.failure} role="alert">
            <span>
              {actionWords[doing.action as Act].failed}. <LinkedText>{doing.error?.message ?? ''}</LinkedText>
            </span>
            <Button
              size="small"
              isDisabled={moves.isMoving}
              onPress={() => moves.move(doing, doing.state === 'failed' ? 'retry' : 'look')}
            >
              Retry
            </Button>
            {doing.state === 'failed' && (
              <Button
                size="small"
                variant="quiet"
                isDisabled={moves.isMoving}
                onPress={() => moves.move(doing, 'discard')}
              >
                Dismiss
              </Button>
            )}
          </span>
        ))}
      {act.dialog}
    </div>
  );
}

/** A like has no text to write on. */
const noHandover: Handover = { before: () => Promise.resolve(), after: () => undefined };

function needsQuestion(action: Act): boolean {
  return action === 'hide' || action === 'delete' || action === 'block';
}

function hasKeys({ mentionId }: Mention, isNewest: boolean): boolean {
  const focused = document.activeElement?.closest<HTMLElement>('[data-mention]') ?? null;
  return focused === null ? isNewest : focused.dataset['mention'] === mentionId;
}

/** A later try takes the place of the one before. */
function newestOfEach(doings: readonly Reply[]): Reply[] {
  return [...new Map(doings.map((doing) => [doing.action, doing])).values()];
}

function pendingActs(doings: readonly Reply[], handedOver: ReadonlySet<string>, mention: Mention): Act[] {
  const stored = doings
    .filter(({ state }) => state === 'queued' || state === 'sending')
    .map(({ action }) => action as Act);
  const handed = (Object.keys(icons) as Act[]).filter((action) =>
    handedOver.has(handedKey(action, mention.mentionId)),
  );
  return [...new Set([...stored, ...handed])];
}
