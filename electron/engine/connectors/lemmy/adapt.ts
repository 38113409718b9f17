import type { Document } from '../../../../shared/model/document.ts';
import type { IncomingMention } from '../connector.ts';
import { singleLine } from '../text/clean-text.ts';
import { markdownToDocument } from '../text/markdown-to-document.ts';
import { absoluteUrl } from '../text/normalize-url.ts';
import { parseDate } from '../text/parse-date.ts';
import type { CommentView, LemmyPerson, PostView } from './wire.ts';
import { z } from 'zod';

export const platform = 'lemmy';

/**
 * Where a mention was seen, with its ids there. On any other server the same thing has other ids and is found by its
 * address.
 */
export const contextSchema = z.object({
  server: z.string(),
  postId: z.number().int(),
  /** Null: it is the post itself. */
  commentId: z.number().int().nullable(),
  personId: z.number().int(),
});
export type LemmyContext = z.infer<typeof contextSchema>;

export interface AdaptOptions {
  readonly server: string;
  readonly languages: ReadonlyMap<number, string>;
  /** Addresses of comments of this server by their ids, as far as they are known. */
  readonly addressOf?: (commentId: number) => string | null;
}

export function isGone({ deleted, removed }: CommentView['comment'] | PostView['post']): boolean {
  return deleted === true || removed === true;
}

export function publishedAt(item: CommentView['comment'] | PostView['post']): number | null {
  return instantOf(item.published_at ?? item.published);
}

/** Servers before 0.19 left the Z away and meant it. */
export function instantOf(text: string | null | undefined): number | null {
  return parseDate(text);
}

/** Posts and comments are named by the address that they have everywhere. */
export function postMention({ post, creator }: PostView, options: AdaptOptions): IncomingMention {
  return {
    key: post.ap_id,
    externalId: post.ap_id,
    platform,
    kind: 'post',
    title: singleLine(post.name) || null,
    document: postDocument(post),
    url: absoluteUrl(post.ap_id, null),
    author: authorOf(creator, options),
    publishedAt: publishedAt(post),
    rootKey: post.ap_id,
    parentKey: null,
    conversationTitle: singleLine(post.name) || null,
    language: languageOf(post.language_id, options),
    context: {
      server: options.server,
      postId: post.id,
      commentId: null,
      personId: creator.id,
    } satisfies LemmyContext,
  };
}

export function commentMention(
  { comment, creator, post }: CommentView,
  options: AdaptOptions,
): IncomingMention {
  const parentId = parentIdOf(comment.path);
  return {
    key: comment.ap_id,
    externalId: comment.ap_id,
    platform,
    kind: 'comment',
    title: null,
    document: markdownToDocument(withoutSpoilerMarks(comment.content), comment.ap_id),
    url: absoluteUrl(comment.ap_id, null),
    author: authorOf(creator, options),
    publishedAt: publishedAt(comment),
    rootKey: post.ap_id,
    // A comment says its parent's id on this server alone, and addresses cannot be made from ids.
    parentKey: parentId === null ? post.ap_id : (options.addressOf?.(parentId) ?? null),
    conversationTitle: singleLine(post.name) || null,
    language: languageOf(comment.language_id, options),
    context: {
      server: options.server,
      postId: comment.post_id,
      commentId: comment.id,
      personId: creator.id,
    } satisfies LemmyContext,
  };
}

/** Of `0.12.34` it is 12; null for an answer to the post itself. */
export function parentIdOf(path: string): number | null {
  const ids = path.split('.').map(Number);
  const parent = ids.at(-2);
  return parent === undefined || !Number.isSafeInteger(parent) || parent <= 0 ? null : parent;
}

/** What says who it is on every server: an address. Without one (very old servers) name and server have to do. */
export function personKey(person: LemmyPerson, server: string): string {
  return person.actor_id ?? person.ap_id ?? `${server}/u/${person.name}`;
}

export function personHandle(person: LemmyPerson, server: string): string {
  const host = URL.parse(personKey(person, server))?.host ?? new URL(server).host;
  return `${person.name}@${host}`;
}

function authorOf(person: LemmyPerson, { server }: AdaptOptions): IncomingMention['author'] {
  const key = personKey(person, server);
  return {
    key,
    name: singleLine(person.display_name ?? '') || person.name,
    handle: personHandle(person, server),
    url: absoluteUrl(key, null),
  };
}

function languageOf(id: number | null | undefined, { languages }: AdaptOptions): string | null {
  return id === null || id === undefined ? null : (languages.get(id) ?? null);
}

/** What a post says, and below it where it leads: a brand is often named by its address alone. */
function postDocument(post: PostView['post']): Document {
  const said = markdownToDocument(withoutSpoilerMarks(post.body ?? ''), post.ap_id);
  const href = absoluteUrl(post.url, null);
  if (href === null) return said;
  return [
    ...said,
    { type: 'paragraph', children: [{ type: 'link', href, children: [{ type: 'text', text: href }] }] },
  ];
}

/** `::: spoiler title` … `:::` hides what is between; here its title and its text are shown. */
function withoutSpoilerMarks(markdown: string): string {
  return markdown
    .replace(/^[ \t]*:{3,}[ \t]*spoiler[ \t]*(.*)$/gim, '\n**$1**\n')
    .replace(/^[ \t]*:{3,}[ \t]*$/gm, '')
    .replaceAll('\n****\n', '\n');
}
