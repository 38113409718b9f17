/** The vocabularies that feeds are written in, whatever prefix a feed gives them. */
export type Vocabulary =
  | 'rss'
  | 'atom'
  | 'rdf'
  | 'dc'
  | 'dcterms'
  | 'content'
  | 'media'
  | 'slash'
  | 'thr'
  | 'sy'
  | 'itunes'
  | 'feedburner'
  | 'wfw'
  | 'xhtml'
  | 'xml'
  | 'other';

const byAddress = new Map<string, Vocabulary>([
  ['http://purl.org/rss/1.0', 'rss'],
  ['http://purl.org/net/rss1.1', 'rss'],
  ['http://my.netscape.com/rdf/simple/0.9', 'rss'],
  ['http://channel.netscape.com/rdf/simple/0.9', 'rss'],
  ['http://my.netscape.com/publish/formats/rss-0.91.dtd', 'rss'],
  ['http://backend.userland.com/rss', 'rss'],
  ['http://backend.userland.com/rss2', 'rss'],
  ['http://blogs.law.harvard.edu/tech/rss', 'rss'],
  ['http://cyber.law.harvard.edu/rss', 'rss'],
  ['http://www.w3.org/2005/atom', 'atom'],
  ['http://purl.org/atom/ns', 'atom'],
  ['http://purl.org/atom/1.0', 'atom'],
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['http://purl.org/dc/elements/1.0', 'dc'],
  ['http://purl.org/dc/elements/1.1', 'dc'],
  ['http://purl.org/metadata/dublin_core', 'dc'],
  ['http://purl.org/dc/terms', 'dcterms'],
  ['http://purl.org/rss/1.0/modules/content', 'content'],
  ['http://search.yahoo.com/mrss', 'media'],
  ['http://purl.org/rss/1.0/modules/slash', 'slash'],
  ['http://purl.org/syndication/thread/1.0', 'thr'],
  ['http://purl.org/rss/1.0/modules/syndication', 'sy'],
  ['http://www.itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['http://rssnamespace.org/feedburner/ext/1.0', 'feedburner'],
  ['http://wellformedweb.org/commentapi', 'wfw'],
  ['http://www.w3.org/1999/xhtml', 'xhtml'],
]);

/** What a prefix means where a feed forgot to declare it, or declared it with an address nobody knows. */
const byPrefix = new Map<string, Vocabulary>([
  ['rss', 'rss'],
  ['atom', 'atom'],
  ['a10', 'atom'],
  ['atom10', 'atom'],
  ['rdf', 'rdf'],
  ['dc', 'dc'],
  ['dcterms', 'dcterms'],
  ['content', 'content'],
  ['media', 'media'],
  ['slash', 'slash'],
  ['thr', 'thr'],
  ['sy', 'sy'],
  ['itunes', 'itunes'],
  ['feedburner', 'feedburner'],
  ['wfw', 'wfw'],
  ['xhtml', 'xhtml'],
  ['xml', 'xml'],
]);

/** One declaration and those around it: looking up walks outwards, declaring never copies. */
export interface NamespaceScope {
  readonly prefix: string;
  readonly address: string;
  readonly outer: NamespaceScope | null;
  readonly size: number;
}

/** More declarations in force at once than this are an attack, not a vocabulary. */
const maximumDeclarations = 100;

export function declare(
  outer: NamespaceScope | null,
  prefix: string,
  address: string,
): NamespaceScope | null {
  if ((outer?.size ?? 0) >= maximumDeclarations) return outer;
  return { prefix, address: plainAddress(address), outer, size: (outer?.size ?? 0) + 1 };
}

export function addressOf(scope: NamespaceScope | null, prefix: string): string | null {
  for (let at = scope; at !== null; at = at.outer) if (at.prefix === prefix) return at.address;
  return null;
}

/** `main` is what an element without prefix or declaration belongs to: the feed's own vocabulary. */
export function vocabularyOf(
  scope: NamespaceScope | null,
  prefix: string,
  main: { readonly vocabulary: Vocabulary; readonly address: string | null },
): Vocabulary {
  const address = addressOf(scope, prefix);
  if (address === null || address === '')
    return prefix === '' ? main.vocabulary : (byPrefix.get(prefix) ?? 'other');
  const known = byAddress.get(address);
  if (known !== undefined) return known;
  if (address === main.address) return main.vocabulary;
  return prefix === '' ? 'other' : (byPrefix.get(prefix) ?? 'other');
}

function plainAddress(address: string): string {
  return address
    .trim()
    .toLowerCase()
    .replace(/^https:/, 'http:')
    .replace(/[/#]+$/, '');
}
