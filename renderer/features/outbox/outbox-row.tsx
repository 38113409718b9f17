import { memo } from 'react';
import type { ConnectorInfo } from '../../../shared/contract/methods/connectors.ts';
import type { ConversationId } from '../../../shared/model/ids.ts';
import type { Reply } from '../../../shared/model/reply.ts';
import { Button } from '../../ui/button.tsx';
import { LinkedText } from '../../ui/linked-text.tsx';
import { PlatformGlyph } from '../../ui/platform-glyph.tsx';
import { exactTime, relativeTime } from '../../ui/time-words.ts';
import { useNow } from '../../ui/use-now.ts';
import css from './outbox-page.module.css';
import { ReplyMoveButtons, ReplyStateChip } from './reply-state.tsx';
import { replyTitle, replyWords } from './reply-words.ts';
import type { ReplyMoves } from './use-reply-moves.ts';

/** Drawn anew only when its own reply has changed: there may be thousands of them. */
export const OutboxRow = memo(function OutboxRow({
  reply,
  connector,
  moves,
  onOpen,
}: {
  readonly reply: Reply;
  readonly connector: ConnectorInfo | null;
  readonly moves: ReplyMoves;
  readonly onOpen: (conversationId: ConversationId) => void;
}) {
  const now = useNow();
  const platformName =
    connector?.platforms.find(({ id }) => id === reply.platform)?.name ?? connector?.name ?? reply.platform;
  const words = replyWords(reply, now, platformName);
  const at = reply.sentAt ?? reply.createdAt;
  return (
    <li
      className={css.row}
      data-tone={words.tone}
      aria-label={[replyTitle(reply), firstWords(reply.text)].filter(Boolean).join(': ')}
    >
      <div className={css.head}>
        <PlatformGlyph platform={reply.platform} />
        <strong>{replyTitle(reply)}</strong>
        <span className={css.quiet} dir="auto">
          {reply.toName !== '' && (
            <>
              to <bdi>{reply.toName}</bdi>{' '}
            </>
          )}
          from <bdi>{reply.accountName}</bdi> on {platformName}
        </span>
        <time className={css.time} dateTime={new Date(at).toISOString()} title={exactTime(at)}>
          {relativeTime(at, now)}
        </time>
      </div>
      {reply.text !== '' && (
        <p className={css.text} dir="auto">
          {reply.text}
        </p>
      )}
      {words.detail !== null && (
        <p className={css.detail}>
          <LinkedText>{words.detail}</LinkedText>
        </p>
      )}
      <div className={css.foot}>
        <ReplyStateChip reply={reply} words={words} />
        <ReplyMoveButtons reply={reply} words={words} moves={moves} platformName={platformName} />
        <Button size="small" variant="quiet" onPress={() => onOpen(reply.conversationId)}>
          Show the conversation
        </Button>
      </div>
    </li>
  );
});

/** So that its buttons can be told from those of the other rows without seeing it. */
function firstWords(text: string): string {
  const words = text.replaceAll(/\s+/g, ' ').trim();
  return words.length <= 60 ? words : `${words.slice(0, 60).trimEnd()}…`;
}
