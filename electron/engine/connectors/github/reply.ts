import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { OutboxContext, PerformAction, ReplySupport, SentReply, ThreadNow } from '../connector.ts';
import {
  contextSchema,
  type GitHubContext,
  readNodeComment,
  readNodeThread,
  repliesOf,
  reviewIdOf,
} from './adapt.ts';
import { callerOf, type GitHubCredentials, graphql, rest, type ServerSettings } from './api.ts';
import {
  addDiscussionComment,
  addReaction,
  deleteDiscussionComment,
  deleteIssueComment,
  deleteReviewComment,
  lookQuery,
  minimizeComment,
  removeReaction,
  unminimizeComment,
} from './queries.ts';
import { commentSchema, listSchema } from './wire.ts';

type Context = OutboxContext<GitHubCredentials, ServerSettings>;
const preparedSchema = z.object({
  /** With the marker by which it is found again. */
  body: z.string().min(1),
  marker: z.string().min(1),
});
export type GitHubPrepared = z.infer<typeof preparedSchema>;

/** GitHub takes 65,536 characters; the marker needs 55 of them. */
export const mostCharacters = 65_480;

/** Shown to nobody, and the same at every attempt. */
const markerOf = (idempotencyKey: string): string => `<!-- earshot:${idempotencyKey} -->`;

