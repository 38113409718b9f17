import { hash } from 'node:crypto';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { IncomingMention, ThreadNow } from '../connectors/connector.ts';
import { conversationsChanged } from '../inbox/conversations-changed.ts';
import { ingestSeen } from '../ingest/ingest-page.ts';
import { normaliseMention } from '../ingest/normalise.ts';
import { setMentionDeleted } from '../store/queries/mentions.ts';
import { findReplyByKey, listKeylessReplies, type ReplyRecord } from '../store/queries/replies.ts';
import { hasElsewhereReplySince } from '../store/queries/reply-lists.ts';
import { listOwnAuthorKeys, newestMention, type StoredTarget } from '../store/queries/reply-targets.ts';
import { findSource, isLiveSource } from '../store/queries/sources.ts';
import { toConversationId, toSourceId } from '../store/row-ids.ts';
import type { ReadableStore } from '../store/store.ts';
import { type AttemptDeps, type Gathered, limited, parseStored, unreadable } from './attempt-context.ts';
import { changeFailure, changeOf, type Seen, seenSchema } from './thread-changes.ts';

/** How a conversation stands now, for whoever is writing. */
export function seenNow(store: ReadableStore, target: StoredTarget | null, conversationRow: number): Seen {
  const newest = newestMention(store, conversationRow);
  return {
    wordsHash: target === null ? null : wordsHash(target),
    newestMention: newest?.row ?? null,
    newestPublishedAt: newest?.publishedAt ?? null,
    isChangeAccepted: false,
  };
}

/** Of what is answered: its text, or its title where that is all. Titles of threads are told differently by one and the same platform. */
function wordsHash({ text, title }: { readonly text: string; readonly title: string | null }): string {
  return hash('sha256', text === '' ? (title ?? '') : text);
}

/** Throws the failure that parks the reply. */
export function readSeen(reply: ReplyRecord): Seen {
  const parsed = seenSchema.safeParse(parseStored(reply.seen));
  if (parsed.success) return parsed.data;
  throw unreadable(parsed.error);
}

/**
 * Fetches the thread again and throws `conflict` when it has changed since the reply was written, `rejected` when
 * nothing can be written there any more. What it brought is stored. Later parts of a thread follow our own.
 */
export async function lookBeforeSending(
  deps: AttemptDeps,
  reply: ReplyRecord,
  { account, connector, mention, context }: Gathered,
  signal: AbortSignal,
): Promise<void> {
  const seen = readSeen(reply);
  if (mention === null || seen.isChangeAccepted) return;
  refuseStoredChange(deps.store, reply, mention, seen);
  const { reply: support } = connector;
  if (!support?.look) return;
  const overdue = new EarshotError(
    'timeout',
    'Looking at the conversation took too long. It is tried again.',
  );
  const now = await limited(deps, signal, overdue, async (limit) =>
    support.look?.({ ...context, http: deps.http, signal: limit }),
  );
  if (!now) return;
  const ownKeys = listOwnAuthorKeys(deps.store, mention.platform);
  ownKeys.set(account.authorKey, reply.accountRow);
  const keyless = listKeylessReplies(deps.store, reply.conversationRow).filter(
    ({ row }) => row !== reply.row,
  );
  const change = changeOf(now, {
    target: mention,
    seen,
    queuedAt: reply.createdAt,
    isOwn: (key) => key !== null && ownKeys.has(key),
    isKnownReply: (item) => {
      const known = findReplyByKey(deps.store, item.platform, item.key);
      if (known) return known.via === 'earshot' || known.row < reply.row;
      const hidden = normaliseMention(item, deps.clock.now())?.text ?? '';
      return keyless.some(({ text }) => text.trim() !== '' && hidden.includes(text.trim()));
    },
    hashOf: (item) => {
      const read = normaliseMention(item, deps.clock.now());
      return read === null ? null : wordsHash(read);
    },
  });
  takeIn(deps, reply, mention, now, ownKeys);
  if (change !== null) throw changeFailure(change);
  if (now.closed !== undefined) throw new EarshotError('rejected', now.closed);
}

/** What polls have brought since it was queued. */
function refuseStoredChange(
  store: ReadableStore,
  reply: ReplyRecord,
  mention: StoredTarget,
  seen: Seen,
): void {
  if (mention.isDeleted) throw changeFailure('removed');
  if (seen.wordsHash !== null && seen.wordsHash !== wordsHash(mention)) throw changeFailure('edited');
  if (hasElsewhereReplySince(store, reply.row, mention.mentionRow)) throw changeFailure('answered');
  const newest = newestMention(store, reply.conversationRow);
  if (newest !== null && seen.newestMention !== null && newest.row > seen.newestMention) {
    throw changeFailure('wrote-again');
  }
}

/** What was seen of this conversation is worth keeping; the rest of the thread belongs to others. */
function takeIn(
  deps: AttemptDeps,
  reply: ReplyRecord,
  mention: StoredTarget,
  now: ThreadNow,
  ownKeys: ReadonlyMap<string, number | null>,
): void {
  const { store, trackers, analyser, clock, emit } = deps;
  const sourceId = toSourceId(mention.sourceRow);
  if (now.target === null) {
    setMentionDeleted(store, mention.mentionRow, clock.now());
    emit(conversationsChanged([toConversationId(reply.conversationRow)]));
  }
  if (mention.connector !== reply.connector || !isLiveSource(store, sourceId)) return;
  const belongs = (item: IncomingMention): boolean =>
    (item.author.key !== null && ownKeys.has(item.author.key)) ||
    (item.author.key === mention.author.key && item.rootKey === mention.rootKey);
  const items = now.items.filter(belongs);
  if (now.target !== null) items.push(now.target);
  const source = findSource(store, sourceId);
  const taken = ingestSeen(store, { source, items, trackers, analyser, now: clock.now() });
  if (taken.replyIds.length > 0) {
    emit({
      name: 'replies.changed',
      replyIds: [...taken.replyIds],
      conversationIds: [...taken.conversationIds],
    });
  }
  if (taken.conversationIds.length > 0) emit(conversationsChanged(taken.conversationIds, taken.inserted));
}
