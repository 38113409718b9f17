/** One measured thing, and the plainest other way of doing the same, measured in the same run. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** In the same unit. */
  readonly against: number;
}

/** Measures one or more figures that share what they need. */
export interface Group {
  /** Of the figures it gives, so that one can be asked for alone. */
  readonly names: readonly string[];
  measure(): Promise<readonly Figure[]>;
}

export interface Sizes {
  /** Mentions that ingest stores. */
  readonly ingest: number;
  readonly feedBytes: number;
  /** Mentions in the smaller and the larger inbox. */
  readonly inbox: readonly [number, number];
  /** Replies that were sent, in the smaller and the larger outbox. */
  readonly replies: readonly [number, number];
  /** How often a single call is timed. */
  readonly samples: number;
  /** How long a pair of throughputs is measured, each. */
  readonly pairMs: number;
  readonly starts: number;
}

export const sizes = {
  tiny: {
    ingest: 200,
    feedBytes: 50_000,
    inbox: [200, 600],
    replies: [100, 300],
    samples: 21,
    pairMs: 20,
    starts: 1,
  },
  standard: {
    ingest: 5_000,
    feedBytes: 4_000_000,
    inbox: [10_000, 100_000],
    replies: [1_000, 50_000],
    samples: 420,
    pairMs: 1_500,
    starts: 7,
  },
  large: {
    ingest: 20_000,
    feedBytes: 9_000_000,
    inbox: [100_000, 1_000_000],
    replies: [1_000, 200_000],
    samples: 420,
    pairMs: 3_000,
    starts: 7,
  },
} as const satisfies Record<string, Sizes>;

/** 10000 is `10k`: sizes stand in the names of figures. */
export function shortCount(count: number): string {
  if (count % 1_000_000 === 0) return `${count / 1_000_000}m`;
  return count % 1_000 === 0 ? `${count / 1_000}k` : String(count);
}

/** The line that `npm run bench` prints. */
export function lineOf({ name, value, unit, against }: Figure): string {
  const rounded = (number: number): number => Number(number.toPrecision(4));
  const ratio = rounded(value / against);
  return JSON.stringify({ name, value: rounded(value), unit, against: rounded(against), ratio });
}
