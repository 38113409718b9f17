import type { QueryNode } from '../../../../shared/query/query.ts';
import type { ReadableStore, SqlValue } from '../store.ts';
import { countView, type InboxPlace, type InboxView } from './inbox.ts';
import { type NamedSource, searchExpression } from './search-expression.ts';

/** Where a search stops counting. */
export const mostCounted = 10_000;
/** Below this many conversations it is cheaper to ask the index for each of them than to walk all matches. */
const fewConversations = 500;

export interface SearchOptions {
  readonly root: QueryNode;
  readonly view: InboxView;
  /** Mentions below this id; the place where the page before ended. */
  readonly below: number;
  readonly limit: number;
}

/**
 * The conversations in the view with a mention that the query finds, newest first, each shown by the newest mention
 * that it finds there. The index gives its rows in the order of their ids, so nothing is sorted and a page costs the
 * same for a rare and a common word.
 */
export function searchPlaces(
  store: ReadableStore,
  { root, view, below, limit }: SearchOptions,
): InboxPlace[] {
  const expression = searchExpression(root, () => listNamedSources(store));
  const filter = viewFilter(view);
  const isNarrow = view.kind !== 'all' && countView(store, view) <= fewConversations;
  const rows = isNarrow
    ? store.iterate<SearchHit>(narrowSql(view), ...narrowParams(view), expression, below)
    : store.iterate<SearchHit>(wideSql(filter.sql), expression, below, ...filter.params);
  const places: InboxPlace[] = [];
  const seen = new Set<number>();
  for (const { mention, conversation, mention_count: count } of rows) {
    if (seen.has(conversation)) continue;
    seen.add(conversation);
    // Shown on a page before this one, by a newer mention.
    if (count > 1 && hasNewerHit(store, expression, conversation, mention)) continue;
    places.push({ conversation, mention });
    if (places.length >= limit) break;
  }
  return places;
}

/** How many conversations the query finds in the view; at most `mostCounted`, looking at as many mentions. */
export function countSearch(store: ReadableStore, root: QueryNode, view: InboxView): number {
  const expression = searchExpression(root, () => listNamedSources(store));
  const hits =
    store.get<{ n: number }>(
      'SELECT count(*) AS n FROM (SELECT 1 FROM mention_search WHERE mention_search MATCH ? LIMIT ?)',
      expression,
      mostCounted,
    )?.n ?? 0;
  if (hits === 0 || (view.kind === 'all' && hits >= mostCounted)) return hits;
  const filter = viewFilter(view);
  return (
    store.get<{ n: number }>(
      `SELECT count(DISTINCT m.conversation_id) AS n
       FROM (SELECT rowid FROM mention_search WHERE mention_search MATCH ? ORDER BY rowid DESC LIMIT ?) AS f
       CROSS JOIN mentions AS m ON m.id = f.rowid
       ${view.kind === 'all' ? '' : 'CROSS JOIN conversation_states AS t ON t.conversation_id = m.conversation_id'}
       WHERE true ${filter.sql}`,
      expression,
      mostCounted,
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
      searchExpression(root, () => listNamedSources(store)),
      below,
      limit,
    )
    .map(({ id }) => id);
}

interface SearchHit {
  mention: number;
  conversation: number;
  mention_count: number;
}

function wideSql(filter: string): string {
  return `
    SELECT f.rowid AS mention, m.conversation_id AS conversation, c.mention_count
    FROM mention_search AS f
    CROSS JOIN mentions AS m ON m.id = f.rowid
    CROSS JOIN conversation_states AS t ON t.conversation_id = m.conversation_id
    CROSS JOIN conversations AS c ON c.id = m.conversation_id
    WHERE f.mention_search MATCH ? AND f.rowid < ? ${filter}
    ORDER BY f.rowid DESC`;
}

/** From the few conversations of the view to their mentions, each looked up in the index. */
function narrowSql(view: InboxView): string {
  const from =
    view.kind === 'status'
      ? `SELECT conversation_id FROM conversation_states WHERE status = ?`
      : `SELECT conversation_id FROM open_conversations WHERE scope = ? AND ref = ?`;
  return `
    SELECT m.id AS mention, m.conversation_id AS conversation, c.mention_count
    FROM (${from}) AS v
    CROSS JOIN mentions AS m ON m.conversation_id = v.conversation_id
    CROSS JOIN mention_search AS f ON f.rowid = m.id
    CROSS JOIN conversations AS c ON c.id = m.conversation_id
    WHERE f.mention_search MATCH ? AND m.id < ?
    ORDER BY m.id DESC`;
}

function narrowParams(view: InboxView): SqlValue[] {
  if (view.kind === 'status') return [view.status];
  return view.kind === 'all' ? [] : [view.kind, view.ref];
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

function hasNewerHit(
  store: ReadableStore,
  expression: string,
  conversation: number,
  mention: number,
): boolean {
  return Boolean(
    store.get(
      `SELECT 1 FROM mentions AS m CROSS JOIN mention_search AS f ON f.rowid = m.id
       WHERE m.conversation_id = ? AND m.id > ? AND f.mention_search MATCH ? LIMIT 1`,
      conversation,
      mention,
      expression,
    ),
  );
}

function listNamedSources(store: ReadableStore): NamedSource[] {
  return store.all<NamedSource>('SELECT id AS row, name FROM sources LIMIT 20000');
}
