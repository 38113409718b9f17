import { describe, expect, it } from 'vitest';
import { checkWords } from '../../../renderer/ui/check-words.ts';
import { clockTime, relativeTime, untilWords } from '../../../renderer/ui/time-words.ts';

const now = new Date('2026-11-18T14:00:00').getTime();
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const named = (format: Intl.DateTimeFormatOptions, at: number): string =>
  new Intl.DateTimeFormat(undefined, format).format(at);
const clock = (at: number): string => new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(at);

describe('how long ago', () => {
  it.each([
    [20_000, 'now'],
    [-30_000, 'now'],
    [minute, '1 min'],
    [59.9 * minute, '59 min'],
    [hour, '1 h'],
    [11.9 * hour, '11 h'],
  ])('%d ms: %s', (age, words) => {
    expect(relativeTime(now - age, now)).toBe(words);
  });

  it('names the weekday within six days, then the date, and the year when it is another', () => {
    expect(relativeTime(now - 2 * day, now)).toContain(named({ weekday: 'short' }, now - 2 * day));
    expect(relativeTime(now - 10 * day, now)).not.toMatch(/2026/);
    expect(relativeTime(now - 10 * day, now)).toMatch(/8/);
    expect(relativeTime(now - 400 * day, now)).toMatch(/2025/);
  });
});

describe('when something will be', () => {
  it('names today by the clock alone, then tomorrow, then the weekday', () => {
    expect(untilWords(now + hour, now)).toBe(clock(now + hour));
    expect(untilWords(now + day, now)).toBe(`tomorrow ${clock(now + day)}`);
    expect(untilWords(now + 3 * day, now)).toContain(named({ weekday: 'short' }, now + 3 * day));
    expect(untilWords(now + 40 * day, now)).toContain(named({ month: 'short' }, now + 40 * day));
  });

  it('is tomorrow from the next midnight on, however near that is', () => {
    const late = new Date('2026-11-18T23:50:00').getTime();
    expect(untilWords(late + 20 * minute, late)).toMatch(/^tomorrow/);
  });
});

describe('the line about listening', () => {
  const running = {
    state: 'running',
    since: now,
    lastPollAt: now - 5 * minute,
    nextPollAt: now + 5 * minute,
  } as const;

  it('tells the last and the next check', () => {
    expect(checkWords(running, now)).toBe(
      `Last check ${clockTime(now - 5 * minute, now)}, next ${clockTime(now + 5 * minute, now)}.`,
    );
  });

  it('names no next check that is past or less than a minute ahead', () => {
    expect(checkWords({ ...running, nextPollAt: now - minute }, now)).toBe(
      'Listening. Last check 5 min ago.',
    );
    expect(checkWords({ ...running, lastPollAt: now - 4000, nextPollAt: now + 9000 }, now)).toBe(
      'Listening. Last check just now.',
    );
  });

  it('says so when nothing was or will be checked', () => {
    expect(checkWords({ ...running, lastPollAt: null, nextPollAt: null }, now)).toBe('Nothing to check yet.');
    expect(checkWords({ ...running, state: 'offline' }, now)).toMatch(/^Offline since/);
    expect(checkWords({ ...running, state: 'paused' }, now)).toMatch(/^Paused since/);
  });
});
