import type { MatchSpan } from '../../../shared/model/mention.ts';
import { tokensOf } from '../../../shared/query/matcher.ts';
import type { QueryTarget } from '../../../shared/query/query.ts';
import { indexText } from '../../../shared/query/tokens.ts';
import type { Analyser, Analysis } from '../analysis/analysis.ts';
import { appendActivity } from '../store/queries/activity.ts';
import { saveAuthor } from '../store/queries/authors.ts';
import type { DayWriter } from '../store/queries/mention-days.ts';
import {
  deleteMatches,
  editMention,
  findAnalysis,
  findMentionText,
  insertMatch,
  insertMention,
  insertMentionSource,
  type KnownMention,
  saveAnalysis,
  sourcesOfMention,
} from '../store/queries/mentions.ts';
import { deleteSearchRow, insertSearchRow, type SearchRow } from '../store/queries/search-rows.ts';
import type { SourceRecord } from '../store/queries/sources.ts';
import { toRow } from '../store/row-ids.ts';
import type { WritableStore } from '../store/store.ts';
import type { NormalMention } from './normalise.ts';
import type { TouchedConversations } from './touched-conversations.ts';
import type { CompiledTrackers } from './tracker-book.ts';

/** What was understood of a mention before anything is written. */
export interface Reading {
  /** For the search index. Text, not tokens: those of a whole page would be a hundred megabytes. */
  readonly titleIndex: string;
  readonly textIndex: string;
  readonly analysis: Analysis;
  readonly matches: readonly { readonly tracker: number; readonly spans: readonly MatchSpan[] }[];
}

export function readMention(
  item: NormalMention,
  sourceName: string,
  trackers: CompiledTrackers,
  analyser: Analyser,
): Reading {
  const tokens = tokensOf(item);
  const analysis = analyse(item, analyser);
  const target: QueryTarget = {
    title: item.title,
    text: item.text,
    authorName: item.authorName,
    authorHandle: item.authorHandle,
    url: item.url,
    language: analysis.language,
    sourceName,
  };
  const matches = trackers.matcher
    .match(target, tokens)
    .map(({ id, spans }) => ({ tracker: toRow(id), spans }));
  return { titleIndex: indexText(tokens.title), textIndex: indexText(tokens.text), analysis, matches };
}

/** A mention without text is judged by its title; the words then stand in no text and cannot be pointed at. */
function analyse({ title, text, incoming }: NormalMention, analyser: Analyser): Analysis {
  if (text !== '' || title === null) return analyser.analyse(text, incoming.language);
  const analysis = analyser.analyse(title, incoming.language);
  return { ...analysis, sentiment: { ...analysis.sentiment, words: [] } };
}

/** True when this source had not brought it before. */
export function addFurtherSource(
  store: WritableStore,
  known: KnownMention,
  sourceRow: number,
  conversations: TouchedConversations,
  now: number,
): boolean {
  const isThere = sourcesOfMention(store, known.row).includes(sourceRow);
  if (isThere) return false;
  conversations.touch(known.conversationRow);
  insertMentionSource(store, known.row, sourceRow, now);
  const text = findMentionText(store, known.row);
  if (text) {
    const tokens = tokensOf(text);
    deleteSearchRow(store, known.row);
    insertSearchRow(store, known.row, {
      ...text,
      titleIndex: indexText(tokens.title),
      textIndex: indexText(tokens.text),
      sources: sourcesOfMention(store, known.row),
    });
  }
  return true;
}

interface WriteContext {
  readonly conversations: TouchedConversations;
  readonly days: DayWriter;
  readonly now: number;
}

export function editKnown(
  store: WritableStore,
  item: NormalMention,
  known: KnownMention,
  reading: Reading,
  { conversations, days, now, publishedAt }: WriteContext & { readonly publishedAt: number },
): void {
  conversations.touch(known.conversationRow);
  editMention(store, known.row, { ...item, editedAt: now });
  deleteMatches(store, known.row);
  for (const { tracker, spans } of reading.matches) insertMatch(store, known.row, tracker, spans);
  const before = findAnalysis(store, known.row);
  const { platform } = item.incoming;
  if (before) days.add(publishedAt, platform, before, -1);
  days.add(publishedAt, platform, reading.analysis.sentiment, 1);
  saveReading(store, known.row, reading);
  deleteSearchRow(store, known.row);
  insertSearchRow(store, known.row, searchRow(item, reading, sourcesOfMention(store, known.row)));
  appendActivity(store, {
    conversationRow: known.conversationRow,
    at: now,
    kind: 'edited',
    detail: { mentionId: String(known.row) },
  });
}

export function insertFresh(
  store: WritableStore,
  row: number,
  item: NormalMention,
  reading: Reading,
  { source, sourceRow, conversations, days, now }: WriteContext & { source: SourceRecord; sourceRow: number },
): void {
  const { incoming } = item;
  const { platform } = incoming;
  const authorKey =
    incoming.author.key ?? (item.authorName === '' ? null : `${sourceRow} ${item.authorName}`);
  const authorRow =
    authorKey === null
      ? null
      : saveAuthor(
          store,
          {
            platform,
            // A name alone is somebody within this source only: two feeds may each have a Jane.
            key: incoming.author.key === null ? `name ${authorKey}` : `key ${authorKey}`,
            name: item.authorName,
            handle: item.authorHandle,
            url: item.authorUrl,
          },
          now,
        );
  const conversationRow = conversations.find(
    { platform, rootKey: incoming.rootKey, counterpartRow: authorRow },
    incoming.conversationTitle,
  );
  insertMention(store, {
    row,
    platform,
    key: incoming.key,
    externalId: incoming.externalId,
    kind: incoming.kind,
    conversationRow,
    authorRow,
    sourceRow,
    parentKey: incoming.parentKey,
    title: item.title,
    text: item.text,
    document: item.document,
    url: item.url,
    publishedAt: item.publishedAt,
    isTimeGuessed: item.isTimeGuessed,
    firstSeenAt: now,
    isBackfill: item.publishedAt < source.createdAt,
    contentHash: item.contentHash,
    context: item.context,
    isPrivate: incoming.isPrivate === true,
  });
  for (const { tracker, spans } of reading.matches) insertMatch(store, row, tracker, spans);
  saveReading(store, row, reading);
  insertSearchRow(store, row, searchRow(item, reading, [sourceRow]));
  days.add(item.publishedAt, platform, reading.analysis.sentiment, 1);
  conversations.arrived(
    conversationRow,
    row,
    sourceRow,
    reading.matches.map(({ tracker }) => tracker),
    incoming.conversationTitle,
  );
}

function saveReading(store: WritableStore, row: number, { analysis }: Reading): void {
  const { label, score, words } = analysis.sentiment;
  saveAnalysis(store, row, { language: analysis.language, label, score, words });
}

function searchRow(item: NormalMention, reading: Reading, sources: readonly number[]): SearchRow {
  return {
    titleIndex: reading.titleIndex,
    textIndex: reading.textIndex,
    authorName: item.authorName,
    authorHandle: item.authorHandle,
    url: item.url,
    language: reading.analysis.language,
    sources,
  };
}
