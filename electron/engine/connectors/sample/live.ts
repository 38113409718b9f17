import type { Performance, World } from './calendar.ts';
import { chanceOf, shuffled } from './chance.ts';
import { allStories } from './stock.ts';
import { channelIds, type ChannelId, type Story } from './story.ts';

/**
 * What is said while somebody listens: a turn in every tick, so that two turns stand 10 to 40 seconds apart.
 * Each hour is told on its own, from its number alone.
 */
const tickMs = 25_000;
const jitterMs = 15_000;
export const hourMs = 3_600_000;
const ticksPerHour = hourMs / tickMs;

const weights = { blurtle: 0.7, inkpond: 0.19, fivemoons: 0.09, widget: 0.02 } as const;
/** More threads at once than a reader can follow would look like noise. */
const mostOpenThreads = 3;
const chanceToGoOn = 0.55;

export function liveHour(world: World, hour: number): Performance[] {
  const chance = chanceOf(world.seed, 'live', hour);
  const piles = new Map(channelIds.map((channel) => [channel, pileOf(world, hour, channel)]));
  const started: { story: Story; key: string; spokenAt: number[]; lastTick: number }[] = [];
  for (let tick = 0; tick < ticksPerHour; tick += 1) {
    const at = hour * hourMs + tick * tickMs + chance.whole(0, jitterMs);
    const open = started.filter((s) => s.spokenAt.length < s.story.turns.length);
    const waiting = open.filter((s) => tick - s.lastTick >= 2);
    const goesOn = chance.next() < chanceToGoOn || open.length >= mostOpenThreads;
    if (goesOn && waiting.length > 0) {
      const thread = chance.pick(waiting);
      thread.spokenAt.push(at);
      thread.lastTick = tick;
      continue;
    }
    const roll = chance.next();
    let upTo = 0;
    const channel = channelIds.find((id) => (upTo += weights[id]) > roll) ?? 'blurtle';
    const story = piles.get(channel)?.shift();
    if (story) started.push({ story, key: `${hour}.live.${tick}`, spokenAt: [at], lastTick: tick });
  }
  return started;
}

/**
 * What an hour may tell: half of what was kept back for this, the other half in the hour after, and then,
 * for who stays long, what history has told already.
 */
function pileOf(world: World, hour: number, channel: ChannelId): Story[] {
  const chance = chanceOf(world.seed, 'live', channel, hour);
  const stories = allStories().filter((story) => story.channel === channel);
  const fresh = stories.filter((story) => story.phase === 'live');
  const isThisHours = (_: Story, index: number): boolean => (index + hour) % 2 === 0;
  const known = stories.filter((story) => story.phase === 'any' || story.phase === 'sheaf');
  return [...shuffled(fresh.filter(isThisHours), chance), ...shuffled(known, chance)];
}
