import type { InboxItem, MatchSpan, MentionKind } from '../../../../shared/model/mention.ts';
import type { ConversationStatus } from '../../../../shared/model/mention.ts';
import type { SentimentLabel } from '../../../../shared/model/sentiment.ts';
import { createMatcher } from '../../../../shared/query/matcher.ts';
import type { QueryNode } from '../../../../shared/query/query.ts';
import { toConversationId, toMentionId, toSourceId, toTrackerId } from '../row-ids.ts';
import type { ReadableStore } from '../store.ts';
import type { InboxPlace } from './inbox.ts';
import { findMentionText, readSpans } from './mentions.ts';
import { outboxOfConversation } from './reply-lists.ts';
import { readMembership } from './standings.ts';

const previewLength = 2000;

/** The rows of a list, in the order of their places. What a search found is marked beside what trackers matched. */
export function readInboxItems(
  store: ReadableStore,
  places: readonly InboxPlace[],
  search: QueryNode | null = null,
): InboxItem[] {
  const ids = JSON.stringify(places.map(({ mention }) => mention));
  const rows = new Map(store.all<ItemRow>(selectItems, ids).map((row) => [row.id, row]));
  const matches = Map.groupBy(store.all<MatchRow>(selectMatches, ids), ({ mention_id: id }) => id);
  const marker = search === null ? null : createMatcher([{ id: 'search', root: search }]);

  return places.flatMap(({ mention }): InboxItem[] => {
    const row = rows.get(mention);
    if (!row) return [];
    const own = matches.get(mention) ?? [];
    const spans = own.flatMap((match) => readSpans(match.spans));
    const target = marker === null ? null : findMentionText(store, mention);
    if (marker !== null && target !== null)
      spans.push(...marker.match(target).flatMap((match) => match.spans));
    const trackers =
      row.mention_count > 1
        ? readMembership(store, row.conversation_id).trackers
        : own.map((match) => match.tracker_id);
    return [
      {
        conversationId: toConversationId(row.conversation_id),
        mentionId: toMentionId(row.id),
        externalId: row.external_id,
        platform: row.platform,
        sourceId: toSourceId(row.source_id),
        sourceName: row.source_name,
        kind: row.kind,
        author: { name: row.author_name ?? '', handle: row.author_handle, url: row.author_url },
        title: row.title,
        text: cutPreview(row.preview),
        url: row.url,
        publishedAt: row.published_at,
        sentiment: { label: row.label ?? 'unrated', score: row.score ?? 0 },
        status: row.status,
        snoozedUntil: row.snoozed_until,
        unread: row.unread === 1,
        mentionCount: row.mention_count,
        hasDraft: row.has_draft === 1,
        outbox: row.outbox,
        trackerIds: trackers.map(toTrackerId),
        spans: joinSpans(spans),
      },
    ];
  });
}

interface ItemRow {
  id: number;
  conversation_id: number;
  external_id: string;
  platform: string;
  source_id: number;
  source_name: string;
  kind: MentionKind;
  author_name: string | null;
  author_handle: string | null;
  author_url: string | null;
  title: string | null;
  preview: string;
  url: string | null;
  published_at: number;
  label: SentimentLabel | null;
  score: number | null;
  status: ConversationStatus;
  snoozed_until: number | null;
  unread: number;
  mention_count: number;
  has_draft: number;
  outbox: InboxItem['outbox'];
}

interface MatchRow {
  mention_id: number;
  tracker_id: number;
  spans: string;
}

/** CROSS JOIN fixes the order of the joins: from the page's few ids to one row each. */
export const selectItems = `
  SELECT m.id, m.conversation_id, m.external_id, m.platform, m.source_id, s.name AS source_name, m.kind,
    a.name AS author_name, a.handle AS author_handle, a.url AS author_url, m.title,
    substr(m.text, 1, ${previewLength}) AS preview, m.url, m.published_at, x.label, x.score,
    t.status, t.snoozed_until, t.unread, c.mention_count,
    EXISTS (SELECT 1 FROM drafts AS d WHERE d.conversation_id = c.id) AS has_draft,
    ${outboxOfConversation} AS outbox
  FROM json_each(?) AS j
  CROSS JOIN mentions AS m ON m.id = j.value
  CROSS JOIN conversation_states AS t ON t.conversation_id = m.conversation_id
  CROSS JOIN conversations AS c ON c.id = m.conversation_id
  CROSS JOIN sources AS s ON s.id = m.source_id
  LEFT JOIN authors AS a ON a.id = m.author_id
  LEFT JOIN mention_analysis AS x ON x.mention_id = m.id`;

export const selectMatches = `
  SELECT x.mention_id, x.tracker_id, x.spans
  FROM json_each(?) AS j
  CROSS JOIN mention_matches AS x ON x.mention_id = j.value
  CROSS JOIN trackers AS t ON t.id = x.tracker_id AND t.removed_at IS NULL`;

/** SQLite counts characters, the contract UTF-16 units. */
function cutPreview(text: string): string {
  if (text.length <= previewLength) return text;
  const last = text.charCodeAt(previewLength - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? previewLength - 1 : previewLength);
}

/** Title and the shown part of the text, in order, overlaps made one. */
function joinSpans(spans: readonly MatchSpan[]): MatchSpan[] {
  const shown = spans
    .filter(({ field, start }) => field === 'title' || (field === 'text' && start < previewLength))
    .map((span) =>
      span.field === 'text' && span.end > previewLength ? { ...span, end: previewLength } : span,
    )
    .sort((a, b) => (a.field === b.field ? a.start - b.start : a.field === 'title' ? -1 : 1));
  const joined: MatchSpan[] = [];
  for (const span of shown) {
    const last = joined.at(-1);
    if (last !== undefined && last.field === span.field && span.start < last.end) {
      if (span.end > last.end) joined[joined.length - 1] = { ...last, end: span.end };
    } else joined.push(span);
  }
  return joined;
}
