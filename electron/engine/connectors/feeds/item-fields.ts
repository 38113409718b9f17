import { singleLine } from '../text/clean-text.ts';
import { htmlToDocument } from '../text/html-to-document.ts';
import { absoluteUrl } from '../text/normalize-url.ts';
import { parseDate } from '../text/parse-date.ts';
import { documentText } from '../../../../shared/text/document-text.ts';
import type { FeedPerson, FeedText, ParsedItem } from './wire.ts';
import { elementsOf, findAll, keyOf, markupOf, textOf, type XmlElement } from './xml-element.ts';

const maximumTitleLength = 4_000;
const maximumIdLength = 4_000;

/** The first of `keys` that has a text; within one name the first that has one. */
export function firstText(parent: XmlElement, ...keys: readonly string[]): string | null {
  for (const element of findAll(parent, ...keys)) {
    const text = textOf(element);
    if (text !== null) return text;
  }
  return null;
}

export function firstDate(parent: XmlElement, ...keys: readonly string[]): number | null {
  for (const element of findAll(parent, ...keys)) {
    const at = parseDate(textOf(element));
    if (at !== null) return at;
  }
  return null;
}

export function itemId(text: string | null): string | null {
  return text === null || text.length > maximumIdLength ? null : text;
}

export function linkOf(element: XmlElement): string | null {
  return absoluteUrl(textOf(element), element.base);
}

/** A title is one line of plain text, whatever markup it came in. */
export function plainTitle(text: FeedText | null): string | null {
  if (text === null) return null;
  const plain = singleLine(isPlain(text) ? text.value : documentText(htmlToDocument(asHtml(text), null)));
  return plain === '' ? null : plain.slice(0, maximumTitleLength);
}

function isPlain({ type, value }: FeedText): boolean {
  return type === 'html' ? !/[<&]/.test(value) : !strayEntity.test(value);
}

/** Names of HTML that XML does not know: they are left over where a feed used them without declaring them. */
const strayEntity = /&(?!(amp|lt|gt|quot|apos);)[a-z]{2,8}\d{0,2};/i;

function asHtml({ type, value }: FeedText): string {
  return type === 'html'
    ? value
    : value.replace(/&(?=(amp|lt|gt|quot|apos);)/g, '&amp;').replaceAll('<', '&lt;');
}

/** An element of RSS: escaped HTML, or tags that were put in unescaped. */
export function htmlText(element: XmlElement): FeedText | null {
  const value = markupOf(element, 'markup');
  return value.trim() === '' ? null : { type: 'html', value, base: givenBase(element) };
}

/** An Atom text construct of either version: its type and mode say how to read it. */
export function atomText(element: XmlElement): FeedText | null {
  const type = (element.attributes.get('type') ?? '').trim().toLowerCase();
  const mode = element.attributes.get('mode')?.trim().toLowerCase();
  const base = givenBase(element);
  if (mode === 'base64' || isBinary(type, element)) {
    const decoded = base64Text(element, type);
    // A title that only claims to be binary can still be read.
    if (decoded !== null || element.name !== 'title') return decoded;
  }
  const hasElements = elementsOf(element).length > 0;
  let text: FeedText;
  if (type === 'xhtml' || type.endsWith('/xhtml+xml') || (hasElements && mode !== 'escaped')) {
    const isXhtml = type === 'xhtml' || type.endsWith('xml') || mode === 'xml';
    text = { type: 'html', value: markupOf(element, isXhtml ? 'text' : 'markup'), base };
  } else {
    const value = markupOf(element, 'markup');
    const isHtml = /html/.test(type) || (type === '' && looksLikeHtml(value));
    text = { type: isHtml ? 'html' : 'text', value, base };
  }
  return text.value.trim() === '' ? null : text;
}

/** Many feeds forget type="html"; nobody writes a closing tag in plain text. */
function looksLikeHtml(text: string): boolean {
  return /<\/(p|a|b|i|em|strong|div|span|ul|ol|li|h[1-6]|blockquote|pre|code|table)\s*>|<(br|img|hr)[\s/>]/i.test(
    text,
  );
}

function givenBase(element: XmlElement): string | null {
  return element.isBaseGiven ? element.base : null;
}

/** RFC 4287, 4.1.3.3: content of a media type that is neither text nor XML is base64. */
function isBinary(type: string, element: XmlElement): boolean {
  return (
    type.includes('/') &&
    !element.attributes.has('mode') &&
    !/^text\/|^application\/(.*\+)?xml$|\+xml$|\/xml$|html/.test(type)
  );
}

