import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type {
  IncomingMention,
  OutboxContext,
  PerformAction,
  ReplySupport,
  ReplyTarget,
  SentReply,
} from '../connector.ts';
import { type AccountServer, enterAs, type LemmyAccountSettings, type LemmyCredentials } from './account.ts';
import {
  type AdaptOptions,
  commentMention,
  contextSchema,
  isGone,
  type LemmyContext,
  parentIdOf,
  personKey,
  postMention,
} from './adapt.ts';
import { commentWindowMs, searchWindowMs } from './api.ts';
import { isGoneNow } from './listen.ts';
import { withPictures } from './media.ts';
import {
  commentAnswerSchema,
  type CommentView,
  commentViewSchema,
  listSchema,
  postAnswerSchema,
  postViewSchema,
  resolvedSchema,
} from './wire.ts';

export const mostCharacters = 10_000;
type Context = OutboxContext<LemmyCredentials, LemmyAccountSettings>;

const preparedSchema = z.object({
  content: z.string(),
  postId: z.number().int(),
  /** Null: it answers the post itself. */
  parentId: z.number().int().nullable(),
  /** The newest comment of the account with this text that was there already; ids grow. */
  after: z.number().int(),
});
export type LemmyPrepared = z.infer<typeof preparedSchema>;

export const reply: ReplySupport<LemmyCredentials, LemmyAccountSettings, LemmyPrepared> = {
  preparedSchema,

  async look(context) {
    const place = await enterAs(context.account, context);
    const local = await localIds(place, context.target);
    const { view: target, post } = await readTarget(place, local);
    if (post === null) return { target: null, items: [] };
    const comments = await commentsUnder(place, { post_id: local.postId });
    const options = adaptOptions(place, comments);
    const items = comments
      .filter(({ comment }) => !isGone(comment))
      .map((view) => commentMention(view, options));
    const mention =
      local.commentId === null ? postMention(post, options) : target && commentMention(target, options);
    const closed = closedBecause(post, target);
    return { target: mention && asSeen(mention, context.target), items, ...(closed ? { closed } : {}) };
  },

  async prepare({ reply: { text, media }, ...context }) {
    const words = text.trim();
    requireLength(words, media.length > 0 ? 0 : 1);
    const place = await enterAs(context.account, context);
    const local = await localIds(place, context.target);
    const found = await readTarget(place, local);
    if (found.post === null || (local.commentId !== null && found.view === null)) {
      throw new EarshotError('gone', 'What you answer was deleted or removed.');
    }
    const content = await withPictures(place, words, media);
    requireLength(content, 1);
    const before = await ownWithText(place, context, {
      content,
      postId: local.postId,
      parentId: local.commentId,
      after: 0,
    });
    const after = Math.max(0, ...before.map(({ comment }) => comment.id));
    return { content, postId: local.postId, parentId: local.commentId, after };
  },

  async send({ prepared, ...context }) {
    const { content, postId, parentId } = prepared;
    const place = await enterAs(context.account, context);
    const { comment_view } = await place.ask({
      method: 'POST',
      path: '/comment',
      body: { content, post_id: postId, ...(parentId === null ? {} : { parent_id: parentId }) },
      schema: commentAnswerSchema,
      windowMs: commentWindowMs,
    });
    return sentReply(place, comment_view);
  },

  async find({ prepared, taken, ...context }) {
    const place = await enterAs(context.account, context);
    const own = await ownWithText(place, context, prepared);
    // The oldest one: a later one with the same text is another reply's.
    const view = own
      .toSorted((a, b) => a.comment.id - b.comment.id)
      .find(({ comment }) => !taken.has(comment.ap_id));
    return view === undefined ? null : sentReply(place, view);
  },
};

function requireLength(text: string, least: number): void {
  const length = Array.from(text).length;
  if (length >= least && length <= mostCharacters) return;
  throw new EarshotError(
    'rejected',
    `A comment on Lemmy has 1 to ${mostCharacters.toLocaleString('en')} characters, the addresses of its pictures included. Shorten it or split it.`,
  );
}

function sentReply({ server }: AccountServer, { comment, creator }: CommentView): SentReply {
  return {
    externalId: comment.ap_id,
    key: comment.ap_id,
    url: URL.canParse(comment.ap_id) ? comment.ap_id : null,
    context: {
      server: server.server,
      postId: comment.post_id,
      commentId: comment.id,
      personId: creator.id,
    } satisfies LemmyContext,
  };
}

