import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type {
  IncomingMention,
  OutboxContext,
  PerformAction,
  ReplySupport,
  SentReply,
  ThreadNow,
} from '../connector.ts';
import {
  commentKey,
  commentUrl,
  contextSchema,
  mentionOfComment,
  mentionOfVideo,
  type YouTubeContext,
} from './adapt.ts';
import { call, type ServerSettings, type YouTubeCredentials } from './api.ts';
import { list } from './requests.ts';
import { commentSchema, threadSchema, videoSchema } from './wire.ts';

type Context = OutboxContext<YouTubeCredentials, ServerSettings>;
const preparedSchema = z.object({ text: z.string().min(1) });
export type YouTubePrepared = z.infer<typeof preparedSchema>;

const clockToleranceMs = 60_000;

export const youTubeReply: ReplySupport<YouTubeCredentials, ServerSettings, YouTubePrepared> = {
  /** A key reads and cannot write. */
  reaches: ({ identity }) => !identity.externalId.startsWith('key-'),
  preparedSchema,
  look,
  /** Answers stand one level deep: only the name says whom of the thread one answers. */
  async prepare({ reply, target, account }) {
    const { handle, key } = target.author;
    const isNested = target.parentKey !== null && key !== account.identity.authorKey;
    const isNamed = handle === null || names(reply.text, handle);
    return { text: isNested && !isNamed ? `${handle} ${reply.text}` : reply.text };
  },

  async send(context) {
    const { prepared, account } = context;
    const place = placeOfTarget(context);
    const { threadId } = place;
    if (threadId === null) return startThread(context, place);
    const request = {
      method: 'POST' as const,
      path: 'comments',
      parameters: { part: 'snippet' },
      json: { snippet: { parentId: threadId, textOriginal: prepared.text } },
      cost: { bucket: 'units', units: 50, isForAnswer: true } as const,
    };
    const { body } = await call(context, account, request, commentSchema);
    return sentOf(body.id, threadId, place);
  },

  async find(context) {
    const { account, prepared, attemptedAt, taken } = context;
    const place = placeOfTarget(context);
    const { comments, skewMs, isWhole } = await written(context, place);
    const earliest = attemptedAt + skewMs - clockToleranceMs;
    const found = comments.find(
      ({ id, snippet }) =>
        snippet.authorChannelId?.value === account.identity.authorKey &&
        isSameText(snippet.textOriginal ?? snippet.textDisplay, prepared.text) &&
        Date.parse(snippet.publishedAt) >= earliest &&
        !taken.has(id),
    );
    if (found === undefined && !isWhole) {
      throw new EarshotError(
        'unsupported',
        'The thread is too long to tell whether the answer is there. Look on YouTube before sending it again.',
      );
    }
    return found === undefined ? null : sentOf(found.id, place.threadId ?? found.id, place);
  },
};

/** Not as the beginning of a longer name. */
function names(text: string, handle: string): boolean {
  const literal = handle.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`${literal}(?![\\p{L}\\p{N}_·-]|\\.[\\p{L}\\p{N}])`, 'iu').test(text);
}

function placeOfTarget({ target }: Pick<Context, 'target'>): YouTubeContext {
  const place = contextSchema.safeParse(target.context);
  if (place.success) return place.data;
  throw new EarshotError(
    'unsupported',
    'It is not known where on YouTube this stands. Open it there to answer.',
  );
}

function sentOf(id: string, threadId: string, place: YouTubeContext): SentReply {
  const { videoId } = place;
  const context: YouTubeContext = { ...place, threadId };
  return { externalId: id, key: commentKey(id), url: commentUrl(id, videoId), context };
}

/** Under a video: a comment of the first level. */
async function startThread(
  context: Context & { readonly prepared: YouTubePrepared },
  place: YouTubeContext,
): Promise<SentReply> {
  const request = {
    method: 'POST' as const,
    path: 'commentThreads',
    parameters: { part: 'snippet' },
    json: {
      snippet: {
        ...(place.channelId ? { channelId: place.channelId } : {}),
        videoId: place.videoId,
        topLevelComment: { snippet: { textOriginal: context.prepared.text } },
      },
    },
    cost: { bucket: 'units', units: 52, isForAnswer: true } as const,
  };
  const { body } = await call(context, context.account, request, threadSchema);
  return sentOf(body.id, body.id, place);
}

/** The newest comments beside which an answer would stand. */
async function written(context: Context, { threadId, videoId }: YouTubeContext) {
  const paging = { part: 'snippet', maxResults: '100', textFormat: 'plainText' };
  if (threadId === null) {
    const { body, skewMs } = await list(
      context,
      context.account,
      'commentThreads',
      { ...paging, videoId: videoId ?? '', order: 'time' },
      true,
    );
    const threads = body.items.flatMap((raw) => threadSchema.safeParse(raw).data ?? []);
    return { comments: threads.map(({ snippet }) => snippet.topLevelComment), skewMs, isWhole: true };
  }
  const comments: z.infer<typeof commentSchema>[] = [];
  let skewMs = 0;
  let pageToken: string | null = null;
  for (let page = 0; page < 5; page += 1) {
    const answer: Awaited<ReturnType<typeof list>> = await list(
      context,
      context.account,
      'comments',
      { ...paging, parentId: threadId, ...(pageToken === null ? {} : { pageToken }) },
      true,
    );
    comments.push(...answer.body.items.flatMap((raw) => commentSchema.safeParse(raw).data ?? []));
    skewMs = answer.skewMs;
    pageToken = answer.body.nextPageToken ?? null;
    if (pageToken === null) break;
  }
  return { comments, skewMs, isWhole: pageToken === null };
}

