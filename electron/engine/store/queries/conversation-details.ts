import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { Block } from '../../../../shared/model/document.ts';
import type { AccountId, ConversationId } from '../../../../shared/model/ids.ts';
import type {
  Conversation,
  ConversationStatus,
  Mention,
  MentionKind,
} from '../../../../shared/model/mention.ts';
import type { ReplyWait } from '../../../../shared/model/reply.ts';
import type { SentimentLabel } from '../../../../shared/model/sentiment.ts';
import { toConversationId, toMentionId, toRow, toSourceId, toTrackerId } from '../row-ids.ts';
import type { ReadableStore } from '../store.ts';
import { listActivity } from './activity.ts';
import { findDraft } from './drafts.ts';
import { readSentimentWords, readSpans } from './mentions.ts';
import { listMarks, listRepliesOfConversation, toReply } from './reply-lists.ts';

const mostMentions = 200;
const mostReplies = 200;
const mostActivity = 200;

/** What the store alone cannot say about what goes out. */
export interface AnsweringFacts {
  readonly answerableBy: readonly AccountId[];
  readonly answerNote: string | null;
  /** By the reply's row. */
  readonly waits: ReadonlyMap<number, ReplyWait | null>;
}

const unanswered: AnsweringFacts = { answerableBy: [], answerNote: null, waits: new Map() };

/** Everything about one conversation, its newest mentions at the end. Throws `not-found`. */
export function readConversation(
  store: ReadableStore,
  conversationId: ConversationId,
  answering: AnsweringFacts = unanswered,
): Conversation {
  const conversation = toRow(conversationId);
  const head = store.get<HeadRow>(
    `SELECT c.platform, c.title, c.mention_count, t.status, t.snoozed_until, t.unread
     FROM conversations AS c JOIN conversation_states AS t ON t.conversation_id = c.id WHERE c.id = ?`,
    conversation,
  );
  if (!head) {
    throw new EarshotError('not-found', 'There is no such conversation.', { conversationId });
  }
  const marks = listMarks(store, conversation);
  return {
    conversationId: toConversationId(conversation),
    platform: head.platform,
    title: head.title,
    status: head.status,
    snoozedUntil: head.snoozed_until,
    unread: head.unread === 1,
    mentions: store
      .all<MentionRow>(selectMentions, conversation, mostMentions)
      .reverse()
      .map((row) => toMention(store, row, marks.get(row.id))),
    mentionCount: head.mention_count,
    replies: listRepliesOfConversation(store, conversation, mostReplies).map((reply) =>
      toReply(store, reply, answering.waits.get(reply.row) ?? null),
    ),
    draft: findDraft(store, conversation),
    answerableBy: [...answering.answerableBy],
    answerNote: answering.answerNote,
    activity: listActivity(store, conversation, mostActivity),
  };
}

interface HeadRow {
  platform: string;
  title: string | null;
  mention_count: number;
  status: ConversationStatus;
  snoozed_until: number | null;
  unread: number;
}

interface MentionRow {
  id: number;
  external_id: string;
  platform: string;
  kind: MentionKind;
  author_name: string | null;
  author_handle: string | null;
  author_url: string | null;
  title: string | null;
  text: string;
  document: string | null;
  url: string | null;
  published_at: number;
  is_time_guessed: number;
  first_seen_at: number;
  edited_at: number | null;
  deleted_at: number | null;
  is_private: number;
  language: string | null;
  label: SentimentLabel | null;
  score: number | null;
  words: string | null;
}

export const selectMentions = `
  SELECT m.id, m.external_id, m.platform, m.kind, a.name AS author_name, a.handle AS author_handle,
    a.url AS author_url, m.title, m.text, d.document, m.url, m.published_at, m.is_time_guessed,
    m.first_seen_at, m.edited_at, m.deleted_at, m.is_private, x.language, x.label, x.score, x.words
  FROM mentions AS m
  LEFT JOIN authors AS a ON a.id = m.author_id
  LEFT JOIN mention_documents AS d ON d.mention_id = m.id
  LEFT JOIN mention_analysis AS x ON x.mention_id = m.id
  WHERE m.conversation_id = ? ORDER BY m.id DESC LIMIT ?`;

function toMention(
  store: ReadableStore,
  row: MentionRow,
  marks: Mention['marks'] = { isLiked: false, isHidden: false },
): Mention {
  return {
    mentionId: toMentionId(row.id),
    externalId: row.external_id,
    platform: row.platform,
    kind: row.kind,
    author: { name: row.author_name ?? '', handle: row.author_handle, url: row.author_url },
    title: row.title,
    text: row.text,
    document: readDocument(row.document, row.text),
    url: row.url,
    publishedAt: row.published_at,
    isTimeGuessed: row.is_time_guessed === 1,
    firstSeenAt: row.first_seen_at,
    editedAt: row.edited_at,
    deletedAt: row.deleted_at,
    isPrivate: row.is_private === 1,
    marks,
    language: row.language,
    sentiment: {
      label: row.label ?? 'unrated',
      score: row.score ?? 0,
      words: row.words === null ? [] : readSentimentWords(row.words),
    },
    matches: store
      .all<{ tracker_id: number; name: string; spans: string }>(
        `SELECT x.tracker_id, t.name, x.spans FROM mention_matches AS x
         JOIN trackers AS t ON t.id = x.tracker_id AND t.removed_at IS NULL
         WHERE x.mention_id = ? ORDER BY x.tracker_id`,
        row.id,
      )
      .map((match) => ({
        trackerId: toTrackerId(match.tracker_id),
        trackerName: match.name,
        spans: readSpans(match.spans),
      })),
    sources: store
      .all<{ id: number; name: string }>(
        `SELECT s.id, s.name, 0 AS later FROM mentions AS m JOIN sources AS s ON s.id = m.source_id WHERE m.id = ?
         UNION ALL
         SELECT s.id, s.name, 1 FROM mention_sources AS x JOIN sources AS s ON s.id = x.source_id
         WHERE x.mention_id = ?
         ORDER BY later, id`,
        row.id,
        row.id,
      )
      .map(({ id, name }) => ({ sourceId: toSourceId(id), name })),
  };
}

/** What is one plain paragraph is stored as its text alone. */
function readDocument(stored: string | null, text: string): Block[] {
  if (stored !== null) return JSON.parse(stored) as Block[];
  return text === '' ? [] : [{ type: 'paragraph', children: [{ type: 'text', text }] }];
}
