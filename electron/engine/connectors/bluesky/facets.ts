import { findAddresses, type TextSpan } from '../../../../shared/text/addresses.ts';
import { type Facet, facetSchema } from './wire.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export type FacetTarget =
  | { readonly kind: 'mention'; readonly did: string }
  | { readonly kind: 'link'; readonly uri: string }
  | { readonly kind: 'tag'; readonly tag: string };

/** A stretch of a post's text and what it points to. */
export interface TextPiece {
  readonly text: string;
  readonly target: FacetTarget | null;
}

/**
 * The text cut where its facets begin and end. Facets count UTF-8 bytes and anybody can write any number there: one
 * that is out of range, splits a character or begins within another is left out.
 */
export function piecesOf(text: string, facets: readonly unknown[]): TextPiece[] {
  const bytes = encoder.encode(text);
  const pieces: TextPiece[] = [];
  const known = facets
    .map((facet) => facetSchema.safeParse(facet))
    .flatMap(({ data }) => (data === undefined ? [] : [data]))
    .sort((a, b) => a.index.byteStart - b.index.byteStart);
  let from = 0;
  for (const { index, features } of known) {
    const { byteStart, byteEnd } = index;
    const target = features.map(targetOf).find((found) => found !== null) ?? null;
    if (target === null || byteStart < from || byteEnd <= byteStart || byteEnd > bytes.length) continue;
    const before = decode(bytes.subarray(from, byteStart));
    const inside = decode(bytes.subarray(byteStart, byteEnd));
    if (before === null || inside === null) continue;
    if (before !== '') pieces.push({ text: before, target: null });
    pieces.push({ text: inside, target });
    from = byteEnd;
  }
  const rest = decode(bytes.subarray(from)) ?? '';
  if (rest !== '') pieces.push({ text: rest, target: null });
  return pieces;
}

function decode(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    // It begins or ends within a character.
    return null;
  }
}

function targetOf(feature: Facet['features'][number]): FacetTarget | null {
  const { did, uri, tag } = feature;
  if (feature.$type === 'app.bsky.richtext.facet#mention' && typeof did === 'string') {
    return { kind: 'mention', did };
  }
  if (feature.$type === 'app.bsky.richtext.facet#link' && typeof uri === 'string') {
    return { kind: 'link', uri };
  }
  if (feature.$type === 'app.bsky.richtext.facet#tag' && typeof tag === 'string') return { kind: 'tag', tag };
  return null;
}

const handlePattern =
  /(?<![\p{L}\p{N}/_.@-])@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)(?![\p{L}\p{N}@_-])/giu;
const tagPattern =
  /(?<![\p{L}\p{N}\p{M}_/&#＃])[#＃]([^\s#＃\u00ad\u2060\u200a-\u200d\p{Me}]*[\p{L}\p{M}\p{N}\p{Emoji_Presentation}_])/gu;
const mostTagGraphemes = 64;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The handles that a text names, each once, in lower case. */
export function handlesIn(text: string): string[] {
  return [...new Set(handleSpans(text).map(({ handle }) => handle))];
}

function handleSpans(text: string): (TextSpan & { handle: string })[] {
  return [...text.matchAll(handlePattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    handle: (match[1] as string).toLowerCase(),
  }));
}

/**
 * Links, people and tags of a text: without facets they would be dead letters on Bluesky. A handle that `didOf` does
 * not know stays text.
 */
export function facetsOf(text: string, didOf: ReadonlyMap<string, string>): Facet[] {
  const links = findAddresses(text).map((span) => ({
    ...span,
    feature: { $type: 'app.bsky.richtext.facet#link', uri: text.slice(span.start, span.end) },
  }));
  const mentions = handleSpans(text).flatMap(({ handle, ...span }) => {
    const did = didOf.get(handle);
    return did === undefined ? [] : [{ ...span, feature: { $type: 'app.bsky.richtext.facet#mention', did } }];
  });
  const tags = [...text.matchAll(tagPattern)].flatMap((match) => {
    const tag = match[1] as string;
    const isNumber = /^\p{N}+$/u.test(tag);
    if (isNumber || [...graphemes.segment(tag)].length > mostTagGraphemes) return [];
    const span = { start: match.index, end: match.index + match[0].length };
    return [{ ...span, feature: { $type: 'app.bsky.richtext.facet#tag', tag } }];
  });
  const found: (TextSpan & { feature: Facet['features'][number] })[] = [];
  // A tag or an @ within an address is part of it.
  for (const span of [...links, ...mentions, ...tags]) {
    if (!found.some(({ start, end }) => span.start < end && start < span.end)) found.push(span);
  }
  return found
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, feature }) => {
      const byteStart = encoder.encode(text.slice(0, start)).length;
      return {
        index: { byteStart, byteEnd: byteStart + encoder.encode(text.slice(start, end)).length },
        features: [feature],
      };
    });
}
