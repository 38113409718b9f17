import type { Document } from '../../../../shared/model/document.ts';
import type { IncomingMention } from '../connector.ts';
import type { parseFeed } from '../feeds/parse-feed.ts';
import { singleLine } from '../text/clean-text.ts';
import { htmlToDocument, textToDocument } from '../text/html-to-document.ts';
import { markdownToDocument } from '../text/markdown-to-document.ts';
import { absoluteUrl } from '../text/normalize-url.ts';
import {
  commentSchema,
  fullnameSchema,
  messageSchema,
  postSchema,
  type RedditComment,
  type RedditMessage,
  type RedditPost,
} from './wire.ts';

export const platform = 'reddit';
export const publicSite = 'https://www.reddit.com';

type FeedItem = Awaited<ReturnType<typeof parseFeed>>['feed']['items'][number];

/** What one thing of a listing is. */
export type ThingRead =
  | {
      readonly state: 'mention';
      readonly mention: IncomingMention;
      readonly isClosed: boolean;
      /** For this account: a block, mostly. */
      readonly isUnrepliable?: boolean;
    }
  /** Deleted by its author, or removed by whoever looks after the place. */
  | { readonly state: 'removed'; readonly key: string }
  /** A stub for more, a subreddit, an account. */
  | { readonly state: 'other' }
  | { readonly state: 'broken' };

/** Reads a thing `{kind, data}`. Keys are fullnames: the same in listings, the inbox and feeds. */
export function readThing(thing: unknown): ThingRead {
  const { kind, data } = (thing ?? {}) as { kind?: unknown; data?: unknown };
  if (kind === 't1') {
    const comment = commentSchema.safeParse(data);
    if (!comment.success) return { state: 'broken' };
    if (isDeleted(comment.data.author, comment.data.body)) return removed(comment.data.name);
    const mention = mentionOfComment(comment.data);
    return mention === null
      ? { state: 'broken' }
      : {
          state: 'mention',
          mention,
          isClosed: isClosed(comment.data),
          ...(comment.data.unrepliable_reason ? { isUnrepliable: true } : {}),
        };
  }
  if (kind === 't3') {
    const post = postSchema.safeParse(data);
    if (!post.success) return { state: 'broken' };
    if (isRemovedPost(post.data)) return removed(post.data.name);
    return { state: 'mention', mention: mentionOfPost(post.data), isClosed: isClosed(post.data) };
  }
  if (kind === 't4') {
    const message = messageSchema.safeParse(data);
    return message.success
      ? { state: 'mention', mention: mentionOfMessage(message.data), isClosed: false }
      : { state: 'broken' };
  }
  return kind === 'more' || kind === 't2' || kind === 't5' ? { state: 'other' } : { state: 'broken' };
}

const removed = (key: string): ThingRead => ({ state: 'removed', key });

/** Names are unique, never given out again and never changed; feeds tell no other id. */
export function authorKeyOf(name: string): string {
  return `u/${name.toLowerCase()}`;
}

export function permalinkOf(path: string): string | null {
  return absoluteUrl(path, publicSite);
}

function isDeleted(author: string | null | undefined, body: string | null | undefined): boolean {
  return body === '[removed]' || body === '[deleted]' || author === '[deleted]';
}

function isRemovedPost(post: RedditPost): boolean {
  return Boolean(post.removed_by_category) || isDeleted(post.author, post.selftext);
}

function isClosed({ locked, archived }: RedditComment | RedditPost): boolean {
  return locked === true || archived === true;
}

function mentionOfComment(comment: RedditComment): IncomingMention | null {
  // The inbox leaves the links out and gives the place as `context`.
  const place = permalinkOf(comment.permalink ?? comment.context ?? '');
  const post = comment.link_id ?? postOf(place);
  if (post === null) return null;
  return {
    ...common(comment),
    kind: 'comment',
    title: null,
    document: documentOf(comment.body_html, comment.body),
    url: place === null ? null : withoutQuery(place),
    rootKey: post,
    parentKey: comment.parent_id ?? null,
    conversationTitle: singleLine(comment.link_title ?? '') || null,
    context: { subreddit: comment.subreddit ?? null },
  };
}

function mentionOfPost(post: RedditPost): IncomingMention {
  const title = singleLine(post.title);
  const target = post.is_self === true ? null : (post.url_overridden_by_dest ?? post.url ?? null);
  return {
    ...common(post),
    kind: 'post',
    title: title || null,
    document: withLink(documentOf(post.selftext_html, post.selftext ?? ''), target),
    url: permalinkOf(post.permalink),
    rootKey: post.name,
    parentKey: null,
    conversationTitle: title || null,
    context: { subreddit: post.subreddit ?? null },
  };
}

