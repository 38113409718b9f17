import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { IncomingMention } from '../connector.ts';
import type { SearchTerm } from '../text/search-terms.ts';
import { type AdaptOptions, commentMention, instantOf, isGone, postMention, publishedAt } from './adapt.ts';
import { type Generation, type LemmyCall, searchWindowMs } from './api.ts';
import {
  type CommentView,
  commentViewSchema,
  inboxEntrySchema,
  listSchema,
  notificationSchema,
  type PostView,
  postViewSchema,
} from './wire.ts';
import type { z } from 'zod';

/** The most that a list gives at once; more is an error. */
export const pageSize = 50;

/** One thing of a list. */
export interface Seen {
  readonly mention: IncomingMention;
  readonly isGone: boolean;
  /** What the list is ordered by. */
  readonly at: number | null;
}

export interface Batch {
  readonly seen: readonly Seen[];
  /** Entries that could not be read. */
  readonly broken: number;
  /** Where the next page begins; null: this was the last one. */
  readonly next: string | null;
  /** Everything newer than this was on this page or before it; null when nothing is known of it. */
  readonly reaches: number | null;
}

/** A list that begins with the newest. */
export interface Stream {
  readonly key: string;
  /** `at`: null for the first page. */
  request(at: string | null): LemmyCall<List>;
  read(list: List, at: string | null): Batch;
}
type List = z.infer<typeof listSchema>;

export type Listening =
  | { readonly what: 'search'; readonly terms: readonly SearchTerm[] }
  | { readonly what: 'community'; readonly community: string }
  /** `ownServer`: addresses of the account's own comments begin with it. */
  | { readonly what: 'inbox' };

export function streamsOf(listening: Listening, generation: Generation, options: AdaptOptions): Stream[] {
  const make = (
    key: string,
    path: string,
    query: Record<string, string | number | boolean>,
    windowMs?: number,
  ): Stream => ({
    key: `${generation}:${key}`,
    request: (at) => ({
      path,
      query: {
        ...query,
        limit: pageSize,
        [generation === 3 ? 'page' : 'page_cursor']: at ?? firstPage(generation),
      },
      schema: listSchema,
      ...(windowMs === undefined ? {} : { windowMs }),
    }),
    read: (list, at) => readList(list, at, generation, options),
  });
  const newest = generation === 3 ? { type_: 'All', sort: 'New' } : { type_: 'all', sort: 'new' };

  switch (listening.what) {
    case 'search':
      return listening.terms.flatMap(({ text }) =>
        generation === 3
          ? [
              make(
                `search:${text.toLowerCase()}`,
                '/search',
                { q: text, ...newest, listing_type: 'All' },
                searchWindowMs,
              ),
            ]
          : [
              make(`comments:${text.toLowerCase()}`, '/comment/list', { ...newest, search_term: text }),
              make(`posts:${text.toLowerCase()}`, '/post/list', { ...newest, search_term: text }),
            ],
      );
    case 'community': {
      const query = { ...newest, community_name: listening.community };
      return [make('comments', '/comment/list', query), make('posts', '/post/list', query)];
    }
    case 'inbox':
      return generation === 3
        ? [
            make('replies', '/user/replies', { sort: 'New', unread_only: false }),
            make('mentions', '/user/mention', { sort: 'New', unread_only: false }),
          ]
        : [make('inbox', '/account/notification/list', { type_: 'all', unread_only: false })];
  }
}

const firstPage = (generation: Generation): string | null => (generation === 3 ? '1' : null);

function readList(list: List, at: string | null, generation: Generation, options: AdaptOptions): Batch {
  const lists = [list.comments, list.posts, list.replies, list.mentions, list.items].filter(
    (entries) => entries !== undefined,
  );
  const read = lists.map((entries) => entries.map(readEntry));
  const entries = read.flat();
  const known = new Map(
    entries.flatMap((entry) =>
      entry?.comment ? [[entry.comment.comment.id, entry.comment.comment.ap_id] as const] : [],
    ),
  );
  const complete: AdaptOptions = { ...options, addressOf: (id) => known.get(id) ?? null };
  const next = generation === 3 ? nextNumber(lists, at) : (list.next_page ?? null);
  return {
    seen: entries.flatMap((entry) => (entry === null || entry.isOther ? [] : seenOf(entry, complete))),
    broken: entries.filter((entry) => entry === null).length,
    next,
    // A list that is full goes on: all of it is known only down to its oldest entry.
    reaches: newestOf(
      read
        .filter((some) => generation === 4 || some.length >= pageSize)
        .map((some) => oldestOf(some.map((entry) => entry?.at ?? null))),
    ),
  };
}

/** v3 counts pages from 1; a page that is not full is the last. */
function nextNumber(lists: readonly (readonly unknown[])[], at: string | null): string | null {
  return lists.some((entries) => entries.length >= pageSize) ? String(Number(at ?? '1') + 1) : null;
}

interface Entry {
  readonly comment?: CommentView;
  readonly post?: PostView;
  readonly at: number | null;
  /** Something else that happened: no mention. */
  readonly isOther?: boolean;
}

/** Null when it cannot be read. */
function readEntry(raw: unknown): Entry | null {
  const notified = notificationSchema.safeParse(raw);
  if (notified.success) {
    const { kind, published_at } = notified.data.notification;
    const at = instantOf(published_at);
    if (kind !== 'reply' && kind !== 'mention') return { at, isOther: true };
    const inner = readEntry(notified.data.data);
    return inner && { ...inner, at };
  }
  const comment = commentViewSchema.safeParse(raw);
  if (comment.success) {
    const inbox = inboxEntrySchema.safeParse(raw);
    const told = inbox.success
      ? (inbox.data.comment_reply?.published ?? inbox.data.person_mention?.published)
      : undefined;
    return { comment: comment.data, at: instantOf(told) ?? publishedAt(comment.data.comment) };
  }
  // A comment has its post beside it: one that is broken must not be taken for that post.
  if (typeof raw === 'object' && raw !== null && 'comment' in raw) return null;
  const post = postViewSchema.safeParse(raw);
  return post.success ? { post: post.data, at: publishedAt(post.data.post) } : null;
}

function seenOf({ comment, post, at }: Entry, options: AdaptOptions): Seen[] {
  if (comment) return [{ mention: commentMention(comment, options), isGone: isGone(comment.comment), at }];
  return post ? [{ mention: postMention(post, options), isGone: isGone(post.post), at }] : [];
}

function oldestOf(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function newestOf(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.max(...known);
}

export function brokenWarning(broken: number, total: number): EarshotError {
  return new EarshotError('bad-response', `${broken} of ${total} entries of Lemmy could not be read.`, {
    rejected: broken,
  });
}