function base64Text(element: XmlElement, type: string): FeedText | null {
  const encoded = (textOf(element) ?? '').replace(/\s+/g, '');
  if (encoded === '' || !/^[A-Za-z0-9+/_-]+=*$/.test(encoded)) return null;
  try {
    const value = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(encoded, 'base64'));
    const isHtml = /html/.test(type) || looksLikeHtml(value);
    return { type: isHtml ? 'html' : 'text', value, base: givenBase(element) };
  } catch {
    return null; // A picture or a program: nothing to read.
  }
}

/** Atom's author element; older feeds write e-mail and url in other names. */
export function atomPerson(element: XmlElement | undefined): FeedPerson | null {
  if (element === undefined) return null;
  const name = firstText(element, 'atom:name');
  const email = firstText(element, 'atom:email');
  const page = findAll(element, 'atom:uri', 'atom:url', 'atom:homepage')[0];
  if (name === null && email === null) {
    // An author written as plain text, as in RSS.
    return elementsOf(element).length === 0 ? personOf(textOf(element)) : null;
  }
  return {
    name: name === null ? null : personName(name),
    email,
    url: page === undefined ? null : linkOf(page),
  };
}

/** `mail@example.org (Ann)`, `Ann <mail@example.org>`, `mailto:…`, a name, an address. */
export function personOf(text: string | null): FeedPerson | null {
  if (text === null) return null;
  const line = personName(text.replace(/^mailto:/i, ''));
  if (line === '') return null;
  const email = /[^\s<>()"'&;,:]+@[^\s<>()"'&;,:]+\.[^\s<>()"'&;,:?]+/.exec(line)?.[0] ?? null;
  if (email === null) return { name: line, email: null, url: null };
  const name = line
    .replace(email, ' ')
    .replace(/mailto:|[<>()[\]]/gi, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^["'\s,:-]+|["'\s,:-]+$/g, '');
  return { name: name === '' ? null : name, email, url: null };
}

/** Escaped once or twice, with or without tags. */
function personName(text: string): string {
  const once = plainTitle({ type: 'html', value: keepAddress(text), base: null }) ?? '';
  return (plainTitle({ type: 'html', value: keepAddress(once), base: null }) ?? '').slice(0, 300);
}

/** `Ann <ann@example.org>` is no tag. */
function keepAddress(text: string): string {
  return text.replace(/<(?=[^\s<>]+@)/g, '&lt;');
}

/** thr:in-reply-to of RFC 4685. */
export function inReplyToOf(item: XmlElement): ParsedItem['inReplyTo'] {
  const element = findAll(item, 'thr:in-reply-to')[0];
  if (element === undefined) return null;
  const id = element.attributes.get('ref')?.trim() ?? null;
  const link = absoluteUrl(element.attributes.get('href'), element.base);
  return id === null && link === null ? null : { id: id === '' ? null : id, link };
}

/** ISO 639-1 of a language tag. */
export function languageOf(tag: string | null | undefined): string | null {
  return /^([a-z]{2})([-_]|$)/i.exec(tag?.trim() ?? '')?.[1]?.toLowerCase() ?? null;
}

/** Atom links as they occur in every XML format, by what they are for. */
export function atomLink(parent: XmlElement, relation: string): string | null {
  const links = findAll(parent, 'atom:link').filter((link) => relationOf(link) === relation);
  // Of several alternates the page is meant, not its JSON or PDF.
  const best = links.find((link) => /^$|html/i.test(link.attributes.get('type') ?? '')) ?? links[0];
  for (const link of best === undefined ? [] : [best, ...links]) {
    const address = absoluteUrl(link.attributes.get('href'), link.base);
    if (address !== null) return address;
  }
  return null;
}

export function isAlternate(link: XmlElement): boolean {
  return relationOf(link) === 'alternate';
}

function relationOf(link: XmlElement): string {
  const relation = link.attributes.get('rel')?.trim().toLowerCase() ?? '';
  return relation === ''
    ? 'alternate'
    : relation.replace(/^https?:\/\/www\.iana\.org\/assignments\/relation\//, '');
}

/** Of a channel or an item: the first of the names that a title goes by. */
export function rssTitle(element: XmlElement): string | null {
  for (const named of findAll(
    element,
    'rss:title',
    'dc:title',
    'dcterms:title',
    'atom:title',
    'itunes:title',
    'media:title',
  )) {
    const title = plainTitle(keyOf(named) === 'atom:title' ? atomText(named) : htmlText(named));
    if (title !== null) return title;
  }
  return null;
}
