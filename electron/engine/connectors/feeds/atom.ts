import { absoluteUrl } from '../text/normalize-url.ts';
import {
  atomLink,
  isAlternate,
  atomPerson,
  atomText,
  firstDate,
  firstText,
  htmlText,
  inReplyToOf,
  itemId,
  languageOf,
  linkOf,
  personOf,
  plainTitle,
} from './item-fields.ts';
import type { FeedHead, FeedPerson, FeedText, ParsedItem } from './wire.ts';
import { findAll, textOf, type XmlElement } from './xml-element.ts';

/** An entry of Atom 0.3 or 1.0. */
export function atomEntry(entry: XmlElement, publishedAt = atomPublishedAt(entry)): ParsedItem {
  const id = itemId(
    firstText(entry, 'atom:id', 'rss:guid', 'atom:guid', 'dc:identifier', 'dcterms:identifier'),
  );
  const link = entryLink(entry, id);
  const body = entryBody(entry);
  return {
    id,
    link,
    title: titleOf(entry),
    body: body === null ? null : { ...body, base: body.base ?? link ?? entry.base },
    publishedAt,
    updatedAt: atomUpdatedAt(entry),
    author: entryAuthor(entry),
    sourceName: sourceName(entry),
    inReplyTo: inReplyToOf(entry),
    language: languageOf(entry.language),
  };
}

/** First publication; of the last change where that is all it says. */
export function atomPublishedAt(entry: XmlElement): number | null {
  return (
    firstDate(
      entry,
      'atom:published',
      'atom:issued',
      'atom:created',
      'dcterms:issued',
      'dcterms:created',
      'dc:date',
      'rss:pubdate',
      'atom:pubdate',
    ) ?? atomUpdatedAt(entry)
  );
}

function atomUpdatedAt(entry: XmlElement): number | null {
  return firstDate(entry, 'atom:updated', 'atom:modified', 'dcterms:modified', 'dc:modified');
}

function titleOf(parent: XmlElement): string | null {
  for (const element of findAll(
    parent,
    'atom:title',
    'dc:title',
    'dcterms:title',
    'rss:title',
    'media:title',
  )) {
    const title = plainTitle(element.vocabulary === 'atom' ? atomText(element) : htmlText(element));
    if (title !== null) return title;
  }
  const inGroup = findAll(parent, 'media:group').flatMap((group) => findAll(group, 'media:title'))[0];
  return inGroup === undefined ? null : plainTitle(htmlText(inGroup));
}

function entryLink(entry: XmlElement, id: string | null): string | null {
  const original = findAll(entry, 'feedburner:origlink')[0];
  const link = (original === undefined ? null : linkOf(original)) ?? atomLink(entry, 'alternate');
  if (link !== null) return link;
  // <link>https://…</link> as RSS has it.
  for (const element of findAll(entry, 'atom:link', 'rss:link')) {
    if (!isAlternate(element)) continue;
    const text = linkOf(element);
    if (text !== null) return text;
  }
  const content = findAll(entry, 'atom:content').find((element) => element.attributes.has('src'));
  const source = content === undefined ? null : absoluteUrl(content.attributes.get('src'), content.base);
  return source ?? (id !== null && /^https?:\/\//i.test(id) ? absoluteUrl(id, null) : null);
}

function entryBody(entry: XmlElement): FeedText | null {
  const contents = findAll(entry, 'atom:content').toSorted((a, b) => rank(a) - rank(b));
  for (const element of [
    ...contents,
    ...findAll(
      entry,
      'content:encoded',
      'xhtml:body',
      'atom:summary',
      'atom:description',
      'rss:description',
      'dc:description',
      'dcterms:description',
      'media:description',
    ),
  ]) {
    const text = element.vocabulary === 'atom' ? atomText(element) : htmlText(element);
    if (text !== null) return text;
  }
  const inGroup = findAll(entry, 'media:group').flatMap((group) => findAll(group, 'media:description'))[0];
  // YouTube's descriptions: plain text with line ends.
  const described = textOf(inGroup);
  return described === null ? null : { type: 'text', value: described, base: entry.base };
}

/** Atom 0.3 may give the same content in several types; the richest that can be read comes first. */
function rank(content: XmlElement): number {
  const type = content.attributes.get('type') ?? '';
  return /html/i.test(type) ? 0 : /^text|^$/i.test(type) ? 1 : 2;
}

function entryAuthor(entry: XmlElement): FeedPerson | null {
  for (const element of findAll(
    entry,
    'atom:author',
    'dc:creator',
    'dcterms:creator',
    'rss:author',
    'itunes:author',
  )) {
    const person = element.vocabulary === 'atom' ? atomPerson(element) : personOf(textOf(element));
    if (person !== null) return person;
  }
  // RFC 4287, 4.2.1: an entry taken from elsewhere has its author in the source.
  const source = findAll(entry, 'atom:source')[0];
  return source === undefined ? null : atomPerson(findAll(source, 'atom:author')[0]);
}

function sourceName(entry: XmlElement): string | null {
  const source = findAll(entry, 'atom:source')[0];
  return source === undefined ? null : titleOf(source);
}

/** What an Atom feed says of itself, from its children that are no entries. */
export function atomHead(feed: XmlElement): FeedHead {
  return {
    format: 'atom',
    title: titleOf(feed),
    link: atomSite(feed),
    language: languageOf(feed.language),
    intervalMs: null,
    skipHours: [],
    skipDays: [],
    isExpired: false,
    next: atomLink(feed, 'next'),
    hub: atomLink(feed, 'hub'),
  };
}

export function atomFeedAuthor(feed: XmlElement): FeedPerson | null {
  return atomPerson(findAll(feed, 'atom:author')[0]);
}

export function atomSite(feed: XmlElement): string | null {
  return atomLink(feed, 'alternate');
}
