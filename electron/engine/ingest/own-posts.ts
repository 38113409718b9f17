import { changeReply } from '../outbox/change-reply.ts';
import { appendActivity } from '../store/queries/activity.ts';
import { findMentionByKey, markMentionRemoved } from '../store/queries/mentions.ts';
import {
  findReplyByKey,
  findReplyOfConnectorByKey,
  insertElsewhereReply,
  listKeylessReplies,
  type ReplyRecord,
  setReplyDeleted,
} from '../store/queries/replies.ts';
import { listOwnAuthorKeys } from '../store/queries/reply-targets.ts';
import { toMentionId, toReplyId } from '../store/row-ids.ts';
import type { WritableStore } from '../store/store.ts';
import type { NormalMention } from './normalise.ts';
import type { TouchedConversations } from './touched-conversations.ts';

/** Clocks differ: what is this much older than our attempt may still be it. */
const clockToleranceMs = 10 * 60_000;

export interface OwnPosts {
  /** True for what we wrote ourselves, here or on the platform: it is no mention. */
  take(item: NormalMention): boolean;
  /** Call when the page's mentions are in: our answers to them are attached. Gives the replies that changed. */
  finish(removed: readonly string[]): number[];
}

/** Our own posts that come back in a poll: told from mentions, confirmed, or attached to what they answer. */
export function createOwnPosts(
  store: WritableStore,
  connector: string,
  conversations: TouchedConversations,
  now: number,
): OwnPosts {
  const ownKeys = new Map<string, Map<string, number | null>>();
  const pending: { readonly item: NormalMention; readonly accountRow: number | null }[] = [];
  const changed = new Set<number>();

  function keysOn(platform: string): Map<string, number | null> {
    const known = ownKeys.get(platform);
    if (known) return known;
    const keys = listOwnAuthorKeys(store, platform);
    ownKeys.set(platform, keys);
    return keys;
  }

  function confirm(reply: ReplyRecord): void {
    if (reply.deletedAt !== null) setReplyDeleted(store, reply.row, null);
    else if (reply.confirmedAt !== null) return;
    if (reply.confirmedAt === null) changeReply(store, reply.row, { kind: 'seen', at: now }, now);
    conversations.touch(reply.conversationRow);
    changed.add(reply.row);
  }

  /** Attaches what was written to something that is known here; anything else is our own affair and left out. */
  function attach({ incoming, text, url, publishedAt }: NormalMention, accountRow: number | null): void {
    const { platform, parentKey, key, externalId } = incoming;
    if (parentKey === null) return;
    const mention = findMentionByKey(store, platform, parentKey);
    const reply = mention ? null : findReplyByKey(store, platform, parentKey);
    const conversationRow = mention?.conversationRow ?? reply?.conversationRow;
    if (conversationRow === undefined) return;
    conversations.touch(conversationRow);
    const ours = listKeylessReplies(store, conversationRow).find(
      (known) =>
        known.accountRow === accountRow &&
        (known.mentionRow ?? null) === (mention?.row ?? null) &&
        publishedAt >= (known.attemptedAt ?? known.createdAt) - clockToleranceMs &&
        isSameText(known.text, text),
    );
    if (ours) {
      changeReply(store, ours.row, { kind: 'seen', at: now }, now, {
        externalId,
        key,
        url,
        ...(incoming.context === undefined ? {} : { context: incoming.context }),
      });
      changed.add(ours.row);
      return;
    }
    const row = insertElsewhereReply(store, {
      conversationRow,
      accountRow,
      connector,
      platform,
      mentionRow: mention?.row ?? null,
      text,
      externalId,
      key,
      url,
      context: incoming.context,
      sentAt: publishedAt,
      at: now,
    });
    appendActivity(store, {
      conversationRow,
      at: now,
      kind: 'reply-elsewhere',
      detail: { replyId: toReplyId(row) },
    });
    changed.add(row);
  }

  function remove(key: string): void {
    const mention = markMentionRemoved(store, connector, key, now);
    if (mention) {
      conversations.touch(mention.conversationRow);
      noteRemoval(mention.conversationRow, { mentionId: toMentionId(mention.row) });
    }
    const reply = findReplyOfConnectorByKey(store, connector, key);
    if (!reply || reply.deletedAt !== null) return;
    conversations.touch(reply.conversationRow);
    setReplyDeleted(store, reply.row, now);
    noteRemoval(reply.conversationRow, { replyId: toReplyId(reply.row) });
    changed.add(reply.row);
  }

  function noteRemoval(conversationRow: number, detail: Record<string, unknown>): void {
    appendActivity(store, { conversationRow, at: now, kind: 'removed', detail });
  }

  return {
    take(item) {
      const { platform, key, author } = item.incoming;
      const known = findReplyByKey(store, platform, key);
      if (known) {
        confirm(known);
        return true;
      }
      const own = keysOn(platform);
      if (author.key === null || !own.has(author.key)) return false;
      pending.push({ item, accountRow: own.get(author.key) ?? null });
      return true;
    },
    finish(removed) {
      for (const { item, accountRow } of pending) attach(item, accountRow);
      for (const key of removed) remove(key);
      return [...changed];
    },
  };
}

/** As people compare them: platforms put a handle in front, trim and wrap. */
function isSameText(ours: string, theirs: string): boolean {
  const plain = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();
  const ownText = plain(ours);
  return ownText !== '' && plain(theirs).endsWith(ownText);
}
