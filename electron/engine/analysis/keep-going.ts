import type { Analyser } from './analysis.ts';

/** A text that analysis breaks on is still a mention: it comes in unrated, and the fault is told. */
export function keepGoing(analyser: Analyser, onFault: (error: unknown) => void): Analyser {
  return {
    analyse(text, declaredLanguage) {
      try {
        return analyser.analyse(text, declaredLanguage);
      } catch (error) {
        onFault(error);
        return { language: declaredLanguage, sentiment: { label: 'unrated', score: 0, words: [] } };
      }
    },
  };
}
