import { EarshotError } from '../../../shared/contract/errors.ts';
import type { AccountId, ConversationId, MentionId } from '../../../shared/model/ids.ts';
import type { Connector } from '../connectors/connector.ts';
import { type AccountRecord, findAccount } from '../store/queries/accounts.ts';
import {
  findTarget,
  isConversation,
  newestTarget,
  type StoredTarget,
} from '../store/queries/reply-targets.ts';
import { toRow } from '../store/row-ids.ts';
import type { ReadableStore } from '../store/store.ts';
import { answerersOf, objectionTo } from './answerers.ts';
import type { AttemptDeps } from './attempt-context.ts';
import { invalid } from './check-reply.ts';

/** What a reply to that conversation answers: the named mention, else the newest. Throws `not-found`. */
export function conversationTarget(
  store: ReadableStore,
  conversationId: ConversationId,
  mentionId?: MentionId,
): StoredTarget {
  const conversation = toRow(conversationId);
  if (!isConversation(store, conversation)) {
    throw new EarshotError('not-found', 'There is no such conversation.', { conversationId });
  }
  const target =
    mentionId === undefined ? newestTarget(store, conversation) : findTarget(store, toRow(mentionId));
  if (target?.conversationRow === conversation) return target;
  throw new EarshotError('not-found', 'That mention is not part of this conversation. Choose another.', {
    mentionId,
  });
}

export interface Sender {
  readonly account: AccountRecord;
  readonly connector: Connector;
}

/**
 * The named account, else the one that answered here last or heard it, else the only one that can. Throws in words that say what to
 * do when there is none; when there are several, and it matters from which (`mustBeClear`), too.
 */
export function chooseSender(
  { store, connectors }: Pick<AttemptDeps, 'store' | 'connectors'>,
  target: StoredTarget,
  accountId: AccountId | undefined,
  mustBeClear: boolean,
): Sender {
  if (accountId !== undefined) {
    const account = findAccount(store, accountId);
    const connector = connectors.get(account.connector);
    const objection = objectionTo(account, connector, target);
    if (objection !== null || !connector) {
      throw new EarshotError('conflict', objection ?? 'Its platform is not known.', { accountId });
    }
    return { account, connector };
  }
  const { able, note, isFirstMeant } = answerersOf(store, connectors, target);
  const [account, other] = able;
  if (account && other && mustBeClear && !isFirstMeant) {
    throw invalid(
      'accountId',
      `Choose the account to answer from: ${able.map(({ name, handle }) => (handle === null || handle === name ? name : `${name} (${handle})`)).join(', ')}.`,
    );
  }
  const connector = account && connectors.get(account.connector);
  if (!account || !connector) throw new EarshotError('conflict', note ?? 'No account can answer here.');
  return { account, connector };
}
