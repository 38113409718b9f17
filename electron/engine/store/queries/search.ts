import { createMatcher } from '../../../../shared/query/matcher.ts';
import type { QueryNode } from '../../../../shared/query/query.ts';
import type { ReadableStore, SqlValue } from '../store.ts';
import { countView, type InboxPlace, type InboxView } from './inbox.ts';
import { findMentionText } from './mentions.ts';
import { type NamedSource, searchExpression } from './search-expression.ts';

/** Where a search stops counting: it looks at this many of the newest mentions that it finds. */
const mostCounted = 10_000;
/** A view of so few conversations is read itself rather than the index, once the index turns out to be long. */
const fewConversations = 300;
const mostScanned = 2000;

export interface SearchOptions {
  readonly root: QueryNode;
  readonly view: InboxView;
  /** Mentions below this id: the place where the page before ended. Null for the first page. */
  readonly below: number | null;
  readonly limit: number;
}

export interface SearchPage {
  readonly places: readonly InboxPlace[];
  /** On the first page: conversations found, as far as counted. */
  readonly total: number | null;
}

/**
 * The conversations in the view with a mention that the query finds, newest first, each shown by the newest mention
 * that it finds there. The index gives its rows in the order of their ids, so nothing is sorted. It is asked once per
 * page, since a prefix gathers all its matches at every asking.
 */
export function searchPage(store: ReadableStore, { root, view, below, limit }: SearchOptions): SearchPage {
  const matcher = createMatcher([{ id: 'search', root }]);
  const holds = (mention: number): boolean => {
    const target = findMentionText(store, mention);
    return target !== null && matcher.match(target).length > 0;
  };
  const places: InboxPlace[] = [];
  const seen = new Set<number>();
  const take = ({ mention, conversation, mention_count: count }: SearchHit): void => {
    if (places.length >= limit || seen.has(conversation)) return;
    seen.add(conversation);
    // Shown on a page before this one, by a newer mention.
    if (below !== null && count > 1 && listNewer(store, conversation, below).some(holds)) return;
    places.push({ conversation, mention });
  };

  const filter = viewFilter(view);
  const join = joinSql(view, filter.sql);
  const ids: number[] = [];
  let joined = 0;
  const takeJoined = (): void => {
    const block = JSON.stringify(ids.slice(joined));
    joined = ids.length;
    for (const hit of store.all<SearchHit>(join, block, ...filter.params)) take(hit);
  };
  const isCounted = below === null;
  const isFew = view.kind !== 'all' && countView(store, view) <= fewConversations;
  let isCut = false;
  for (const { id } of store.iterate<{ id: number }>(hitsSql, expressionOf(store, root), below ?? top)) {
    if (ids.length >= mostCounted && (places.length >= limit || isFew)) {
      isCut = true;
      break;
    }
    ids.push(id);
    if (places.length < limit && ids.length - joined >= (joined === 0 ? firstBlock : laterBlock))
      takeJoined();
    if (places.length >= limit && !isCounted) break;
  }
  if (places.length < limit) takeJoined();
  if (isCut && places.length < limit) {
    for (const hit of listViewMentions(store, view, ids.at(-1) ?? top)) if (holds(hit.mention)) take(hit);
  }
  return { places, total: isCounted ? countHits(store, view, ids.slice(0, mostCounted)) : null };
}

const top = Number.MAX_SAFE_INTEGER;
const firstBlock = 64;
const laterBlock = 1024;

interface SearchHit {
  mention: number;
  conversation: number;
  mention_count: number;
}

const hitsSql =
  'SELECT rowid AS id FROM mention_search WHERE mention_search MATCH ? AND rowid < ? ORDER BY rowid DESC';

function joinSql(view: InboxView, filter: string): string {
  return `
    SELECT m.id AS mention, m.conversation_id AS conversation, c.mention_count
    FROM json_each(?) AS j
    CROSS JOIN mentions AS m ON m.id = j.value
    ${view.kind === 'all' ? '' : 'CROSS JOIN conversation_states AS t ON t.conversation_id = m.conversation_id'}
    CROSS JOIN conversations AS c ON c.id = m.conversation_id
    WHERE true ${filter}
    ORDER BY m.id DESC`;
}

function countHits(store: ReadableStore, view: InboxView, ids: readonly number[]): number {
  if (ids.length === 0 || (view.kind === 'all' && ids.length >= mostCounted)) return ids.length;
  const filter = viewFilter(view);
  return (
    store.get<{ n: number }>(
      `SELECT count(DISTINCT m.conversation_id) AS n
       FROM json_each(?) AS j
       CROSS JOIN mentions AS m ON m.id = j.value
       ${view.kind === 'all' ? '' : 'CROSS JOIN conversation_states AS t ON t.conversation_id = m.conversation_id'}
       WHERE true ${filter.sql}`,
      JSON.stringify(ids),
      ...filter.params,
    )?.n ?? 0
  );
}

/** Ids of mentions that the query finds below `below`, newest first. */
export function findMentions(store: ReadableStore, root: QueryNode, below: number, limit: number): number[] {
  return store
    .all<{ id: number }>(
      `SELECT rowid AS id FROM mention_search WHERE mention_search MATCH ? AND rowid < ?
       ORDER BY rowid DESC LIMIT ?`,
      expressionOf(store, root),
      below,
      limit,
    )
    .map(({ id }) => id);
}

function viewFilter(view: InboxView): { readonly sql: string; readonly params: readonly SqlValue[] } {
  if (view.kind === 'all') return { sql: '', params: [] };
  if (view.kind === 'status') return { sql: 'AND t.status = ?', params: [view.status] };
  return {
    sql: `AND t.status = 'open' AND EXISTS (
      SELECT 1 FROM open_conversations
      WHERE scope = ? AND ref = ? AND newest_mention_id = t.newest_mention_id AND conversation_id = t.conversation_id)`,
    params: [view.kind, view.ref],
  };
}

/** Mentions of the conversation from `from` on, which pages before this one went through. */
function listNewer(store: ReadableStore, conversation: number, from: number): number[] {
  return store
    .all<{ id: number }>(
      'SELECT id FROM mentions WHERE conversation_id = ? AND id >= ? ORDER BY id LIMIT 200',
      conversation,
      from,
    )
    .map(({ id }) => id);
}

function listViewMentions(store: ReadableStore, view: InboxView, below: number): SearchHit[] {
  if (view.kind === 'all') return [];
  const [from, params] =
    view.kind === 'status'
      ? ['conversation_states WHERE status = ?', [view.status]]
      : ['open_conversations WHERE scope = ? AND ref = ?', [view.kind, view.ref]];
  return store.all<SearchHit>(
    `SELECT m.id AS mention, m.conversation_id AS conversation, c.mention_count
     FROM (SELECT conversation_id FROM ${from}) AS v
     CROSS JOIN mentions AS m ON m.conversation_id = v.conversation_id
     CROSS JOIN conversations AS c ON c.id = m.conversation_id
     WHERE m.id < ? ORDER BY m.id DESC LIMIT ?`,
    ...params,
    below,
    mostScanned,
  );
}

function expressionOf(store: ReadableStore, root: QueryNode): string {
  return searchExpression(root, () => listNamedSources(store));
}

function listNamedSources(store: ReadableStore): NamedSource[] {
  return store.all<NamedSource>('SELECT id AS row, name FROM sources LIMIT 20000');
}
