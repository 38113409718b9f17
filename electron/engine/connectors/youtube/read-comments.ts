import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { IncomingMention } from '../connector.ts';
import { commentKey, mentionOfComment } from './adapt.ts';
import { list } from './requests.ts';
import type { YouTubeCursor, YouTubePage, YouTubePollContext } from './settings.ts';
import { commentSchema, threadSchema, videoSchema, type YouTubeThread } from './wire.ts';

const firstLookBackMs = 7 * 24 * 60 * 60_000;
/** What was held for review appears late. */
const overlapMs = 60 * 60_000;
/** Looking at old threads and deletions costs several units, so it happens now and then. */
export const sweepEveryMs = 15 * 60_000;
const sweptPages = 5;
const mostPages = 20;
const threadsPerPage = 100;
const mostThreads = 1_000;
const mostRecent = 200;
const mostTitles = 200;
const idsPerRequest = 50;
const itemsPerPage = 100;

export interface Stream {
  readonly key: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly isWanted: (mention: IncomingMention) => boolean;
  /** A video whose comments are off, or that is gone or private, is passed over. */
  readonly mayBeClosed: boolean;
}

/** What one poll keeps, to become the next cursor. */
export interface CommentState {
  readonly context: YouTubePollContext;
  readonly newest: Map<string, number>;
  readonly threads: Map<string, number>;
  recent: YouTubeCursor['recent'];
  sweptAt: number;
  readonly titles: Map<string, string>;
  found: readonly string[];
  readonly isSweep: boolean;
  readonly given: Set<string>;
}

export function createCommentState(context: YouTubePollContext): CommentState {
  const { cursor } = context;
  const isSweep = cursor !== null && context.now() - cursor.sweptAt >= sweepEveryMs;
  return {
    context,
    newest: new Map(Object.entries(cursor?.newest ?? {})),
    threads: new Map(Object.entries(cursor?.threads ?? {})),
    recent: cursor?.recent ?? [],
    sweptAt: cursor === null || isSweep ? context.now() : cursor.sweptAt,
    titles: new Map(Object.entries(cursor?.titles ?? {})),
    found: cursor?.found ?? [],
    isSweep,
    given: new Set(),
  };
}

export function cursorOf(state: CommentState): YouTubeCursor {
  return {
    newest: Object.fromEntries(state.newest),
    threads: Object.fromEntries([...state.threads].slice(-mostThreads)),
    recent: [...state.recent],
    sweptAt: state.sweptAt,
    titles: Object.fromEntries([...state.titles].slice(-mostTitles)),
    found: [...state.found],
  };
}

/** One list of threads, read back to what is known and given from the oldest on. */
export async function* pollThreads(state: CommentState, stream: Stream): AsyncGenerator<YouTubePage> {
  const known = state.newest.get(stream.key);
  const since = known === undefined ? state.context.now() - firstLookBackMs : known - overlapMs;
  const read = await readThreads(state, stream, since);
  await learnTitles(state, read.threads);
  const found: IncomingMention[] = [];
  const counts = new Map<string, number>();
  let broken = read.broken;
  for (const thread of read.threads) {
    const { mentions, broken: some } = await mentionsOf(state, thread, since);
    found.push(...mentions);
    broken += some;
    counts.set(thread.id, thread.snippet.totalReplyCount);
  }
  const items = found
    .filter((mention) => stream.isWanted(mention))
    .toSorted((a, b) => (a.publishedAt ?? 0) - (b.publishedAt ?? 0));
  for (let start = 0; start === 0 || start < items.length; start += itemsPerPage) {
    const some = items.slice(start, start + itemsPerPage);
    remember(state, some);
    const isLast = start + itemsPerPage >= items.length;
    if (isLast) {
      for (const [id, count] of counts) {
        // Those seen last are kept longest.
        state.threads.delete(id);
        state.threads.set(id, count);
      }
      if (read.newestAt > 0) state.newest.set(stream.key, Math.max(known ?? 0, read.newestAt));
    }
    yield {
      items: some,
      cursor: cursorOf(state),
      ...(isLast && broken > 0 ? { warning: brokenWarning(broken) } : {}),
    };
  }
}

function brokenWarning(count: number): EarshotError {
  return new EarshotError('bad-response', `${count} comments of YouTube could not be read.`, {
    rejected: count,
  });
}

interface ThreadsRead {
  readonly threads: readonly YouTubeThread[];
  readonly newestAt: number;
  readonly broken: number;
}

async function readThreads(state: CommentState, stream: Stream, since: number): Promise<ThreadsRead> {
  const threads: YouTubeThread[] = [];
  let newestAt = 0;
  let broken = 0;
  let pageToken: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const { body } = await threadsPage(state, stream, pageToken);
    let oldestAt = Number.POSITIVE_INFINITY;
    for (const raw of body.items) {
      const thread = threadSchema.safeParse(raw);
      if (!thread.success) {
        broken += 1;
        continue;
      }
      const at = Date.parse(thread.data.snippet.topLevelComment.snippet.publishedAt);
      newestAt = Math.max(newestAt, at);
      oldestAt = Math.min(oldestAt, at);
      threads.push(thread.data);
    }
    pageToken = body.nextPageToken ?? null;
    const isOld = oldestAt < since && !(state.isSweep && page + 1 < sweptPages);
    if (pageToken === null || isOld) break;
  }
  return { threads, newestAt, broken };
}

