import { Parser } from 'htmlparser2';
import { addressOf, declare, vocabularyOf, type NamespaceScope, type Vocabulary } from './namespaces.ts';
import type { XmlElement } from './xml-element.ts';
import { decodeXmlEntities } from './xml-entities.ts';

/** Open elements. The tokenizer's time grows with the square of it, and no feed has thirty. */
const maximumDepth = 512;
/** What one item may hold; the rest of it is passed over. Whole books fit. */
const maximumUnitLength = 1_000_000;
const maximumUnitNodes = 20_000;
const maximumAttributes = 50;
/** Where no feed has begun after so much text, none will. */
const maximumPreamble = 262_144;

export type XmlFeedFormat = 'rss' | 'rdf' | 'atom';

export interface XmlReaderEvents {
  onRoot(format: XmlFeedFormat, root: XmlElement): void;
  /** A child of the feed or its channel: a title, a link, an item. Only whole ones. */
  onUnit(unit: XmlElement): void;
}

export type XmlReaderState =
  | { readonly type: 'looking' }
  | { readonly type: 'reading' }
  /** The feed's own end was seen. */
  | { readonly type: 'complete' }
  | { readonly type: 'not-a-feed'; readonly found: string }
  | { readonly type: 'too-deep' };

const noAttributes: ReadonlyMap<string, string> = new Map();

interface Frame {
  readonly name: string;
  readonly element: XmlElement | null;
  readonly scope: NamespaceScope | null;
  /** Of xml:base. */
  readonly base: string | null;
  readonly language: string | null;
  /** The unit it is part of; its own element when it is the unit itself. */
  readonly unit: XmlElement | null;
  readonly isContainer: boolean;
}

/** Roots of documents that are XML or HTML but certainly no feed. */
const otherRoots =
  /^(html|opml|urlset|sitemapindex|service|categories|entry|plist|svg|soap:envelope|xsl:stylesheet)$/;
const htmlParts = /^(html|head|body|meta|script)$/;

/**
 * Reads a feed's XML as it comes in and hands over each finished part of it. It knows no DTD, so there are no
 * entities to expand and no files to read. It forgives what feeds get wrong: case, missing declarations,
 * unclosed tags and items, text before the beginning and after the end.
 */
