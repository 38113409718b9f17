import type { ConversationId, ReplyId } from '../../../shared/model/ids.ts';
import type { Analyser } from '../analysis/analysis.ts';
import type { IncomingMention, PollPage } from '../connectors/connector.ts';
import { createDayWriter } from '../store/queries/mention-days.ts';
import {
  createIdAllocator,
  findMentionByKey,
  findMentionText,
  type KnownMention,
  listMatchedTrackers,
  refreshMention,
  speakerOf,
} from '../store/queries/mentions.ts';
import { isLiveSource, saveArrival, type SourceRecord } from '../store/queries/sources.ts';
import { toConversationId, toReplyId, toRow } from '../store/row-ids.ts';
import type { WritableStore } from '../store/store.ts';
import { type NormalMention, normaliseMention } from './normalise.ts';
import { createOwnPosts } from './own-posts.ts';
import { createTouchedConversations } from './touched-conversations.ts';
import type { TrackerBook } from './tracker-book.ts';
import { addFurtherSource, editKnown, insertFresh, type Reading, readMention } from './write-mention.ts';

export interface IngestOptions {
  readonly source: SourceRecord;
  readonly page: PollPage<unknown, unknown>;
  readonly trackers: TrackerBook;
  readonly analyser: Analyser;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface IngestResult {
  /** Items the platform gave. */
  readonly fetched: number;
  readonly inserted: number;
  /** Known mentions whose content changed. */
  readonly updated: number;
  /** Items that at least one tracker matched. */
  readonly matched: number;
  /** Items that could not be stored: without a key, or analysis broke on them. */
  readonly rejected: number;
  readonly conversationIds: readonly ConversationId[];
  /** Ours that were seen on the platform, new or known, or are not there any more. */
  readonly replyIds: readonly ReplyId[];
}

/**
 * Stores one page of a poll and the cursor behind it in one transaction: all of it or nothing. A page that comes
 * again changes nothing. A page of a source that was removed meanwhile is not taken in any more.
 */
export function ingestPage(store: WritableStore, options: IngestOptions): IngestResult {
  const { page, source } = options;
  return store.transaction(() => {
    if (!isLiveSource(store, source.sourceId)) return nothingTaken(page.items.length);
    const { broughtCount, ...taken } = takeItems(store, options, page.items, page.removed ?? []);
    saveArrival(store, source.sourceId, {
      cursor: page.cursor,
      mentionCount: broughtCount,
      ...(page.source && { found: page.source }),
      ...(page.settings !== undefined && { settings: page.settings }),
    });
    return taken;
  });
}

/** What was seen beside the polls of a source, as before a reply is sent. Its cursor stays where it is. */
export function ingestSeen(
  store: WritableStore,
  options: Omit<IngestOptions, 'page'> & { readonly items: readonly IncomingMention[] },
): IngestResult {
  return store.transaction(() => {
    const source = { ...options.source, followsWhole: true };
    const { broughtCount: _, ...taken } = takeItems(store, { ...options, source }, options.items, []);
    return taken;
  });
}

function nothingTaken(fetched: number): IngestResult {
  return { fetched, inserted: 0, updated: 0, matched: 0, rejected: 0, conversationIds: [], replyIds: [] };
}

function takeItems(
  store: WritableStore,
  options: Omit<IngestOptions, 'page'>,
  given: readonly IncomingMention[],
  removed: readonly string[],
): IngestResult & { readonly broughtCount: number } {
  const items: NormalMention[] = [];
  const seen = new Set<string>();
  let rejected = 0;
  for (const incoming of given) {
    const item = normaliseMention(incoming, options.now);
    if (item === null) rejected++;
    else if (!seen.has(keyOf(item))) {
      seen.add(keyOf(item));
      items.push(item);
    }
  }
  // By time, as ids are given out and the search index is fed. Platforms list the newest first: among equals the
  // last of the page is the oldest.
  const ordered = items.toReversed().sort((a, b) => a.publishedAt - b.publishedAt);
  const writer = createPageWriter(store, options);
  for (const item of ordered) writer.take(item);
  const written = writer.finish(removed);
  return {
    fetched: given.length,
    inserted: written.inserted,
    updated: written.updated,
    matched: written.matched,
    rejected: rejected + written.rejected,
    conversationIds: written.conversationRows.map(toConversationId),
    replyIds: written.replyRows.map(toReplyId),
    broughtCount: written.broughtCount,
  };
}

function keyOf({ incoming }: NormalMention): string {
  return `${incoming.platform}\0${incoming.key}`;
}

interface PageWriter {
  take(item: NormalMention): void;
  /** `removed`: keys of what is not there any more. */
  finish(removed: readonly string[]): {
    readonly inserted: number;
    readonly updated: number;
    readonly matched: number;
    readonly rejected: number;
    /** Mentions that this source brought for the first time, new or not. */
    readonly broughtCount: number;
    readonly conversationRows: number[];
    readonly replyRows: number[];
  };
}

function createPageWriter(store: WritableStore, options: Omit<IngestOptions, 'page'>): PageWriter {
  const { source, analyser, now } = options;
  const sourceRow = toRow(source.sourceId);
  const listened = new Set(source.trackerIds.map(toRow));
  const trackers = options.trackers.current(store);
  const conversations = createTouchedConversations(store, now);
  const days = createDayWriter(store);
  const ownPosts = createOwnPosts(store, source.connector, conversations, now);
  const fresh: { readonly item: NormalMention; readonly reading: Reading }[] = [];
  let updated = 0;
  let matched = 0;
  let rejected = 0;
  let broughtCount = 0;

  const isListenedFor = (matches: readonly { readonly tracker: number }[]): boolean =>
    matches.some(({ tracker }) => listened.size === 0 || listened.has(tracker));

  function read(item: NormalMention): Reading | null {
    try {
      return readMention(item, source.name, trackers, analyser);
    } catch {
      // Matching and analysis are pure and hold for any text; should one break on this, the others go on.
      rejected++;
      return null;
    }
  }

  function takeKnown(item: NormalMention, known: KnownMention): void {
    const knownMatches = listMatchedTrackers(store, known.row);
    if (isListenedFor(knownMatches)) matched++;
    if (known.sourceRow !== sourceRow) {
      const isWanted = source.followsWhole || isListenedFor(knownMatches);
      if (isWanted && addFurtherSource(store, known, sourceRow, conversations, now)) broughtCount++;
    }
    refresh(item, known);
    if (Buffer.compare(known.contentHash, item.contentHash) === 0) return;
    // One source speaks for a mention: two that cut the same text differently would change it back and forth.
    if (known.sourceRow !== sourceRow && (speakerOf(store, known.row) ?? sourceRow) !== sourceRow) return;
    const stored = findMentionText(store, known.row);
    if (stored === null) return;
    // Who wrote it stays as it arrived; only what was written changes.
    const { authorName, authorHandle } = stored;
    const edited = { ...item, authorName, authorHandle };
    const reading = read(edited);
    if (reading === null) return;
    editKnown(store, edited, known, reading, { conversations, days, now, publishedAt: stored.publishedAt });
    updated++;
  }

  /** Another connector knows the same mention differently: what it needs to answer comes from the one that brought it. */
  function refresh(item: NormalMention, known: KnownMention): void {
    const speaks = known.sourceRow === sourceRow || known.context === null;
    const context = speaks ? (item.context ?? known.context) : known.context;
    const isPrivate = speaks ? item.incoming.isPrivate === true : known.isPrivate;
    if (context === known.context && isPrivate === known.isPrivate && !known.isDeleted) return;
    conversations.touch(known.conversationRow);
    refreshMention(store, known.row, { context, isPrivate });
  }

  return {
    take(item) {
      const known = findMentionByKey(store, item.incoming.platform, item.incoming.key);
      if (known) return takeKnown(item, known);
      if (ownPosts.take(item)) return undefined;
      const reading = read(item);
      if (reading === null) return undefined;
      const isMatched = isListenedFor(reading.matches);
      if (isMatched) matched++;
      if (isMatched || source.followsWhole) fresh.push({ item, reading });
      return undefined;
    },
    finish(removed) {
      const nextId = createIdAllocator(store);
      for (const { item, reading } of fresh) {
        insertFresh(store, nextId(item.publishedAt), item, reading, {
          source,
          sourceRow,
          conversations,
          days,
          now,
        });
      }
      const replyRows = ownPosts.finish(removed);
      conversations.flush();
      days.flush();
      return {
        inserted: fresh.length,
        updated,
        matched,
        rejected,
        broughtCount: broughtCount + fresh.length,
        conversationRows: conversations.rows(),
        replyRows,
      };
    },
  };
}
