const firstDelayMs = 500;
const longestDelayMs = 30_000;
/** An engine that ran this long was well: the next crash starts from the shortest delay again. */
const healthyAfterMs = 60_000;

export interface RestartPlan {
  /** Crashes in a row, this one counted. */
  readonly crashes: number;
  readonly delayMs: number;
}

/** When to start an engine again that ended by itself after `ranMs`. */
export function planRestart(crashesBefore: number, ranMs: number): RestartPlan {
  const crashes = ranMs >= healthyAfterMs ? 1 : crashesBefore + 1;
  return { crashes, delayMs: Math.min(longestDelayMs, firstDelayMs * 2 ** (crashes - 1)) };
}
