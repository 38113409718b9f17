import type { MatchSpan, MentionKind } from '../../../../shared/model/mention.ts';
import type { SentimentLabel, SentimentWord } from '../../../../shared/model/sentiment.ts';
import { mentionRowAt, toSourceId } from '../row-ids.ts';
import type { ReadableStore, WritableStore } from '../store.ts';
import { isLiveSource } from './sources.ts';

export interface KnownMention {
  readonly row: number;
  readonly sourceRow: number;
  readonly conversationRow: number;
  readonly contentHash: Uint8Array;
  /** JSON, as its connector gave it. */
  readonly context: string | null;
  readonly isPrivate: boolean;
  readonly isDeleted: boolean;
}

export function findMentionByKey(store: ReadableStore, platform: string, key: string): KnownMention | null {
  const row = store.get<{
    id: number;
    source_id: number;
    conversation_id: number;
    content_hash: Uint8Array;
    context: string | null;
    is_private: number;
    deleted_at: number | null;
  }>(
    `SELECT id, source_id, conversation_id, content_hash, context, is_private, deleted_at FROM mentions
     WHERE key = ? AND platform = ?`,
    key,
    platform,
  );
  if (!row) return null;
  return {
    row: row.id,
    sourceRow: row.source_id,
    conversationRow: row.conversation_id,
    contentHash: row.content_hash,
    context: row.context,
    isPrivate: row.is_private === 1,
    isDeleted: row.deleted_at !== null,
  };
}

export interface MentionText {
  readonly title: string | null;
  readonly text: string;
  readonly authorName: string;
  readonly authorHandle: string | null;
  readonly url: string | null;
  readonly language: string | null;
  readonly publishedAt: number;
  readonly platform: string;
  readonly conversationRow: number;
  /** Of the source that brought it first. */
  readonly sourceName: string;
}

/** What a query is held against, as it is stored. */
export function findMentionText(store: ReadableStore, mention: number): MentionText | null {
  return (
    store.get<MentionText>(
      `SELECT m.title, m.text, ifnull(a.name, '') AS authorName, a.handle AS authorHandle, m.url, x.language,
         m.published_at AS publishedAt, m.platform, m.conversation_id AS conversationRow, s.name AS sourceName
       FROM mentions AS m JOIN sources AS s ON s.id = m.source_id
       LEFT JOIN authors AS a ON a.id = m.author_id
       LEFT JOIN mention_analysis AS x ON x.mention_id = m.id
       WHERE m.id = ?`,
      mention,
    ) ?? null
  );
}

/**
 * Gives out ids for a page of mentions, which must be asked for in the order of their time. An id that is
 * taken leads to the next free one.
 */
export function createIdAllocator(store: ReadableStore): (publishedAt: number) => number {
  let lastGiven = Number.MIN_SAFE_INTEGER;
  return (publishedAt) => {
    let id = Math.max(mentionRowAt(publishedAt), lastGiven + 1);
    for (;;) {
      const taken = store.all<{ id: number }>(
        'SELECT id FROM mentions WHERE id >= ? AND id < ? ORDER BY id',
        id,
        id + allocationWindow,
      );
      let free = id;
      for (const { id: used } of taken) {
        if (used !== free) break;
        free++;
      }
      id = free;
      if (taken.length < allocationWindow) break;
    }
    lastGiven = id;
    return id;
  };
}

const allocationWindow = 64;

export interface NewMention {
  readonly row: number;
  readonly platform: string;
  readonly key: string;
  readonly externalId: string;
  readonly kind: MentionKind;
  readonly conversationRow: number;
  readonly authorRow: number | null;
  readonly sourceRow: number;
  readonly parentKey: string | null;
  readonly title: string | null;
  readonly text: string;
  readonly document: string | null;
  readonly url: string | null;
  readonly publishedAt: number;
  readonly isTimeGuessed: boolean;
  readonly firstSeenAt: number;
  readonly isBackfill: boolean;
  readonly contentHash: Uint8Array;
  readonly context: string | null;
  readonly isPrivate: boolean;
}

/** False when a mention of that key is there already; nothing is changed then. */
export function insertMention(store: WritableStore, mention: NewMention): boolean {
  const { changes } = store.run(
    `INSERT INTO mentions (id, platform, key, external_id, kind, conversation_id, author_id, source_id, parent_key,
       title, text, url, published_at, is_time_guessed, first_seen_at, is_backfill, content_hash, context, is_private)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (key, platform) DO NOTHING`,
    mention.row,
    mention.platform,
    mention.key,
    mention.externalId,
    mention.kind,
    mention.conversationRow,
    mention.authorRow,
    mention.sourceRow,
    mention.parentKey,
    mention.title,
    mention.text,
    mention.url,
    mention.publishedAt,
    Number(mention.isTimeGuessed),
    mention.firstSeenAt,
    Number(mention.isBackfill),
    mention.contentHash,
    mention.context,
    Number(mention.isPrivate),
  );
  if (changes === 0) return false;
  if (mention.document !== null) insertDocument(store, mention.row, mention.document);
  return true;
}

export interface MentionEdit {
  readonly title: string | null;
  readonly text: string;
  readonly document: string | null;
  readonly url: string | null;
  readonly contentHash: Uint8Array;
  readonly editedAt: number;
}

