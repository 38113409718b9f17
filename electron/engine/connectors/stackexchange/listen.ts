import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { IncomingMention, PollHints } from '../connector.ts';
import { commentKey, commentMention, postKey, postMention, revisionOf, titleOf } from './adapt.ts';
import { pauseAfter, type StackCall } from './api.ts';
import {
  commentSchema,
  excerptSchema,
  inboxItemSchema,
  postSchema,
  questionSchema,
  type Wrapper,
} from './wire.ts';

/** Edits move nothing, and the index takes its time. */
const overlapSeconds = 3_600;
const firstLookBackSeconds = 30 * 24 * 3_600;
const pageSize = 100;
/** Of 300 a day without a key. What is left over is asked at the next poll. */
const mostRequests = 12;
const mostRecent = 100;
/** What was given lately is looked at again for so long. */
const watchedMs = 3 * 24 * 60 * 60_000;

const recentSchema = z.object({
  isComment: z.boolean(),
  id: z.number().int(),
  questionId: z.number().int(),
  questionTitle: z.string().nullable(),
  revision: z.string(),
  givenAt: z.number(),
});
type Recent = z.infer<typeof recentSchema>;

export const cursorSchema = z.object({
  /** By stream: when the newest thing in it was written, in seconds. */
  newest: z.record(z.string(), z.number().int()),
  /** By stream: when it was read last, by our clock. */
  readAt: z.record(z.string(), z.number()).default({}),
  recent: z.array(recentSchema).default([]),
  /** By method: nothing may be asked of it before; `*` is all of them. */
  pauses: z.record(z.string(), z.number()).default({}),
});
export type StackCursor = z.infer<typeof cursorSchema>;

/** Something that was found, and is fetched whole by its id. */
type Found = Omit<Recent, 'revision' | 'givenAt'> & { readonly at: number };

export interface Stream {
  readonly key: string;
  /** The oldest first: what was read stays read. The inbox alone begins with the newest. */
  readonly isNewestFirst: boolean;
  request(from: number, page: number): StackCall;
  /** Null: it cannot be read. Undefined: it is nothing that is listened to. */
  read(raw: unknown): Found | null | undefined;
}

export function searchStream(text: string): Stream {
  return {
    key: `search:${text.toLowerCase()}`,
    isNewestFirst: false,
    request: (fromdate, page) => ({
      path: '/search/excerpts',
      parameters: { q: text, sort: 'creation', order: 'asc', fromdate, page, pagesize: pageSize },
    }),
    read: (raw) => {
      const hit = excerptSchema.safeParse(raw);
      if (!hit.success) return null;
      const { answer_id: answer, question_id: questionId, creation_date: at, title, item_type } = hit.data;
      const id = item_type === 'answer' ? answer : questionId;
      if (id === null || id === undefined) return null;
      return { isComment: false, id, questionId, questionTitle: titleOf(title), at };
    },
  };
}

export function tagStream(tag: string): Stream {
  return {
    key: `tag:${tag}`,
    isNewestFirst: false,
    request: (fromdate, page) => ({
      path: '/questions',
      parameters: { tagged: tag, sort: 'creation', order: 'asc', fromdate, page, pagesize: pageSize },
    }),
    read: (raw) => {
      const question = questionSchema.safeParse(raw);
      if (!question.success) return null;
      const { question_id: id, creation_date: at, title } = question.data;
      return { isComment: false, id, questionId: id, questionTitle: titleOf(title), at };
    },
  };
}

export function inboxStream(site: string): Stream {
  return {
    key: 'inbox',
    isNewestFirst: true,
    request: (_from, page) => ({ path: '/me/inbox', parameters: { page, pagesize: pageSize } }),
    read: (raw) => {
      const item = inboxItemSchema.safeParse(raw);
      if (!item.success) return null;
      const {
        comment_id: comment,
        answer_id: answer,
        question_id: questionId,
        creation_date: at,
      } = item.data;
      // The inbox is one for all sites; ids are of one.
      if (item.data.site?.api_site_parameter !== site || !questionId) return undefined;
      const questionTitle = titleOf(item.data.title);
      if (comment) return { isComment: true, id: comment, questionId, questionTitle, at };
      if (item.data.item_type !== 'new_answer' || !answer) return undefined;
      return { isComment: false, id: answer, questionId, questionTitle, at };
    },
  };
}

export interface ListenOptions {
  readonly streams: readonly Stream[];
  readonly site: string;
  readonly cursor: StackCursor | null;
  readonly now: number;
  readonly ask: (asked: StackCall) => Promise<Wrapper>;
  readonly isWanted: (mention: IncomingMention) => boolean;
}

export interface StackPage {
  readonly items: readonly IncomingMention[];
  readonly removed: readonly string[];
  readonly cursor: StackCursor;
  readonly hints?: PollHints;
  readonly warning?: EarshotError;
}

