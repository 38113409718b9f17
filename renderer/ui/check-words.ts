import { clockTime } from './time-words.ts';

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
      // A poll that is due now is being made; "next 10:42" at 10:43 would look broken.
      return next <= now + 60_000
        ? `Last check ${clockTime(last, now)}, next any moment.`
        : `Last check ${clockTime(last, now)}, next ${clockTime(next, now)}.`;
    }
  }
}
