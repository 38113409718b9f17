import type { TextLimit } from '../model/text-limit.ts';
import { findAddresses, findHandles } from './addresses.ts';
import { measureText } from './count-text.ts';

/**
 * A text in parts that each keep the limit: cut between paragraphs or sentences where a part stays at least half
 * full, else between words, else between characters as readers see them; never within an address or a handle. Space
 * at the cuts goes, nothing else does. What can be cut nowhere and is longer than a part is a part of its own, over
 * the limit. `opening` will stand before the first part and counts there; no part holds it.
 */
export function splitThread(text: string, limit: TextLimit, opening = ''): string[] {
  if (!measureText(opening + text, limit).isOver) return [text];
  if (opening !== '') {
    const [first = '', ...others] = splitThread(opening + text, limit);
    const rest = first.slice(opening.length).trim();
    return rest === '' ? others : [rest, ...others];
  }
  const cuts = findCuts(text);
  const parts: string[] = [];
  let from = skipSpace(text, 0);
  while (from < text.length) {
    const end = nextCut(text, from, cuts, limit);
    const part = text.slice(from, end).trim();
    if (part !== '') parts.push(part);
    from = skipSpace(text, end);
  }
  return parts;
}

interface Cuts {
  /** Wherever it may be cut at all, ascending; the end of the text is the last. */
  readonly places: readonly number[];
  readonly words: ReadonlySet<number>;
  readonly sentences: ReadonlySet<number>;
  readonly paragraphs: ReadonlySet<number>;
}

function findCuts(text: string): Cuts {
  const solid = [...findAddresses(text), ...findHandles(text)].sort((a, b) => a.start - b.start);
  const places: number[] = [];
  let next = 0;
  for (const start of boundaries(text, 'grapheme')) {
    while ((solid[next]?.end ?? Infinity) <= start) next++;
    if ((solid[next]?.start ?? Infinity) >= start) places.push(start);
  }
  return {
    places,
    words: new Set(boundaries(text, 'word').filter((at) => isBetweenWords(text, at))),
    sentences: new Set(boundaries(text, 'sentence')),
    paragraphs: new Set([...text.matchAll(/\n\s*\n/gu)].map((match) => match.index + match[0].length)),
  };
}

/** Every boundary but the very start, the end included. */
function boundaries(text: string, granularity: 'grapheme' | 'word' | 'sentence'): number[] {
  const segmenter = new Intl.Segmenter('en', { granularity });
  const found: number[] = [];
  for (const { index, segment } of segmenter.segment(text)) found.push(index + segment.length);
  return found;
}

const closing = /^[\p{Pe}\p{Pf}\p{Po}\p{Pd}]/u;
const opening = /[\p{Ps}\p{Pi}\p{Sc}#@]$/u;

/** A full stop does not begin a part, nor does a bracket or a # end one. */
function isBetweenWords(text: string, at: number): boolean {
  return !closing.test(text.slice(at, at + 2)) && !opening.test(text.slice(Math.max(0, at - 2), at));
}

function nextCut(text: string, from: number, cuts: Cuts, limit: TextLimit): number {
  const first = firstAfter(cuts.places, from);
  const last = lastFitting(text, from, cuts.places, first, limit);
  const end = cuts.places[last] as number;
  if (end === text.length) return end;
  const half = from + (end - from) / 2;
  let sentence: number | null = null;
  let space: number | null = null;
  let word: number | null = null;
  for (let at = last; at >= first; at--) {
    const place = cuts.places[at] as number;
    if (place > half && cuts.paragraphs.has(place)) return place;
    if (place > half && cuts.sentences.has(place)) sentence ??= place;
    if (place > half && isAtSpace(text, place)) space ??= place;
    if (cuts.words.has(place)) word ??= place;
  }
  return sentence ?? space ?? word ?? end;
}

function isAtSpace(text: string, at: number): boolean {
  return /\s/u.test(text.charAt(at)) || /\s/u.test(text.charAt(at - 1));
}

/** The furthest place that leaves a part within the limit; the first one when even that does not. */
function lastFitting(
  text: string,
  from: number,
  places: readonly number[],
  first: number,
  limit: TextLimit,
): number {
  const fits = (at: number): boolean => !measureText(text.slice(from, places[at]).trim(), limit).isOver;
  // In growing steps, so that a part costs what it is long and not what is left of the text.
  let low = first;
  let step = 1;
  while (low + step < places.length && fits(low + step)) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, places.length);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function firstAfter(places: readonly number[], from: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] as number) > from) high = middle;
    else low = middle + 1;
  }
  return low;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/u.test(text.charAt(at))) at++;
  return at;
}