/** One stream after the other, the one that was read longest ago first, so that none waits for ever; then what was given lately is looked at again. */
export async function* listen(options: ListenOptions): AsyncGenerator<StackPage> {
  const { streams, now, cursor: before } = options;
  const reader = createReader(options);
  reader.throwIfPaused();
  const earliest = Math.floor(now / 1_000) - firstLookBackSeconds;
  const newest = new Map(Object.entries(before?.newest ?? {}));
  const readAt = new Map(Object.entries(before?.readAt ?? {}));
  const readAtOf = ({ key }: Stream): number => readAt.get(key) ?? 0;
  const newestOf = ({ key }: Stream): number => newest.get(key) ?? earliest;
  const page = (read: { items?: readonly IncomingMention[]; removed?: readonly string[] }): StackPage => ({
    items: read.items ?? [],
    removed: read.removed ?? [],
    cursor: {
      newest: Object.fromEntries(
        streams.flatMap(({ key }) => {
          const at = newest.get(key);
          return at === undefined ? [] : [[key, at] as const];
        }),
      ),
      readAt: Object.fromEntries(streams.map(({ key }) => [key, readAt.get(key) ?? 0])),
      recent: reader.recent(),
      pauses: reader.pauses(),
    },
    ...reader.takeNotes(),
  });

  for (const stream of [...streams].sort((a, b) => readAtOf(a) - readAtOf(b))) {
    const since = newest.has(stream.key) ? newestOf(stream) - overlapSeconds : earliest;
    let from = since;
    let number = 1;
    for (;;) {
      const asked = stream.request(from, number);
      if (!reader.mayAsk(asked.path)) break;
      const list = await reader.ask(asked);
      readAt.set(stream.key, now);
      const { found: all, oldest } = reader.read(list, stream);
      const found = all.filter(({ at }) => at >= since);
      // What must still be fetched is not given yet: the cursor stays until it is.
      if (!reader.mayFetch(found)) {
        yield page({});
        break;
      }
      const items = await reader.fetchNew(found);
      const last = Math.max(...found.map(({ at }) => at), Number.NEGATIVE_INFINITY);
      const isLast = list.has_more !== true || (stream.isNewestFirst && oldest < since);
      const reached = stream.isNewestFirst ? reader.newestSeen() : last;
      if (Number.isFinite(reached) && (isLast || !stream.isNewestFirst)) {
        newest.set(stream.key, Math.max(newestOf(stream), reached));
      }
      yield page({ items });
      if (isLast) break;
      // Pages shift when something is deleted; a time does not. Only a page within one second needs its number.
      if (!stream.isNewestFirst && last > from) {
        from = last;
        number = 1;
      } else number += 1;
    }
    reader.forgetSeen();
  }
  yield page(await reader.lookAgain());
}

