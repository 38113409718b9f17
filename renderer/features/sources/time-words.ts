const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const dateFormat = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });

/** How long ago, as people say it. */
export function agoWords(at: number, now: number): string {
  const passedMs = now - at;
  if (passedMs < 45_000) return 'just now';
  if (passedMs < hourMs) return `${Math.max(1, Math.round(passedMs / minuteMs))} min ago`;
  if (passedMs < dayMs) return `${Math.round(passedMs / hourMs)} h ago`;
  if (passedMs < 14 * dayMs) return days(Math.round(passedMs / dayMs), 'ago');
  return `on ${dateFormat.format(at)}`;
}

/** How long until then. What is due already is "any moment". */
export function aheadWords(at: number, now: number): string {
  const leftMs = at - now;
  if (leftMs < 10_000) return 'any moment';
  if (leftMs < 90_000) return 'in a minute';
  if (leftMs < 90 * minuteMs) return `in ${Math.round(leftMs / minuteMs)} min`;
  if (leftMs < 36 * hourMs) return `in ${Math.round(leftMs / hourMs)} h`;
  return `in ${Math.round(leftMs / dayMs)} days`;
}

function days(count: number, tail: string): string {
  return count === 1 ? `1 day ${tail}` : `${count} days ${tail}`;
}
