import type { Clock } from '../../ports/clock.ts';

/** No server decides that Earshot stays away for longer. */
const maxRetryAfterMs = 24 * 60 * 60_000;

/** What Retry-After (seconds or an HTTP date) asks for, as an instant; null when it is missing or cannot be read. */
export function retryAtOf(header: string | undefined, clock: Pick<Clock, 'now'>): number | null {
  const now = clock.now();
  const value = header?.trim() ?? '';
  let waitMs: number;
  if (/^\d+(\.\d+)?$/.test(value)) waitMs = Number(value) * 1000;
  // Every form of an HTTP date names its weekday; without this `Date` would take a bare number as a year.
  else if (/^(mon|tue|wed|thu|fri|sat|sun)/i.test(value)) waitMs = Date.parse(value) - now;
  else return null;
  if (!Number.isFinite(waitMs)) return null;
  return now + Math.min(Math.max(Math.round(waitMs), 0), maxRetryAfterMs);
}
