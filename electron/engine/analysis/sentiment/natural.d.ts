/**
 * Natural's analyser alone. The package's root must never be imported: it loads database drivers (mongoose, pg,
 * redis) and reads a `.env` file; its own types are only reachable through it.
 */
declare module 'natural/lib/natural/sentiment/SentimentAnalyzer.js' {
  interface SentimentAnalyzer {
    /** Word to polarity; some vocabularies give numbers as text. */
    vocabulary: Record<string, number | string>;
    readonly negations: readonly string[];
    /** The mean polarity of the words; NaN for none. */
    getSentiment(words: readonly string[]): number;
  }
  const SentimentAnalyzer: new (
    language: string,
    stemmer: undefined,
    vocabulary: 'afinn' | 'senticon' | 'pattern',
  ) => SentimentAnalyzer;
  // eslint-disable-next-line import/no-default-export -- a CommonJS module is its default export
  export default SentimentAnalyzer;
}
