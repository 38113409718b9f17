import type { Document } from '../../../../shared/model/document.ts';
import type { IncomingMention } from '../connector.ts';
import { singleLine } from '../text/clean-text.ts';
import { htmlToDocument } from '../text/html-to-document.ts';
import { absoluteUrl } from '../text/normalize-url.ts';
import type { HackerNewsHit } from './wire.ts';

export const platform = 'hackernews';
const site = 'https://news.ycombinator.com/';

/** Stories and comments share one space of ids. */
const keyOf = (id: string | number): string => `hn/${id}`;
const pageOf = (id: string): string => `${site}item?id=${id}`;

/** A hit as a mention: a comment stands in the conversation of its story. */
export function mentionOf(hit: HackerNewsHit): IncomingMention {
  const isComment = hit._tags?.[0] === 'comment' || typeof hit.comment_text === 'string';
  const title = isComment ? null : singleLine(hit.title ?? '');
  const conversationTitle = isComment ? singleLine(hit.story_title ?? '') : title;
  return {
    key: keyOf(hit.objectID),
    externalId: hit.objectID,
    platform,
    kind: isComment ? 'comment' : 'post',
    title: title || null,
    document: isComment ? htmlToDocument(hit.comment_text ?? '', site) : storyDocument(hit),
    url: pageOf(hit.objectID),
    author: {
      key: hit.author,
      name: hit.author,
      handle: hit.author,
      url: `${site}user?id=${encodeURIComponent(hit.author)}`,
    },
    publishedAt: hit.created_at_i * 1000,
    rootKey: keyOf(isComment ? (hit.story_id ?? hit.objectID) : hit.objectID),
    parentKey: isComment && typeof hit.parent_id === 'number' ? keyOf(hit.parent_id) : null,
    conversationTitle: conversationTitle || null,
    language: null,
  };
}

/** What a story says, and below it where it leads: a brand is often named by its address alone. */
function storyDocument(hit: HackerNewsHit): Document {
  const said = htmlToDocument(hit.story_text ?? '', site);
  const href = hit.url ? absoluteUrl(hit.url, null) : null;
  if (!href || !/^https?:/i.test(href)) return said;
  return [
    ...said,
    { type: 'paragraph', children: [{ type: 'link', href, children: [{ type: 'text', text: href }] }] },
  ];
}