/** What the platform changed about it. Matches, analysis and search row are the caller's to bring up to date. */
export function editMention(store: WritableStore, mention: number, edit: MentionEdit): void {
  store.run(
    'UPDATE mentions SET title = ?, text = ?, url = ?, content_hash = ?, edited_at = ? WHERE id = ?',
    edit.title,
    edit.text,
    edit.url,
    edit.contentHash,
    edit.editedAt,
    mention,
  );
  store.run('DELETE FROM mention_documents WHERE mention_id = ?', mention);
  if (edit.document !== null) insertDocument(store, mention, edit.document);
}

/** What answering it needs, as it is now; a mention that is given again is there again. */
export function refreshMention(
  store: WritableStore,
  mention: number,
  now: { readonly context: string | null; readonly isPrivate: boolean },
): void {
  store.run(
    'UPDATE mentions SET context = ?, is_private = ?, deleted_at = NULL WHERE id = ?',
    now.context,
    Number(now.isPrivate),
    mention,
  );
}

/** Gone from the platform. Gives its row and conversation; null when it is not known, or known to be gone. */
export function markMentionRemoved(
  store: WritableStore,
  connector: string,
  key: string,
  at: number,
): { readonly row: number; readonly conversationRow: number } | null {
  const found = store.get<{ row: number; conversationRow: number }>(
    `SELECT m.id AS row, m.conversation_id AS conversationRow
     FROM mentions AS m JOIN sources AS s ON s.id = m.source_id
     WHERE m.key = ? AND s.connector = ? AND m.deleted_at IS NULL`,
    key,
    connector,
  );
  if (!found) return null;
  setMentionDeleted(store, found.row, at);
  return found;
}

export function setMentionDeleted(store: WritableStore, mention: number, at: number): void {
  store.run('UPDATE mentions SET deleted_at = ifnull(deleted_at, ?) WHERE id = ?', at, mention);
}

function insertDocument(store: WritableStore, mention: number, document: string): void {
  store.run('INSERT INTO mention_documents (mention_id, document) VALUES (?, ?)', mention, document);
}

/** False when it was noted before. */
export function insertMentionSource(
  store: WritableStore,
  mention: number,
  source: number,
  at: number,
): boolean {
  const { changes } = store.run(
    `INSERT INTO mention_sources (mention_id, source_id, first_seen_at) VALUES (?, ?, ?)
     ON CONFLICT (mention_id, source_id) DO NOTHING`,
    mention,
    source,
    at,
  );
  return changes > 0;
}

/** All sources that brought it, the first one first. */
export function sourcesOfMention(store: ReadableStore, mention: number): number[] {
  return store
    .all<{ id: number }>(
      `SELECT source_id AS id, 0 AS later FROM mentions WHERE id = ?
       UNION ALL SELECT source_id, 1 FROM mention_sources WHERE mention_id = ? ORDER BY later, id`,
      mention,
      mention,
    )
    .map(({ id }) => id);
}

/** The source that may tell of edits: of those still listened to, the one that brought it first. Null: none is. */
export function speakerOf(store: ReadableStore, mention: number): number | null {
  return sourcesOfMention(store, mention).find((source) => isLiveSource(store, toSourceId(source))) ?? null;
}

export function insertMatch(
  store: WritableStore,
  mention: number,
  tracker: number,
  spans: readonly MatchSpan[],
): void {
  store.run(
    `INSERT INTO mention_matches (mention_id, tracker_id, spans) VALUES (?, ?, ?)
     ON CONFLICT (mention_id, tracker_id) DO UPDATE SET spans = excluded.spans`,
    mention,
    tracker,
    JSON.stringify(spans.map((span) => [spanFields.indexOf(span.field), span.start, span.end])),
  );
}

/** Live trackers that matched it. */
export function listMatchedTrackers(store: ReadableStore, mention: number): { readonly tracker: number }[] {
  return store.all<{ tracker: number }>(
    `SELECT x.tracker_id AS tracker FROM mention_matches AS x
     JOIN trackers AS t ON t.id = x.tracker_id AND t.removed_at IS NULL WHERE x.mention_id = ?`,
    mention,
  );
}

export function deleteMatches(store: WritableStore, mention: number): void {
  store.run('DELETE FROM mention_matches WHERE mention_id = ?', mention);
}

const spanFields = ['title', 'text', 'author'] as const;

/** Reads what insertMatch wrote. */
export function readSpans(json: string): MatchSpan[] {
  return (JSON.parse(json) as [number, number, number][]).map(([field, start, end]) => ({
    field: spanFields[field] ?? 'text',
    start,
    end,
  }));
}

export interface MentionAnalysis {
  readonly language: string | null;
  readonly label: SentimentLabel;
  readonly score: number;
  readonly words: readonly SentimentWord[];
}

export function saveAnalysis(store: WritableStore, mention: number, analysis: MentionAnalysis): void {
  store.run(
    `INSERT INTO mention_analysis (mention_id, language, label, score, words) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (mention_id) DO UPDATE
     SET language = excluded.language, label = excluded.label, score = excluded.score, words = excluded.words`,
    mention,
    analysis.language,
    analysis.label,
    analysis.score,
    JSON.stringify(analysis.words.map(({ start, end, weight }) => [start, end, weight])),
  );
}

/** Reads what saveAnalysis wrote. */
export function readSentimentWords(json: string): SentimentWord[] {
  return (JSON.parse(json) as [number, number, number][]).map(([start, end, weight]) => ({
    start,
    end,
    weight,
  }));
}

export function findAnalysis(
  store: ReadableStore,
  mention: number,
): { readonly label: SentimentLabel; readonly score: number } | null {
  return store.get('SELECT label, score FROM mention_analysis WHERE mention_id = ?', mention) ?? null;
}
