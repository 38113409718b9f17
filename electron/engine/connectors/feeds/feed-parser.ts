import { EarshotError } from '../../../../shared/contract/errors.ts';
import { atomEntry, atomPublishedAt, atomFeedAuthor, atomHead, atomSite } from './atom.ts';
import { createTextDecoding } from './decode-text.ts';
import { isJsonFeed, jsonHead, jsonItem } from './json-feed.ts';
import { createJsonMembers } from './json-members.ts';
import { createNewestItems, maximumSeen } from './newest-items.ts';
import { channelAuthor, channelLink, rssHead } from './rss-head.ts';
import { rssItem, rssPublishedAt } from './rss.ts';
import type { FeedHead, FeedPerson, ParsedFeed, ParsedItem } from './wire.ts';
import { keyOf, type XmlElement } from './xml-element.ts';
import { createXmlReader, type XmlFeedFormat } from './xml-reader.ts';

export interface FeedSource {
  /** Where the document came from, after redirects: relative links start here. */
  readonly url: string | null;
  /** The Content-Type header, if there was one. */
  readonly contentType: string | null;
}

export interface FeedParser {
  write(bytes: Uint8Array): void;
  /** True as soon as it is sure that this is no feed and need not be read to its end. */
  isHopeless(): boolean;
  /** True when it has read as many items as anybody could want. */
  isFull(): boolean;
  /** Throws EarshotError('not-a-feed') for everything that is none. */
  end(how: 'whole' | 'cut-off' | 'too-large'): ParsedFeed;
}

type Body = Omit<FeedParser, 'write'> & { write(text: string): void };

/**
 * A feed of any format and encoding, from bytes in pieces of any size. Memory stays bounded however long the
 * document is; what is damaged gives the items that are whole.
 */
export function createFeedParser(source: FeedSource): FeedParser {
  const decoding = createTextDecoding(charsetOf(source.contentType));
  let body: Body | null = null;
  let lead = '';

  function writeText(text: string): void {
    if (text === '') return;
    if (body === null) {
      lead += text;
      const first = lead.replaceAll('\0', '').replaceAll('\ufeff', '').trimStart()[0];
      if (first === undefined) {
        if (lead.length > 65_536) lead = ' ';
        return;
      }
      body = first === '{' ? createJsonBody(source.url) : createXmlBody(source.url);
      body.write(lead);
      lead = '';
    } else body.write(text);
  }

  return {
    write: (bytes) => writeText(decoding.write(bytes)),
    isHopeless: () => body?.isHopeless() ?? false,
    isFull: () => body?.isFull() ?? false,
    end(how) {
      writeText(decoding.end());
      if (body === null) throw notAFeed('empty');
      return body.end(how);
    },
  };
}

function charsetOf(contentType: string | null): string | null {
  return /;\s*charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(contentType ?? '')?.[1] ?? null;
}

/** The parts of a feed's head that anybody reads; the others are not kept. */
const headKeys =
  /^(rss:(title|link|language|author|managingeditor|ttl|skiphours|skipdays)|(atom|dc|dcterms|itunes|media):(title|link|author|creator|language)|media:group|sy:.*)$/;
const maximumHeadParts = 200;