/** The account's comments with this text in this place, newer than `after`. */
async function ownWithText(
  place: AccountServer,
  { account }: Context,
  { content, postId, parentId, after }: LemmyPrepared,
): Promise<CommentView[]> {
  const where = parentId === null ? { post_id: postId, max_depth: 1 } : { parent_id: parentId, max_depth: 1 };
  const comments = await commentsUnder(place, where);
  return comments.filter(
    ({ comment, creator }) =>
      comment.id > after &&
      !isGone(comment) &&
      parentIdOf(comment.path) === parentId &&
      personKey(creator, place.server.server) === account.identity.authorKey &&
      comparable(comment.content) === comparable(content),
  );
}

/** Servers tidy what they store: white space, tracking parameters in addresses, and where pictures come from. */
function comparable(text: string): string {
  return text
    .replace(/(!\[(?:\\.|[^\]\\])*\])\([^)]*\)/g, '$1')
    .replace(/(https?:\/\/[^\s?#)]+)[?#][^\s)]*/gi, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

async function commentsUnder(
  { ask, generation }: AccountServer,
  where: Readonly<Record<string, number>>,
): Promise<CommentView[]> {
  const newest = generation === 3 ? { type_: 'All', sort: 'New' } : { type_: 'all', sort: 'new' };
  const list = await ask({
    path: '/comment/list',
    query: { ...newest, limit: 50, ...where },
    schema: listSchema,
  });
  return (list.comments ?? list.items ?? []).flatMap((raw) => {
    const view = commentViewSchema.safeParse(raw);
    return view.success ? [view.data] : [];
  });
}

interface FoundTarget {
  /** Null when the post is what is answered, or when the comment is not there any more. */
  readonly view: CommentView | null;
  /** Null when it is not there any more. */
  readonly post: z.infer<typeof postViewSchema> | null;
}

async function readTarget({ ask }: AccountServer, { postId, commentId }: LemmyContext): Promise<FoundTarget> {
  const { post_view: post } = (await orNull(
    ask({ path: '/post', query: { id: postId }, schema: postAnswerSchema }),
  )) ?? { post_view: null };
  if (post === null || isGone(post.post)) return { view: null, post: null };
  if (commentId === null) return { view: null, post };
  const answer = await orNull(
    ask({ path: '/comment', query: { id: commentId }, schema: commentAnswerSchema }),
  );
  const view = answer?.comment_view ?? null;
  return { view: view !== null && isGone(view.comment) ? null : view, post };
}

async function orNull<Value>(attempt: Promise<Value>): Promise<Value | null> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof EarshotError && error.code === 'not-found') return null;
    throw error;
  }
}

function closedBecause(
  { post, banned_from_community }: NonNullable<FoundTarget['post']>,
  comment: CommentView | null,
): string | null {
  if (post.locked === true) return 'The post is locked: it takes no more comments.';
  if (comment?.comment.locked === true) return 'This comment is locked: it takes no more answers.';
  return banned_from_community === true ? 'The account is banned from this community.' : null;
}

/**
 * The ids on the account's own server; asked for by address where the mention was seen on another one. What it cannot
 * fetch from there need not be deleted: `not-found`.
 */
async function localIds(place: AccountServer, target: ReplyTarget): Promise<LemmyContext> {
  const known = contextSchema.safeParse(target.context);
  if (known.success && known.data.server === place.server.server) return known.data;
  const resolved = await resolve(place, target.key);
  if (resolved?.comment) {
    const { comment, creator } = resolved.comment;
    return {
      server: place.server.server,
      postId: comment.post_id,
      commentId: comment.id,
      personId: creator.id,
    };
  }
  if (!resolved?.post) {
    throw new EarshotError(
      'not-found',
      `${new URL(place.server.server).host} cannot fetch this from its own server: it is deleted, or the servers do not talk to each other. Open it and answer there.`,
    );
  }
  const { post, creator } = resolved.post;
  return { server: place.server.server, postId: post.id, commentId: null, personId: creator.id };
}

