import { chanceOf, shuffled, type Chance } from './chance.ts';
import { allStories } from './stock.ts';
import { channelIds, type ChannelId, type Phase, type Story } from './story.ts';

/** One invented community. The same two values always tell the same tale. */
export interface World {
  readonly seed: string;
  /** The start (UTC) of the day on which somebody first looked: the tale's events are dated from it. */
  readonly anchorAt: number;
}

/** A story being played: who, when. */
export interface Performance {
  readonly key: string;
  readonly story: Story;
  /** When each turn is spoken. */
  readonly spokenAt: readonly number[];
}

export const dayMs = 86_400_000;
/** What a first look finds. */
export const historyDays = 21;
/** No story goes on for longer, so that a look back this far sees every turn of today. */
export const longestStoryDays = 8;

/** Stories a day on an ordinary weekday; weekends have a third less. */
const pace: Readonly<Record<ChannelId, readonly [number, number]>> = {
  blurtle: [5, 9],
  inkpond: [0, 2],
  fivemoons: [0, 2],
  widget: [0, 1],
};

/** Which share of an event's stories falls on which day, counted from the anchor, and its first hour (UTC). */
const events = [
  { phase: 'launch', firstDay: -12, shares: [0.55, 0.3, 0.15], firstHour: 14 },
  { phase: 'trouble', firstDay: -6, shares: [0.45, 0.35, 0.2], firstHour: 11 },
  { phase: 'mended', firstDay: -3, shares: [0.45, 0.35, 0.2], firstHour: 9 },
] as const satisfies readonly { phase: Phase; firstDay: number; shares: number[]; firstHour: number }[];

const sheafIsOutFrom = -11;
const shareAboutSheaf = 0.22;

/** How many of a hundred stories begin in each hour of the day: few at night, most at lunch and after supper. */
const hourWeights = [1, 1, 0, 0, 1, 1, 2, 4, 6, 6, 6, 6, 8, 7, 5, 5, 5, 6, 7, 8, 9, 7, 5, 3];

/** The stories that begin on the days from `fromDay` to `toDay`, both counted from the anchor. */
export function performancesOn(world: World, fromDay: number, toDay: number): Performance[] {
  const found: Performance[] = [];
  const decks = new Map<string, Deck>();
  const deckOf = (channel: ChannelId, phase: Phase): Deck => {
    const name = `${channel}-${phase}`;
    const deck = decks.get(name) ?? new Deck(world, channel, phase);
    decks.set(name, deck);
    return deck;
  };
  // Every deck is dealt from the first day on, so that no story comes twice before each has come once.
  for (let day = -historyDays; day <= toDay; day += 1) {
    for (const channel of channelIds) {
      const date = Math.round(world.anchorAt / dayMs) + day;
      const key = (index: number): string => `${date}.${channel}.${index}`;
      const chance = chanceOf(world.seed, date, channel);
      let index = 0;
      const add = (story: Story | null, firstHour: number): void => {
        index += 1;
        if (story && day >= fromDay) found.push(perform(world, key(index), story, day, firstHour));
      };
      for (const event of events) {
        const deck = deckOf(channel, event.phase);
        const count = deck.sizeOfShare(event.shares, day - event.firstDay);
        for (let dealt = 0; dealt < count; dealt += 1) {
          add(deck.next(), day === event.firstDay ? event.firstHour : 0);
        }
      }
      for (let left = ordinaryCount(chance, channel, date); left > 0; left -= 1) {
        const isAboutSheaf = day >= sheafIsOutFrom && chance.next() < shareAboutSheaf;
        add(deckOf(channel, isAboutSheaf ? 'sheaf' : 'any').next(), 0);
      }
    }
  }
  return found;
}

function ordinaryCount(chance: Chance, channel: ChannelId, date: number): number {
  const [fewest, most] = pace[channel];
  // Day 0 of the epoch was a Thursday.
  const isWeekend = (date + 4) % 7 === 0 || (date + 4) % 7 === 6;
  return Math.round(chance.whole(fewest, most) * (isWeekend ? 0.66 : 1));
}

function perform(world: World, key: string, story: Story, day: number, firstHour: number): Performance {
  const chance = chanceOf(world.seed, key, 'times');
  let at = world.anchorAt + day * dayMs + hourOf(chance, firstHour) * 3_600_000 + chance.whole(0, 3_599_999);
  const spokenAt = story.turns.map((turn, index) => {
    // People are not punctual; whole milliseconds keep two turns apart.
    if (index > 0) at += Math.round(turn.afterMs * (0.7 + chance.next() * 0.6)) + chance.whole(1_000, 59_999);
    return at;
  });
  return { key, story, spokenAt };
}

function hourOf(chance: Chance, firstHour: number): number {
  const weights = hourWeights.slice(firstHour);
  let left = chance.next() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return firstHour + index;
  }
  return 23;
}

/** In another order, none further than `freedom` (1: the length of the shelf) from where it stood. */
function strewn(stories: readonly Story[], freedom: number, chance: Chance): Story[] {
  if (freedom === Infinity) return shuffled(stories, chance);
  return stories
    .map((story) => ({ story, rank: story.place + chance.next() * freedom }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ story }) => story);
}

/** The stories of one channel and phase, shuffled, dealt one by one and shuffled again when all are dealt. */
class Deck {
  readonly #world: World;
  readonly #name: string;
  /** How far a story may stray from its place: an event is told roughly in order, everyday talk in none. */
  readonly #freedom: number;
  readonly #stories: readonly Story[];
  #pile: Story[] = [];
  #pass = 0;

  constructor(world: World, channel: ChannelId, phase: Phase) {
    this.#world = world;
    this.#name = `${channel}-${phase}`;
    this.#freedom = phase === 'any' || phase === 'sheaf' ? Infinity : channel === 'widget' ? 0 : 0.3;
    this.#stories = allStories().filter((story) => story.channel === channel && story.phase === phase);
  }

  next(): Story | null {
    if (this.#pile.length === 0) {
      const chance = chanceOf(this.#world.seed, this.#name, this.#pass);
      this.#pile = strewn(this.#stories, this.#freedom, chance);
      this.#pass += 1;
    }
    return this.#pile.shift() ?? null;
  }

  /** How many of the whole deck fall to this day of an event, so that all its days together deal it once. */
  sizeOfShare(shares: readonly number[], day: number): number {
    if (day < 0 || day >= shares.length) return 0;
    const upTo = (end: number): number => shares.slice(0, end).reduce((sum, share) => sum + share, 0);
    return Math.round(upTo(day + 1) * this.#stories.length) - Math.round(upTo(day) * this.#stories.length);
  }
}
