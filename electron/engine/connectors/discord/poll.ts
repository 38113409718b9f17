import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { isWritten, keyOf, pageOf } from './adapt.ts';
import { authorityOf, discordApi, type DiscordApi, isDiscord } from './api.ts';
import { inviteLink } from './info.ts';
import { messagesPerPage, readMessages } from './messages.ts';
import {
  archivedSince,
  type ReadablePlace,
  readServer,
  type ServerNow,
  unreadableWarning,
} from './places.ts';
import {
  type Context,
  createPolling,
  type DiscordAccount,
  firstLookBackMs,
  isStillNeeded,
  mentionsOf,
  type Page,
  type Polling,
} from './polling.ts';
import { searchServer } from './search.ts';
import { type ChannelCursor, channelIdsOf, serverIdOf } from './settings.ts';
import { compareIds, idAt, laterId, timeOfId } from './snowflake.ts';
import { type DiscordChannel, ownServerSchema } from './wire.ts';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
/** How long messages are read again for edits and deletions, and how many of a channel. */
const rereadMs = dayMs;
const mostReread = 50;
/** Discord's machines number messages by their own clocks, which may differ a little. */
const overlapMs = 10 * 60_000;
/** A thread is archived after an hour of silence at the earliest. */
const sweepAfterMs = 50 * 60_000;
/** Refusals are counted against the address: a channel that refuses is left alone for so long. */
const refusalPauseMs = dayMs;

export async function* poll(context: Context): AsyncGenerator<Page> {
  if (context.account === null) {
    throw new EarshotError('unauthorized', 'Choose the bot that this source listens with.');
  }
  const account = context.account as DiscordAccount;
  const api = discordApi(context, authorityOf(account));
  const polling = createPolling(context, api, account.identity.externalId);
  const { settings } = context;
  const only = serverIdOf(settings);
  const serverIds = only === null ? await ownServers(api, account) : [only];
  for (const serverId of serverIds) {
    const now = await readServer(api, serverId, polling.botId);
    const source =
      only === null ? {} : { source: { name: now.server.name, url: pageOf(serverId, '').slice(0, -1) } };
    const pages = settings.what === 'search' ? searchServer(polling, now) : readChannels(polling, now);
    for await (const page of pages) yield { ...page, ...source };
  }
  if (sweepIsDue(context)) polling.cursor.sweptAt = context.now();
  polling.cursor.polledAt = context.now();
  // Only now that everything was read: what a poll did not come to keeps its place.
  for (const [id, known] of polling.cursor.channels) {
    if (!isStillNeeded(known, context.now())) polling.cursor.channels.delete(id);
  }
  yield { items: [], cursor: polling.snapshot() };
}

async function ownServers(api: DiscordApi, { identity }: DiscordAccount): Promise<string[]> {
  const servers = await api.get('/users/@me/guilds', z.array(ownServerSchema), { limit: '200' });
  if (servers.length > 0) return servers.map(({ id }) => id);
  const applicationId = identity.facts?.['applicationId'];
  const link = typeof applicationId === 'string' ? inviteLink(applicationId) : 'its invite link';
  throw new EarshotError('forbidden', `The bot is on no server yet. Open ${link} and choose one.`);
}

