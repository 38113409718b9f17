import type { TextLimit } from '../model/text-limit.ts';
import { findAddresses, findHandles, type TextSpan } from './addresses.ts';

/** How a text stands against a limit: by the ceiling it broke, else by the one in the platform's own unit. */
export interface TextMeasure {
  readonly unit: TextLimit['unit'];
  readonly count: number;
  readonly most: number;
  /** Below 0 when it is too long. */
  readonly left: number;
  readonly isOver: boolean;
}

export function measureText(text: string, limit: TextLimit): TextMeasure {
  const count = countText(text, limit);
  if (count <= limit.most && limit.mostBytes !== null) {
    const bytes = countBytes(text);
    if (bytes > limit.mostBytes) return measure('bytes', bytes, limit.mostBytes);
  }
  return measure(limit.unit, count, limit.most);
}

function measure(unit: TextLimit['unit'], count: number, most: number): TextMeasure {
  return { unit, count, most, left: most - count, isOver: count > most };
}

/** In the limit's own unit, addresses and handles as that platform counts them. */
export function countText(text: string, limit: TextLimit): number {
  const { addressCounts, isServerOfMentionFree } = limit;
  const addresses = addressCounts === null ? [] : findAddresses(text);
  // What stands for an address keeps its neighbours apart, and an @ within one names nobody.
  let counted = replaceSpans(text, addresses, '/');
  if (isServerOfMentionFree) {
    const servers = findHandles(counted).map(({ nameEnd, end }) => ({ start: nameEnd, end }));
    counted = replaceSpans(counted, servers, '');
  }
  return countUnits(counted, limit.unit) + addresses.length * ((addressCounts ?? 0) - 1);
}

function replaceSpans(text: string, spans: readonly TextSpan[], by: string): string {
  let replaced = '';
  let from = 0;
  for (const { start, end } of spans) {
    replaced += text.slice(from, start) + by;
    from = end;
  }
  return replaced + text.slice(from);
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Every character is one of each unit. The pair of carriage return and line feed is one grapheme. */
const plain = /^(?!.*\r\n)[\p{ASCII}]*$/su;

function countUnits(text: string, unit: TextLimit['unit']): number {
  if (unit === 'utf16' || plain.test(text)) return text.length;
  if (unit === 'bytes') return countBytes(text);
  let count = 0;
  if (unit === 'graphemes') for (const _ of graphemes.segment(text)) count++;
  else for (const _ of text) count++;
  return count;
}

/** UTF-8. */
export function countBytes(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit <= 0xdbff && isLowSurrogate(text, at + 1)) {
      bytes += 4;
      at++;
    } else bytes += 3;
  }
  return bytes;
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
