import { absoluteUrl } from '../text/normalize-url.ts';
import {
  atomLink,
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
  rssTitle,
} from './item-fields.ts';
import type { FeedPerson, FeedText, ParsedItem } from './wire.ts';
import { findAll, textOf, type XmlElement } from './xml-element.ts';

/** An item of RSS 0.9x to 2.0 or of RDF; feeds mix in Dublin Core, Atom, Media RSS and iTunes freely. */
export function rssItem(item: XmlElement, publishedAt = rssPublishedAt(item)): ParsedItem {
  const link = rssLink(item);
  const body = rssBody(item);
  return {
    id: itemId(rssId(item)),
    link,
    title: rssTitle(item),
    body: body === null ? null : { ...body, base: body.base ?? link ?? item.base },
    publishedAt,
    updatedAt: rssUpdatedAt(item),
    author: rssAuthor(item),
    sourceName: firstText(item, 'rss:source', 'dc:source', 'dc:publisher'),
    inReplyTo: inReplyToOf(item),
    language: languageOf(firstText(item, 'dc:language') ?? item.language),
  };
}

/** First publication; of the last change where that is all it says. */
export function rssPublishedAt(item: XmlElement): number | null {
  return (
    firstDate(
      item,
      'rss:pubdate',
      'dcterms:created',
      'dcterms:issued',
      'dc:date',
      'atom:published',
      'atom:issued',
      'atom:created',
      'dc:created',
      'dc:issued',
      'dcterms:date',
      'dcterms:available',
    ) ?? rssUpdatedAt(item)
  );
}

function rssUpdatedAt(item: XmlElement): number | null {
  return firstDate(
    item,
    'atom:updated',
    'dcterms:modified',
    'dc:modified',
    'atom:modified',
    'rss:lastbuilddate',
  );
}

function rssId(item: XmlElement): string | null {
  const about = item.attributes.get('rdf:about')?.trim() ?? '';
  return (
    firstText(item, 'rss:guid', 'atom:id') ??
    (about === '' ? firstText(item, 'dc:identifier', 'dcterms:identifier') : about)
  );
}

function rssLink(item: XmlElement): string | null {
  for (const element of findAll(item, 'feedburner:origlink', 'rss:link')) {
    const link = linkOf(element) ?? absoluteUrl(element.attributes.get('href'), element.base);
    if (link !== null) return link;
  }
  const alternate = atomLink(item, 'alternate');
  if (alternate !== null) return alternate;
  for (const guid of findAll(item, 'rss:guid')) {
    const text = textOf(guid);
    const isPermalink = guid.attributes.get('ispermalink')?.trim().toLowerCase() !== 'false';
    if (isPermalink && text !== null && /^https?:\/\//i.test(text)) return absoluteUrl(text, null);
  }
  return null;
}

function rssBody(item: XmlElement): FeedText | null {
  for (const element of findAll(
    item,
    'content:encoded',
    'xhtml:body',
    'atom:content',
    'rss:content',
    'rss:body',
    'xhtml:div',
    'rss:fullitem',
    'rss:description',
    'dc:description',
    'dcterms:description',
    'dcterms:abstract',
    'rss:abstract',
    'atom:summary',
    'rss:summary',
    'itunes:summary',
    'media:description',
    'itunes:subtitle',
  )) {
    const text = element.vocabulary === 'atom' ? atomText(element) : htmlText(element);
    if (text !== null) return text;
  }
  const group = findAll(item, 'media:group', 'media:content')[0];
  const described = group === undefined ? undefined : findAll(group, 'media:description')[0];
  return described === undefined ? null : htmlText(described);
}

function rssAuthor(item: XmlElement): FeedPerson | null {
  let addressOnly: FeedPerson | null = null;
  for (const element of findAll(
    item,
    'dc:creator',
    'rss:author',
    'atom:author',
    'dc:author',
    'dcterms:creator',
    'itunes:author',
    'media:credit',
    'rss:creator',
    'dc:contributor',
  )) {
    const person =
      element.vocabulary === 'atom'
        ? atomPerson(element)
        : (atomPersonInRss(element) ?? personOf(textOf(element)));
    if (person?.name !== null && person !== null) return person;
    addressOnly ??= person;
  }
  return addressOnly;
}

/** Some put Atom's <name> and <email> into RSS's author. */
function atomPersonInRss(element: XmlElement): FeedPerson | null {
  const name = firstText(element, 'rss:name', 'atom:name');
  return name === null ? null : { name, email: firstText(element, 'rss:email', 'atom:email'), url: null };
}
