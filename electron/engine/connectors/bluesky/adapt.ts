import type { Block, Document, Inline } from '../../../../shared/model/document.ts';
import type { IncomingMention } from '../connector.ts';
import { cleanText, singleLine } from '../text/clean-text.ts';
import { absoluteUrl } from '../text/normalize-url.ts';
import { type FacetTarget, piecesOf, type TextPiece } from './facets.ts';
import {
  externalSchema,
  imagesSchema,
  type Post,
  type PostRecord,
  quoteSchema,
  refSchema,
  typedSchema,
  videoSchema,
} from './wire.ts';
import { z } from 'zod';

export const platform = 'bluesky';
const site = 'https://bsky.app';
/** Ten times what the platform takes. */
const longestText = 30_000;

/** What answering a post needs. */
export const postContextSchema = z.object({
  uri: z.string(),
  cid: z.string(),
  root: refSchema,
  langs: z.array(z.string()).optional(),
});
export type PostContext = z.infer<typeof postContextSchema>;

export interface PlaceOfRecord {
  readonly did: string;
  readonly collection: string;
  readonly rkey: string;
}

/** `at://did/collection/rkey`, or null. */
export function placeOf(uri: string): PlaceOfRecord | null {
  const [, did, collection, rkey] = /^at:\/\/(did:[^/]+)\/([^/]+)\/([^/]+)$/.exec(uri) ?? [];
  return did === undefined || collection === undefined || rkey === undefined
    ? null
    : { did, collection, rkey };
}

/** By DID: handles change hands. */
export function pageOfPost(uri: string): string | null {
  const place = placeOf(uri);
  return place && `${site}/profile/${place.did}/post/${place.rkey}`;
}
export const pageOfAccount = (did: string): string => `${site}/profile/${did}`;

/**
 * Made from the record, never from a view of it: the same post reads the same in a search, a feed, a thread and a
 * notification. Its time is when the network saw it; what its author claims may be any year.
 */
export function mentionOf({ uri, cid, author, record, indexedAt }: Post): IncomingMention {
  const root = record.reply?.root ?? { uri, cid };
  const langs = (record.langs ?? []).slice(0, 3);
  return {
    key: uri,
    externalId: uri,
    platform,
    kind: record.reply ? 'comment' : 'post',
    title: null,
    document: documentOf(record, author.did),
    url: pageOfPost(uri),
    author: {
      key: author.did,
      name: singleLine(author.displayName ?? '') || author.handle,
      handle: author.handle === 'handle.invalid' ? null : author.handle,
      url: pageOfAccount(author.did),
    },
    publishedAt: Date.parse(indexedAt),
    rootKey: root.uri,
    parentKey: record.reply?.parent.uri ?? null,
    conversationTitle: null,
    language: languageOf(langs),
    context: { uri, cid, root, ...(langs.length === 0 ? {} : { langs }) } satisfies PostContext,
  };
}

/** Where it names several nobody knows which it is. */
function languageOf(langs: readonly string[]): string | null {
  const languages = new Set(langs.map((lang) => lang.split('-')[0]?.toLowerCase() ?? ''));
  const [only = ''] = languages;
  return languages.size === 1 && /^[a-z]{2}$/.test(only) ? only : null;
}

function documentOf(record: PostRecord, did: string): Document {
  const text = record.text.slice(0, longestText);
  const blocks: Block[] = paragraphs(piecesOf(text, record.facets ?? []));
  return [...blocks, ...embedBlocks(record.embed, did)];
}

/** An empty line parts paragraphs, a line end is a break. */
function paragraphs(pieces: readonly TextPiece[]): Block[] {
  const blocks: Inline[][] = [[]];
  for (const { text, target } of pieces) {
    const href = target && hrefOf(target);
    const lines = cleanText(text)
      .replace(/\r\n?/g, '\n')
      .replace(/\n[ \t]*(\n[ \t]*)+/g, '\n\n')
      .split('\n');
    for (const [place, line] of lines.entries()) {
      if (place > 0) startLine(blocks);
      const last = blocks.at(-1);
      if (line === '' || last === undefined) continue;
      last.push(
        href
          ? { type: 'link', href, children: [{ type: 'text', text: line }] }
          : { type: 'text', text: line },
      );
    }
  }
  for (const block of blocks) while (block.at(-1)?.type === 'break') block.pop();
  return blocks
    .filter((children) => children.length > 0)
    .map((children) => ({ type: 'paragraph', children }));
}

function startLine(blocks: Inline[][]): void {
  const last = blocks.at(-1);
  if (last?.at(-1)?.type === 'break') {
    last.pop();
    blocks.push([]);
  } else if (last !== undefined && last.length > 0) last.push({ type: 'break' });
}

function hrefOf(target: FacetTarget): string | null {
  if (target.kind === 'link') return absoluteUrl(target.uri, null);
  if (target.kind === 'mention') return pageOfAccount(encodeURI(target.did));
  return `${site}/hashtag/${encodeURIComponent(target.tag)}`;
}

/** A link's card names what it leads to, which is often the brand; a picture counts by its description. */
function embedBlocks(embed: unknown, did: string): Block[] {
  const type = typedSchema.safeParse(embed).data?.$type;
  if (type === 'app.bsky.embed.recordWithMedia') {
    const { media, record } = embed as { media?: unknown; record?: unknown };
    return [...embedBlocks(media, did), ...quoteBlocks(record)];
  }
  if (type === 'app.bsky.embed.record') return quoteBlocks(embed);
  if (type === 'app.bsky.embed.images') {
    const images = imagesSchema.safeParse(embed).data?.images ?? [];
    return images.slice(0, 10).flatMap(({ alt, image }) => {
      if (!image) return [];
      const src = `https://cdn.bsky.app/img/feed_fullsize/plain/${did}/${image.ref.$link}@jpeg`;
      return [paragraph({ type: 'image', src, alt: singleLine(alt).slice(0, longestText) })];
    });
  }
  if (type === 'app.bsky.embed.external') {
    const external = externalSchema.safeParse(embed).data?.external;
    const href = absoluteUrl(external?.uri, null);
    if (!external || href === null) return [];
    const title = singleLine(external.title).slice(0, 500) || href;
    const description = singleLine(external.description).slice(0, 1_000);
    return [
      paragraph({ type: 'link', href, children: [{ type: 'text', text: title }] }),
      ...(description === '' ? [] : [paragraph({ type: 'text', text: description })]),
    ];
  }
  if (type === 'app.bsky.embed.video') {
    const alt = singleLine(videoSchema.safeParse(embed).data?.alt ?? '');
    return alt === '' ? [] : [paragraph({ type: 'text', text: alt })];
  }
  return [];
}

function quoteBlocks(embed: unknown): Block[] {
  const uri = quoteSchema.safeParse(embed).data?.record.uri;
  const href = uri === undefined ? null : pageOfPost(uri);
  if (href === null) return [];
  return [paragraph({ type: 'link', href, children: [{ type: 'text', text: href }] })];
}

const paragraph = (child: Inline): Block => ({ type: 'paragraph', children: [child] });
