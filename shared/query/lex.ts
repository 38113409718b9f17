import type { QueryMistake, QueryRange } from './query.ts';

/** A piece of a query's text, before it is known whether the pieces fit together. */
export type QueryPiece = QueryRange &
  (
    | { readonly type: 'open' | 'close' | 'and' | 'or' | 'not' | 'end' }
    /** `isAttached`: a minus right before what it rules out. */
    | { readonly type: 'minus' }
    | { readonly type: 'near'; readonly distance: number }
    /** `from:` and the like; what follows is its value. */
    | { readonly type: 'field'; readonly name: string }
    | { readonly type: 'text'; readonly text: string; readonly isPrefix: boolean; readonly isQuoted: boolean }
  );

/** Thrown inside the parser only. */
export class QueryMistakeError extends Error {
  readonly mistake: QueryMistake;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.mistake = { message, start, end };
  }
}

const quotes = '"“”„‟«»＂″';
const minuses = '-−–－';
const defaultDistance = 10;
const longestDistance = 100;
const space = /[\s\u200b]/;
const fieldName = /(\p{L}+)[:：]/uy;

/** Words, quotes, brackets and operators of a query, with `end` behind the last. */
export function lexQuery(text: string): QueryPiece[] {
  const pieces: QueryPiece[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at] as string;
    if (space.test(character)) at++;
    else if ('(（'.includes(character)) pieces.push({ type: 'open', start: at, end: ++at });
    else if (')）'.includes(character)) pieces.push({ type: 'close', start: at, end: ++at });
    else if (minuses.includes(character)) {
      const next = text[at + 1];
      if (next === undefined || space.test(next) || ')）'.includes(next))
        throw new QueryMistakeError(
          'Write the minus right before what it rules out: acme -jobs. To look for a minus itself is not possible.',
          at,
          at + 1,
        );
      pieces.push({ type: 'minus', start: at, end: ++at });
    } else if (quotes.includes(character)) at = takeQuoted(text, at, pieces);
    else at = takeChunk(text, at, pieces);
  }
  pieces.push({ type: 'end', start: text.length, end: text.length });
  return pieces;
}

function takeQuoted(text: string, start: number, pieces: QueryPiece[]): number {
  let close = start + 1;
  while (close < text.length && (!quotes.includes(text[close] as string) || isInsideHebrewWord(text, close)))
    close++;
  if (close >= text.length)
    throw new QueryMistakeError(
      'This quotation mark is never closed. Add a " at the end of the phrase.',
      start,
      start + 1,
    );
  let inner = text.slice(start + 1, close);
  let end = close + 1;
  let isPrefix = false;
  if (text[end] === '*') {
    isPrefix = true;
    end++;
  } else if (inner.endsWith('*')) {
    isPrefix = true;
    inner = inner.slice(0, -1);
  }
  const star = inner.indexOf('*');
  if (star >= 0) throw starMistake(start + 1 + star);
  pieces.push({ type: 'text', text: inner, isPrefix, isQuoted: true, start, end });
  return end;
}

function takeChunk(text: string, start: number, pieces: QueryPiece[]): number {
  fieldName.lastIndex = start;
  const field = pieces.at(-1)?.type === 'field' ? null : fieldName.exec(text);
  if (field !== null && !text.startsWith('//', fieldName.lastIndex)) {
    const end = fieldName.lastIndex;
    const name = (field[1] as string).toLowerCase();
    const next = text[end];
    // "Re: hello" is a word with a colon, unless the name is one of ours.
    if ((next !== undefined && !space.test(next)) || knownFields.has(name)) {
      pieces.push({ type: 'field', name, start, end });
      return end;
    }
  }
  let end = start;
  while (end < text.length && !endsChunk(text, end)) end++;
  const chunk = text.slice(start, end);
  const range = { start, end };
  if (chunk === 'OR') pieces.push({ type: 'or', ...range });
  else if (chunk === 'AND') pieces.push({ type: 'and', ...range });
  else if (chunk === 'NOT') pieces.push({ type: 'not', ...range });
  else if (/^NEAR(\/|$)/.test(chunk))
    pieces.push({ type: 'near', distance: distanceOf(chunk, start, end), ...range });
  else if (/^(\|\|?|&&)$/.test(chunk))
    throw new QueryMistakeError(`Write ${chunk === '&&' ? 'AND' : 'OR'} instead of ${chunk}.`, start, end);
  else {
    const isPrefix = chunk.length > 1 && chunk.endsWith('*');
    const word = isPrefix ? chunk.slice(0, -1) : chunk;
    const star = word.indexOf('*');
    if (star >= 0) throw starMistake(start + star);
    pieces.push({ type: 'text', text: word, isPrefix, isQuoted: false, ...range });
  }
  return end;
}

export const knownFields: ReadonlySet<string> = new Set(['from', 'site', 'lang', 'source', 'title']);

function endsChunk(text: string, at: number): boolean {
  const character = text[at] as string;
  if (space.test(character) || '()（）'.includes(character)) return true;
  return quotes.includes(character) && !isInsideHebrewWord(text, at);
}

/** Hebrew abbreviations are written with a quotation mark before their last letter: צה"ל. */
function isInsideHebrewWord(text: string, at: number): boolean {
  return (
    text[at] === '"' &&
    /[\u05d0-\u05ea]/.test(text[at - 1] ?? '') &&
    /[\u05d0-\u05ea]/.test(text[at + 1] ?? '')
  );
}

function distanceOf(chunk: string, start: number, end: number): number {
  if (chunk === 'NEAR') return defaultDistance;
  const digits = chunk.slice('NEAR/'.length);
  const distance = Number(digits);
  if (!/^\d{1,4}$/.test(digits) || distance > longestDistance)
    throw new QueryMistakeError(
      `Write NEAR with a number of words up to ${longestDistance}: acme NEAR/5 battery.`,
      start,
      end,
    );
  return distance;
}

function starMistake(at: number): QueryMistakeError {
  return new QueryMistakeError('A * can only stand at the end of a word: phone*.', at, at + 1);
}
