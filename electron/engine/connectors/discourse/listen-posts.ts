import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { parseDate } from '../text/parse-date.ts';
import type { IncomingMention } from '../connector.ts';
import type { SearchTerm } from '../text/search-terms.ts';
import { postMention } from './adapt.ts';
import type { ForumCall } from './api.ts';
import { createRecent, fetchPost, recentSchema } from './recent.ts';
import { type DiscoursePost, latestPostsSchema, postSchema, searchSchema } from './wire.ts';

const firstLookBackMs = 7 * 24 * 60 * 60_000;
const firstLookBackPages = 20;
/** Older forums look at so many ids at a time, shown or not: an empty page is not the end. */
const idWindow = 50;
const mostRequests = 30;
/** A forum answers 8 searches a minute to somebody without an account. */
const mostSearches = 4;
const searchBackDays = 30;
const mostFetched = 10;
const mostPending = 200;

const gapSchema = z.object({
  /** What lies above this id and before that one has not been read. */
  above: z.number().int(),
  before: z.number().int(),
  /** The first look back ends at this time, or after so many pages. */
  until: z.number().nullish(),
  pagesLeft: z.number().int().nullish(),
});
type Gap = z.infer<typeof gapSchema>;

export const postsCursorSchema = z.object({
  newest: z.number().int(),
  gaps: z.array(gapSchema).default([]),
  recent: z.array(recentSchema).default([]),
  /** The search for what is older: what was searched for, and found and not yet fetched. */
  searched: z.array(z.string()).default([]),
  pending: z.array(z.number().int()).default([]),
});
export type PostsCursor = z.infer<typeof postsCursorSchema>;

export interface ForumListening {
  readonly server: string;
  readonly now: number;
  readonly ask: <Answer>(asked: ForumCall<Answer>) => Promise<Answer>;
}

export interface ForumPage<Cursor> {
  readonly items: readonly IncomingMention[];
  readonly removed: readonly string[];
  readonly cursor: Cursor;
  readonly warning?: EarshotError;
}

/**
 * Everything new on a forum. The newest posts first, at every poll, which shows their edits too; then what lies
 * between them and what was known, and at first what the last days and a search bring.
 */
export async function* listenToPosts(
  options: ForumListening & { readonly cursor: PostsCursor | null; readonly terms: readonly SearchTerm[] },
): AsyncGenerator<ForumPage<PostsCursor>> {
  const { server, now, ask, cursor: before, terms } = options;
  const recent = createRecent(before?.recent ?? [], options);
  const mentionOf = (post: DiscoursePost): IncomingMention => postMention(post, { server });
  const searched = new Set(before?.searched ?? []);
  let { newest, gaps, pending } = before ?? { newest: 0, gaps: [] as Gap[], pending: [] as number[] };
  let left = mostRequests;
  const listed = new Set<number>();
  const page = (items: readonly IncomingMention[], warning: EarshotError | null = null) => ({
    items,
    removed: recent.takeRemoved(),
    cursor: { newest, gaps, recent: recent.list(), searched: [...searched], pending },
    ...(warning ? { warning } : {}),
  });

  const first = await readLatest(ask, null);
  for (const id of first.ids) listed.add(id);
  left -= 1;
  const lowest = first.ids.at(-1);
  const highest = first.ids[0];
  if (lowest !== undefined && highest !== undefined) {
    // An earlier poll may have found nothing that is shown.
    if (newest === 0) {
      gaps = [{ above: 0, before: lowest, until: now - firstLookBackMs, pagesLeft: firstLookBackPages }];
    } else if (lowest > newest + 1) gaps = [{ above: newest, before: lowest }, ...gaps];
    newest = Math.max(newest, highest);
  }
  const fresh = first.posts.filter((post) => ['new', 'changed'].includes(recent.take(post)));
  const changed = before === null ? [] : await recent.check(lowest ?? null, mentionOf);
  yield page([...fresh.map(mentionOf), ...changed], first.warning);

  for (let gap = gaps[0]; gap !== undefined; gap = gaps[0]) {
    if (left <= 0) return;
    left -= 1;
    const { posts, ids, warning } = await readLatest(ask, gap.before);
    for (const id of ids) listed.add(id);
    const rest = narrowed(gap, ids.at(-1) ?? null, oldestOf(posts));
    gaps = rest === null ? gaps.slice(1) : [rest, ...gaps.slice(1)];
    const { above } = gap;
    const items = posts.filter((post) => post.id > above && recent.take(post) === 'new').map(mentionOf);
    yield page(items, warning);
  }

  for (const { text } of terms.filter(({ text: term }) => !searched.has(term)).slice(0, mostSearches)) {
    if (left <= 0) return;
    left -= 1;
    const found = await search(ask, text, now);
    // Too busy: it is made again at the next poll.
    if (found === null) continue;
    searched.add(text);
    pending = [...new Set([...pending, ...found.filter((id) => !listed.has(id))])].slice(0, mostPending);
    yield page([]);
  }
  const fetched = pending.slice(0, Math.min(mostFetched, left));
  const older: IncomingMention[] = [];
  for (const id of fetched) {
    const post = await fetchPost(ask, `/posts/${id}.json`);
    if (typeof post !== 'object' || post === null) continue;
    if (recent.take(post) === 'new') older.push(mentionOf(post));
  }
  if (fetched.length > 0) {
    pending = pending.slice(fetched.length);
    yield page(older);
  }
}