function createReader({ site, cursor, now, ask: send, isWanted }: ListenOptions) {
  const recent = new Map((cursor?.recent ?? []).map((each) => [keyOf(each, site), each]));
  const fetched = new Set<string>();
  let left = mostRequests;
  const pauses = new Map(Object.entries(cursor?.pauses ?? {}).filter(([, until]) => until > now));
  let broken = 0;
  let seen = Number.NEGATIVE_INFINITY;

  async function ask(asked: StackCall): Promise<Wrapper> {
    left -= 1;
    const answer = await send(asked);
    const pause = pauseAfter(answer, now);
    if (pause !== null) pauses.set(pause.isForAll ? everything : methodOf(asked.path), pause.until);
    return answer;
  }

  const mayAsk = (path: string): boolean =>
    left > 0 && !pauses.has(everything) && !pauses.has(methodOf(path));
  const isUnknown = (each: Found): boolean =>
    !recent.has(keyOf(each, site)) && !fetched.has(keyOf(each, site));

  /** Whole, as they are now; the ones that are not there any more are missing. */
  async function fetchAll(
    wanted: readonly Omit<Found, 'at'>[],
  ): Promise<{ mention: IncomingMention; of: Recent }[]> {
    const places = new Map(wanted.map((each) => [keyOf(each, site), each]));
    const results: { mention: IncomingMention; of: Recent }[] = [];
    for (const isComment of [false, true]) {
      const ids = wanted.filter((each) => each.isComment === isComment).map(({ id }) => id);
      if (ids.length === 0) continue;
      const { items } = await ask({
        path: pathOf(isComment, ids),
        parameters: { filter: 'withbody', pagesize: pageSize, sort: 'creation', order: 'desc' },
      });
      for (const raw of items) {
        const comment = isComment ? commentSchema.safeParse(raw) : null;
        const post = isComment ? null : postSchema.safeParse(raw);
        const id = comment?.data?.comment_id ?? post?.data?.post_id;
        const place = id === undefined ? undefined : places.get(keyOf({ isComment, id }, site));
        if (place === undefined) {
          broken += 1;
          markFetched(raw, isComment);
          continue;
        }
        const where = { site, questionId: place.questionId, questionTitle: place.questionTitle };
        const body = comment?.data ?? post?.data;
        if (body === undefined) continue;
        const mention = comment?.data
          ? commentMention(comment.data, where)
          : post?.data && postMention(post.data, where);
        if (!mention) continue;
        const key = keyOf(place, site);
        fetched.add(key);
        const { isComment: of, id: ofId, questionId, questionTitle } = place;
        const givenAt = recent.get(key)?.givenAt ?? now;
        results.push({
          mention,
          of: { isComment: of, id: ofId, questionId, questionTitle, revision: revisionOf(body), givenAt },
        });
      }
    }
    return results;
  }

  /** One that is broken is there all the same. */
  function markFetched(raw: unknown, isComment: boolean): void {
    const named = z
      .object({ post_id: z.number().optional(), comment_id: z.number().optional() })
      .safeParse(raw);
    const id = isComment ? named.data?.comment_id : named.data?.post_id;
    if (id !== undefined) fetched.add(keyOf({ isComment, id }, site));
  }

  return {
    ask,
    mayAsk,
    pauses: () => Object.fromEntries(pauses),

    throwIfPaused(): void {
      const retryAt = pauses.get(everything);
      if (retryAt === undefined) return;
      throw new EarshotError(
        'rate-limited',
        'What Stack Exchange answers in a day is nearly used up. Earshot keeps the rest for answering, and waits.',
        { retryAt },
      );
    },

    /** Whether those that are new could be fetched now. */
    mayFetch: (found: readonly Found[]): boolean =>
      found.filter(isUnknown).every(({ isComment }) => mayAsk(pathOf(isComment, [1]))),

    read({ items }: Wrapper, stream: Stream): { found: Found[]; oldest: number } {
      const read = items.map((raw) => stream.read(raw));
      broken += read.filter((each) => each === null).length;
      const found = read.filter((each) => each !== null && each !== undefined);
      if (stream.isNewestFirst) seen = Math.max(seen, ...found.map(({ at }) => at));
      const dated = items.flatMap((raw) => datedSchema.safeParse(raw).data?.creation_date ?? []);
      return { found, oldest: Math.min(...dated) };
    },
    newestSeen: () => seen,
    forgetSeen: () => {
      seen = Number.NEGATIVE_INFINITY;
    },

    async fetchNew(found: readonly Found[]): Promise<IncomingMention[]> {
      const unknown = [
        ...new Map(found.filter(isUnknown).map((each) => [keyOf(each, site), each] as const)).values(),
      ];
      if (unknown.length === 0) return [];
      const items: IncomingMention[] = [];
      for (const { mention, of } of await fetchAll(unknown)) {
        if (!isWanted(mention)) continue;
        recent.set(mention.key, of);
        items.push(mention);
      }
      return items;
    },

    async lookAgain(): Promise<{ items: IncomingMention[]; removed: string[] }> {
      const watched = [...recent]
        .filter(([key, { givenAt }]) => !fetched.has(key) && givenAt > now - watchedMs)
        .map(([, each]) => each)
        // Two requests at most; what cannot be asked for is not gone.
        .filter(({ isComment }) => left > 1 && mayAsk(pathOf(isComment, [1])))
        .slice(0, pageSize);
      const items: IncomingMention[] = [];
      for (const { mention, of } of await fetchAll(watched)) {
        if (recent.get(mention.key)?.revision !== of.revision) items.push(mention);
        recent.set(mention.key, of);
      }
      const removed = watched.map((each) => keyOf(each, site)).filter((key) => !fetched.has(key));
      for (const key of removed) recent.delete(key);
      return { items, removed };
    },

    recent: (): Recent[] =>
      [...recent.values()].sort((a, b) => b.givenAt - a.givenAt || b.id - a.id).slice(0, mostRecent),

    /** Hints and warnings since they were asked for last. */
    takeNotes(): Pick<StackPage, 'hints' | 'warning'> {
      const count = broken;
      broken = 0;
      return {
        ...(pauses.has(everything)
          ? { hints: { minimumIntervalMs: (pauses.get(everything) ?? now) - now } }
          : {}),
        ...(count === 0
          ? {}
          : {
              warning: new EarshotError(
                'bad-response',
                `${count} entries of Stack Exchange could not be read.`,
                {
                  rejected: count,
                },
              ),
            }),
      };
    },
  };
}

const keyOf = ({ isComment, id }: Pick<Recent, 'isComment' | 'id'>, site: string): string =>
  isComment ? commentKey(site, id) : postKey(site, id);

const everything = '*';
const datedSchema = z.object({ creation_date: z.number() });

const pathOf = (isComment: boolean, ids: readonly number[]): string =>
  `/${isComment ? 'comments' : 'posts'}/${ids.join(';')}`;

/** Pauses are for a method, whatever ids it is asked about. */
const methodOf = (path: string): string => path.replace(/\/\d[\d;]*/g, '/{ids}');
