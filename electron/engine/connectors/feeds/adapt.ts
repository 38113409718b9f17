import { htmlToDocument, textToDocument } from '../text/html-to-document.ts';
import { normalizeUrl, unwrapUrl } from '../text/normalize-url.ts';
import type { IncomingMention } from '../connector.ts';
import type { MentionKind } from '../../../../shared/model/mention.ts';
import { keyOfId, type IdentifiedItem } from './identity.ts';
import type { FeedPerson, FeedText, ParsedItem } from './wire.ts';

export interface AdaptContext {
  readonly feedId: string;
  /** The name that stands for an author whom the feed does not name. */
  readonly siteName: string;
  readonly now: number;
}

/** Clocks differ; a date further ahead than this was not read off one. */
const clockToleranceMs = 3_600_000;
/** Before it there was no feed; these are zeros that were taken for dates. */
const earliestAt = Date.UTC(1971, 0);

export function adaptItems(items: readonly IdentifiedItem[], context: AdaptContext): IncomingMention[] {
  return items.map((identified) => adaptItem(identified, context));
}

function adaptItem({ key, item }: IdentifiedItem, context: AdaptContext): IncomingMention {
  const url = item.link === null ? null : unwrapUrl(item.link);
  // An article that an alert found is its site's, not the alert's.
  const site =
    url === null || url === item.link ? null : (URL.parse(url)?.hostname.replace(/^www\./, '') ?? null);
  const answered = item.inReplyTo?.id ?? null;
  const parentKey = answered === null ? null : keyOfId(context.feedId, answered);
  return {
    key,
    externalId: item.id ?? item.link ?? key,
    platform: 'feeds',
    kind: kindOf(item),
    title: item.title,
    document: documentOf(item.body),
    url,
    author: authorOf(item, site === null ? context : { ...context, siteName: site }),
    publishedAt: credibleDate(item.publishedAt, context.now),
    rootKey: parentKey ?? key,
    parentKey,
    conversationTitle: item.title,
    language: item.language,
  };
}

function documentOf(body: FeedText | null): IncomingMention['document'] {
  if (body === null) return [];
  return body.type === 'html' ? htmlToDocument(body.value, body.base) : textToDocument(body.value);
}

/** Null where the feed's date cannot be: the time it was first seen is nearer to the truth. */
function credibleDate(at: number | null, now: number): number | null {
  return at === null || at < earliestAt || at > now + clockToleranceMs ? null : at;
}

function kindOf(item: ParsedItem): MentionKind {
  if (item.inReplyTo !== null || item.id?.startsWith('t1_') === true) return 'comment';
  if (item.id?.startsWith('yt:video:') === true) return 'video';
  return item.title === null ? 'post' : 'article';
}

function authorOf(item: ParsedItem, { feedId, siteName }: AdaptContext): IncomingMention['author'] {
  const handle = handleOf(item);
  const named = item.author?.name ?? item.author?.email ?? null;
  if (named === null) return { key: handle, name: item.sourceName ?? siteName, handle, url: null };
  const person = item.author as FeedPerson;
  return {
    key: handle ?? personKey(person, named, feedId),
    name: named,
    handle,
    url: person.url,
  };
}

/**
 * Two feeds' "admin" are two people, unless an address of their own says they are one. The name is a part of it
 * all the same: many blogs give the site's address to every author.
 */
function personKey({ url, email }: FeedPerson, name: string, feedId: string): string {
  const place =
    url === null ? (email?.toLowerCase() ?? feedId) : normalizeUrl(url).replace(/^https?:\/\//, '');
  return `${place} ${name.toLowerCase()}`;
}

/** Micro-blogs put the account into the address: https://host/@user/123 and https://www.reddit.com/user/name. */
function handleOf(item: ParsedItem): string | null {
  const link = item.link === null ? null : URL.parse(item.link);
  const account = link === null ? undefined : /^\/@([\w.-]+)(?:@([\w.-]+))?\/\d+/.exec(link.pathname);
  if (link !== null && account) return `@${account[1] ?? ''}@${account[2] ?? link.hostname}`;
  return /^\/?(u\/[\w-]+)$/.exec(item.author?.name ?? '')?.[1] ?? null;
}
