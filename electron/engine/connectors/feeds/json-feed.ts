import { z } from 'zod';
import { absoluteUrl } from '../text/normalize-url.ts';
import { parseDate } from '../text/parse-date.ts';
import { itemId, languageOf, plainTitle } from './item-fields.ts';
import type { FeedHead, FeedPerson, FeedText, ParsedItem } from './wire.ts';

/** Whatever is not of the right kind is as good as absent; unknown members are ignored. */
const text = z.string().nullable().catch(null).default(null);
const author = z.object({ name: text, url: text }).nullable().catch(null).default(null);
/** Some write one author where the format has a list. */
const authors = z
  .union([z.array(author), author.transform((one) => [one])])
  .nullable()
  .catch(null)
  .default(null);

const itemSchema = z.object({
  id: z.union([z.string(), z.number()]).nullable().catch(null).default(null),
  url: text,
  external_url: text,
  title: text,
  content_html: text,
  content_text: text,
  summary: text,
  date_published: text,
  date_modified: text,
  language: text,
  author,
  authors,
});

const headSchema = z.object({
  version: text,
  title: text,
  home_page_url: text,
  next_url: text,
  language: text,
  expired: z.boolean().catch(false).default(false),
  author,
  authors,
  hubs: z
    .array(z.object({ url: text }))
    .catch([])
    .default([]),
});

/** Null for an element of `items` that is no object. */
export function jsonItem(value: unknown, base: string | null): ParsedItem | null {
  const parsed = itemSchema.safeParse(value);
  if (!parsed.success) return null;
  const item = parsed.data;
  const updatedAt = parseDate(item.date_modified);
  return {
    id: itemId(item.id === null ? null : String(item.id).trim() || null),
    link: absoluteUrl(item.url, base) ?? absoluteUrl(item.external_url, base),
    title: jsonTitle(item.title),
    body: jsonBody(item, base),
    publishedAt: parseDate(item.date_published) ?? updatedAt,
    updatedAt,
    author: jsonPerson(item.authors, item.author, base),
    sourceName: null,
    inReplyTo: null,
    language: languageOf(item.language),
  };
}

/** Plain text by the specification; many generators copy the escaped one of their RSS. */
function jsonTitle(title: string | null): string | null {
  if (title === null) return null;
  const isEscaped = /&(#\d+|#x[\da-f]+|[a-z]+\d*);/i.test(title);
  return plainTitle({ type: isEscaped ? 'html' : 'text', value: title, base: null });
}

function jsonBody(item: z.infer<typeof itemSchema>, base: string | null): FeedText | null {
  if (item.content_html !== null && item.content_html.trim() !== '') {
    return { type: 'html', value: item.content_html, base };
  }
  const value = [item.content_text, item.summary].find(
    (candidate) => candidate !== null && candidate.trim() !== '',
  );
  return value === undefined || value === null ? null : { type: 'text', value, base };
}

type JsonAuthor = z.infer<typeof author>;

function jsonPerson(
  list: readonly JsonAuthor[] | null,
  single: JsonAuthor,
  base: string | null,
): FeedPerson | null {
  const people = [...(list ?? []), single].filter((person) => person !== null);
  const named =
    people.find((person) => (person.name ?? '').trim() !== '') ?? people.find(({ url }) => url !== null);
  if (named === undefined) return null;
  const name = plainTitle({ type: 'text', value: named.name ?? '', base: null });
  return { name, email: null, url: absoluteUrl(named.url, base) };
}

/** Whether an object with these members is a JSON Feed: it says so, or it forgot to and has its shape. */
export function isJsonFeed(members: ReadonlyMap<string, unknown>, hasItems: boolean): boolean {
  const version = members.get('version');
  if (typeof version === 'string' && /jsonfeed\.org\/version\//i.test(version)) return true;
  return hasItems && typeof members.get('title') === 'string';
}

export function jsonHead(
  members: ReadonlyMap<string, unknown>,
  base: string | null,
): { readonly head: FeedHead; readonly author: FeedPerson | null } {
  const data = headSchema.parse(Object.fromEntries(members));
  const head: FeedHead = {
    format: 'json',
    title: jsonTitle(data.title),
    link: absoluteUrl(data.home_page_url, base),
    language: languageOf(data.language),
    intervalMs: null,
    skipHours: [],
    skipDays: [],
    isExpired: data.expired,
    next: absoluteUrl(data.next_url, base),
    hub: absoluteUrl(data.hubs[0]?.url, base),
  };
  return { head, author: jsonPerson(data.authors, data.author, base) };
}
