import { z } from 'zod';
import type { Document } from '../../../../shared/model/document.ts';
import type { IncomingMention } from '../connector.ts';
import { singleLine } from '../text/clean-text.ts';
import { htmlToDocument } from '../text/html-to-document.ts';
import { markdownToDocument } from '../text/markdown-to-document.ts';
import {
  commentSchema,
  type GitHubComment,
  type GitHubIssue,
  issueSchema,
  type NodeComment,
  nodeCommentSchema,
  type NodeThread,
  nodeThreadSchema,
  repliesSchema,
} from './wire.ts';

export const platform = 'github';
const site = 'https://github.com/';

/** What replying to a mention needs. */
export const contextSchema = z.object({
  repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  number: z.number().int().positive(),
  thread: z.enum(['issue', 'pull', 'discussion']),
  /** Null: it is what starts the thread. */
  comment: z.enum(['issue-comment', 'review-comment', 'discussion-comment']).nullable(),
  /** Of a discussion: the comment that answers stand under. */
  topLevelId: z.string().nullish(),
  /** Of a comment on lines: the number of the one that began its thread, digit by digit. */
  reviewCommentId: z.string().regex(/^\d+$/).nullish(),
});
export type GitHubContext = z.infer<typeof contextSchema>;

/** The thread that comments stand in. */
export interface Thread {
  readonly id: string;
  readonly repository: string;
  readonly number: number;
  readonly kind: GitHubContext['thread'];
  readonly title: string;
}

export interface Adapted {
  readonly mention: IncomingMention;
  readonly isBot: boolean;
  /** Epoch milliseconds, by GitHub's clock. */
  readonly updatedAt: number;
}

/** One form for both interfaces. */
interface Words {
  readonly id: string;
  readonly url: string;
  readonly html: string | null | undefined;
  readonly markdown: string | null | undefined;
  readonly createdAt: string;
  readonly updatedAt: string | null | undefined;
  readonly author: {
    readonly id: number | null | undefined;
    readonly login: string;
    readonly url: string | null | undefined;
    readonly isBot: boolean;
  } | null;
}

/** Numbers stay when a name is changed; both interfaces give them. */
export function authorKeyOf(id: number): string {
  return `user/${id}`;
}

export function readIssue(raw: unknown): { readonly issue: GitHubIssue; readonly thread: Thread } | null {
  const issue = issueSchema.safeParse(raw);
  if (!issue.success) return null;
  const { node_id, number, title, html_url, repository_url, pull_request } = issue.data;
  const repository = repositoryIn(repository_url ?? html_url);
  if (repository === null) return null;
  const kind = pull_request === undefined || pull_request === null ? 'issue' : 'pull';
  return { issue: issue.data, thread: { id: node_id, repository, number, kind, title } };
}

export function readComment(raw: unknown): GitHubComment | null {
  const comment = commentSchema.safeParse(raw);
  return comment.success ? comment.data : null;
}

/** `https://api.github.com/repos/o/r/issues/7` and `…/pulls/7`: which thread it is of. */
export function threadPlaceOf(comment: GitHubComment): { repository: string; number: number } | null {
  const found = /\/repos\/([\w.-]+\/[\w.-]+)\/(?:issues|pulls)\/(\d+)$/.exec(
    comment.issue_url ?? comment.pull_request_url ?? '',
  );
  return found ? { repository: found[1] ?? '', number: Number(found[2]) } : null;
}

function repositoryIn(url: string): string | null {
  const { pathname } = new URL(url);
  return (
    /\/repos\/([\w.-]+\/[\w.-]+)$/.exec(pathname)?.[1] ??
    /^\/([\w.-]+\/[\w.-]+)\/(?:issues|pull)\/\d+$/.exec(pathname)?.[1] ??
    null
  );
}

export function adaptIssue(issue: GitHubIssue, thread: Thread): Adapted {
  return adapt(wordsOfRest(issue), thread, null);
}

export function adaptComment(comment: GitHubComment, thread: Thread): Adapted {
  return adapt(wordsOfRest(comment), thread, {
    comment: comment.pull_request_url ? 'review-comment' : 'issue-comment',
    reviewCommentId: comment.in_reply_to_id ?? null,
  });
}

function wordsOfRest(item: GitHubIssue | GitHubComment): Words {
  return {
    id: item.node_id,
    url: item.html_url,
    html: item.body_html,
    markdown: item.body,
    createdAt: item.created_at,
    updatedAt: item.updated_at,
    author: item.user
      ? {
          id: item.user.id,
          login: item.user.login,
          url: item.user.html_url,
          isBot: item.user.type === 'Bot',
        }
      : null,
  };
}

const threadKinds: Readonly<Record<string, Thread['kind']>> = {
  Issue: 'issue',
  PullRequest: 'pull',
  Discussion: 'discussion',
};

export interface ThreadRead {
  readonly thread: Thread;
  readonly root: Adapted;
  readonly comments: readonly Adapted[];
  readonly isLocked: boolean;
  readonly broken: number;
}

