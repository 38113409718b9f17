import type { Conversation } from '../../../shared/model/mention.ts';
import type { Reply } from '../../../shared/model/reply.ts';
import css from './conversation-change.module.css';
import { changeLine } from './change-lines.ts';

/** What happened in the conversation between the writing and the sending, so that it can be judged here. */
export function ConversationChange({
  reply,
  conversation,
}: {
  readonly reply: Reply;
  readonly conversation: Conversation;
}) {
  const line = changeLine(reply, conversation);
  if (line === null) return null;
  return (
    <div className={css.change}>
      <span className={css.what}>{line.what}</span>
      {line.text !== null && (
        <blockquote className={css.text} dir="auto">
          {line.text}
        </blockquote>
      )}
    </div>
  );
}
