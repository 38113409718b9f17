import type { Conversation } from '../../../shared/model/mention.ts';
import type { Reply } from '../../../shared/model/reply.ts';

export interface ChangeLine {
  readonly what: string;
  /** What it says now; null when it is gone. */
  readonly text: string | null;
}

/** What stopped a reply (`details.change` of its conflict), as the conversation has it now. Null: nothing to show. */
export function changeLine(
  { error, inReplyToMentionId, createdAt }: Reply,
  { mentions, replies }: Pick<Conversation, 'mentions' | 'replies'>,
): ChangeLine | null {
  if (error?.code !== 'conflict') return null;
  const target = mentions.find(({ mentionId }) => mentionId === inReplyToMentionId);
  const who = target?.author.name ?? 'Somebody';
  switch (error.details?.['change']) {
    case 'removed':
      return { what: `${who} deleted it. It said:`, text: target?.text ?? null };
    case 'edited':
      return { what: `${who} changed it. It says now:`, text: target?.text ?? null };
    case 'answered': {
      const answer = replies.findLast(({ via }) => via === 'elsewhere');
      return { what: 'Answered from elsewhere:', text: answer?.text ?? null };
    }
    case 'wrote-again': {
      const newest = mentions.findLast(({ publishedAt }) => publishedAt > createdAt) ?? mentions.at(-1);
      return { what: `${newest?.author.name ?? who} wrote again:`, text: newest?.text ?? null };
    }
    default:
      return null;
  }
}
