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
 * that it finds there. The index gives its rows in the order of their ids, so nothing is sorted. It is asked seldom
 * and for much: a prefix gathers all its matches at every asking.
 */
export function searchPage(store: ReadableStore, { root, view, below, limit }: SearchOptions): SearchPage {
  const expression = expressionOf(store, root);
  const isCounted = below === null;
  const collector = createCollector(store, { root, view, below, limit });
  let total: number | null = null;
  let end = below ?? top;
  let size = isCounted ? mostCounted : pageOfHits;
  for (;;) {
    const hits = newestHits(store, expression, end, size);
    if (isCounted) total ??= countConversations(store, view, hits);
    collector.take(hits);
    const last = hits.at(-1);
    if (collector.isFull() || last === undefined || hits.length < size) break;
    end = last;
    if (size === mostCounted && view.kind !== 'all' && countView(store, view) <= fewConversations) {
      collector.takeView(end);
      break;
    }
    size = mostCounted;
  }
  return { places: collector.places, total };
}

const top = Number.MAX_SAFE_INTEGER;
/** For a page of the list, with some to spare for conversations that are shown already. */
const pageOfHits = 256;
const firstBlock = 64;
const laterBlock = 1024;

interface Collector {
  readonly places: readonly InboxPlace[];
  isFull(): boolean;
  /** Mentions that the query finds, newest first. */
  take(hits: readonly number[]): void;
  /** The mentions of the view below `end`, each held against the query. */
  takeView(end: number): void;
}

function createCollector(store: ReadableStore, { root, view, below, limit }: SearchOptions): Collector {
  const filter = viewFilter(view);
  const join = `${selectHits(view)} CROSS JOIN conversations AS c ON c.id = m.conversation_id
    WHERE true ${filter.sql} ORDER BY m.id DESC`;
  const places: InboxPlace[] = [];
  const seen = new Set<number>();
  const matcher = createMatcher([{ id: 'search', root }]);
  const holds = (mention: number): boolean => {
    const target = findMentionText(store, mention);
    return target !== null && matcher.match(target).length > 0;
  };
  const isFull = (): boolean => places.length >= limit;

  function add({ mention, conversation, mention_count: count }: SearchHit): void {
    if (isFull() || seen.has(conversation)) return;
    seen.add(conversation);
    // Shown on a page before this one, by a newer mention.
    if (below !== null && count > 1 && listNewer(store, conversation, below).some(holds)) return;
    places.push({ conversation, mention });
  }

  return {
    places,
    isFull,
    take(hits) {
      let at = 0;
      while (at < hits.length && !isFull()) {
        const block = hits.slice(at, at + (at === 0 ? firstBlock : laterBlock));
        at += block.length;
        for (const hit of store.all<SearchHit>(join, JSON.stringify(block), ...filter.params)) add(hit);
      }
    },
    takeView(end) {
      for (const hit of listViewMentions(store, view, end)) {
        if (isFull()) break;
        if (holds(hit.mention)) add(hit);
      }
    },
  };
}

interface SearchHit {
  mention: number;
  conversation: number;
  mention_count: number;
}

/** As one text: ten thousand numbers one by one cost five times as much. */
function newestHits(store: ReadableStore, expression: string, below: number, limit: number): number[] {
  const found = store.get<{ ids: string }>(
    `SELECT json_group_array(id) AS ids FROM (
       SELECT rowid AS id FROM mention_search WHERE mention_search MATCH ? AND rowid < ?
       ORDER BY rowid DESC LIMIT ?)`,
    expression,
    below,
    limit,
  );
  return found === undefined ? [] : (JSON.parse(found.ids) as number[]);
}

function selectHits(
  view: InboxView,
  columns = 'm.id AS mention, m.conversation_id AS conversation, c.mention_count',
): string {
  return `SELECT ${columns} FROM json_each(?) AS j
    CROSS JOIN mentions AS m INDEXED BY mentions_place ON m.id = j.value
    ${view.kind === 'all' ? '' : 'CROSS JOIN conversation_states AS t ON t.conversation_id = m.conversation_id'}`;
}

function countConversations(store: ReadableStore, view: InboxView, hits: readonly number[]): number {
  if (hits.length === 0 || (view.kind === 'all' && hits.length >= mostCounted)) return hits.length;
  const filter = viewFilter(view);
  const found = store.get<{ ids: string }>(
    `${selectHits(view, 'json_group_array(m.conversation_id) AS ids')} WHERE true ${filter.sql}`,
    JSON.stringify(hits),
    ...filter.params,
  );
  return new Set(found === undefined ? [] : (JSON.parse(found.ids) as number[])).size;
}

/** Ids of mentions that the query finds below `below`, newest first. */
export function findMentions(store: ReadableStore, root: QueryNode, below: number, limit: number): number[] {
  return newestHits(store, expressionOf(store, root), below, limit);
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
