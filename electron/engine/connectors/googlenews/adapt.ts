import { createHash } from 'node:crypto';
import type { IncomingMention } from '../connector.ts';
import type { ParsedItem } from '../feeds/wire.ts';
import { singleLine } from '../text/clean-text.ts';

export const platform = 'googlenews';

/** Its guids and links change from fetch to fetch: headline, publisher and day tell a story. Null without a headline. */
export function mentionOf(item: ParsedItem): IncomingMention | null {
  const headline = singleLine(item.title ?? '');
  if (headline === '') return null;
  const publisher = item.sourceName ?? /^.* - (.+)$/.exec(headline)?.[1] ?? '';
  const title = headline.endsWith(` - ${publisher}`) ? headline.slice(0, -publisher.length - 3) : headline;
  const day = item.publishedAt === null ? '' : new Date(item.publishedAt).toISOString().slice(0, 10);
  const told = [title.toLowerCase(), publisher.toLowerCase(), day].join('\n');
  const key = `googlenews/${createHash('sha256').update(told).digest('base64url').slice(0, 22)}`;
  return {
    key,
    externalId: item.id ?? key,
    platform,
    kind: 'article',
    title,
    document: [],
    url: item.link,
    author: {
      key: publisher === '' ? null : publisher.toLowerCase(),
      name: publisher,
      handle: null,
      url: null,
    },
    publishedAt: item.publishedAt,
    rootKey: key,
    parentKey: null,
    conversationTitle: title,
    language: null,
  };
}
