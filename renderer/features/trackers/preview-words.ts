/** What a query would have caught, as the engine counted it. */
export interface PreviewFigures {
  readonly total: number;
  readonly searched: number;
  readonly perDay: number | null;
}

export interface PreviewWords {
  readonly headline: string;
  readonly detail: string;
  /** What to do when it is too much or nothing. */
  readonly advice: string | null;
  /** More than a person reads. */
  readonly isFlood: boolean;
}

/** More than this a day and people stop reading; from complaints of users of such tools about floods. */
const floodPerDay = 150;

const number = new Intl.NumberFormat('en');

export function previewWords({ total, searched, perDay }: PreviewFigures): PreviewWords {
  if (searched === 0) {
    return {
      headline: 'Nothing is stored yet to try it on',
      detail: 'Save it all the same: it listens from the first mention that comes in.',
      advice: null,
      isFlood: false,
    };
  }
  const among =
    searched === 1 ? 'the one stored mention' : `your newest ${number.format(searched)} stored mentions`;
  if (total === 0) {
    return {
      headline: 'No hits yet',
      detail: `Nothing among ${among} matches.`,
      advice: 'That is fine for a new name. Otherwise try fewer words, or other spellings joined by OR.',
      isFlood: false,
    };
  }
  const isFlood = perDay !== null && perDay > floodPerDay;
  return {
    headline: perDay === null ? hits(total) : `About ${rate(perDay)}`,
    detail: perDay === null ? `Among ${among}.` : `${hits(total)} among ${among}.`,
    advice: isFlood
      ? 'That is a lot to read. Add a word that must be there too, or leave out what you do not mean with -word.'
      : null,
    isFlood,
  };
}

function hits(total: number): string {
  return total === 1 ? '1 hit' : `${number.format(total)} hits`;
}

function rate(perDay: number): string {
  if (perDay >= 0.95) return `${number.format(Math.round(perDay))} a day`;
  const perWeek = perDay * 7;
  if (perWeek >= 0.95) return `${Math.round(perWeek)} a week`;
  return `${Math.max(1, Math.round(perDay * 30))} a month`;
}
