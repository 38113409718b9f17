const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const weekdayClock = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  hour: 'numeric',
  minute: '2-digit',
});
const dayMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dayMonthYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const dayClock = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
});
const exact = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});

/** For a row: "now", "12 min", "3 h", "Tue 14:05" within six days, then "3 Nov", with the year when it is another. */
export function relativeTime(at: number, now: number): string {
  const age = now - at;
  // Clocks of servers run a little ahead; a post of the next minute is news of now.
  if (age < minuteMs && age > -minuteMs) return 'now';
  if (age < 0) return untilWords(at, now);
  if (age < hourMs) return `${Math.floor(age / minuteMs)} min`;
  if (age < 12 * hourMs) return `${Math.floor(age / hourMs)} h`;
  if (age < 6 * dayMs) return weekdayClock.format(at);
  return dayWords(at, now);
}

/** With the second and the zone, for a tooltip or a detail. */
export function exactTime(at: number): string {
  return exact.format(at);
}

/** "10:42" today, "Mon 10:42" within six days, else "3 Nov 10:42". */
export function clockTime(at: number, now: number): string {
  if (isSameDay(at, now)) return clock.format(at);
  return Math.abs(now - at) < 6 * dayMs ? weekdayClock.format(at) : dayClock.format(at);
}

/** When something ahead will be: "10:42", "tomorrow 09:00", "Mon 09:00", "3 Dec 09:00". */
export function untilWords(at: number, now: number): string {
  if (isSameDay(at, now)) return clock.format(at);
  const tomorrow = new Date(now);
  tomorrow.setDate(tomorrow.getDate() + 1);
  if (isSameDay(at, tomorrow.getTime())) return `tomorrow ${clock.format(at)}`;
  return at - now < 6 * dayMs ? weekdayClock.format(at) : dayClock.format(at);
}

function dayWords(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? dayMonth : dayMonthYear).format(at);
}

function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}
