import { parseQuery } from '../../../shared/query/parse.ts';

/** Fewer letters begin too many words. */
const leastLetters = 3;
const operators = new Set(['OR', 'AND', 'NOT', 'NEAR']);
/** Scripts without spaces: there is no telling where a word that is being typed begins. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * What a search field means while somebody types: the plain word at its end is the beginning of one ("expor" finds
 * "export"), until a space or anything else ends it. Everything else is taken as it was written.
 */
export function asYouType(text: string): string {
  const written = text.trim();
  const [, word = ''] = /(?:^|[\s(])([\p{L}\p{M}\p{N}]+)$/u.exec(text) ?? [];
  if (word.length < leastLetters || operators.has(word) || unspaced.test(word)) return written;
  const widened = `${written}*`;
  // Within quotes, or wherever else the language has no room for a prefix, the word stays a word.
  const isQuoted = (text.split('"').length - 1) % 2 === 1;
  return !isQuoted && parseQuery(widened).isValid ? widened : written;
}
