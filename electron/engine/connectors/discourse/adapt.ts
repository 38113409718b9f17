import { z } from 'zod';
import type { IncomingMention } from '../connector.ts';
import { singleLine } from '../text/clean-text.ts';
import { htmlToDocument } from '../text/html-to-document.ts';
import { parseDate } from '../text/parse-date.ts';
import type { DiscoursePost } from './wire.ts';

export const platform = 'discourse';

export const contextSchema = z.object({
  server: z.string(),
  topicId: z.number().int(),
  postNumber: z.number().int(),
  /** Null: it waits for a moderator and has none yet. */
  postId: z.number().int().nullable(),
});
export type DiscourseContext = z.infer<typeof contextSchema>;

/**
 * Posts are named by their place: a post says the number of what it answers, and nothing of its id. Numbers are not
 * given out again.
 */
export const postKey = (server: string, topicId: number, postNumber: number): string =>
  `${server}/t/${topicId}/${postNumber}`;

/** Names can be changed, but no list says more of who wrote something. */
export const userKey = (server: string, username: string): string => `${server}/u/${username.toLowerCase()}`;

/** Something a person wrote and everybody may read. */
export function isShown(post: DiscoursePost): boolean {
  return (
    (post.post_type ?? 1) === 1 &&
    post.hidden !== true &&
    post.user_deleted !== true &&
    (post.deleted_at === null || post.deleted_at === undefined)
  );
}

/** `title` of its topic, where the post itself does not say. */
export function postMention(
  post: DiscoursePost,
  { server, title, isPrivate }: { server: string; title?: string | null; isPrivate?: boolean },
): IncomingMention {
  const isFirst = post.post_number === 1;
  const topicTitle = singleLine(post.topic_title ?? title ?? '') || null;
  return {
    key: postKey(server, post.topic_id, post.post_number),
    externalId: String(post.id),
    platform,
    kind: isFirst ? 'post' : 'comment',
    title: isFirst ? topicTitle : null,
    document: htmlToDocument(post.cooked, `${server}/`),
    url: postUrl(server, post),
    author: {
      key: userKey(server, post.username),
      name: singleLine(post.name ?? '') || post.username,
      handle: post.username,
      url: `${server}/u/${encodeURIComponent(post.username)}`,
    },
    publishedAt: parseDate(post.created_at),
    rootKey: postKey(server, post.topic_id, 1),
    parentKey: isFirst ? null : postKey(server, post.topic_id, post.reply_to_post_number ?? 1),
    conversationTitle: topicTitle,
    language: null,
    ...(isPrivate === true ? { isPrivate } : {}),
    context: {
      server,
      topicId: post.topic_id,
      postNumber: post.post_number,
      postId: post.id,
    } satisfies DiscourseContext,
  };
}

export function postUrl(server: string, { topic_slug, topic_id, post_number }: DiscoursePost): string {
  return `${server}/t/${encodeURIComponent(topic_slug || '-')}/${topic_id}/${post_number}`;
}

/** What changes when a post is edited. */
export function revisionOf(post: DiscoursePost): string {
  return `${post.version ?? ''} ${post.updated_at ?? ''}`;
}
