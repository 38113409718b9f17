import eld from 'eld/extrasmall';
import { knownLanguage } from './known-language.ts';

export interface LanguageGuess {
  /** ISO 639-1; null when the text is too short or too mixed to tell. */
  readonly language: string | null;
  /** What it most resembles, sure or not; null when there is nothing to go by. */
  readonly likely: string | null;
}

/** The detector reads no more either. */
const longestSample = 1000;

/** Addresses, handles and tags are in no language. Bounded, so that no text makes it slow. */
const noise = /https?:\/\/\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}|[@#][\p{L}\p{N}_]+/gu;

/** Scripts that only one widespread language is written in: certain even in one word, where letters counts are not. */
const scriptLanguages: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Armenian}/gu, 'hy'],
  [/\p{Script=Georgian}/gu, 'ka'],
  [/\p{Script=Lao}/gu, 'lo'],
  [/\p{Script=Khmer}/gu, 'km'],
  [/\p{Script=Myanmar}/gu, 'my'],
  [/\p{Script=Tamil}/gu, 'ta'],
  [/\p{Script=Telugu}/gu, 'te'],
];
const beyondLatin = /[\u0370-\uffff]/;

/** Fewer letters than this look like several languages at once. */
const fewestLetters = 8;
/** The best must be this much ahead of the second, on the detector's scale from 0 to 1. */
const smallestLead = 0.005;

export function detectLanguage(text: string): LanguageGuess {
  const sample = text
    .slice(0, longestSample * 2)
    .replace(noise, ' ')
    .slice(0, longestSample);
  const letterCount = countOf(sample, /\p{L}/gu);
  if (letterCount === 0) return { language: null, likely: null };
  const byScript = beyondLatin.test(sample) ? languageOfScript(sample, letterCount) : null;
  if (byScript !== null) return { language: byScript, likely: byScript };

  const result = eld.detect(sample);
  const likely = knownLanguage(result.language);
  if (likely === null) return { language: null, likely: null };
  const [best = 0, second = 0] = Object.values(result.getScores());
  const isSure = letterCount >= fewestLetters && best - second >= smallestLead && result.isReliable();
  return { language: isSure ? likely : null, likely };
}

function languageOfScript(sample: string, letterCount: number): string | null {
  for (const [script, language] of scriptLanguages) {
    const count = countOf(sample, script);
    // Japanese mixes kana with Han; a few kana among Han settle it. A Latin brand name does not unsettle the others.
    if (language === 'ja' ? count > 0 && count * 8 >= letterCount : count * 2 > letterCount) return language;
  }
  return null;
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