function createXmlBody(url: string | null): Body {
  const items = createNewestItems();
  let format: XmlFeedFormat = 'rss';
  let head: XmlElement | null = null;

  const reader = createXmlReader(
    {
      onRoot(rootFormat, root) {
        format = rootFormat;
        head = root;
      },
      onUnit(unit) {
        const { vocabulary, name } = unit;
        if (vocabulary === 'atom' && name === 'entry') {
          const at = atomPublishedAt(unit);
          items.add(at, () => atomEntry(unit, at));
          return;
        }
        if (vocabulary === 'rss' && name === 'item') {
          const at = rssPublishedAt(unit);
          items.add(at, () => rssItem(unit, at));
          return;
        }
        const key = keyOf(unit);
        if (head !== null && headKeys.test(key) && head.children.length < maximumHeadParts) {
          head.children.push(unit);
          const site = key === 'atom:link' || key === 'rss:link' ? siteOf(head, format) : null;
          // Writers of relative links think of their site, not of where its feed happens to be served.
          if (site !== null) reader.setBase(site);
        }
      },
    },
    url,
  );

  return {
    write: (text) => reader.write(text),
    isHopeless: () => reader.state().type === 'not-a-feed',
    isFull: items.isFull,
    end(how) {
      reader.end();
      const state = reader.state();
      if (head === null) throw notAFeed(state.type === 'not-a-feed' ? state.found : 'unknown');
      const isAtom = format === 'atom';
      const feedHead = isAtom ? atomHead(head) : rssHead(head, format === 'rdf' ? 'rdf' : 'rss');
      const author = isAtom ? atomFeedAuthor(head) : channelAuthor(head);
      const end =
        state.type === 'too-deep'
          ? 'too-deep'
          : how === 'whole' && state.type === 'reading'
            ? 'cut-off'
            : how;
      return finished(feedHead, author, items, end);
    },
  };
}

function siteOf(head: XmlElement, format: XmlFeedFormat): string | null {
  return format === 'atom' ? atomSite(head) : channelLink(head);
}

function createJsonBody(url: string | null): Body {
  const items = createNewestItems();
  const members = new Map<string, unknown>();
  let hasItems = false;
  let itemCount = 0;
  const reader = createJsonMembers({
    onMember(name, value) {
      if (members.size < maximumHeadParts) members.set(name, value);
      if (name === 'items') hasItems = true;
    },
    onItem(value) {
      hasItems = true;
      itemCount += 1;
      const item = jsonItem(value, url);
      if (item !== null) items.add(item.publishedAt, () => item);
    },
  });
  return {
    write: (text) => reader.write(text),
    isHopeless: () => reader.state() === 'broken',
    isFull: () => itemCount >= maximumSeen,
    end(how) {
      if (!isJsonFeed(members, hasItems)) throw notAFeed('json');
      const { head, author } = jsonHead(members, url);
      const end = how === 'whole' && reader.state() !== 'complete' ? 'cut-off' : how;
      return finished(head, author, items, end);
    },
  };
}

function finished(
  head: FeedHead,
  author: FeedPerson | null,
  items: ReturnType<typeof createNewestItems>,
  end: ParsedFeed['end'],
): ParsedFeed {
  const kept: ParsedItem[] = items
    .items()
    .map((item) => ({ ...item, author: item.author ?? author, language: item.language ?? head.language }));
  return { ...head, items: kept, droppedItems: items.count() - kept.length, end };
}

const descriptions: Readonly<Record<string, string>> = {
  empty: 'an empty answer',
  html: 'a web page',
  cdf: 'a channel in the CDF format of 1997, which Earshot does not read',
  json: 'JSON, but no JSON Feed',
  opml: 'an OPML list of feeds',
  urlset: 'a site map',
  sitemapindex: 'a site map',
  entry: 'a single Atom entry',
  service: 'an Atom service document',
  categories: 'an Atom category document',
  unknown: 'neither XML nor JSON',
};

/** No feed stands at the address; `found` names what does. */
export function notAFeed(
  found: string,
  feeds: readonly { url: string; title: string | null }[] = [],
): EarshotError {
  const isName = /^[\w:.-]{1,40}$/.test(found);
  const what =
    descriptions[found] ??
    (isName ? `an XML document of another kind (<${found}>)` : descriptions['unknown']);
  const advice =
    feeds.length > 0
      ? `It links to ${feeds.length === 1 ? 'a feed' : `${feeds.length} feeds`}: use ${feeds[0]?.url ?? ''}.`
      : 'Look for the address of its RSS, Atom or JSON feed and use that.';
  return new EarshotError('not-a-feed', `This address gives ${what}, not a feed. ${advice}`, {
    found,
    feeds,
  });
}
