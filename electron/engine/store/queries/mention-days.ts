import type { SentimentLabel } from '../../../../shared/model/sentiment.ts';
import type { WritableStore } from '../store.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Gathers changes to the roll-up that charts read, and writes each day once. */
export interface DayWriter {
  add(publishedAt: number, platform: string, sentiment: DaySentiment, sign: 1 | -1): void;
  flush(): void;
}

export interface DaySentiment {
  readonly label: SentimentLabel;
  readonly score: number;
}

interface DayDelta {
  readonly day: number;
  readonly platform: string;
  readonly labels: Record<SentimentLabel, number>;
  scoreSum: number;
}

export function createDayWriter(store: WritableStore): DayWriter {
  const deltas = new Map<string, DayDelta>();
  return {
    add(publishedAt, platform, { label, score }, sign) {
      const day = Math.floor(publishedAt / dayMs);
      const key = `${day} ${platform}`;
      let delta = deltas.get(key);
      if (!delta) {
        delta = {
          day,
          platform,
          labels: { positive: 0, neutral: 0, negative: 0, unsure: 0, unrated: 0 },
          scoreSum: 0,
        };
        deltas.set(key, delta);
      }
      delta.labels[label] += sign;
      delta.scoreSum += sign * score;
    },
    flush() {
      for (const { day, platform, labels, scoreSum } of deltas.values()) {
        const { positive, neutral, negative, unsure, unrated } = labels;
        store.run(
          `INSERT INTO mention_days (day, platform, total, positive, neutral, negative, unsure, unrated, score_sum)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (day, platform) DO UPDATE SET total = total + excluded.total,
             positive = positive + excluded.positive, neutral = neutral + excluded.neutral,
             negative = negative + excluded.negative, unsure = unsure + excluded.unsure,
             unrated = unrated + excluded.unrated, score_sum = score_sum + excluded.score_sum`,
          day,
          platform,
          positive + neutral + negative + unsure + unrated,
          positive,
          neutral,
          negative,
          unsure,
          unrated,
          scoreSum,
        );
      }
      deltas.clear();
    },
  };
}
