import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { AccountSession, IncomingMention, PollContext, PollPage } from '../connector.ts';
import { concerns, looksWithheld, mentionOf } from './adapt.ts';
import type { DiscordApi, DiscordCredentials, DiscordSettings } from './api.ts';
import { createRootFinder, type RootFinder } from './messages.ts';
import type { ReadablePlace } from './places.ts';
import type { ChannelCursor, DiscordCursor, DiscordSourceSettings } from './settings.ts';
import { timeOfId } from './snowflake.ts';
import { applicationSchema, type DiscordMessage } from './wire.ts';

export const firstLookBackMs = 7 * 24 * 60 * 60_000;
/** GATEWAY_MESSAGE_CONTENT, and the same for bots on few servers. */
const messageContentFlags = (1 << 18) | (1 << 19);

export type Context = PollContext<DiscordSourceSettings, DiscordCursor>;
export type Page = PollPage<DiscordSourceSettings, DiscordCursor>;
export type DiscordAccount = AccountSession<DiscordCredentials, DiscordSettings>;

/** What one poll shares. */
export interface Polling {
  readonly context: Context;
  readonly api: DiscordApi;
  readonly botId: string;
  readonly roots: RootFinder;
  readonly cursor: {
    channels: Map<string, ChannelCursor>;
    searches: Map<string, string>;
    sweptAt: number;
    polledAt: number;
  };
  snapshot(): DiscordCursor;
  /** Throws `forbidden` when Discord hides the text of these from the bot. */
  checkTextIsGiven(messages: readonly DiscordMessage[]): Promise<void>;
}

/** Threads come and go by the thousand. What was silent for longer than a first poll looks back is as good as unknown. */
export function isStillNeeded({ last, refusedUntil = 0 }: ChannelCursor, now: number): boolean {
  return refusedUntil > now || timeOfId(last) > now - firstLookBackMs;
}

export function createPolling(context: Context, api: DiscordApi, botId: string): Polling {
  const known = context.cursor;
  const cursor = {
    channels: new Map(Object.entries(known?.channels ?? {})),
    searches: new Map(Object.entries(known?.searches ?? {})),
    sweptAt: known?.sweptAt ?? 0,
    polledAt: known?.polledAt ?? 0,
  };
  let mayReadText: boolean | null = null;
  return {
    context,
    api,
    botId,
    roots: createRootFinder(api),
    cursor,
    snapshot: () => ({
      channels: Object.fromEntries(cursor.channels),
      searches: Object.fromEntries(cursor.searches),
      polledAt: cursor.polledAt,
      sweptAt: cursor.sweptAt,
    }),
    async checkTextIsGiven(messages) {
      if (!messages.some((message) => message.type !== 20 && looksWithheld(message, botId))) return;
      mayReadText ??= await hasMessageContent(api);
      if (mayReadText) return;
      throw new EarshotError(
        'forbidden',
        'Discord hides the text of messages from this bot. Open https://discord.com/developers/applications, choose the application, then “Bot”, switch on “Message Content Intent” and save. Nothing is lost: Earshot reads on from here.',
      );
    },
  };
}

/** True also when Discord does not say: an empty message is then taken as it is. */
async function hasMessageContent(api: DiscordApi): Promise<boolean> {
  const { flags } = await api.get('/applications/@me', applicationSchema);
  return flags === undefined || (flags & messageContentFlags) !== 0;
}

/** Own ones always: they are how an answer written elsewhere is seen. */
export async function mentionsOf(
  { context, roots, botId }: Pick<Polling, 'context' | 'roots' | 'botId'>,
  messages: readonly DiscordMessage[],
  place: ReadablePlace,
): Promise<IncomingMention[]> {
  for (const message of messages) roots.learn(message);
  const wanted =
    context.settings.what === 'mentions'
      ? messages.filter((message) => message.author.id === botId || concerns(message, botId, place.botRoleId))
      : messages;
  const mentions: IncomingMention[] = [];
  for (const message of wanted) {
    const root = place.isThread ? place.channelId : await roots.rootOf(message);
    mentions.push(mentionOf(message, place, root));
  }
  return mentions;
}
