import { z } from 'zod';
import { documentText } from '../../../../shared/text/document-text.ts';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type {
  IncomingMention,
  OutboxContext,
  PerformAction,
  ReplySupport,
  ReplyTarget,
  SentReply,
} from '../connector.ts';
import { htmlToDocument } from '../text/html-to-document.ts';
import { markdownToDocument } from '../text/markdown-to-document.ts';
import { type AccountSite, enterAs, type StackCredentials } from './account.ts';
import {
  commentExternalId,
  commentKey,
  commentMention,
  contextSchema,
  type Place,
  postMention,
  siteOrigin,
  type StackContext,
  userKey,
} from './adapt.ts';
import type { StackAccountSettings } from './settings.ts';
import { commentSchema, postSchema, type StackComment, type StackPost } from './wire.ts';

export const mostCharacters = 600;
const whole = { filter: 'withbody' } as const;

const preparedSchema = z.object({
  postId: z.number().int(),
  body: z.string(),
  /** The newest comment on the post when this was made; ids grow. */
  after: z.number().int(),
  place: z.object({ site: z.string(), questionId: z.number().int(), questionTitle: z.string().nullable() }),
});
export type StackPrepared = z.infer<typeof preparedSchema>;
type Context = OutboxContext<StackCredentials, StackAccountSettings>;

export const reply: ReplySupport<StackCredentials, StackAccountSettings, StackPrepared> = {
  preparedSchema,

  reaches: ({ settings }, { context }) => {
    const parsed = contextSchema.safeParse(context);
    return parsed.success && parsed.data.site === settings.site;
  },

  async look(context) {
    const { ask } = enterAs(context.account, context);
    const { postId, commentId, ...place } = placeOf(context.target);
    const post = await readPost(ask, postId);
    if (post === null) return { target: null, items: [] };
    const comments = await readComments(ask, postId);
    const items = comments.map((comment) => commentMention(comment, place));
    return { target: await targetNow(ask, { post, items, commentId, place }), items };
  },

  async prepare({ reply: { text }, ...context }) {
    const { ask } = enterAs(context.account, context);
    const { postId, ...place } = placeOf(context.target);
    if ((await readPost(ask, postId)) === null)
      throw new EarshotError('gone', 'What you answer was deleted.');
    const comments = await readComments(ask, postId);
    const after = Math.max(0, ...comments.map(({ comment_id: id }) => id));
    const { site, questionId, questionTitle } = place;
    return { postId, body: text.trim(), after, place: { site, questionId, questionTitle } };
  },

  async send({ prepared: { postId, body, place }, ...context }) {
    const { ask } = enterAs(context.account, context);
    const { items } = await ask({
      method: 'POST',
      path: `/posts/${postId}/comments/add`,
      parameters: { ...whole, body },
    });
    const comment = commentSchema.safeParse(items[0]);
    if (comment.success) return sentReply(comment.data, place);
    throw new EarshotError('bad-response', 'Stack Exchange took the comment and did not say where it is.');
  },

  async find({ prepared: { postId, body, after, place }, taken, account, ...context }) {
    const { ask } = enterAs(account, context);
    const comments = await readComments(ask, postId);
    const own = comments.filter(
      ({ comment_id: id, owner, body: html }) =>
        id > after &&
        !taken.has(commentExternalId(id)) &&
        typeof owner?.user_id === 'number' &&
        userKey(place.site, owner.user_id) === account.identity.authorKey &&
        isSame(html, body),
    );
    const [oldest] = own.sort((a, b) => a.comment_id - b.comment_id);
    return oldest === undefined ? null : sentReply(oldest, place);
  },
};

/** The site gives HTML for the Markdown that was sent, and tidies both: only letters and digits are compared. */
function isSame(html: string, markdown: string): boolean {
  const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  const given = bare(documentText(htmlToDocument(html, null)));
  return given === bare(documentText(markdownToDocument(markdown, null))) || given === bare(markdown);
}

function placeOf(target: ReplyTarget): StackContext {
  const parsed = contextSchema.safeParse(target.context);
  if (parsed.success) return parsed.data;
  throw new EarshotError('unsupported', 'Earshot does not know any more where this stands.');
}

function sentReply(comment: StackComment, place: Place): SentReply {
  const { comment_id: id, post_id: postId } = comment;
  return {
    externalId: commentExternalId(id),
    key: commentKey(place.site, id),
    url: `${siteOrigin(place.site)}/q/${postId}#comment${id}_${postId}`,
    context: { ...place, postId, commentId: id } satisfies StackContext,
  };
}

type Ask = AccountSite['ask'];

async function readPost(ask: Ask, id: number): Promise<StackPost | null> {
  const { items } = await ask({ path: `/posts/${id}`, parameters: whole });
  return firstOf(items, postSchema);
}

async function readComment(ask: Ask, id: number): Promise<StackComment | null> {
  const { items } = await ask({ path: `/comments/${id}`, parameters: whole });
  return firstOf(items, commentSchema);
}

/** Null: it is not there any more. One that cannot be read is no deletion. */
function firstOf<Item>(items: readonly unknown[], schema: z.ZodType<Item>): Item | null {
  if (items.length === 0) return null;
  const parsed = schema.safeParse(items[0]);
  if (parsed.success) return parsed.data;
  throw new EarshotError('bad-response', 'Stack Exchange gave an answer that Earshot does not understand.');
}

/** The newest hundred. */
async function readComments(ask: Ask, postId: number): Promise<StackComment[]> {
  const { items } = await ask({
    path: `/posts/${postId}/comments`,
    parameters: { ...whole, sort: 'creation', order: 'desc', pagesize: 100 },
  });
  return items.flatMap((raw) => {
    const comment = commentSchema.safeParse(raw);
    return comment.success ? [comment.data] : [];
  });
}

async function targetNow(
  ask: Ask,
  found: {
    readonly post: StackPost;
    readonly items: readonly IncomingMention[];
    readonly commentId: number | null;
    readonly place: Place;
  },
): Promise<IncomingMention | null> {
  const { post, items, commentId, place } = found;
  if (commentId === null) return postMention(post, place);
  const shown = items.find(({ externalId }) => externalId === commentExternalId(commentId));
  if (shown) return shown;
  const comment = await readComment(ask, commentId);
  return comment === null ? null : commentMention(comment, place);
}

type Perform = PerformAction<StackCredentials, StackAccountSettings>;

export const actions: Readonly<Record<'delete', Perform>> = {
  delete: async (context: Context) => {
    const { ask } = enterAs(context.account, context);
    const { commentId } = placeOf(context.target);
    if (commentId === null) {
      throw new EarshotError('unsupported', 'Earshot deletes comments that were sent from it, nothing else.');
    }
    if ((await readComment(ask, commentId)) === null) return;
    await ask({ method: 'POST', path: `/comments/${commentId}/delete` });
  },
};