function mentionOfMessage(message: RedditMessage): IncomingMention {
  const title = singleLine(message.subject ?? '');
  return {
    ...common(message),
    kind: 'message',
    title: title || null,
    document: documentOf(message.body_html, message.body),
    url: `${publicSite}/message/messages/${message.name.slice(3)}`,
    rootKey: message.first_message_name ?? message.name,
    parentKey: message.parent_id ?? null,
    conversationTitle: title || null,
    isPrivate: true,
    context: {},
  };
}

function common(thing: RedditComment | RedditPost | RedditMessage) {
  const name = thing.author ?? null;
  return {
    key: thing.name,
    externalId: thing.name,
    platform,
    author: authorOf(name),
    publishedAt: Math.round(thing.created_utc * 1000),
    language: null,
  };
}

function authorOf(name: string | null): IncomingMention['author'] {
  if (name === null) return { key: null, name: 'Reddit', handle: null, url: null };
  return {
    key: authorKeyOf(name),
    name,
    handle: `u/${name}`,
    url: `${publicSite}/user/${encodeURIComponent(name)}`,
  };
}

function documentOf(html: string | null | undefined, markdown: string): Document {
  if (html) return htmlToDocument(html, publicSite);
  return markdown === '' ? [] : markdownToDocument(markdown, publicSite);
}

/** Below what a post says, where it leads: a brand is often named by its address alone. */
function withLink(said: Document, target: string | null): Document {
  const href = absoluteUrl(target, publicSite);
  if (href === null || isOwnPage(href)) return said;
  return [
    ...said,
    { type: 'paragraph', children: [{ type: 'link', href, children: [{ type: 'text', text: href }] }] },
  ];
}

function isOwnPage(href: string): boolean {
  return /(^|\.)reddit\.com$/.test(new URL(href).hostname);
}

function postOf(url: string | null): string | null {
  const id = url === null ? undefined : /\/comments\/([0-9a-z]+)(?:\/|$)/.exec(new URL(url).pathname)?.[1];
  return id === undefined ? null : `t3_${id}`;
}

function withoutQuery(href: string): string {
  const url = new URL(href);
  return `${url.origin}${url.pathname}`;
}

/** An entry of a subreddit's or a search's feed; null when it is none of a post or a comment. */
export function mentionOfEntry(entry: FeedItem): IncomingMention | null {
  const name = fullnameSchema.safeParse(entry.id);
  if (!name.success || entry.link === null || name.data.startsWith('t4_')) return null;
  const isComment = name.data.startsWith('t1_');
  const author = /^\/?u\/([\w-]+)$/.exec(entry.author?.name ?? '')?.[1] ?? null;
  const { said, target } = takeEntryApart(entry.body?.value ?? '');
  const title = singleLine(entry.title ?? '');
  const path = permalinkOf(new URL(entry.link).pathname);
  const root = isComment ? postOf(path) : name.data;
  if (root === null) return null;
  return {
    key: name.data,
    externalId: name.data,
    platform,
    kind: isComment ? 'comment' : 'post',
    title: isComment ? null : title || null,
    document:
      entry.body?.type === 'text'
        ? textToDocument(entry.body.value)
        : withLink(htmlToDocument(said, publicSite), target),
    url: path,
    author: authorOf(author),
    publishedAt: entry.publishedAt,
    rootKey: root,
    parentKey: null,
    // “/u/name on Title”
    conversationTitle: (isComment ? title.replace(/^\/u\/[\w-]+ on /, '') : title) || null,
    language: null,
    context: { subreddit: /^\/r\/([^/]+)\//.exec(new URL(path ?? publicSite).pathname)?.[1] ?? null },
  };
}

/** A feed wraps what was written in two remarks, and puts who, where and the target of the post below it. */
function takeEntryApart(html: string): { said: string; target: string | null } {
  const start = html.indexOf('<!-- SC_OFF -->');
  const end = html.lastIndexOf('<!-- SC_ON -->');
  const link = /<a href="([^"]+)">\[link\]<\/a>/.exec(html)?.[1] ?? null;
  const isPost = html.includes('[comments]</a>');
  const said = start === -1 || end < start ? (isPost ? '' : html) : html.slice(start, end);
  return { said, target: link === null ? null : link.replaceAll('&amp;', '&') };
}