async function resolve(place: AccountServer, address: string) {
  const answer = await orNull(
    place.ask({
      path: '/resolve_object',
      query: { q: address },
      schema: resolvedSchema,
      windowMs: searchWindowMs,
    }),
  );
  if (answer === null || answer.comment || answer.post) return answer;
  const comment = commentViewSchema.safeParse(answer.resolve);
  if (comment.success) return { ...answer, comment: comment.data };
  const post = postViewSchema.safeParse(answer.resolve);
  return post.success ? { ...answer, post: post.data } : answer;
}

function adaptOptions({ server, languages }: AccountServer, comments: readonly CommentView[]): AdaptOptions {
  const known = new Map(comments.map(({ comment }) => [comment.id, comment.ap_id]));
  return { server: server.server, languages, addressOf: (id) => known.get(id) ?? null };
}

/** A parent that is known stays known, though this list does not hold it. */
function asSeen(mention: IncomingMention, target: ReplyTarget): IncomingMention {
  return { ...mention, parentKey: mention.parentKey ?? target.parentKey };
}

type Perform = PerformAction<LemmyCredentials, LemmyAccountSettings>;

/** One call about a mention, by its ids on the account's server. */
function action(
  asked: (
    ids: LemmyContext,
    generation: AccountServer['generation'],
  ) => {
    readonly method?: 'POST' | 'DELETE';
    readonly path: string;
    readonly body: Readonly<Record<string, unknown>>;
  },
): Perform {
  return async (context) => {
    const place = await enterAs(context.account, context);
    const ids = await localIds(place, context.target);
    const { method = 'POST', path, body } = asked(ids, place.generation);
    await place.ask({ method, path, body, schema: z.unknown() });
  };
}

const subject = ({ postId, commentId }: LemmyContext) =>
  commentId === null
    ? ({ path: '/post', id: { post_id: postId } } as const)
    : ({ path: '/comment', id: { comment_id: commentId } } as const);

const deletion = action((ids, generation) => {
  const { path, id } = subject(ids);
  const body = { ...id, deleted: true };
  return generation === 4 ? { method: 'DELETE', path, body } : { path: `${path}/delete`, body };
});

/** Lemmy refuses to delete what is deleted: then it is as gone as it should be. */
const deleteOnce: Perform = async (context) => {
  try {
    await deletion(context);
  } catch (error) {
    if (!(error instanceof EarshotError) || error.code !== 'rejected') throw error;
    const place = await enterAs(context.account, context);
    const { postId, commentId } = await localIds(place, context.target);
    if (!(await isGoneNow(commentId ?? postId, commentId !== null, place.ask))) throw error;
  }
};

function vote(isLiked: boolean): Perform {
  return action((ids, generation) => {
    const { path, id } = subject(ids);
    const newer = isLiked ? { is_upvote: true } : {};
    const older = { score: isLiked ? 1 : 0 };
    return { path: `${path}/like`, body: { ...id, ...(generation === 4 ? newer : older) } };
  });
}

function removal(removed: boolean): Perform {
  return action((ids) => {
    const { path, id } = subject(ids);
    return { path: `${path}/remove`, body: { ...id, removed } };
  });
}

export const actions: Readonly<Record<'like' | 'unlike' | 'delete' | 'hide' | 'unhide' | 'block', Perform>> =
  {
    like: vote(true),
    unlike: vote(false),
    hide: removal(true),
    unhide: removal(false),
    delete: deleteOnce,
    block: async (context) => {
      const place = await enterAs(context.account, context);
      const known = contextSchema.safeParse(context.target.context);
      const isHere = known.success && known.data.server === place.server.server;
      const person = isHere ? known.data.personId : await personId(place, context.target.author.key ?? '');
      await place.ask({
        method: 'POST',
        path: place.generation === 3 ? '/user/block' : '/account/block/person',
        body: { person_id: person, block: true },
        schema: z.unknown(),
      });
    },
  };

async function personId(place: AccountServer, address: string): Promise<number> {
  const found = await resolve(place, address);
  const newer = z.object({ person: z.object({ id: z.number().int() }) }).safeParse(found?.resolve);
  const id = found?.person?.person.id ?? (newer.success ? newer.data.person.id : undefined);
  if (id === undefined)
    throw new EarshotError('gone', 'The server of your account does not know this person.');
  return id;
}