/** The last one is said of private videos. */
const closedReasons: ReadonlySet<unknown> = new Set(['commentsDisabled', 'videoNotFound', 'forbidden']);

async function threadsPage(state: CommentState, stream: Stream, pageToken: string | null) {
  try {
    return await list(state.context, state.context.account, 'commentThreads', {
      part: 'snippet,replies',
      ...stream.parameters,
      order: 'time',
      maxResults: String(threadsPerPage),
      textFormat: 'plainText',
      ...(pageToken === null ? {} : { pageToken }),
    });
  } catch (error) {
    if (!stream.mayBeClosed || !(error instanceof EarshotError)) throw error;
    const { reason } = error.details;
    if (!closedReasons.has(reason)) throw error;
    return { body: { items: [], nextPageToken: null }, skewMs: 0 };
  }
}

/** The comment that starts it, where it is new enough or known, and its answers where there are more than before. */
async function mentionsOf(
  state: CommentState,
  thread: YouTubeThread,
  since: number,
): Promise<{ readonly mentions: readonly IncomingMention[]; readonly broken: number }> {
  const { topLevelComment, totalReplyCount, videoId = null, channelId = null } = thread.snippet;
  const place = {
    threadId: thread.id,
    videoId,
    channelId,
    title: videoId === null ? null : (state.titles.get(videoId) ?? null),
  };
  const before = state.threads.get(thread.id);
  const isNew = Date.parse(topLevelComment.snippet.publishedAt) >= since;
  const mentions: IncomingMention[] = [];
  if (isNew || before !== undefined) mentions.push(mentionOfComment(topLevelComment, place));
  if (totalReplyCount <= (before ?? 0)) return { mentions, broken: 0 };
  const some = thread.replies?.comments ?? [];
  // Of an old thread that is seen for the first time, only what is new is wanted.
  const isOld = before === undefined && !isNew;
  const raws = isOld || some.length >= totalReplyCount ? some : await allReplies(state, thread.id);
  let broken = 0;
  for (const raw of raws) {
    const reply = commentSchema.safeParse(raw);
    if (!reply.success) broken += 1;
    else if (!isOld || Date.parse(reply.data.snippet.publishedAt) >= since) {
      mentions.push(mentionOfComment(reply.data, place));
    }
  }
  return { mentions, broken };
}

async function allReplies(state: CommentState, threadId: string): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  let pageToken: string | null = null;
  for (let page = 0; page < 5; page += 1) {
    const { body }: Awaited<ReturnType<typeof list>> = await list(
      state.context,
      state.context.account,
      'comments',
      {
        part: 'snippet',
        parentId: threadId,
        maxResults: '100',
        textFormat: 'plainText',
        ...(pageToken === null ? {} : { pageToken }),
      },
    );
    found.push(...body.items);
    pageToken = body.nextPageToken ?? null;
    if (pageToken === null) break;
  }
  return found;
}

async function learnTitles(state: CommentState, threads: readonly YouTubeThread[]): Promise<void> {
  const videos = threads.flatMap(({ snippet }) => snippet.videoId ?? []);
  const unknown = [...new Set(videos)].filter((id) => !state.titles.has(id));
  for (let start = 0; start < unknown.length; start += idsPerRequest) {
    const id = unknown.slice(start, start + idsPerRequest).join(',');
    const { body } = await list(state.context, state.context.account, 'videos', { part: 'snippet', id });
    for (const raw of body.items) {
      const video = videoSchema.safeParse(raw);
      if (video.success) state.titles.set(video.data.id, video.data.snippet.title);
    }
  }
}

function remember(state: CommentState, items: readonly IncomingMention[]): void {
  for (const { externalId, rootKey, context } of items) {
    state.given.add(externalId);
    state.recent = [
      ...state.recent.filter(({ id }) => id !== externalId),
      {
        id: externalId,
        threadId: rootKey.slice('comment/'.length),
        videoId: (context as { videoId?: string | null } | undefined)?.videoId ?? null,
      },
    ].slice(-mostRecent);
  }
}

/** What was given lately and did not come again: edited, deleted or as it was. */
export async function* lookAgain(state: CommentState): AsyncGenerator<YouTubePage> {
  if (!state.isSweep) return;
  const due = state.recent.filter(({ id }) => !state.given.has(id)).slice(-2 * idsPerRequest);
  for (let start = 0; start < due.length; start += idsPerRequest) {
    const asked = due.slice(start, start + idsPerRequest);
    const { body } = await list(state.context, state.context.account, 'comments', {
      part: 'snippet',
      id: asked.map(({ id }) => id).join(','),
      textFormat: 'plainText',
    });
    const there = new Map(
      body.items.flatMap((raw) => {
        const comment = commentSchema.safeParse(raw);
        return comment.success ? [[comment.data.id, comment.data] as const] : [];
      }),
    );
    // One that is there and cannot be read is not gone.
    const ids = new Set(body.items.map((raw) => (raw as { id?: unknown } | null)?.id));
    const removed = asked.filter(({ id }) => !ids.has(id));
    const items = asked.flatMap(({ id, threadId, videoId }) => {
      const comment = there.get(id);
      const title = videoId === null ? null : (state.titles.get(videoId) ?? null);
      return comment ? [mentionOfComment(comment, { threadId, videoId, title })] : [];
    });
    state.recent = state.recent.filter((each) => !removed.includes(each));
    yield {
      items,
      cursor: cursorOf(state),
      ...(removed.length === 0 ? {} : { removed: removed.map(({ id }) => commentKey(id)) }),
    };
  }
}
