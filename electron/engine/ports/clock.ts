/** Time and chance come from outside, so that a test can hold both. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** [0, 1): spreads polls. */
  random(): number;
}
