import { z } from 'zod';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { IncomingMention, ThreadNow } from '../connectors/connector.ts';

/** How a conversation stood for whoever wrote a reply. Stored with it. */
export const seenSchema = z.object({
  /** Of the words it answers, hexadecimal; null for a later part, which answers our own. */
  wordsHash: z.string().nullable(),
  newestMention: z.number().int().nullable(),
  newestPublishedAt: z.number().nullable(),
  /** The user knows that the conversation has changed, and sends it all the same. */
  isChangeAccepted: z.boolean(),
});
export type Seen = z.infer<typeof seenSchema>;

export type ThreadChange = 'removed' | 'edited' | 'answered' | 'wrote-again';

export interface ThreadFacts {
  readonly target: {
    readonly key: string;
    readonly rootKey: string;
    readonly author: { readonly key: string | null };
    readonly isPrivate: boolean;
  };
  readonly seen: Seen;
  readonly queuedAt: number;
  isOwn(authorKey: string | null): boolean;
  /** Whether an own post is in the conversation already, where the user saw it. */
  isKnownReply(item: IncomingMention): boolean;
  hashOf(item: IncomingMention): string | null;
}

/** What happened in the conversation that the reply's author cannot have known of. Null: nothing. */
export function changeOf(now: ThreadNow, facts: ThreadFacts): ThreadChange | null {
  if (now.target === null) return 'removed';
  const hash = facts.hashOf(now.target);
  if (facts.seen.wordsHash !== null && hash !== null && hash !== facts.seen.wordsHash) return 'edited';
  if (now.items.some((item) => isAnswerFromElsewhere(item, facts))) return 'answered';
  return now.items.some((item) => isNewWord(item, facts)) ? 'wrote-again' : null;
}

function isAnswerFromElsewhere(item: IncomingMention, facts: ThreadFacts): boolean {
  const { target, queuedAt } = facts;
  if (!facts.isOwn(item.author.key) || item.key === target.key || facts.isKnownReply(item)) return false;
  if (item.parentKey === target.key) return true;
  // A private conversation is with one person alone: whatever we wrote there since then answers.
  return target.isPrivate && item.rootKey === target.rootKey && (item.publishedAt ?? 0) > queuedAt;
}

function isNewWord(item: IncomingMention, { target, seen }: ThreadFacts): boolean {
  return (
    target.author.key !== null &&
    item.author.key === target.author.key &&
    item.key !== target.key &&
    item.rootKey === target.rootKey &&
    (item.publishedAt ?? 0) > (seen.newestPublishedAt ?? Infinity)
  );
}

const words: Readonly<Record<ThreadChange, string>> = {
  removed: 'What this answers is not on the platform any more. Send it all the same, or take it back.',
  edited:
    'What this answers was edited since you wrote it. Read it again; then send it all the same, or take it back.',
  answered: 'This was answered from elsewhere since you wrote it. Send it all the same, or take it back.',
  'wrote-again':
    'They wrote again since you wrote this. Read it; then send it all the same, or take it back.',
};

export function changeFailure(change: ThreadChange): EarshotError {
  return new EarshotError('conflict', words[change], { change });
}
