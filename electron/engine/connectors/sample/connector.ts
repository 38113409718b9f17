import { z } from 'zod';
import type { ConnectorInfo } from '../../../../shared/contract/methods/connectors.ts';
import type { Connector, IncomingMention, PollContext, PollPage } from '../connector.ts';
import { sampleAccount, sampleActions, type SampleCredentials, sampleReply } from './account.ts';
import { itemIndexOf, keyOf, mentionOf } from './adapt.ts';
import {
  dayMs,
  historyDays,
  longestStoryDays,
  performancesOn,
  type Performance,
  type World,
} from './calendar.ts';
import { channels } from './channels.ts';
import { hourMs, liveHour } from './live.ts';
import { channelIds, type ChannelId } from './story.ts';

const pageSize = 100;
/**
 * The community talks fast while somebody listens, and at its ordinary pace while nobody does: polls further
 * apart than this skip the fast talk before it, so that a week away brings a week's worth and not thousands.
 */
export const listeningMs = 300_000;

const settingsSchema = z.object({
  channel: z.enum(channelIds),
  seed: z.string().max(100).default('hawfinch'),
});
const cursorSchema = z.object({
  /** See World. */
  anchorAt: z.number().int(),
  /** Everything up to this instant has been given. */
  through: z.number().int(),
});
export type SampleSettings = z.infer<typeof settingsSchema>;
export type SampleCursor = z.infer<typeof cursorSchema>;

const info: ConnectorInfo = {
  id: 'sample',
  name: 'Sample community',
  summary: 'An invented community around a brand that does not exist, for trying Earshot out.',
  platforms: channelIds.map((id) => ({ id, name: channels[id].platform })),
  capabilities: {
    listens: 'follow',
    listensWithAccount: 'never',
    canReply: true,
    replyNote: null,
    text: { unit: 'graphemes', most: 500, mostBytes: null, addressCounts: 23, isServerOfMentionFree: false },
    media: {
      mostFiles: 4,
      types: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'],
      mostBytes: 8_000_000,
      mostAlt: 1500,
    },
    markup: 'plain',
    isChat: false,
    actions: [
      { action: 'like', on: ['mention'], note: null },
      { action: 'unlike', on: ['mention'], note: null },
      { action: 'hide', on: ['mention'], note: null },
      { action: 'unhide', on: ['mention'], note: null },
      { action: 'delete', on: ['own-reply'], note: null },
    ],
    cannot: ['These people are invented: what is sent to them stays on this computer, and nobody answers.'],
    minimumIntervalMs: 5_000,
  },
  settings: [
    {
      key: 'channel',
      label: 'Platform',
      help: 'Which of the invented platforms to listen to.',
      type: 'select',
      isRequired: true,
      isAdvanced: false,
      options: channelIds.map((id) => ({ value: id, label: channels[id].platform })),
    },
    {
      key: 'seed',
      label: 'Seed',
      help: 'Any word: another one gives another three weeks.',
      type: 'text',
      isRequired: false,
      isAdvanced: true,
    },
  ],
  signIn: [
    {
      id: 'invented',
      kind: 'enter',
      name: 'As the invented brand',
      steps: ['There is nothing to sign in to: the brand is as invented as the people.'],
      fields: [],
    },
  ],
  accountSettings: [],
  permissions: [],
};

/** The simulated platform. It asks nobody: what it gives follows from its settings and the time alone. */
export const sampleConnector: Connector<
  SampleSettings,
  SampleCursor,
  SampleCredentials,
  Record<string, never>,
  { id: string }
> = {
  info,
  settingsSchema,
  cursorSchema,
  hostOf: () => null,
  describe: ({ channel }) => ({ name: channels[channel].name, url: channels[channel].url }),
  poll: pollSample,
  account: sampleAccount,
  reply: sampleReply,
  actions: sampleActions,
};

async function* pollSample(
  context: PollContext<SampleSettings, SampleCursor>,
): AsyncGenerator<PollPage<SampleSettings, SampleCursor>> {
  const { settings, signal } = context;
  const now = context.now();
  const anchorAt = context.cursor?.anchorAt ?? Math.floor(now / dayMs) * dayMs;
  const after = context.cursor?.through ?? anchorAt - historyDays * dayMs;
  const source = { name: channels[settings.channel].name, url: channels[settings.channel].url };
  const items = itemsBetween({ seed: settings.seed, anchorAt }, settings.channel, after, now);
  for (let start = 0; ; ) {
    if (signal.aborted) return;
    const end = pageEnd(items, start);
    const isLast = end >= items.length;
    // A clock that was set back must not give again what has been given.
    const through = isLast ? Math.max(now, after) : (items[end - 1]?.at ?? after);
    const page = items.slice(start, end).map(({ mention }) => mention());
    yield { items: page, cursor: { anchorAt, through }, source, hints: { minimumIntervalMs: 5_000 } };
    if (isLast) return;
    start = end;
  }
}

/** A page never ends between two items of one instant, or the cursor would skip the second. */
function pageEnd(items: readonly { at: number }[], start: number): number {
  let end = Math.min(start + pageSize, items.length);
  while (end < items.length && end > start + 1 && items[end]?.at === items[end - 1]?.at) end -= 1;
  return end;
}

interface Item {
  readonly at: number;
  readonly key: string;
  readonly mention: () => IncomingMention;
}

/**
 * What was written or rewritten on a channel after one instant and up to another, oldest first. An item that
 * was rewritten within that time comes once, as it stands at its end.
 */
export function itemsBetween(world: World, channel: ChannelId, after: number, upTo: number): Item[] {
  const found: Item[] = [];
  const add = (performances: readonly Performance[], earliest: number): void => {
    for (const performance of performances) {
      for (const [index, at] of performance.spokenAt.entries()) {
        if (at <= earliest || at > upTo || performance.story.turns[index]?.channel !== channel) continue;
        const key = keyOf(world, performance, itemIndexOf(performance, index));
        found.push({ at, key, mention: () => mentionOf(world, performance, index) });
      }
    }
  };
  const dayOf = (at: number): number => Math.floor((at - world.anchorAt) / dayMs);
  add(performancesOn(world, dayOf(after) - longestStoryDays, dayOf(upTo)), after);
  const heardFrom = Math.max(after, upTo - listeningMs);
  for (let hour = Math.floor(heardFrom / hourMs); hour <= Math.floor(upTo / hourMs); hour += 1) {
    add(liveHour(world, hour), heardFrom);
  }
  found.sort((a, b) => a.at - b.at);
  const newest = new Map(found.map((item) => [item.key, item]));
  return found.filter((item) => newest.get(item.key) === item);
}
