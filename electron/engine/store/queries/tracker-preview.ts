import type { QueryNode } from '../../../../shared/query/query.ts';
import { mentionRowAt } from '../row-ids.ts';
import type { ReadableStore } from '../store.ts';
import type { InboxPlace } from './inbox.ts';
import { findMentionText } from './mentions.ts';
import { findMentions } from './search.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** Enough to judge a query by, and counted in some milliseconds. */
const enoughMentions = 20_000;
/** A lone post of years ago says nothing about how much comes in a day. */
const longestStretchDays = 365;

/** A list of ten is filled long before, but for one endless conversation. */
const mostLookedAt = 500;

/** The newest stored mentions, whole days of them. */
export interface NewestStretch {
  /** Its mentions have this id or a greater one. */
  readonly from: number;
  readonly count: number;
  /** From its oldest to its newest mention. */
  readonly spanMs: number;
}

/** Reads the roll-up by day, not the mentions. Null when nothing is stored. */
export function newestStretch(store: ReadableStore): NewestStretch | null {
  let newestDay: number | null = null;
  let oldestDay = 0;
  let count = 0;
  for (const { day, total } of store.iterate<{ day: number; total: number }>(
    'SELECT day, sum(total) AS total FROM mention_days GROUP BY day ORDER BY day DESC',
  )) {
    if (total === 0) continue;
    newestDay ??= day;
    if (newestDay - day >= longestStretchDays) break;
    oldestDay = day;
    count += total;
    if (count >= enoughMentions) break;
  }
  if (newestDay === null) return null;
  const from = mentionRowAt(oldestDay * dayMs);
  const ends = store.get<{ oldest: number | null; newest: number | null }>(
    `SELECT (SELECT published_at FROM mentions WHERE id >= ? ORDER BY id LIMIT 1) AS oldest,
       (SELECT published_at FROM mentions ORDER BY id DESC LIMIT 1) AS newest`,
    from,
  );
  return { from, count, spanMs: Math.max(0, (ends?.newest ?? 0) - (ends?.oldest ?? 0)) };
}

/** The mentions of the stretch that the query finds, newest first. */
export function findInStretch(store: ReadableStore, root: QueryNode, stretch: NewestStretch): number[] {
  const ids = findMentions(store, root, Number.MAX_SAFE_INTEGER, stretch.count);
  const end = ids.findIndex((id) => id < stretch.from);
  return end === -1 ? ids : ids.slice(0, end);
}

/** The first conversations of these mentions, each shown by the first of its mentions. */
export function placesOf(store: ReadableStore, mentions: readonly number[], limit: number): InboxPlace[] {
  const places = new Map<number, InboxPlace>();
  for (const mention of mentions.slice(0, mostLookedAt)) {
    const conversation = findMentionText(store, mention)?.conversationRow;
    if (conversation === undefined || places.has(conversation)) continue;
    places.set(conversation, { conversation, mention });
    if (places.size >= limit) break;
  }
  return [...places.values()];
}
