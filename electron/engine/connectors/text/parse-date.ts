import { monthNumber } from './month-names.ts';
import { zoneOffsetMinutes } from './time-zones.ts';

/** Dates are short; what is longer is a text that stands where a date should. */
const maximumLength = 100;

/**
 * The instant that a feed's date means, in epoch milliseconds, or null when it says none. RFC 822 with the
 * liberties that feeds take, RFC 3339 and W3CDTF, asctime, compact basic form, month names in many languages.
 * Without a zone it is UTC: the runtime's own parser would read local time, which differs from laptop to laptop.
 */
export function parseDate(text: string | null | undefined): number | null {
  if (text === null || text === undefined || text.length > maximumLength) return null;
  const tidy = text
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (tidy === '') return null;
  return yearFirstDate(tidy) ?? compactDate(tidy) ?? numericDate(tidy) ?? writtenDate(tidy);
}

interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

interface TimeParts {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

const midnight: TimeParts = { hour: 0, minute: 0, second: 0, millisecond: 0 };

/** Year first: RFC 3339, its shorter relatives, and what looks like them (`2006/09/15 08:19:53 EDT`). */
function yearFirstDate(text: string): number | null {
  const tidy = text
    .replace(/^\p{L}+,? (?=\d{4}[-/])/u, '')
    // Hungarian feeds write the month's name: 2004-július-13T9:15-05:00.
    .replace(/^(\d{4})-(\p{L}{3,}\.?)-/u, (_, year, name) => `${year}-${monthNumber(name) ?? name}-`)
    .replace(/^(\d{4})[년年] ?(\d{1,2})[월月] ?(\d{1,2})[일日]/, '$1-$2-$3')
    .replace(/^(\d{4})([/.])(\d{1,2})\2(\d{1,2})(?!\d)/, '$1-$3-$4');
  const match =
    /^(\d{4})(?:-(0?\d{1,2}))?(?:-(\d{1,2}))?(?:(?:[T ]|, )(.+))?$/i.exec(tidy) ??
    /^(\d{2})-(\d{2})-(\d{2})()$/.exec(tidy) ??
    /^-(\d{2})-(\d{2})()()$/.exec(tidy);
  if (match === null) return null;
  const [, year = '', month, day, rest] = match;
  if (rest !== undefined && rest !== '' && day === undefined) return null;
  const date = { year: fullYear(year), month: Number(month ?? 1), day: Number(day === '' ? 1 : (day ?? 1)) };
  // Only Korean feeds write the half of the day in Korean, and they mean Korean time.
  const isKorean = /[년오]/.test(text);
  return withTime(date, rest, isKorean ? 'KST' : undefined);
}

/** `20261120T081500Z`, `20261120`, `031231`, and seconds or milliseconds since 1970. */
function compactDate(text: string): number | null {
  if (/^1\d{9}$/.test(text)) return Number(text) * 1000;
  if (/^1\d{12}$/.test(text)) return Number(text);
  // The day of the year: 2003-335 is 1 December.
  const ordinal = /^(\d{4})-(\d{3})$/.exec(text);
  if (ordinal !== null) {
    const newYear = Date.UTC(Number(ordinal[1]), 0);
    return Number(ordinal[2]) > 366 ? null : newYear + (Number(ordinal[2]) - 1) * 86_400_000;
  }
  const match =
    /^(\d{4}|\d{2})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2})?(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/i.exec(
      text,
    );
  if (match === null) return null;
  const [, year = '', month, day, hour, minute, second, zone] = match;
  if (year.length === 2 && hour !== undefined) return null;
  const date = { year: fullYear(year), month: Number(month), day: Number(day) };
  const time = {
    ...midnight,
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
  };
  return instant(date, time, zone);
}

/** `11/20/2026 10:00:00 AM`, `20.11.2026`: where both readings are possible, AM and PM tell American order. */
function numericDate(text: string): number | null {
  const match = /^(?:\p{L}+,? )?(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:,? (.+))?$/u.exec(text);
  if (match === null) return null;
  const [, first = '', separator, second = '', year = '', rest] = match;
  const isMonthFirst =
    Number(second) > 12 || (Number(first) <= 12 && separator === '/' && /\d ?[ap]\.?m/i.test(rest ?? ''));
  const [month, day] = isMonthFirst ? [first, second] : [second, first];
  return withTime({ year: Number(year), month: Number(month), day: Number(day) }, rest);
}