export function createXmlReader(events: XmlReaderEvents, url: string | null) {
  let documentBase = url;
  let state: XmlReaderState = { type: 'looking' };
  let main: { vocabulary: Vocabulary; address: string | null } = { vocabulary: 'other', address: null };
  let format: XmlFeedFormat | null = null;
  const frames: Frame[] = [];
  let pending: { name: string; attributes: Map<string, string> | null } | null = null;
  /** Text as it stands in the document, until it is known to be whole. */
  let pendingText = '';
  let isInCdata = false;
  let seenLength = 0;
  let firstName: string | null = null;
  let unitLength = 0;
  let unitNodes = 0;
  let isHtmlDeclared = false;
  let isInternalSubset = false;
  let isEnding = false;
  const delivered = new WeakSet<XmlElement>();

  function stop(next: XmlReaderState): void {
    state = next;
    parser.pause();
  }

  /** The tokenizer tells of an element's attributes one by one, and of their end only by what comes next. */
  function flush(): void {
    if (pendingText !== '') {
      const text = decodeXmlEntities(pendingText);
      pendingText = '';
      addText(text);
    }
    if (pending === null) return;
    const { name, attributes } = pending;
    pending = null;
    open(name, attributes ?? noAttributes);
  }

  function open(rawName: string, rawAttributes: ReadonlyMap<string, string>): void {
    const parent = frames.at(-1);
    let scope = parent?.scope ?? null;
    for (const [name, value] of rawAttributes) {
      if (name === 'xmlns') scope = declare(scope, '', value);
      else if (name.startsWith('xmlns:')) scope = declare(scope, name.slice(6), value);
    }
    const [prefix, name] = splitName(rawName);
    if (format === null) beginRoot(rawName, prefix, name, rawAttributes, scope);
    const vocabulary = vocabularyOf(scope, prefix, main);
    const ownBase = rawAttributes.get('xml:base')?.trim();
    const outerBase = parent?.base ?? null;
    const givenBase =
      ownBase === undefined ? null : URL.parse(ownBase, outerBase ?? documentBase ?? undefined);
    const base = givenBase?.href ?? outerBase;
    const language = rawAttributes.get('xml:lang')?.trim() ?? parent?.language ?? null;

    const create = (): XmlElement => ({
      vocabulary,
      name,
      attributes: canonicalAttributes(rawAttributes, scope),
      children: [],
      base: base ?? documentBase,
      isBaseGiven: base !== null,
      language,
    });

    let element: XmlElement | null = null;
    let unit = parent?.unit ?? null;
    let isContainer = false;
    if (format !== null) {
      if (state.type === 'looking') {
        state = { type: 'reading' };
        element = { ...create(), isGrowing: true };
        isContainer = true;
        events.onRoot(format, element);
      } else if (name === 'channel' && parent?.isContainer === true && format !== 'atom') isContainer = true;
      else if (isItem(vocabulary, name)) {
        // Nobody puts an item in an item: the one before was not closed.
        if (unit !== null) deliver(unit);
        unit = null;
      }
      if (!isContainer && (unit !== null || parent?.isContainer === true || isItem(vocabulary, name))) {
        if (unit === null) {
          unitLength = 0;
          unitNodes = 0;
        }
        unitNodes += 1;
        if (unitNodes <= maximumUnitNodes) {
          element = create();
          if (unit === null) unit = element;
          else parent?.element?.children.push(element);
        }
      }
    }
    frames.push({ name: rawName, element, scope, base, language, unit, isContainer });
    if (frames.length > maximumDepth) stop({ type: 'too-deep' });
  }

  function isItem(vocabulary: Vocabulary, name: string): boolean {
    if (format === 'atom') return name === 'entry' && vocabulary === 'atom';
    return (name === 'item' && vocabulary === 'rss') || (name === 'entry' && vocabulary === 'atom');
  }

  function beginRoot(
    rawName: string,
    prefix: string,
    name: string,
    attributes: ReadonlyMap<string, string>,
    scope: NamespaceScope | null,
  ): void {
    firstName ??= rawName;
    if (name === 'rss' || (name === 'channel' && !isChannelDefinition(attributes))) format = 'rss';
    else if (name === 'rdf') format = 'rdf';
    else if (name === 'feed') format = 'atom';
    else if (name === 'channel') stop({ type: 'not-a-feed', found: 'cdf' });
    else if (otherRoots.test(rawName) || isHtmlDeclared || (frames.length === 0 && htmlParts.test(rawName))) {
      stop({ type: 'not-a-feed', found: isHtmlDeclared || htmlParts.test(rawName) ? 'html' : name });
    }
    if (format === null) return;
    // RDF itself has the prefix; what is in it is RSS.
    const address = format === 'rdf' ? addressOf(scope, '') : addressOf(scope, prefix);
    main = { vocabulary: format === 'atom' ? 'atom' : 'rss', address };
  }

  function deliver(unit: XmlElement): void {
    if (delivered.has(unit)) return;
    delivered.add(unit);
    events.onUnit(unit);
  }

  /** Holds text until something else comes: an entity may stand across two pieces of the document. */
  function holdText(text: string): void {
    const top = frames.at(-1);
    if (top === undefined || top.element === null || top.isContainer) return;
    const allowed = maximumUnitLength - unitLength;
    if (allowed <= 0) return;
    const piece = text.length > allowed ? text.slice(0, allowed) : text;
    unitLength += piece.length;
    if (isInCdata) addText(piece);
    else pendingText += piece;
  }

  function addText(text: string): void {
    const children = frames.at(-1)?.element?.children;
    if (children === undefined) return;
    const last = children.length - 1;
    if (typeof children[last] === 'string') children[last] += text;
    else children.push(text);
  }

  const parser = new Parser(
    {
      onopentagname(name) {
        flush();
        pending = isInternalSubset ? null : { name, attributes: null };
      },
      onattribute(name, value) {
        if (pending === null) return;
        pending.attributes ??= new Map();
        if (pending.attributes.size >= maximumAttributes || pending.attributes.has(name)) return;
        pending.attributes.set(name, decodeXmlEntities(value.slice(0, 65_536)));
      },
      onclosetag() {
        flush();
        if (isInternalSubset) return;
        const frame = frames.pop();
        if (frame === undefined || isEnding) return;
        if (frame.element !== null && frame.unit === frame.element) deliver(frame.element);
        if (frame.isContainer && !frames.some(({ isContainer }) => isContainer)) state = { type: 'complete' };
      },
      ontext(text) {
        if (pending !== null) flush();
        if (isInternalSubset) {
          // An internal DTD subset ends with ]>, of which the > ended the declaration's last line.
          if (/\]\s*>/.test(text)) isInternalSubset = false;
        } else holdText(text);
      },
      oncdatastart() {
        flush();
        isInCdata = true;
      },
      oncdataend() {
        isInCdata = false;
      },
      onprocessinginstruction(name, data) {
        flush();
        if (name !== '!doctype') return;
        if (/^!doctype\s+html\b/i.test(data)) isHtmlDeclared = true;
        isInternalSubset = data.includes('[') && !/\]\s*$/.test(data);
      },
      oncomment() {
        flush();
      },
    },
    // Entities are decoded here, a text at a time: the tokenizer would hand over a piece for each of them.
    { xmlMode: true, decodeEntities: false, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );

  function isRunning(): boolean {
    return state.type === 'looking' || state.type === 'reading' || state.type === 'complete';
  }

  return {
    state: () => state,
    /** Where relative links start from, now that the feed has said whose it is. */
    setBase(base: string): void {
      documentBase = base;
    },
    write(text: string): void {
      if (!isRunning()) return;
      if (state.type === 'looking') {
        seenLength += text.length;
        if (seenLength > maximumPreamble) {
          stop({ type: 'not-a-feed', found: firstName ?? 'unknown' });
          return;
        }
      }
      parser.write(text);
    },
    end(): void {
      if (!isRunning()) return;
      // What is closed only by the document's end was cut off.
      isEnding = true;
      parser.end();
      if (state.type === 'looking') state = { type: 'not-a-feed', found: firstName ?? 'unknown' };
    },
  };
}

