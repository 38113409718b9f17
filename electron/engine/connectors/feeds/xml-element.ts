import type { Vocabulary } from './namespaces.ts';

/** A part of a feed as it stands in the document; text and elements in their order. */
export interface XmlElement {
  readonly vocabulary: Vocabulary;
  /** Lower case, without prefix. */
  readonly name: string;
  /** By lower-case name; the prefix of a known vocabulary is its usual one (`rdf:about`, `xml:base`). */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (string | XmlElement)[];
  /** The address that relative links in it start from. */
  readonly base: string | null;
  /** The document itself says so, by xml:base. */
  readonly isBaseGiven: boolean;
  readonly language: string | null;
  /** It is read from while children are still being added: the head of a feed. */
  readonly isGrowing?: boolean;
  /** Its child elements by name, once somebody has asked. */
  byKey?: ReadonlyMap<string, readonly XmlElement[]>;
}

export function keyOf(element: XmlElement): string {
  return `${element.vocabulary}:${element.name}`;
}

export function elementsOf(parent: XmlElement): XmlElement[] {
  return parent.children.filter((child) => typeof child !== 'string');
}

/** The children with one of these names, all of the first name before those of the second. */
export function findAll(parent: XmlElement, ...keys: readonly string[]): XmlElement[] {
  const found: XmlElement[] = [];
  for (const key of keys) {
    const elements = byKey(parent).get(key);
    if (elements !== undefined) found.push(...elements);
  }
  return found;
}

function byKey(parent: XmlElement): ReadonlyMap<string, readonly XmlElement[]> {
  // The head of a feed is asked while it is still growing.
  if (parent.byKey === undefined || parent.isGrowing) parent.byKey = Map.groupBy(elementsOf(parent), keyOf);
  return parent.byKey;
}

/** All text in it, tags left out, ends trimmed; null when there is none. */
export function textOf(element: XmlElement | undefined): string | null {
  if (element === undefined) return null;
  const text = rawText(element).trim();
  return text === '' ? null : text;
}

function rawText(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : rawText(child))).join('');
}

/**
 * Its content as markup. XHTML stands in the document as elements, so its text must be escaped again; where
 * escaped HTML and stray tags are mixed (an unclosed <br> in a description) the text is markup already.
 */
export function markupOf(element: XmlElement, textIs: 'text' | 'markup'): string {
  return element.children
    .map((child) => {
      if (typeof child === 'string') return textIs === 'markup' ? child : escaped(child);
      const attributes = [...child.attributes]
        .map(([name, value]) => ` ${name}="${escaped(value)}"`)
        .join('');
      const isVoid = /^(br|img|hr|wbr)$/.test(child.name);
      return `<${child.name}${attributes}>${isVoid ? markupOf(child, textIs) : `${markupOf(child, textIs)}</${child.name}>`}`;
    })
    .join('');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
