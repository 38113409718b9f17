import { z } from 'zod';
import { documentText } from '../../../../shared/text/document-text.ts';
import type { IncomingMention } from '../connector.ts';
import { singleLine } from '../text/clean-text.ts';
import { htmlToDocument } from '../text/html-to-document.ts';
import { absoluteUrl } from '../text/normalize-url.ts';
import type { Owner, StackComment, StackPost } from './wire.ts';

export const platform = 'stackexchange';

export const contextSchema = z.object({
  site: z.string(),
  /** What a comment goes to: a question or an answer. */
  postId: z.number().int(),
  questionId: z.number().int(),
  /** Null: it is the post itself. */
  commentId: z.number().int().nullable(),
  questionTitle: z.string().nullable(),
});
export type StackContext = z.infer<typeof contextSchema>;

export const postKey = (site: string, id: number): string => `${site}/posts/${id}`;
export const commentKey = (site: string, id: number): string => `${site}/comments/${id}`;
/** Comments have ids of their own, which posts may have too. */
export const commentExternalId = (id: number): string => `comment-${id}`;
export const userKey = (site: string, id: number): string => `${site}/users/${id}`;

const hosts: Readonly<Record<string, string>> = {
  meta: 'meta.stackexchange.com',
  'mathoverflow.net': 'mathoverflow.net',
  'meta.mathoverflow.net': 'meta.mathoverflow.net',
  stackapps: 'stackapps.com',
  stackoverflow: 'stackoverflow.com',
  superuser: 'superuser.com',
  serverfault: 'serverfault.com',
  askubuntu: 'askubuntu.com',
};

/** Where a site is read: most are part of stackexchange.com, some have a name of their own. */
export function siteOrigin(site: string): string {
  const known = Object.hasOwn(hosts, site) ? hosts[site] : undefined;
  if (known !== undefined) return `https://${known}`;
  // Communities in other languages: es.stackoverflow, meta.superuser …
  const parent = site.split('.').at(-1) ?? '';
  const own = site.includes('.') && Object.hasOwn(hosts, parent) ? hosts[parent] : undefined;
  return own === undefined
    ? `https://${site}.stackexchange.com`
    : `https://${site.slice(0, -parent.length)}${own}`;
}

/** Where a thing stands. */
export interface Place {
  readonly site: string;
  readonly questionId: number;
  readonly questionTitle: string | null;
}

export function postMention(post: StackPost, { site, questionId, questionTitle }: Place): IncomingMention {
  const isQuestion = post.post_id === questionId;
  const title = (isQuestion ? titleOf(post.title) : null) ?? questionTitle;
  return {
    key: postKey(site, post.post_id),
    externalId: String(post.post_id),
    platform,
    kind: isQuestion ? 'post' : 'comment',
    title: isQuestion ? title : null,
    document: htmlToDocument(post.body, siteOrigin(site)),
    url: absoluteUrl(post.link, null) ?? `${siteOrigin(site)}/${isQuestion ? 'q' : 'a'}/${post.post_id}`,
    author: authorOf(post.owner, site),
    publishedAt: post.creation_date * 1_000,
    rootKey: postKey(site, questionId),
    parentKey: isQuestion ? null : postKey(site, questionId),
    conversationTitle: title,
    language: null,
    context: {
      site,
      postId: post.post_id,
      questionId,
      commentId: null,
      questionTitle: title,
    } satisfies StackContext,
  };
}

export function commentMention(
  comment: StackComment,
  { site, questionId, questionTitle }: Place,
): IncomingMention {
  const { comment_id: id, post_id: postId } = comment;
  return {
    key: commentKey(site, id),
    externalId: commentExternalId(id),
    platform,
    kind: 'comment',
    title: null,
    document: htmlToDocument(comment.body, siteOrigin(site)),
    url: absoluteUrl(comment.link, null) ?? `${siteOrigin(site)}/q/${postId}#comment${id}_${postId}`,
    author: authorOf(comment.owner, site),
    publishedAt: comment.creation_date * 1_000,
    rootKey: postKey(site, questionId),
    parentKey: postKey(site, postId),
    conversationTitle: questionTitle,
    language: null,
    context: { site, postId, questionId, commentId: id, questionTitle } satisfies StackContext,
  };
}

/** Of somebody who was deleted only the name is left. */
function authorOf(owner: Owner | null | undefined, site: string): IncomingMention['author'] {
  const id = owner?.user_id ?? null;
  const name = titleOf(owner?.display_name);
  return {
    key: id === null ? null : userKey(site, id),
    name: name ?? 'Somebody',
    handle: null,
    url: absoluteUrl(owner?.link, null),
  };
}

/** Titles and names come escaped as HTML. */
export function titleOf(escaped: string | null | undefined): string | null {
  return singleLine(documentText(htmlToDocument(escaped ?? '', null))) || null;
}

/** What changes when something is edited. */
export function revisionOf({
  body,
  last_edit_date: edited,
}: {
  body: string;
  last_edit_date?: number | null | undefined;
}): string {
  return `${edited ?? ''} ${body.length} ${checksum(body)}`;
}

/** Comments do not say when they were edited. */
function checksum(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  return sum;
}