function splitName(rawName: string): readonly [prefix: string, name: string] {
  const colon = rawName.indexOf(':');
  return colon === -1 ? ['', rawName] : [rawName.slice(0, colon), rawName.slice(colon + 1)];
}

function canonicalAttributes(
  raw: ReadonlyMap<string, string>,
  scope: NamespaceScope | null,
): ReadonlyMap<string, string> {
  let hasForeign = false;
  for (const name of raw.keys()) if (name.includes(':') || name === 'xmlns') hasForeign = true;
  if (!hasForeign) return raw;
  const result = new Map<string, string>();
  for (const [rawName, value] of raw) {
    const [prefix, name] = splitName(rawName);
    if (prefix === 'xmlns' || rawName === 'xmlns') continue;
    if (prefix === '') result.set(name, value);
    else {
      const vocabulary = vocabularyOf(scope, prefix, { vocabulary: 'other', address: null });
      result.set(`${vocabulary === 'other' ? prefix : vocabulary}:${name}`, value);
    }
  }
  return result;
}

/** Microsoft's Channel Definition Format of 1997 has a channel as its root too, with attributes. */
function isChannelDefinition(attributes: ReadonlyMap<string, string>): boolean {
  return ['href', 'base', 'lastmod', 'precache', 'self'].some((name) => attributes.has(name));
}
