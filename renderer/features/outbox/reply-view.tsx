import Paperclip from 'lucide-react/icons/paperclip';
import Trash2 from 'lucide-react/icons/trash-2';
import type { Conversation } from '../../../shared/model/mention.ts';
import type { Reply } from '../../../shared/model/reply.ts';
import { useCall } from '../../client/hooks.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { exactTime, relativeTime } from '../../ui/time-words.ts';
import { LinkedText } from '../../ui/linked-text.tsx';
import { useNow } from '../../ui/use-now.ts';
import { ConversationChange } from './conversation-change.tsx';
import { ReplyMoveButtons, ReplyStateChip } from './reply-state.tsx';
import css from './reply-view.module.css';
import { replyWords } from './reply-words.ts';
import { useAct } from './use-act.tsx';
import { type Handover, useReplyMoves } from './use-reply-moves.ts';

/** One of ours among the mentions: what it says, how it stands, and what can be done about it. */
export function ReplyView({
  reply,
  conversation,
  handover,
}: {
  readonly reply: Reply;
  readonly conversation: Conversation;
  readonly handover: Handover;
}) {
  const now = useNow();
  const moves = useReplyMoves(handover);
  const connectors = useCall('connectors.list', {}).data?.connectors ?? [];
  const connector = connectors.find(({ id }) => id === reply.connector);
  const platformName =
    connector?.platforms.find(({ id }) => id === reply.platform)?.name ?? connector?.name ?? reply.platform;
  const words = replyWords(reply, now, platformName);
  const at = reply.sentAt ?? reply.createdAt;
  const isDeletable =
    reply.state === 'sent' &&
    reply.deletedAt === null &&
    connector?.capabilities.actions.some(
      ({ action, on }) => action === 'delete' && on.includes('own-reply'),
    ) === true;
  const isDeleting = conversation.replies.some(
    ({ action, onReplyId, state }) =>
      action === 'delete' && onReplyId === reply.replyId && (state === 'queued' || state === 'sending'),
  );
  const act = useAct(conversation);
  return (
    <article
      className={cx(css.reply, reply.deletedAt !== null && css.deleted)}
      aria-label={`Our reply: ${words.state}`}
      data-reply={reply.replyId}
      data-state={reply.state}
      data-tone={words.tone}
      tabIndex={-1}
    >
      <header className={css.header}>
        <Avatar name={reply.accountName} seed={reply.accountName} size="small" />
        <span className={css.who} dir="auto">
          {reply.accountName}
        </span>
        <span className={css.ours}>
          {reply.part === null ? 'Our reply' : `Our reply, ${reply.part.index} of ${reply.part.count}`}
        </span>
        <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
          {relativeTime(at, now)}
        </time>
      </header>
      <p className={css.text} dir="auto">
        {reply.text}
      </p>
      {reply.attachments.length > 0 && (
        <ul className={css.files} aria-label="Files">
          {reply.attachments.map((attachment) => (
            <li key={attachment.attachmentId}>
              <Paperclip aria-hidden="true" />
              <span>{attachment.alt === '' ? attachment.name : attachment.alt}</span>
            </li>
          ))}
        </ul>
      )}
      <footer className={css.footer}>
        <ReplyStateChip reply={reply} words={words} />
        <ReplyMoveButtons reply={reply} words={words} moves={moves} platformName={platformName} />
        {isDeletable && (
          <IconButton
            label={isDeleting ? 'Being deleted' : `Delete on ${platformName}…`}
            size="small"
            isDisabled={isDeleting}
            icon={<Trash2 aria-hidden="true" />}
            onPress={() => act.askOwn('delete', reply, platformName)}
          />
        )}
      </footer>
      {words.detail !== null && (
        <p className={css.detail} role={reply.state === 'failed' ? 'alert' : undefined}>
          <LinkedText>{words.detail}</LinkedText>
        </p>
      )}
      <ConversationChange reply={reply} conversation={conversation} />
      {act.dialog}
    </article>
  );
}
