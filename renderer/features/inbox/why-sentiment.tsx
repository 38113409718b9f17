import type { Mention } from '../../../shared/model/mention.ts';
import type { SentimentLabel, SentimentWord } from '../../../shared/model/sentiment.ts';
import css from './why-sentiment.module.css';

const reasons: Readonly<Record<SentimentLabel, string>> = {
  positive: 'The words that speak for it outweigh the others.',
  negative: 'The words that speak against it outweigh the others.',
  neutral: 'Nothing in it leans to either side.',
  unsure: 'Its words pull both ways, or too few of them say anything.',
  unrated: 'Earshot does not claim to read its language.',
};

/** More than this nobody reads; the strongest come first. */
const maxWords = 8;

/** The words that made a label, beside the text that has them underlined meanwhile. */
export function WhySentiment({ mention }: { readonly mention: Pick<Mention, 'text' | 'sentiment'> }) {
  const { sentiment, text } = mention;
  const words = sumByWord(sentiment.words, text).toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const isRated = sentiment.label !== 'unrated';
  return (
    <section className={css.why} aria-label="Why this sentiment">
      <p className={css.reason}>
        {reasons[sentiment.label]}
        {isRated && (
          <>
            {' '}
            Score <strong>{signed(sentiment.score)}</strong> between −1 and +1.
          </>
        )}
      </p>
      {isRated && (
        <div className={css.scale} aria-hidden="true">
          <span
            className={css.needle}
            style={{ insetInlineStart: `${((sentiment.score + 1) / 2) * 100}%` }}
          />
        </div>
      )}
      {words.length > 0 && (
        <ul className={css.words} aria-label="Words that made it">
          {words.slice(0, maxWords).map((word) => (
            <li key={`${word.text} ${word.weight}`} className={word.weight < 0 ? css.negative : css.positive}>
              <span dir="auto" className={css.word}>
                {word.text}
              </span>
              {word.count > 1 && ` ×${word.count}`} {signed(word.weight)}
            </li>
          ))}
          {words.length > maxWords && <li className={css.more}>and {words.length - maxWords} weaker ones</li>}
        </ul>
      )}
    </section>
  );
}

interface SummedWord {
  readonly text: string;
  readonly count: number;
  readonly weight: number;
}

/** A word that stands in the text ten times is one reason, of ten times the weight. */
function sumByWord(words: readonly SentimentWord[], text: string): SummedWord[] {
  const wordOf = ({ start, end }: SentimentWord): string => text.slice(start, end);
  const groups = Map.groupBy(words, (word) => `${Math.sign(word.weight)} ${wordOf(word).toLowerCase()}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const weight = group.reduce((sum, word) => sum + word.weight, 0);
    return [{ text: wordOf(first), count: group.length, weight }];
  });
}

/** "+0.23", "−2.5", "0": two places are more than the eye needs. */
function signed(value: number): string {
  const rounded = Number(value.toFixed(2));
  if (rounded === 0) return '0';
  return `${rounded < 0 ? '−' : '+'}${Math.abs(rounded)}`;
}
