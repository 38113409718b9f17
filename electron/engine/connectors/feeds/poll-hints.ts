import { parseDate } from '../text/parse-date.ts';
import type { PollHints } from '../connector.ts';
import type { FeedsCursor } from './cursor.ts';

/** max-age values of years exist on busy feeds. */
const longestMs = 6 * 3_600_000;

/** The longest wait that the headers or the feed itself ask for. */
export function pollHints(headers: Readonly<Record<string, string>>, hints: FeedsCursor['hints']): PollHints {
  const longest = Math.min(Math.max(headerIntervalMs(headers), hints.intervalMs ?? 0), longestMs);
  return {
    ...(longest > 0 ? { minimumIntervalMs: longest } : {}),
    ...(hints.skipHours.length > 0 ? { skipHours: hints.skipHours } : {}),
    ...(hints.skipDays.length > 0 ? { skipDays: hints.skipDays } : {}),
  };
}

function headerIntervalMs(headers: Readonly<Record<string, string>>): number {
  const control = headers['cache-control'] ?? '';
  // "Do not keep it" says nothing about when there will be something new.
  if (/\bno-(cache|store)\b/i.test(control)) return 0;
  const maxAge = /\bmax-age\s*=\s*"?(\d{1,10})/i.exec(control)?.[1];
  if (maxAge !== undefined) return Number(maxAge) * 1000;
  const [expires, date] = [parseDate(headers['expires']), parseDate(headers['date'])];
  return expires === null || date === null ? 0 : Math.max(expires - date, 0);
}
