import { clockTime, relativeTime } from './time-words.ts';

export interface PollingTimes {
  readonly state: 'running' | 'offline' | 'asleep' | 'paused' | 'stopped';
  readonly since: number;
  readonly lastPollAt: number | null;
  readonly nextPollAt: number | null;
}

/** Whether Earshot listens, in one line: "Last check 10:42, next 10:47." */
export function checkWords(polling: PollingTimes, now: number): string {
  const since = clockTime(polling.since, now);
  switch (polling.state) {
    case 'offline':
      return `Offline since ${since}.`;
    case 'asleep':
      return `Asleep since ${since}.`;
    case 'paused':
      return `Paused since ${since}.`;
    case 'stopped':
      return 'Not listening.';
    case 'running': {
      const { lastPollAt: last, nextPollAt: next } = polling;
      if (last === null)
        return next === null ? 'Nothing to check yet.' : `First check ${clockTime(next, now)}.`;
      if (next === null) return `Last check ${clockTime(last, now)}.`;
      // With a rhythm of seconds the next check is no news, and one that is due now is being made.
      return next <= now + 60_000
        ? `Listening. Last check ${checkedWords(last, now)}.`
        : `Last check ${clockTime(last, now)}, next ${clockTime(next, now)}.`;
    }
  }
}

/** "just now", "12 min ago"; what is longer ago is told by the clock. */
function checkedWords(at: number, now: number): string {
  const words = relativeTime(at, now);
  if (words === 'now') return 'just now';
  return now - at < 3_600_000 ? `${words} ago` : clockTime(at, now);
}