/**
 * Dates with a month's name, in whatever order: RFC 822, asctime, `Nov 20, 2026 10:00 AM`. A word before the
 * day is taken for a week day, one after the time for a zone; any other that is not known makes it no date.
 */
function writtenDate(text: string): number | null {
  let month: number | null = null;
  let day: string | null = null;
  let year: string | null = null;
  let time: string | null = null;
  let zone = '';
  for (const word of wordsOf(text)) {
    // A word that is a month where one was found already: the first was a week day (French "mar.").
    const asMonth = time === null && year === null ? monthNumber(word) : null;
    if (asMonth !== null) month = asMonth;
    else if (/^\d{1,2}:\d/.test(word) && time === null) time = word;
    else if (halfOfDay.test(word) && time !== null) time += ` ${word}`;
    else if (/^\d{1,2}(st|nd|rd|th|er|º|\.)?$/i.test(word) && day === null) day = word;
    else if (/^\d{4}$|^'?\d{2}$/.test(word) && year === null) year = word.replace("'", '');
    else if (time !== null || /^[+-]\d/.test(word)) zone += word;
    else if (day !== null || month !== null || !/^\p{L}[\p{L}\p{M}.'’-]*$/u.test(word)) return null;
  }
  if (month === null || day === null || year === null) return null;
  const date = { year: fullYear(year), month, day: Number.parseInt(day, 10) };
  // "+0200CEST": the number decides.
  return withTime(date, `${time ?? '0:00'} ${/^[+-]\d{4}(?=[A-Z])/.exec(zone)?.[0] ?? zone}`.trim());
}

const fillers = /^(-|de|del|of|at|um|kl\.?|à|г\.?|den|the|uhr|o'clock)$/i;

function wordsOf(text: string): string[] {
  return text
    .replace(/(\d)-(\p{L}{3,}\.?)-(\d)/gu, '$1 $2 $3')
    .split(/[\s,]+/)
    .filter((word) => word !== '' && !fillers.test(word));
}

const halfOfDay = /^(a\.?m\.?|p\.?m\.?|오전|오후)$/i;

const timePattern =
  /^(?:(오전|오후) ?)?(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:[.,](\d+))?)?)?(?: ?(a\.?m\.?|p\.?m\.?)(?![a-z]))?(?: ?(.+))?$/i;

function withTime(date: DateParts, rest: string | undefined, zoneOtherwise?: string): number | null {
  if (rest === undefined || rest === '') return instant(date, midnight, undefined);
  const match = timePattern.exec(rest);
  if (match === null) return null;
  const [, halfBefore, hourText, minute, second, fraction, halfAfter, zone] = match;
  // An hour alone is a time only as W3CDTF never has it; "2013-01-27-01" and the like are mistakes.
  if (minute === undefined || zone?.startsWith(':') === true || zone?.startsWith('.') === true) return null;
  const half = halfBefore ?? halfAfter;
  let hour = Number(hourText);
  if (half !== undefined && hour <= 12) hour = (hour % 12) + (/^(p|오후)/i.test(half) ? 12 : 0);
  const time = {
    hour,
    minute: Number(minute),
    second: Number(second ?? 0),
    millisecond: fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000),
  };
  return instant(date, time, zone ?? zoneOtherwise);
}

function instant(date: DateParts, time: TimeParts, zone: string | undefined): number | null {
  const { year, month, day } = date;
  const { hour, minute, second, millisecond } = time;
  if (month < 1 || month > 12 || day < 1) return null;
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0)) return null;
  // 31 June does not exist; Date.UTC would make it 1 July.
  if (new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return null;
  const localAt = Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59), millisecond);
  const offset = zone === undefined || zone === '' ? 0 : zoneOffsetMinutes(zone, localAt);
  return offset === null || Number.isNaN(localAt) ? null : localAt - offset * 60_000;
}

/** RFC 2822: 00 to 49 are this century. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length !== 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}
