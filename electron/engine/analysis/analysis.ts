import type { Sentiment, SentimentWord } from '../../../shared/model/sentiment.ts';

/** What the text is and how it feels. Pure: the same text gives the same answer. */
export interface Analysis {
  /** ISO 639-1, or null when the text is too short or too mixed to tell. */
  readonly language: string | null;
  readonly sentiment: Sentiment & { readonly words: readonly SentimentWord[] };
}

export interface Analyser {
  /** `declaredLanguage` is what the platform says; it is trusted when it is one we know. */
  analyse(text: string, declaredLanguage: string | null): Analysis;
}
