import { Parser } from 'htmlparser2';
import { singleLine } from '../text/clean-text.ts';
import { absoluteUrl } from '../text/normalize-url.ts';
import { createTextDecoding } from './decode-text.ts';

export interface FoundFeed {
  readonly url: string;
  readonly title: string | null;
}

const feedTypes =
  /^(application\/(rss|atom|rdf)\+xml|application\/feed\+json|application\/json|text\/xml|application\/xml)\b/i;
const maximumFeeds = 20;

/** The feeds that a web page names in its head, the page's main one first. */
export function feedsOfPage(page: Uint8Array, contentType: string | null, url: string): FoundFeed[] {
  const charset = /;\s*charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(contentType ?? '')?.[1] ?? null;
  const decoding = createTextDecoding(charset);
  const html = decoding.write(page) + decoding.end();
  let base = url;
  const found = new Map<string, FoundFeed & { readonly rank: number }>();
  let depth = 0;

  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (depth > 256 || found.size >= maximumFeeds) {
        parser.pause();
        return;
      }
      if (name === 'base') base = absoluteUrl(attributes['href'], url) ?? base;
      if (name !== 'link' && name !== 'a') return;
      const isAlternate = /\b(alternate|feed)\b/i.test(attributes['rel'] ?? '');
      const type = attributes['type'] ?? '';
      if (!isAlternate || !feedTypes.test(type.trim())) return;
      const href = absoluteUrl(attributes['href'], base);
      // WordPress names its JSON interface and oEmbed in the same way.
      if (href === null || found.has(href) || /\/wp-json\/|oembed/i.test(href)) return;
      const title = singleLine(attributes['title'] ?? '').slice(0, 200);
      found.set(href, { url: href, title: title === '' ? null : title, rank: rankOf(href, title, type) });
    },
    onclosetag() {
      depth -= 1;
    },
  });
  parser.end(html);
  return [...found.values()]
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ url: address, title }) => ({ url: address, title }));
}

/** Comments are a feed of their own; plain JSON and XML may be anything. */
function rankOf(href: string, title: string, type: string): number {
  const isComments = /comment|kommentar|commentaire|comentario/i.test(`${title} ${new URL(href).pathname}`);
  const isVague = /^(application\/json|text\/xml|application\/xml)/i.test(type.trim());
  return (isComments ? 2 : 0) + (isVague ? 1 : 0);
}

const usualPaths = ['feed', 'rss', 'atom.xml', 'feed.xml', 'index.xml', 'rss.xml', 'feed.json'];

/** Where feeds usually are, for pages that name none. A few only: guessing is knocking on strangers' doors. */
export function usualAddresses(url: string): string[] {
  return usualPaths.map((path) => new URL(`/${path}`, url).href);
}