/** A block of code or a remark that the text begins and does not end. */
function endsOpen(text: string): boolean {
  let fence: string | null = null;
  for (const line of text.split('\n')) {
    const found: string | undefined = /^\s*(?:[>*+-]\s*)*(`{3,}|~{3,})/.exec(line)?.[1];
    if (found === undefined) continue;
    if (fence === null) fence = found;
    else if (found.startsWith(fence)) fence = null;
  }
  return fence !== null || text.lastIndexOf('<!--') > text.lastIndexOf('-->');
}

export const gitHubReply: ReplySupport<GitHubCredentials, ServerSettings, GitHubPrepared> = {
  preparedSchema,
  look,
  async prepare({ reply }) {
    const marker = markerOf(reply.idempotencyKey);
    // What is left open at the end of the text would show the marker, or swallow it.
    const body = endsOpen(reply.text) ? `${marker}\n\n${reply.text}` : `${reply.text}\n\n${marker}`;
    return { body, marker };
  },
  send(context) {
    const place = placeOfTarget(context);
    return place.thread === 'discussion'
      ? sendToDiscussion(context, place, context.prepared.body)
      : sendToIssue(context, place, context.prepared.body);
  },
  async find(context) {
    const place = placeOfTarget(context);
    const { prepared, taken } = context;
    const written =
      place.comment === 'review-comment'
        ? await reviewComments(context, place)
        : await around(context, place);
    const found = written.find(({ id, body }) => body.includes(prepared.marker) && !taken.has(id));
    return found === undefined ? null : sentOf(found, place);
  },
};

function placeOfTarget({ target }: Pick<Context, 'target'>): GitHubContext {
  const place = contextSchema.safeParse(target.context);
  if (place.success) return place.data;
  throw new EarshotError(
    'unsupported',
    'It is not known where on GitHub this stands. Open it there to answer.',
  );
}

interface Written {
  readonly id: string;
  readonly url: string;
  readonly body: string;
  readonly topLevelId?: string | null;
}

function sentOf({ id, url, topLevelId }: Omit<Written, 'body'>, place: GitHubContext): SentReply {
  const comment =
    place.thread === 'discussion'
      ? 'discussion-comment'
      : place.comment === 'review-comment'
        ? 'review-comment'
        : 'issue-comment';
  const context: GitHubContext = {
    repository: place.repository,
    number: place.number,
    thread: place.thread,
    comment,
    ...(topLevelId ? { topLevelId } : {}),
    ...(comment === 'review-comment' ? { reviewCommentId: place.reviewCommentId ?? reviewIdOf(url) } : {}),
  };
  return { externalId: id, key: id, url, context };
}

async function sendToIssue(context: Context, place: GitHubContext, body: string): Promise<SentReply> {
  const { repository, number, reviewCommentId } = place;
  const path =
    place.comment === 'review-comment' && reviewCommentId
      ? `/repos/${repository}/pulls/${number}/comments/${reviewCommentId}/replies`
      : `/repos/${repository}/issues/${number}/comments`;
  const { body: made } = await rest(
    context,
    callerOf(context.account),
    { method: 'POST', path, json: { body } },
    commentSchema,
  );
  return sentOf({ id: made.node_id, url: made.html_url }, place);
}

const addedSchema = z.object({
  addDiscussionComment: z.object({
    comment: z.object({ id: z.string(), url: z.string(), replyTo: z.object({ id: z.string() }).nullish() }),
  }),
});

/** Answers stand under a comment of the first level alone: one to an answer goes under the same comment. */
async function sendToDiscussion(context: Context, place: GitHubContext, body: string): Promise<SentReply> {
  const { data } = await graphql(context, callerOf(context.account), addDiscussionComment, {
    discussionId: context.target.rootKey,
    body,
    replyToId: place.comment === null ? null : (place.topLevelId ?? context.target.key),
  });
  const added = addedSchema.safeParse(data);
  if (!added.success) {
    throw new EarshotError('bad-response', 'GitHub took the answer but did not say which one it is.');
  }
  const { id, url, replyTo } = added.data.addDiscussionComment.comment;
  return sentOf({ id, url, topLevelId: replyTo?.id ?? id }, place);
}

async function readAround(context: Context, target: string): Promise<Readonly<Record<string, unknown>>> {
  const variables = { root: context.target.rootKey, target };
  const { data } = await graphql(context, callerOf(context.account), lookQuery, variables);
  return data;
}

/** The thread with its newest comments, and the comment itself where it is older than those. */
async function look(context: Context): Promise<ThreadNow> {
  const { target } = context;
  const data = await readAround(context, target.key);
  const read = readNodeThread(data['root']);
  if (read === null) return { target: null, items: [] };
  const own = readNodeComment(data['target'], read.thread);
  const below = repliesOf(data['target']).map((reply) => readNodeComment(reply, read.thread));
  const all = [read.root, ...read.comments, own, ...below].filter((each) => each !== null);
  const items = [...new Map(all.map(({ mention }) => [mention.key, mention])).values()];
  // A comment that is gone may stand in no list, and its thread says nothing of it.
  const found = target.key === target.rootKey ? read.root.mention : (own?.mention ?? null);
  return {
    target: found,
    items,
    ...(read.isLocked ? { closed: 'The conversation is locked: nobody can comment there now.' } : {}),
  };
}

const rawSchema = z.object({
  id: z.string(),
  url: z.string(),
  body: z.string(),
  replyTo: z.object({ id: z.string() }).nullish(),
});

async function around(context: Context, place: GitHubContext): Promise<Written[]> {
  const data = await readAround(context, place.topLevelId ?? context.target.key);
  const root = data['root'] as { comments?: { nodes?: unknown[] | null } | null } | null;
  const comments = root?.comments?.nodes ?? [];
  const raws = [...comments, ...comments.flatMap(repliesOf), ...repliesOf(data['target'])];
  return raws.flatMap((raw) => {
    const read = rawSchema.safeParse(raw);
    if (!read.success) return [];
    const { id, url, body, replyTo } = read.data;
    const topLevelId = place.thread === 'discussion' ? (replyTo?.id ?? id) : null;
    return [{ id, url, body, topLevelId }];
  });
}

async function reviewComments(context: Context, { repository, number }: GitHubContext): Promise<Written[]> {
  const path = `/repos/${repository}/pulls/${number}/comments?sort=created&direction=desc&per_page=100`;
  const { body } = await rest(context, callerOf(context.account), { path }, listSchema);
  return body.flatMap((raw) => {
    const comment = commentSchema.safeParse(raw);
    if (!comment.success) return [];
    return [{ id: comment.data.node_id, url: comment.data.html_url, body: comment.data.body ?? '' }];
  });
}

type Act = PerformAction<GitHubCredentials, ServerSettings>;

const acting =
  (mutation: string): Act =>
  async (context) => {
    await graphql(context, callerOf(context.account), mutation, { id: context.target.key });
  };

/** Only comments can be minimised. */
const onComment =
  (act: Act): Act =>
  async (context) => {
    if (placeOfTarget(context).comment === null) {
      throw new EarshotError(
        'unsupported',
        'GitHub can hide comments, not what starts a thread. Close or lock it on GitHub.',
      );
    }
    await act(context);
  };

const deletions = {
  'issue-comment': deleteIssueComment,
  'review-comment': deleteReviewComment,
  'discussion-comment': deleteDiscussionComment,
} as const;

export const gitHubActions = {
  like: acting(addReaction),
  unlike: acting(removeReaction),
  hide: onComment(acting(minimizeComment)),
  unhide: onComment(acting(unminimizeComment)),
  delete: onComment(async (context) => {
    const { comment } = placeOfTarget(context);
    try {
      await acting(deletions[comment ?? 'issue-comment'])(context);
    } catch (error) {
      // Somebody was faster: it is as gone as it should be.
      if (!(error instanceof EarshotError) || error.code !== 'not-found') throw error;
    }
  }),
} satisfies Record<string, Act>;
