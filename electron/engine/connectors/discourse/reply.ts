import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { OutboxContext, PerformAction, ReplySupport, ReplyTarget, SentReply } from '../connector.ts';
import { type AccountForum, enterAs } from './account.ts';
import {
  contextSchema,
  type DiscourseContext,
  isShown,
  postKey,
  postMention,
  postUrl,
  userKey,
} from './adapt.ts';
import { type DiscourseCredentials, orNull } from './api.ts';
import { withPictures } from './media.ts';
import type { DiscourseAccountSettings } from './settings.ts';
import {
  createdSchema,
  type DiscoursePost,
  pendingPostsSchema,
  postSchema,
  topicPostsSchema,
  topicSchema,
} from './wire.ts';

/** As forums come; one may allow another length. */
export const mostCharacters = 32_000;
const mostShown = 20;
/** A key may ask twenty times a minute. */
const mostSearched = 5 * mostShown;
const likeType = 2;

const preparedSchema = z.object({
  topicId: z.number().int(),
  /** Null: it answers the topic. */
  replyTo: z.number().int().nullable(),
  raw: z.string(),
  /** The newest post of the topic, and the newest one that waits for a moderator, when this was made: ids grow. */
  after: z.number().int(),
  afterPending: z.number().int(),
});
export type DiscoursePrepared = z.infer<typeof preparedSchema>;
type Context = OutboxContext<DiscourseCredentials, DiscourseAccountSettings>;

export const reply: ReplySupport<DiscourseCredentials, DiscourseAccountSettings, DiscoursePrepared> = {
  preparedSchema,

  reaches: ({ settings }, { context }) => {
    const parsed = contextSchema.safeParse(context);
    return parsed.success && parsed.data.server === settings.server;
  },

  async look(context) {
    const forum = enterAs(context.account, context);
    const { topicId } = placeOf(context.target);
    const post = await readPost(forum, context.target);
    if (post === null) return { target: null, items: [] };
    const topic = await readTopic(forum, topicId);
    if (topic === null) return { target: null, items: [] };
    const posts = await readPosts(forum, topicId, topic.post_stream.stream.slice(-mostShown));
    const options = {
      server: forum.server,
      title: topic.title ?? null,
      isPrivate: context.target.isPrivate,
    };
    const closed = closedBecause(topic);
    return {
      target: postMention(post, options),
      items: posts.filter(isShown).map((each) => postMention(each, options)),
      ...(closed === null ? {} : { closed }),
    };
  },

  async prepare({ reply: { text, media }, ...context }) {
    const forum = enterAs(context.account, context);
    const { topicId, postNumber } = placeOf(context.target);
    const post = await readPost(forum, context.target);
    const topic = post && (await readTopic(forum, topicId));
    if (topic === null) throw new EarshotError('gone', 'What you answer was deleted or hidden.');
    const raw = await withPictures(forum, text.trim(), media, context.target.isPrivate);
    const pending = await readPending(forum, context);
    return {
      topicId,
      replyTo: postNumber > 1 ? postNumber : null,
      raw,
      after: Math.max(0, ...topic.post_stream.stream),
      afterPending: Math.max(0, ...pending.map(({ id }) => id)),
    };
  },

  async send({ prepared: { topicId, replyTo, raw }, ...context }) {
    const forum = enterAs(context.account, context);
    const { post, pending_post: pending } = await forum.ask({
      method: 'POST',
      path: '/posts.json',
      body: {
        topic_id: topicId,
        ...(replyTo === null ? {} : { reply_to_post_number: replyTo }),
        raw,
        // The same envelope whether it is shown at once or waits for a moderator.
        nested_post: true,
      },
      schema: createdSchema,
    });
    if (post) return sentReply(forum.server, post);
    if (pending) return heldReply(forum.server, topicId, pending.id);
    throw new EarshotError('bad-response', 'The forum took the answer and did not say where it is.');
  },

  async find({ prepared, taken, ...context }) {
    const forum = enterAs(context.account, context);
    const { topicId, replyTo, after, afterPending } = prepared;
    const topic = await readTopic(forum, topicId);
    const newer = (topic?.post_stream.stream ?? []).filter((id) => id > after && !taken.has(String(id)));
    const posts: DiscoursePost[] = [];
    // The newest ones: a busy topic goes on while an answer waits for its turn.
    for (let end = newer.length; end > 0 && posts.length < mostSearched; end -= mostShown) {
      posts.push(...(await readPosts(forum, topicId, newer.slice(Math.max(0, end - mostShown), end))));
    }
    const own = posts
      .filter(({ username }) => userKey(forum.server, username) === context.account.identity.authorKey)
      .filter(({ reply_to_post_number: number }) => (number ?? null) === replyTo)
      .sort((a, b) => a.id - b.id);
    for (const { id } of own) {
      // Only by itself a post comes with what was typed.
      const post = await orNull(forum.ask({ path: `/posts/${id}.json`, schema: postSchema }));
      if (post && isSame(post.raw ?? '', prepared.raw)) return sentReply(forum.server, post);
    }
    const held = (await readPending(forum, context)).find(
      ({ id, raw_text: raw, topic_id: topicOf }) =>
        id > afterPending && topicOf === topicId && !taken.has(heldId(id)) && isSame(raw, prepared.raw),
    );
    if (held) return heldReply(forum.server, topicId, held.id);
    // Of its longest topics a forum does not list the posts.
    if (newer.length > mostSearched || topic?.post_stream.stream.length === 0) {
      throw new EarshotError(
        'unsupported',
        'The topic is too long to tell whether the answer is there. Look on the forum before sending it again.',
      );
    }
    return null;
  },
};