function isSameText(a: string, b: string): boolean {
  const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
  return plain(a) === plain(b);
}

async function look(context: Context): Promise<ThreadNow> {
  const place = placeOfTarget(context);
  return place.threadId === null ? lookAtVideo(context, place) : lookAtThread(context, place, place.threadId);
}

async function lookAtThread(context: Context, place: YouTubeContext, threadId: string): Promise<ThreadNow> {
  const { videoId, channelId = null, title = null } = place;
  const where = { threadId, videoId, channelId, title };
  const { body } = await goneIsEmpty(
    list(
      context,
      context.account,
      'commentThreads',
      { part: 'snippet', id: threadId, textFormat: 'plainText' },
      true,
    ),
  );
  const thread = threadSchema.safeParse(body.items[0]);
  if (body.items.length > 0 && !thread.success) {
    throw new EarshotError('bad-response', 'YouTube gave an answer that Earshot does not understand.');
  }
  if (!thread.success) return { target: null, items: [] };
  const { comments, isWhole } = await written(context, place);
  const isThere = comments.some(({ id }) => id === context.target.externalId);
  if (!isWhole && !isThere && context.target.externalId !== threadId) {
    comments.push(...(await commentItself(context)));
  }
  const items = [thread.data.snippet.topLevelComment, ...comments].map((comment) =>
    mentionOfComment(comment, where),
  );
  return {
    target: items.find(({ key }) => key === context.target.key) ?? null,
    items,
    ...(thread.data.snippet.canReply ? {} : { closed: 'YouTube does not allow answers to this comment.' }),
  };
}

/** Of a thread that is too long to be read whole. */
async function commentItself(context: Context): Promise<readonly z.infer<typeof commentSchema>[]> {
  const parameters = { part: 'snippet', id: context.target.externalId, textFormat: 'plainText' };
  const { body } = await goneIsEmpty(list(context, context.account, 'comments', parameters, true));
  return body.items.flatMap((raw) => commentSchema.safeParse(raw).data ?? []);
}

async function lookAtVideo(context: Context, place: YouTubeContext): Promise<ThreadNow> {
  const { body } = await list(
    context,
    context.account,
    'videos',
    { part: 'snippet', id: place.videoId ?? '' },
    true,
  );
  const video = videoSchema.safeParse(body.items[0]);
  if (!video.success) return { target: null, items: [] };
  const target: IncomingMention = mentionOfVideo(video.data);
  try {
    const { comments } = await written(context, place);
    const items = comments.map((comment) =>
      mentionOfComment(comment, { threadId: comment.id, videoId: video.data.id, title: target.title }),
    );
    return { target, items: [target, ...items] };
  } catch (error) {
    if (!(error instanceof EarshotError) || error.details['reason'] !== 'commentsDisabled') throw error;
    return { target, items: [target], closed: 'Comments are switched off for this video.' };
  }
}

async function goneIsEmpty(listing: ReturnType<typeof list>): ReturnType<typeof list> {
  try {
    return await listing;
  } catch (error) {
    if (!(error instanceof EarshotError) || error.code !== 'gone') throw error;
    return { body: { items: [], nextPageToken: null }, skewMs: 0 };
  }
}

type Act = PerformAction<YouTubeCredentials, ServerSettings>;

const moderating =
  (status: 'heldForReview' | 'published' | 'rejected', more: Readonly<Record<string, string>> = {}): Act =>
  async (context) => {
    if (context.target.kind !== 'comment') {
      throw new EarshotError('unsupported', 'Only comments can be moderated, not videos.');
    }
    await change(context, 'POST', 'comments/setModerationStatus', { moderationStatus: status, ...more });
  };

async function change(
  context: Context,
  method: 'POST' | 'DELETE',
  path: string,
  parameters: Readonly<Record<string, string>>,
): Promise<void> {
  const request = {
    method,
    path,
    parameters: { id: context.target.externalId, ...parameters },
    cost: { bucket: 'units', units: 50, isForAnswer: true } as const,
  };
  await call(context, context.account, request, z.unknown());
}

export const youTubeActions = {
  hide: moderating('heldForReview'),
  unhide: moderating('published'),
  block: moderating('rejected', { banAuthor: 'true' }),
  async delete(context) {
    try {
      await change(context, 'DELETE', 'comments', {});
    } catch (error) {
      // Somebody was faster: it is as gone as it should be.
      if (!(error instanceof EarshotError) || (error.code !== 'gone' && error.code !== 'not-found'))
        throw error;
    }
  },
} satisfies Record<string, Act>;
