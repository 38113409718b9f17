import type { Mention } from '../../../shared/model/mention.ts';
import type { SentimentLabel } from '../../../shared/model/sentiment.ts';
import { Popover } from '../../ui/popover.tsx';
import { SentimentChip } from '../../ui/sentiment-chip.tsx';
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

export interface WhySentimentProps {
  readonly mention: Pick<Mention, 'text' | 'sentiment'>;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

/** The sentiment chip; pressed, it lists the words that made the label, which are then underlined in the text. */
export function WhySentiment({ mention, isOpen, onOpenChange }: WhySentimentProps) {
  const { sentiment, text } = mention;
  const words = sentiment.words.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return (
    <Popover
      label="Why this sentiment"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      placement="bottom end"
      trigger={<SentimentChip label={sentiment.label} isTrigger />}
    >
      <p className={css.title}>Why this sentiment</p>
      <p className={css.reason}>{reasons[sentiment.label]}</p>
      {sentiment.label !== 'unrated' && (
        <div className={css.scale} aria-hidden="true">
          <span
            className={css.needle}
            style={{ insetInlineStart: `${((sentiment.score + 1) / 2) * 100}%` }}
          />
        </div>
      )}
      {sentiment.label !== 'unrated' && (
        <p className={css.score}>
          Score <strong>{signed(sentiment.score)}</strong> between −1 and +1
        </p>
      )}
      {words.length > 0 && (
        <ul className={css.words} aria-label="Words that made it">
          {words.slice(0, maxWords).map((word) => (
            <li key={word.start}>
              <span dir="auto" className={css.word}>
                {text.slice(word.start, word.end)}
              </span>
              <span className={word.weight < 0 ? css.negative : css.positive}>{signed(word.weight)}</span>
            </li>
          ))}
        </ul>
      )}
      {words.length > maxWords && <p className={css.reason}>and {words.length - maxWords} weaker ones</p>}
    </Popover>
  );
}

function signed(value: number): string {
  const rounded =
    Math.abs(value) < 10
      ? Math.abs(value)
          .toFixed(2)
          .replace(/\.?0+$/, '')
      : Math.abs(value).toFixed(0);
  if (rounded === '0') return '0';
  return `${value < 0 ? '−' : '+'}${rounded}`;
}