const isSame = (a: string, b: string): boolean =>
  a.replace(/\s+/g, ' ').trim() === b.replace(/\s+/g, ' ').trim();

function placeOf(target: ReplyTarget): DiscourseContext {
  const parsed = contextSchema.safeParse(target.context);
  if (parsed.success) return parsed.data;
  throw new EarshotError('unsupported', 'Earshot does not know any more where this stands on the forum.');
}

function sentReply(server: string, post: DiscoursePost): SentReply {
  return {
    externalId: String(post.id),
    key: postKey(server, post.topic_id, post.post_number),
    url: postUrl(server, post),
    context: {
      server,
      topicId: post.topic_id,
      postNumber: post.post_number,
      postId: post.id,
    } satisfies DiscourseContext,
  };
}

const heldId = (id: number): string => `pending-${id}`;

/** It has a number of its own only when a moderator lets it through. */
function heldReply(server: string, topicId: number, id: number): SentReply {
  return {
    externalId: heldId(id),
    key: `${server}/pending/${id}`,
    url: `${server}/t/${topicId}`,
    context: { server, topicId, postNumber: 1, postId: null } satisfies DiscourseContext,
  };
}

async function readPost({ ask }: AccountForum, target: ReplyTarget): Promise<DiscoursePost | null> {
  const { postId, topicId, postNumber } = placeOf(target);
  const path = postId === null ? `/posts/by_number/${topicId}/${postNumber}.json` : `/posts/${postId}.json`;
  const post = await orNull(ask({ path, schema: postSchema }));
  return post === null || !isShown(post) ? null : post;
}

async function readTopic({ ask }: AccountForum, topicId: number) {
  return orNull(ask({ path: `/t/${topicId}.json`, schema: topicSchema }));
}

async function readPosts(
  { ask }: AccountForum,
  topicId: number,
  ids: readonly number[],
): Promise<DiscoursePost[]> {
  if (ids.length === 0) return [];
  const query = ids.map((id) => `post_ids[]=${id}`).join('&');
  const { post_stream } = await ask({ path: `/t/${topicId}/posts.json?${query}`, schema: topicPostsSchema });
  return post_stream.posts.flatMap((raw) => {
    const post = postSchema.safeParse(raw);
    return post.success ? [post.data] : [];
  });
}

/** What waits for a moderator. Forums that hold nothing back may not show the list. */
async function readPending({ ask }: AccountForum, { account }: Context) {
  const username = account.identity.handle ?? '';
  try {
    const path = `/posts/${encodeURIComponent(username)}/pending.json`;
    const { pending_posts } = await ask({ path, schema: pendingPostsSchema });
    return pending_posts;
  } catch (error) {
    if (error instanceof EarshotError && ['not-found', 'forbidden'].includes(error.code)) return [];
    throw error;
  }
}

function closedBecause(topic: z.infer<typeof topicSchema>): string | null {
  // Staff may write in closed topics.
  if (topic.details?.can_create_post === true) return null;
  if (topic.archived === true) return 'The topic is archived: it takes no more answers.';
  if (topic.closed === true) return 'The topic is closed: it takes no more answers.';
  return null;
}

type Perform = PerformAction<DiscourseCredentials, DiscourseAccountSettings>;

/** A second like, or taking back what was not given, is refused: so it is looked at first. */
function like(isLiked: boolean): Perform {
  return async (context) => {
    const forum = enterAs(context.account, context);
    const post = await readPost(forum, context.target);
    if (post === null) throw new EarshotError('gone', 'This was deleted or hidden.');
    const acted = post.actions_summary?.find(({ id }) => id === likeType)?.acted === true;
    if (acted === isLiked) return;
    await forum.ask(
      isLiked
        ? {
            method: 'POST',
            path: '/post_actions.json',
            body: { id: post.id, post_action_type_id: likeType },
            schema: z.unknown(),
          }
        : {
            method: 'DELETE',
            path: `/post_actions/${post.id}.json`,
            query: { post_action_type_id: likeType },
            schema: z.unknown(),
          },
    );
  };
}

export const actions: Readonly<Record<'like' | 'unlike' | 'delete', Perform>> = {
  like: like(true),
  unlike: like(false),
  delete: async (context) => {
    const forum = enterAs(context.account, context);
    const { postId } = placeOf(context.target);
    if (postId === null) {
      throw new EarshotError(
        'unsupported',
        'This answer still waits for a moderator. Take it back on the forum, under your pending posts.',
      );
    }
    if ((await readPost(forum, context.target)) === null) return;
    await forum.ask({ method: 'DELETE', path: `/posts/${postId}.json`, schema: z.unknown() });
  },
};