interface Latest {
  readonly posts: readonly DiscoursePost[];
  /** The newest first, of those too that could not be read. */
  readonly ids: readonly number[];
  readonly warning: EarshotError | null;
}

async function readLatest(ask: ForumListening['ask'], before: number | null): Promise<Latest> {
  const { latest_posts: list } = await ask({
    path: '/posts.json',
    query: { before: before ?? undefined },
    schema: latestPostsSchema,
  });
  const posts: DiscoursePost[] = [];
  const ids: number[] = [];
  for (const raw of list) {
    const post = postSchema.safeParse(raw);
    if (post.success) posts.push(post.data);
    const named = z.object({ id: z.number().int() }).safeParse(raw);
    if (named.success) ids.push(named.data.id);
  }
  const broken = list.length - posts.length;
  const warning =
    broken === 0
      ? null
      : new EarshotError('bad-response', `${broken} of ${list.length} posts could not be read.`, {
          rejected: broken,
        });
  return { posts, ids: ids.sort((a, b) => b - a), warning };
}

/** What is still to be read; null when that was all. `before` is inclusive on some versions. */
function narrowed(gap: Gap, lowest: number | null, oldest: number | null): Gap | null {
  const before = lowest !== null && lowest < gap.before ? lowest : gap.before - idWindow;
  if (before <= gap.above + 1) return null;
  if (gap.until !== null && gap.until !== undefined && oldest !== null && oldest < gap.until) return null;
  const pagesLeft = gap.pagesLeft === null || gap.pagesLeft === undefined ? null : gap.pagesLeft - 1;
  return pagesLeft === 0 ? null : { ...gap, before, pagesLeft };
}

function oldestOf(posts: readonly DiscoursePost[]): number | null {
  const times = posts.map(({ created_at }) => parseDate(created_at)).filter((time) => time !== null);
  return times.length === 0 ? null : Math.min(...times);
}

/** Ids of the latest hits; none where the forum has a longer shortest word. Null: it was too busy to search. */
async function search(ask: ForumListening['ask'], text: string, now: number): Promise<number[] | null> {
  const after = new Date(now - searchBackDays * 24 * 60 * 60_000).toISOString().slice(0, 10);
  const words = text.replaceAll('"', ' ').trim();
  try {
    const { posts, grouped_search_result: result } = await ask({
      path: '/search.json',
      query: { q: `"${words}" order:latest after:${after}`, page: 1 },
      schema: searchSchema,
    });
    return result?.error ? null : posts.map(({ id }) => id);
  } catch (error) {
    if (error instanceof EarshotError && error.details['status'] === 409) return null;
    // What it finds comes on top of what the last days brought; a forum may keep its search for members.
    const isNotOffered =
      error instanceof EarshotError && ['rejected', 'forbidden', 'not-found'].includes(error.code);
    if (isNotOffered) return [];
    throw error;
  }
}
