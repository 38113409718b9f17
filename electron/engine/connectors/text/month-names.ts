const english = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * The languages whose month names are looked for, the ones common in feeds first: where two disagree
 * ("listopad" is October in Croatian and November in Polish) the earlier wins.
 */
const locales = (
  'en de fr es it pt nl pl ru sv da nb fi cs sk hu ro tr el uk bg hr sl lt lv et ca eu gl is ga cy sq sr mk be ' +
  'id ms vi sw af fil ar fa he hi bn th'
).split(' ');

/** They stand in nearly every date and are asked about first. */
const englishDay = /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*$/;

let names: ReadonlyMap<string, number> | null = null;

/** 1 to 12 for a month's name or its usual abbreviation in any of the languages, else null. */
export function monthNumber(word: string): number | null {
  if (!/^\p{L}/u.test(word) || word.length < 3 || word.length > 20) return null;
  const folded = fold(word);
  const index = english.indexOf(folded.slice(0, 3));
  if (index !== -1 && /^[a-z]{3,9}$/.test(folded) && isEnglish(folded, index)) return index + 1;
  if (englishDay.test(folded)) return null;
  names ??= collectNames();
  return names.get(folded) ?? null;
}

function isEnglish(folded: string, index: number): boolean {
  return folded.length === 3 || folded === 'sept' || englishLong[index] === folded;
}

const englishLong =
  'january february march april may june july august september october november december'.split(' ');

/** Asked of the runtime when a name that is not English turns up for the first time; takes some 20 ms. */
function collectNames(): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const shortened = new Map<string, number | null>();
  for (const locale of locales) {
    for (const month of ['long', 'short'] as const) {
      for (const options of [{ month }, { month, day: 'numeric' }] as const) {
        const format = new Intl.DateTimeFormat(`${locale}-u-ca-gregory`, { ...options, timeZone: 'UTC' });
        for (let number = 1; number <= 12; number += 1) {
          const part = format
            .formatToParts(Date.UTC(2001, number - 1, 1))
            .find(({ type }) => type === 'month')?.value;
          if (part === undefined || !/^\p{L}/u.test(part)) continue;
          const name = fold(part);
          if (name.length >= 3 && !found.has(name)) found.set(name, number);
          for (const length of [3, 4]) {
            const start = name.slice(0, length);
            if (start.length < length) continue;
            const other = shortened.get(start);
            shortened.set(start, other === undefined || other === number ? number : null);
          }
        }
      }
    }
  }
  // Feeds shorten names as they please; a beginning counts where all languages agree on it.
  for (const [start, number] of shortened) if (number !== null && !found.has(start)) found.set(start, number);
  return found;
}

/** Lower case, without accents and the full stop of an abbreviation. */
function fold(word: string): string {
  return word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/\.$/, '');
}