async function* readChannels(polling: Polling, now: ServerNow): AsyncGenerator<Page> {
  const { context, cursor } = polling;
  const chosen = channelIdsOf(context.settings);
  const places = [...now.places];
  if (sweepIsDue(context)) {
    const since = Math.max(cursor.sweptAt - hourMs, context.now() - firstLookBackMs);
    for (const parentId of now.threadParents) {
      if (chosen.size > 0 && !chosen.has(parentId)) continue;
      for (const thread of await archivedSince(polling.api, parentId, since).catch(noneIfRefused)) {
        const place = now.placeOf(thread);
        if (place && !places.some(({ channelId }) => channelId === thread.id)) places.push(place);
      }
      // A poll that gives no page for two minutes is ended, and each of these requests takes a second.
      yield { items: [], cursor: polling.snapshot() };
    }
  }
  const unreadable = chosen.size === 0 ? [...now.withoutHistory] : [];
  for (const place of places) {
    const isChosen = chosen.size === 0 || chosen.has(place.channelId) || chosen.has(place.parentId);
    if (!isChosen || !isWorthReading(place, cursor.channels.get(place.channelId), context.now())) continue;
    try {
      yield* readPlace(polling, place);
    } catch (error) {
      if (!(error instanceof EarshotError) || !['forbidden', 'not-found'].includes(error.code)) throw error;
      // The text is hidden everywhere, not in this channel alone.
      if (error.details['discord'] === undefined) throw error;
      const known = cursor.channels.get(place.channelId);
      cursor.channels.set(place.channelId, {
        last: known?.last ?? idAt(context.now() - firstLookBackMs),
        recent: known?.recent ?? [],
        refusedUntil: context.now() + refusalPauseMs,
      });
      unreadable.push(`#${place.name}`);
    }
  }
  if (unreadable.length > 0) {
    yield { items: [], cursor: polling.snapshot(), warning: unreadableWarning(unreadable) };
  }
}

function sweepIsDue(context: Context): boolean {
  const { cursor } = context;
  const now = context.now();
  return cursor === null || now - cursor.polledAt > sweepAfterMs || now - cursor.sweptAt > dayMs;
}

function isWorthReading(
  { lastMessageId }: ReadablePlace,
  known: ChannelCursor | undefined,
  now: number,
): boolean {
  if (known?.refusedUntil !== undefined && known.refusedUntil > now) return false;
  if (known && stillRecent(known, now).length > 0) return true;
  if (lastMessageId === null) return false;
  return compareIds(lastMessageId, known?.last ?? idAt(now - firstLookBackMs)) > 0;
}

function stillRecent({ recent }: ChannelCursor, now: number): string[] {
  return recent.filter((id) => timeOfId(id) > now - rereadMs);
}

/** One channel that refuses does not keep the others from being read. */
function noneIfRefused(error: unknown): DiscordChannel[] {
  if (isDiscord(error, 50001, 50013, 10003)) return [];
  throw error;
}

/** From the oldest message that is read again, forward to the newest. */
async function* readPlace(polling: Polling, place: ReadablePlace): AsyncGenerator<Page> {
  const { context, api, cursor } = polling;
  const known = cursor.channels.get(place.channelId);
  const watched = known ? stillRecent(known, context.now()) : [];
  const start = known?.last ?? idAt(context.now() - firstLookBackMs);
  let recent: string[] = [];
  let last = start;
  let after = idAt(timeOfId(watched[0] ?? start) - overlapMs);
  for (;;) {
    const page = await readMessages(api, place.channelId, { after });
    const isLast = page.count < messagesPerPage;
    const written = page.messages.filter((message) => isWritten(message, polling.botId));
    if (context.settings.what === 'messages') await polling.checkTextIsGiven(written);
    const removed = watched.filter(
      (id) =>
        compareIds(id, after) > 0 &&
        !page.ids.has(id) &&
        (isLast || compareIds(id, page.newestId ?? after) <= 0),
    );
    recent = [...recent, ...written.map(({ id }) => id)].slice(-mostReread);
    // The newest one that Discord names may be deleted: the cursor passes it all the same.
    last = laterId(last, laterId(page.newestId ?? last, isLast ? (place.lastMessageId ?? last) : last));
    const items = await mentionsOf(polling, written, place);
    cursor.channels.set(place.channelId, {
      last,
      recent: recent.filter((id) => timeOfId(id) > context.now() - rereadMs),
    });
    yield {
      items,
      cursor: polling.snapshot(),
      ...(removed.length > 0 ? { removed: removed.map(keyOf) } : {}),
      ...(page.warning ? { warning: page.warning } : {}),
    };
    if (isLast || page.newestId === null) return;
    after = page.newestId;
  }
}
