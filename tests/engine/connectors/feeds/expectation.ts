import { readFileSync } from 'node:fs';
import { createFeedParser } from '../../../../electron/engine/connectors/feeds/feed-parser.ts';
import type { ParsedFeed, ParsedItem } from '../../../../electron/engine/connectors/feeds/wire.ts';
import {
  htmlToDocument,
  textToDocument,
} from '../../../../electron/engine/connectors/text/html-to-document.ts';
import { documentText } from '../../../../shared/text/document-text.ts';

export const fixtures = new URL('../../../fixtures/feeds/', import.meta.url);

export interface Expectation {
  readonly file: string;
  readonly kind: string;
  readonly contentType?: string;
  readonly feed: Readonly<Record<string, string>>;
  readonly items: readonly Readonly<Record<string, string>>[];
  readonly count?: number;
}

export function readExpectations(): Expectation[] {
  return JSON.parse(readFileSync(new URL('expectations.json', fixtures), 'utf8')) as Expectation[];
}

export function readFixture(file: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(file, fixtures)));
}

export function parse(
  bytes: Uint8Array | string,
  options: { readonly url?: string; readonly contentType?: string; readonly pieceLength?: number } = {},
): ParsedFeed {
  const all = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  const parser = createFeedParser({ url: options.url ?? null, contentType: options.contentType ?? null });
  const length = options.pieceLength ?? all.length;
  for (let start = 0; start < all.length; start += length) parser.write(all.subarray(start, start + length));
  return parser.end('whole');
}

/** What of a feed differs from what is expected of it, in words; empty when nothing does. */
export function differences(feed: ParsedFeed, expected: Expectation): string[] {
  const found: string[] = [];
  const check = (where: string, field: string, wanted: string, value: string | number | null): void => {
    if (!agrees(field, wanted, value))
      found.push(`${where}${field}: wanted ${wanted}, found ${String(value)}`);
  };
  if (expected.count !== undefined && feed.items.length !== expected.count) {
    found.push(`wanted ${expected.count} items, found ${feed.items.length}`);
  }
  for (const [field, wanted] of Object.entries(expected.feed)) {
    check('feed.', field, wanted, feed[field as 'title' | 'link']);
  }
  for (const [index, item] of expected.items.entries()) {
    const parsed = feed.items[index];
    for (const [field, wanted] of Object.entries(item)) {
      check(`items.${index}.`, field, wanted, parsed === undefined ? null : valueOf(parsed, field));
    }
  }
  return found;
}

export function bodyText({ body }: ParsedItem): string {
  if (body === null) return '';
  return documentText(
    body.type === 'html' ? htmlToDocument(body.value, body.base) : textToDocument(body.value),
  );
}

function valueOf(item: ParsedItem, field: string): string | number | null {
  if (field === 'content') return bodyText(item);
  if (field === 'published') return item.publishedAt;
  if (field === 'author') return item.author?.name ?? item.author?.email ?? null;
  return item[field as 'id' | 'link' | 'title'];
}

/**
 * title, content: without white space, the first 200 characters of content · link: the same address, a slash at
 * the end does not count · id: equal · published: the same second · author: one contains the other.
 */
function agrees(field: string, wanted: string, value: string | number | null): boolean {
  if (value === null) return false;
  if (field === 'published')
    return Math.floor(Number(value) / 1000) === Math.floor(Date.parse(wanted) / 1000);
  const text = String(value);
  if (field === 'title') return bare(text) === bare(wanted);
  if (field === 'content') return bare(text).slice(0, 200) === bare(wanted).slice(0, 200);
  if (field === 'link')
    return new URL(text).href.replace(/\/$/, '') === new URL(wanted).href.replace(/\/$/, '');
  if (field === 'author') {
    const [a, b] = [text.toLowerCase(), wanted.toLowerCase()];
    return a !== '' && (a.includes(b) || b.includes(a));
  }
  return text === wanted;
}

function bare(text: string): string {
  return documentText(htmlToDocument(text, null)).replace(/\s+/g, '');
}