/** A thread that GraphQL gave, with the comments that came with it; null when it is none. */
export function readNodeThread(raw: unknown): ThreadRead | null {
  const node = nodeThreadSchema.safeParse(raw);
  const kind = node.success ? threadKinds[node.data.__typename] : undefined;
  if (!node.success || kind === undefined) return null;
  const thread = threadOfNode(node.data, kind);
  const nodes = (node.data.comments?.nodes ?? []).flatMap((comment) => [comment, ...repliesOf(comment)]);
  const comments = nodes.map((comment) => readNodeComment(comment, thread));
  return {
    thread,
    root: adapt(wordsOfNode(node.data), thread, null),
    comments: comments.filter((comment) => comment !== null),
    isLocked: node.data.locked === true,
    broken: comments.filter((comment) => comment === null).length,
  };
}

/** What stands under a comment of a discussion, as it came. */
export function repliesOf(comment: unknown): readonly unknown[] {
  const { data } = repliesSchema.safeParse(comment);
  return data?.replies?.nodes ?? [];
}

function threadOfNode(node: NodeThread, kind: Thread['kind']): Thread {
  const { id, number, title, repository } = node;
  return { id, repository: repository.nameWithOwner, number, kind, title };
}

const commentKinds: Readonly<Record<string, NonNullable<GitHubContext['comment']>>> = {
  IssueComment: 'issue-comment',
  PullRequestReviewComment: 'review-comment',
  DiscussionComment: 'discussion-comment',
};

export function readNodeComment(raw: unknown, thread: Thread): Adapted | null {
  const node = nodeCommentSchema.safeParse(raw);
  const comment = node.success ? commentKinds[node.data.__typename] : undefined;
  if (!node.success || comment === undefined) return null;
  const topLevelId = comment === 'discussion-comment' ? (node.data.replyTo?.id ?? node.data.id) : null;
  return adapt(wordsOfNode(node.data), thread, {
    comment,
    topLevelId,
    replyTo: node.data.replyTo?.id ?? null,
    reviewCommentId: reviewIdOf(node.data.replyTo?.url ?? ''),
  });
}

function wordsOfNode(node: NodeComment): Words {
  return {
    id: node.id,
    url: node.url,
    html: node.bodyHTML,
    markdown: node.body,
    createdAt: node.createdAt,
    updatedAt: node.updatedAt,
    author: node.author
      ? {
          id: node.author.databaseId,
          login: node.author.login,
          url: node.author.url,
          isBot: node.author.__typename === 'Bot',
        }
      : null,
  };
}

function adapt(
  words: Words,
  thread: Thread,
  comment: {
    readonly comment: NonNullable<GitHubContext['comment']>;
    readonly topLevelId?: string | null;
    readonly replyTo?: string | null;
    readonly reviewCommentId?: string | null;
  } | null,
): Adapted {
  const title = singleLine(thread.title) || null;
  const context: GitHubContext = {
    repository: thread.repository,
    number: thread.number,
    thread: thread.kind,
    comment: comment?.comment ?? null,
    ...(comment?.topLevelId ? { topLevelId: comment.topLevelId } : {}),
    ...(comment?.comment === 'review-comment'
      ? { reviewCommentId: comment.reviewCommentId ?? reviewIdOf(words.url) }
      : {}),
  };
  const mention: IncomingMention = {
    key: words.id,
    externalId: words.id,
    platform,
    kind: comment === null ? 'post' : 'comment',
    title: comment === null ? title : null,
    document: documentOf(words),
    url: words.url,
    author: authorOf(words.author),
    publishedAt: Date.parse(words.createdAt),
    rootKey: thread.id,
    parentKey: comment === null ? null : (comment.replyTo ?? thread.id),
    conversationTitle: title,
    language: null,
    context,
  };
  return {
    mention,
    isBot: words.author?.isBot ?? false,
    updatedAt: Date.parse(words.updatedAt ?? words.createdAt),
  };
}

/** The number stands in the address as a text, where no digit of it is lost. */
export function reviewIdOf(url: string): string | null {
  return /#discussion_r(\d+)$/.exec(url)?.[1] ?? null;
}

function documentOf({ html, markdown, url }: Words): Document {
  if (html) return htmlToDocument(html, url);
  return markdown ? markdownToDocument(markdown, url, { keepsLineEnds: true }) : [];
}

function authorOf(author: Words['author']): IncomingMention['author'] {
  // A deleted account is shown as the ghost that it is on GitHub's own pages.
  if (author === null) return { key: null, name: 'ghost', handle: null, url: null };
  const { id, login, url } = author;
  return {
    key: typeof id === 'number' ? authorKeyOf(id) : `login/${login.toLowerCase()}`,
    name: login,
    handle: `@${login}`,
    url: url ?? `${site}${encodeURIComponent(login)}`,
  };
}
