/** The four invented platforms; each is a channel that a source can follow or search. */
export const channelIds = ['blurtle', 'inkpond', 'fivemoons', 'widget'] as const;
export type ChannelId = (typeof channelIds)[number];

/**
 * When a story fits: any time · live: kept back for while somebody listens, so that what they see arrive is
 * not what they have just read · sheaf: once the second product is out · launch: the days it came out ·
 * trouble: the days of the bad update · mended: the days after, when the repair was out.
 */
export type Phase = 'any' | 'live' | 'sheaf' | 'launch' | 'trouble' | 'mended';

/** One thing that one person writes. */
export interface Turn {
  /** Who speaks, within the story: the same letter is the same person. */
  readonly role: string;
  readonly channel: ChannelId;
  /** After the turn before it. */
  readonly afterMs: number;
  /** Rewrites what the same role wrote first on this channel. */
  readonly isEdit: boolean;
  readonly title: string | null;
  /** 1 to 5, on the review site alone. */
  readonly moons: number | null;
  /** With choices still open, in the light markup of markup.ts. */
  readonly body: string;
}

/** A short scene: a single post, or a thread of several people, over minutes or days. */
export interface Story {
  readonly id: string;
  readonly channel: ChannelId;
  readonly phase: Phase;
  /** ISO 639-1 */
  readonly language: string;
  /** 0 to 1: where it stands on its shelf. An event's stories stand there roughly in order of time. */
  readonly place: number;
  readonly turns: readonly Turn[];
}

/** Stories as they are written down: one text each, see `readStory`. */
export interface Shelf {
  readonly channel: ChannelId;
  readonly phase: Phase;
  readonly language: string;
  readonly stories: readonly string[];
}

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const cue = /^~([a-z])(?:@([a-z]+))? (\d+)([mhd])( edit)?$/;

export function readShelf(shelf: Shelf): Story[] {
  return shelf.stories.map((text, index) => ({
    id: `${shelf.channel}-${shelf.phase}-${shelf.language}-${index}`,
    channel: shelf.channel,
    phase: shelf.phase,
    language: shelf.language,
    place: index / shelf.stories.length,
    turns: readStory(text, shelf.channel),
  }));
}

/**
 * The first turn is role `a`, unless a cue says otherwise. A line `~b 20m` begins the next: role, time after the turn before, and perhaps
 * ` edit`; `~b@blurtle 1h` speaks on another channel. A first line `# Title` is the title; on the review site
 * it begins with the moons: `# 4 Title`.
 */
export function readStory(text: string, channel: ChannelId): Turn[] {
  const turns: Turn[] = [];
  let head = { role: 'a', channel, afterMs: 0, isEdit: false };
  let lines: string[] = [];
  const close = (): void => {
    const title = /^# (?:([1-5]) )?(.+)$/.exec(lines[0] ?? '');
    const body = (title ? lines.slice(1) : lines).join('\n').trim();
    if (body === '') throw new Error(`a turn without words in: ${text.slice(0, 60)}`);
    const moons = title?.[1] === undefined ? null : Number(title[1]);
    turns.push({ ...head, title: title?.[2] ?? null, moons, body });
    lines = [];
  };
  for (const line of text.trim().split('\n')) {
    const found = cue.exec(line);
    if (!found) {
      lines.push(line);
      continue;
    }
    // A cue before the first words says who begins.
    if (lines.length > 0) close();
    const elsewhere = channelIds.find((id) => id === found[2]);
    head = {
      role: found[1] ?? 'a',
      channel: elsewhere ?? channel,
      afterMs: Number(found[3]) * (unitMs[found[4] ?? 'm'] ?? 0),
      isEdit: found[5] !== undefined,
    };
  }
  close();
  return turns;
}
