/**
 * A moment ahead as people write it: "2h", "1h 30m", "tomorrow", "fri 9", "3 dec 14:00", "2026-12-03", "noon".
 * Local time; a wall-clock time that summer time skips moves forward. A day without a time means 09:00, a time
 * without a day the next such time. Null: not understood. The moment may be past ("today 8" at noon).
 */
export function readMoment(text: string, now: number): number | null {
  const words = text
    .toLowerCase()
    .replaceAll(',', ' ')
    .split(/\s+/)
    .filter((word) => word !== '' && !fillers.has(word));
  if (words.length === 0) return null;
  return readDuration(words.join(' '), now) ?? readDayAndClock(words, now);
}

const minuteMs = 60_000;
const fillers = new Set(['in', 'on', 'at', 'until', 'till', 'the', 'this', 'next', 'of']);
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const fullWeekdays = 'sunday monday tuesday wednesday thursday friday saturday';
const fullMonths = 'january february march april june july august september october november december';
const shortOf = new Map(
  `${fullWeekdays} ${fullMonths} tues thur thurs sept`.split(' ').map((word) => [word, word.slice(0, 3)]),
);

/** Parts of a day by the hour at which they begin. */
const dayParts = new Map([
  ['morning', 9],
  ['noon', 12],
  ['afternoon', 14],
  ['evening', 18],
  ['tonight', 18],
]);
const morning: Clock = { hour: 9, minute: 0 };

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}
interface Clock {
  readonly hour: number;
  readonly minute: number;
}

/** Hours and minutes are time that passes; days and weeks keep the time of the clock. */
function readDuration(text: string, now: number): number | null {
  const part = /(\d{1,4}(?:\.\d{1,2})?) ?(m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)(?![a-z])/g;
  if (text.replaceAll(part, '').trim() !== '') return null;
  let minutes = 0;
  let days = 0;
  for (const [, count = '', unit = ''] of text.matchAll(part)) {
    if (unit.startsWith('m')) minutes += Number(count);
    else if (unit.startsWith('h')) minutes += 60 * Number(count);
    else days += Number(count) * (unit.startsWith('w') ? 7 : 1);
  }
  if (minutes + days === 0 || !Number.isInteger(days)) return null;
  const start = new Date(now);
  start.setDate(start.getDate() + days);
  return start.getTime() + Math.round(minutes * minuteMs);
}

function readDayAndClock(words: readonly string[], now: number): number | null {
  let day: Day | null = null;
  let weekday: number | null = null;
  let clock: Clock | null = null;
  for (let at = 0; at < words.length; at += 1) {
    const word = shortOf.get(words[at] ?? '') ?? words[at] ?? '';
    const following = shortOf.get(words[at + 1] ?? '') ?? words[at + 1] ?? '';
    const isDayKnown = day !== null || weekday !== null;
    const date = readDate(word, following, now);
    const clockHere = readClock(word, following);
    if (date !== null && !isDayKnown) {
      day = date.day;
      at += date.words - 1;
    } else if (weekdays.includes(word) && !isDayKnown) weekday = weekdays.indexOf(word);
    else if (clockHere !== null && clock === null) {
      clock = clockHere.clock;
      at += clockHere.words - 1;
    } else return null;
  }
  if (weekday !== null) return nextWeekday(weekday, clock, now);
  if (day !== null) return moment(day, clock ?? morning);
  if (clock === null) return null;
  const today = moment(dayFrom(now, 0), clock);
  return today > now ? today : moment(dayFrom(now, 1), clock);
}

/** "tomorrow", "2026-12-03", "3 dec", "dec 3rd"; a day of the year that is past means the next year's. */
function readDate(word: string, following: string, now: number): { day: Day; words: number } | null {
  if (word === 'today') return { day: dayFrom(now, 0), words: 1 };
  if (word === 'tomorrow' || word === 'tmr') return { day: dayFrom(now, 1), words: 1 };
  if (word === 'week') return { day: dayFrom(now, (8 - new Date(now).getDay()) % 7 || 7), words: 1 };
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(word) ?? [];
  if (year !== undefined) {
    const day = existing({ year: Number(year), month: Number(month) - 1, day: Number(date) });
    return day === null ? null : { day, words: 1 };
  }
  const [name, number] = months.includes(word) ? [word, following] : [following, word];
  const [, dayText] = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(number) ?? [];
  if (!months.includes(name) || dayText === undefined) return null;
  const wanted = { year: new Date(now).getFullYear(), month: months.indexOf(name), day: Number(dayText) };
  const isPast = moment(wanted, { hour: 23, minute: 59 }) < now;
  const day = existing(isPast ? { ...wanted, year: wanted.year + 1 } : wanted);
  return day === null ? null : { day, words: 2 };
}

/** "9", "9:30", "9.30", "9am", "9 pm", "14:00", "noon". */
function readClock(word: string, following: string): { clock: Clock; words: number } | null {
  const part = dayParts.get(word);
  if (part !== undefined) return { clock: { hour: part, minute: 0 }, words: 1 };
  const [, hourText, minuteText = '0', own] = /^(\d{1,2})(?:[:.](\d{2}))?(am|pm)?$/.exec(word) ?? [];
  if (hourText === undefined) return null;
  const half = own ?? (following === 'am' || following === 'pm' ? following : undefined);
  const written = Number(hourText);
  if (half !== undefined && (written < 1 || written > 12)) return null;
  const hour = half === undefined ? written : (written % 12) + (half === 'pm' ? 12 : 0);
  const minute = Number(minuteText);
  if (hour > 23 || minute > 59) return null;
  return { clock: { hour, minute }, words: half !== undefined && own === undefined ? 2 : 1 };
}

/** Today only when a time of it is named that lies ahead. */
function nextWeekday(weekday: number, clock: Clock | null, now: number): number {
  const ahead = (weekday - new Date(now).getDay() + 7) % 7;
  const first = moment(dayFrom(now, ahead), clock ?? morning);
  if (ahead > 0 || (clock !== null && first > now)) return first;
  return moment(dayFrom(now, 7), clock ?? morning);
}

function dayFrom(now: number, days: number): Day {
  const date = new Date(now);
  date.setDate(date.getDate() + days);
  return { year: date.getFullYear(), month: date.getMonth(), day: date.getDate() };
}

/** Null for the 31st of February. */
function existing(day: Day): Day | null {
  const date = new Date(day.year, day.month, day.day);
  return date.getMonth() === day.month && date.getDate() === day.day ? day : null;
}

function moment({ year, month, day }: Day, { hour, minute }: Clock): number {
  return new Date(year, month, day, hour, minute).getTime();
}
