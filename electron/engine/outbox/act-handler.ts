import { EarshotError } from '../../../shared/contract/errors.ts';
import type { repliesMethods } from '../../../shared/contract/methods/replies.ts';
import type { OutboxAction } from '../../../shared/model/reply.ts';
import type { FeatureHandlers } from '../rpc/handlers.ts';
import { durably } from '../store/durable.ts';
import { findAccount } from '../store/queries/accounts.ts';
import { appendActivity } from '../store/queries/activity.ts';
import { findReply, insertReply, type ReplyRecord } from '../store/queries/replies.ts';
import { lastAction } from '../store/queries/reply-lists.ts';
import { findTarget } from '../store/queries/reply-targets.ts';
import { toAccountId, toReplyId, toRow } from '../store/row-ids.ts';
import type { AttemptDeps } from './attempt-context.ts';
import { invalid } from './check-reply.ts';
import { chooseSender, type Sender } from './senders.ts';

type Act = FeatureHandlers<typeof repliesMethods>['replies.act'];

/** Doing the one takes the other back. */
const opposites: Partial<Record<OutboxAction, OutboxAction>> = {
  like: 'unlike',
  unlike: 'like',
  hide: 'unhide',
  unhide: 'hide',
};

interface ActedOn {
  readonly conversationRow: number;
  readonly platform: string;
  readonly mentionRow: number | null;
  readonly onReplyRow: number | null;
  readonly sender: Sender;
}

/** A like, a hiding, a deletion: asked for twice it is queued once. */
export function actHandler(
  deps: Pick<AttemptDeps, 'store' | 'connectors' | 'clock'>,
  moved: (rows: readonly number[]) => void,
): Act {
  const { store, clock } = deps;
  return ({ action, mentionId, replyId, accountId, holdMs = 0 }) => {
    if ((mentionId === undefined) === (replyId === undefined)) {
      throw invalid('mentionId', 'Name the mention or our own reply that it is done to, one of the two.');
    }
    const on = replyId === undefined ? onMention() : onReply(findReply(store, replyId));
    const { info, actions } = on.sender.connector;
    const where = replyId === undefined ? 'mention' : 'own-reply';
    const offered = info.capabilities.actions.find((offer) => offer.action === action);
    if (!offered?.on.includes(where) || !actions?.[action]) {
      throw new EarshotError('unsupported', `${info.name} does not offer that here. Do it in the browser.`, {
        action,
      });
    }
    const opposite = opposites[action];
    const last = lastAction(store, on, opposite ? [action, opposite] : [action]);
    if (last?.action === action) return { replyId: toReplyId(last.row) };
    const now = clock.now();
    const row = durably(store, () =>
      store.transaction(() => {
        const queued = insertReply(store, {
          conversationRow: on.conversationRow,
          accountRow: toRow(on.sender.account.accountId),
          connector: on.sender.account.connector,
          platform: on.platform,
          action,
          mentionRow: on.mentionRow,
          onReplyRow: on.onReplyRow,
          text: '',
          idempotencyKey: crypto.randomUUID(),
          seen: {},
          heldUntil: holdMs > 0 ? now + holdMs : null,
          sendAt: null,
          createdAt: now,
        });
        appendActivity(store, {
          conversationRow: on.conversationRow,
          at: now,
          kind: 'reply-queued',
          detail: { replyId: toReplyId(queued), action },
        });
        return queued;
      }),
    );
    moved([row]);
    return { replyId: toReplyId(row) };

    function onMention(): ActedOn {
      const target = mentionId === undefined ? null : findTarget(store, toRow(mentionId));
      if (!target) throw new EarshotError('not-found', 'There is no such mention.', { mentionId });
      const { conversationRow, platform, mentionRow } = target;
      const sender = chooseSender(deps, target, accountId, false);
      return { conversationRow, platform, mentionRow, onReplyRow: null, sender };
    }
  };

  function onReply(reply: ReplyRecord): ActedOn {
    if (reply.state !== 'sent' || reply.action !== 'reply') {
      throw new EarshotError('conflict', 'It has not been sent: take it back instead.');
    }
    if (reply.deletedAt !== null) throw new EarshotError('conflict', 'It is not on the platform any more.');
    if (reply.accountRow === null || reply.key === null) {
      throw new EarshotError(
        'conflict',
        'Its account was removed, or its place on the platform is not known. Do it there.',
      );
    }
    const account = findAccount(store, toAccountId(reply.accountRow));
    if (account.isReadOnly) {
      throw new EarshotError(
        'conflict',
        `${account.name} is read-only. Allow it to write: Accounts, then ${account.name}.`,
      );
    }
    const connector = deps.connectors.get(account.connector);
    if (!connector)
      throw new EarshotError('unsupported', 'This version of Earshot does not know its platform.');
    const { conversationRow, platform } = reply;
    return {
      conversationRow,
      platform,
      mentionRow: null,
      onReplyRow: reply.row,
      sender: { account, connector },
    };
  }
}
