import type { ConnectorInfo } from '../../../shared/contract/methods/connectors.ts';
import type { Account } from '../../../shared/model/account.ts';
import type { Conversation, Mention } from '../../../shared/model/mention.ts';
import type { TextLimit } from '../../../shared/model/text-limit.ts';
import { measureText, type TextMeasure } from '../../../shared/text/count-text.ts';
import { findPrompts, type Prompt } from '../../../shared/text/saved-reply.ts';
import { isEmptyDraft, type LocalDraft } from './draft-keeper.ts';

/** From so few left on the counter warns. */
const warnBelow = 20;

export interface Counter {
  readonly measure: TextMeasure;
  readonly tone: 'plain' | 'caution' | 'negative';
}

/** Null where the platform has no limit that is known. */
export function counterOf(text: string, limit: TextLimit | null, opening = ''): Counter | null {
  if (limit === null) return null;
  const measure = measureText(opening + text, limit);
  return { measure, tone: measure.isOver ? 'negative' : measure.left <= warnBelow ? 'caution' : 'plain' };
}

/** "12 left", "3 over the limit"; bytes are named, characters go without saying. */
export function counterWords({ measure }: Counter): string {
  const unit = measure.unit === 'bytes' ? ' bytes' : '';
  const number = Math.abs(measure.left).toLocaleString();
  return measure.isOver ? `${number}${unit} over` : `${number}${unit} left`;
}

/** Why it cannot be sent as it stands, the first thing to mend; null when it can. */
export type Blocker =
  | { readonly kind: 'empty' }
  | { readonly kind: 'prompt'; readonly prompt: Prompt }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'no-account' };

export function blockerOf(
  draft: LocalDraft,
  { counter, isThread, hasAccount }: { counter: Counter | null; isThread: boolean; hasAccount: boolean },
): Blocker | null {
  if (!hasAccount) return { kind: 'no-account' };
  if (isEmptyDraft(draft)) return { kind: 'empty' };
  const [prompt] = findPrompts(draft.text);
  if (prompt !== undefined) return { kind: 'prompt', prompt };
  if (counter?.measure.isOver === true && !isThread) return { kind: 'too-long' };
  return null;
}

export function blockerWords(blocker: Blocker): string {
  switch (blocker.kind) {
    case 'empty':
      return 'Write something first.';
    case 'prompt':
      return `Fill in “${blocker.prompt.label}” first.`;
    case 'too-long':
      return 'It is longer than the platform takes. Shorten it, or split it into a thread.';
    case 'no-account':
      return 'No account can answer here.';
  }
}

/** Who answers: the account of the draft while it can, else the one that is suggested. */
export function accountOf(
  draft: Pick<LocalDraft, 'accountId'>,
  answerableBy: Conversation['answerableBy'],
  accounts: readonly Account[],
): Account | null {
  const chosen = answerableBy.find((id) => id === draft.accountId) ?? answerableBy[0];
  return accounts.find(({ accountId }) => accountId === chosen) ?? null;
}

/** What is answered: the mention of the draft while it is there, else the newest. */
export function targetOf(
  draft: Pick<LocalDraft, 'inReplyToMentionId'>,
  conversation: Conversation,
): Mention | null {
  const { mentions } = conversation;
  return (
    mentions.find(({ mentionId }) => mentionId === draft.inReplyToMentionId) ??
    mentions.findLast(({ deletedAt }) => deletedAt === null) ??
    mentions.at(-1) ??
    null
  );
}

/** The account's server may allow another length than its platform usually does. */
export function limitOf(account: Account | null, connector: ConnectorInfo | null): TextLimit | null {
  return account?.textLimit ?? connector?.capabilities.text ?? null;
}

/** Chat platforms hold for five seconds at most. */
export function holdSecondsOf(setting: number, connector: ConnectorInfo | null): number {
  return connector?.capabilities.isChat === true ? Math.min(setting, 5) : setting;
}
