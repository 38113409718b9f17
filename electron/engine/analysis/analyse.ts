import type { Analyser } from './analysis.ts';
import { detectLanguage } from './language/detect-language.ts';
import { knownLanguage } from './language/known-language.ts';
import { type RateSentiment, rateSentiment } from './sentiment/rate-sentiment.ts';

export function createAnalyser(rate: RateSentiment = rateSentiment): Analyser {
  return {
    analyse(text, declaredLanguage) {
      const declared = knownLanguage(declaredLanguage);
      if (declared !== null) return { language: declared, sentiment: rate(text, declared) };
      const { language, likely } = detectLanguage(text);
      return { language, sentiment: rate(text, language ?? likely ?? guessForFewWords(text)) };
    },
  };
}

/** "Nice!" is too little to detect, but a few plain letters are read as English rather than not at all. */
function guessForFewWords(text: string): string | null {
  return /^[\0-\x7f’…\p{Extended_Pictographic}\ufe0f]{1,40}$/u.test(text) || !/\p{L}/u.test(text)
    ? 'en'
    : null;
}
