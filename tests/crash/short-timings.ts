import type { OutboxTimings } from '../../electron/engine/outbox/retry-policy.ts';

/** Times for a platform that stores what it was sent within `latestCommitMs`. */
export function shortTimings(latestCommitMs: number): OutboxTimings {
  return {
    lookAfterMs: [5, latestCommitMs * 2],
    endedLookAfterMs: [5, latestCommitMs * 2],
    settleMs: 5,
    shortestDelayMs: 2,
    longestDelayMs: 20,
    stepLimitMs: 5_000,
    tickMs: 5,
    closingPatienceMs: 100,
  };
}
