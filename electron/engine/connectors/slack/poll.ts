import { EarshotError } from '../../../../shared/contract/errors.ts';
import { isWritten, keyOf } from './adapt.ts';
import { isSlack } from './api.ts';
import { brokenWarning, readPage, readReplies } from './messages.ts';
import { type Context, createPolling, firstLookBackMs, type Page, placeOf, type Polling } from './polling.ts';
import { searchWorkspace } from './search.ts';
import { type ChannelCursor, chosenChannels } from './settings.ts';
import { compareTs, laterTs, timeOfTs, tsAt } from './timestamp.ts';
import { channelListSchema, channelSchema, type SlackChannel, type SlackMessage } from './wire.ts';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
/** How long messages are read again for edits and deletions, and how many of a channel. */
const rereadMs = dayMs;
const mostReread = 60;
const overlapMs = 10 * 60_000;
/** A reply does not move its thread: older threads are looked through now and then. */
const sweepEveryMs = 30 * 60_000;
/** A thread that was silent for so long is not looked at any more. */
const threadsLiveMs = firstLookBackMs;
const mostThreads = 200;
/** Of one page, each a request of a second: a poll that gives no page for two minutes is ended. The rest comes by and by. */
const mostThreadsRead = 30;

export async function* poll(context: Context): AsyncGenerator<Page> {
  if (context.account === null) {
    throw new EarshotError('unauthorized', 'Choose the Slack account that this source listens with.');
  }
  const polling = createPolling(context, context.account);
  const source = { name: polling.facts.team, url: polling.facts.url };
  if (context.settings.what === 'search') {
    for await (const page of searchWorkspace(polling)) yield { ...page, source };
    return;
  }
  const { channels, isIncomplete } = await ownChannels(polling);
  const isSweep = context.now() - polling.cursor.sweptAt >= sweepEveryMs;
  const unreadable: string[] = [];
  for (const channel of inTurn(channels, polling)) {
    try {
      for await (const page of readChannel(polling, channel, isSweep)) yield { ...page, source };
    } catch (error) {
      if (!isSlack(error, 'missing_scope', 'not_in_channel', 'channel_not_found', 'is_archived')) throw error;
      unreadable.push(`${channel.name ? `#${channel.name}` : 'a direct message'}: ${error.message}`);
    }
  }
  if (isSweep) polling.cursor.sweptAt = context.now();
  const warning = warningOf(polling, unreadable, isIncomplete);
  yield { items: [], cursor: polling.snapshot(), source, ...(warning ? { warning } : {}) };
}

/** Those that the account is in. What the token's scopes leave out is not asked for. */
async function ownChannels(polling: Polling): Promise<{ channels: SlackChannel[]; isIncomplete: boolean }> {
  const { api, facts, context, channelNames } = polling;
  const mayRead = (scope: string, byDefault: boolean): boolean => facts.scopes?.includes(scope) ?? byDefault;
  const types = [
    'public_channel',
    ...(mayRead('groups:read', true) && mayRead('groups:history', true) ? ['private_channel'] : []),
    ...(mayRead('im:read', false) && mayRead('im:history', false) ? ['im'] : []),
  ];
  const channels: SlackChannel[] = [];
  let cursor: string | null = null;
  do {
    const args = { types: types.join(','), exclude_archived: true, limit: 200 };
    const more: { cursor: string } | null = cursor === null ? null : { cursor };
    const answer: { channels: unknown[]; response_metadata: string | null } = await api.read(
      'users.conversations',
      { ...args, ...more },
      channelListSchema,
    );
    channels.push(
      ...answer.channels.map((raw) => channelSchema.safeParse(raw).data).filter((each) => each !== undefined),
    );
    cursor = answer.response_metadata;
  } while (cursor !== null);
  for (const { id, name } of channels) if (name) channelNames.set(id, name);
  const chosen = chosenChannels(context.settings);
  const wanted = channels.filter(
    ({ id, name }) => chosen.size === 0 || chosen.has(id) || chosen.has(name ?? ''),
  );
  return { channels: wanted, isIncomplete: wanted.length < chosen.size || channels.length === 0 };
}

/** The one that has waited longest first: a limit that ends the poll then hits another one each time. */
function inTurn(channels: readonly SlackChannel[], { cursor }: Polling): SlackChannel[] {
  const readAt = ({ id }: SlackChannel): number => cursor.channels.get(id)?.readAt ?? 0;
  return [...channels].sort((a, b) => readAt(a) - readAt(b));
}

/**
 * From the newest message back to what is known. The mark moves only when the last page is there; until then the
 * cursor holds where to go on.
 */
async function* readChannel(polling: Polling, channel: SlackChannel, isSweep: boolean): AsyncGenerator<Page> {
  const { context, api, cursor } = polling;
  const now = context.now();
  const earliest = tsAt(now - firstLookBackMs);
  const known: ChannelCursor = cursor.channels.get(channel.id) ?? {
    last: earliest,
    readAt: 0,
    recent: [],
    threads: {},
  };
  const place = placeOf(polling, channel);
  const watched = known.recent.filter((ts) => timeOfTs(ts) > now - rereadMs);
  const from = tsAt(timeOfTs(watched[0] ?? known.last) - overlapMs);
  const oldest = known.open?.oldest ?? (isSweep && compareTs(earliest, from) < 0 ? earliest : from);
  let page = known.open?.page ?? null;
  let newest = known.open?.newest ?? known.last;
  let seen = [...(known.open?.seen ?? [])];
  let threads = known.threads;
  for (;;) {
    const read = await readPage(api, 'conversations.history', { channel: channel.id, oldest }, page).catch(
      (error: unknown) => {
        if (!isSlack(error, 'invalid_cursor')) throw error;
        // Slack forgets its pages: from the newest again.
        return readPage(api, 'conversations.history', { channel: channel.id, oldest }, null);
      },
    );
    newest = read.seen.reduce(laterTs, newest);
    const stillThere = read.messages.filter(({ subtype }) => subtype !== 'tombstone');
    const gone = new Set(read.messages.filter(({ subtype }) => subtype === 'tombstone').map(({ ts }) => ts));
    seen.push(...read.seen.filter((ts) => !gone.has(ts)));
    const replies = await newReplies(polling, channel.id, stillThere, threads);
    threads = replies.threads;
    const isLast = read.next === null;
    const removed = isLast ? watched.filter((ts) => !seen.includes(ts)) : [];
    const given = new Map([...stillThere, ...replies.messages].map((message) => [message.ts, message]));
    const items = await polling.mentionsOf(
      [...given.values()].sort((a, b) => compareTs(a.ts, b.ts)),
      place,
    );
    // Of what was read only what is given and young enough is watched.
    const recent = seen
      .filter((ts) => timeOfTs(ts) > now - rereadMs)
      .sort(compareTs)
      .slice(-mostReread);
    // A page further down says nothing of what stood on one before: whatever is watched stays in it.
    seen = [...new Set([...seen.filter((ts) => watched.includes(ts)), ...recent])];
    cursor.channels.set(channel.id, {
      last: isLast ? newest : known.last,
      readAt: now,
      recent: isLast ? recent : known.recent,
      threads: livingThreads(threads, now),
      ...(read.next === null ? {} : { open: { page: read.next, oldest, newest, seen } }),
    });
    const warning = brokenWarning(read.broken + replies.broken);
    yield {
      items,
      cursor: polling.snapshot(),
      ...(removed.length > 0 ? { removed: removed.map((ts) => keyOf(place, ts)) } : {}),
      ...(warning ? { warning } : {}),
    };
    if (isLast) return;
    page = read.next;
  }
}

/** History shows of a thread only that its newest reply has changed. */
async function newReplies(
  { api, context, self }: Polling,
  channelId: string,
  messages: readonly SlackMessage[],
  known: Readonly<Record<string, string>>,
): Promise<{ messages: SlackMessage[]; threads: Record<string, string>; broken: number }> {
  const threads = { ...known };
  const found: SlackMessage[] = [];
  let broken = 0;
  let left = mostThreadsRead;
  for (const { ts, latest_reply: latest } of messages) {
    const before = threads[ts] ?? tsAt(context.now() - firstLookBackMs);
    if (!latest || compareTs(latest, before) <= 0 || left <= 0) continue;
    left -= 1;
    const replies = await readReplies(api, channelId, ts, before);
    broken += replies.broken;
    found.push(...replies.messages.filter((message) => isWritten(message, self)));
    threads[ts] = replies.messages.reduce((newest, message) => laterTs(newest, message.ts), latest);
  }
  return { messages: found, threads, broken };
}

function livingThreads(threads: Readonly<Record<string, string>>, now: number): Record<string, string> {
  const living = Object.entries(threads)
    .filter(([, newest]) => timeOfTs(newest) > now - threadsLiveMs)
    .sort(([, a], [, b]) => compareTs(a, b));
  return Object.fromEntries(living.slice(-mostThreads));
}

function warningOf(
  { people }: Polling,
  unreadable: readonly string[],
  isIncomplete: boolean,
): EarshotError | null {
  const [first] = unreadable;
  if (first !== undefined) {
    const others = unreadable.length > 1 ? ` ${unreadable.length - 1} more channels are left out, too.` : '';
    return new EarshotError('forbidden', `Left out: ${first}${others}`, {
      channels: unreadable.slice(0, 20),
    });
  }
  if (isIncomplete) {
    return new EarshotError(
      'forbidden',
      'The app is in none or not in all of the channels. Open each in Slack and write /invite with the app’s name.',
    );
  }
  if (!people.isForbidden()) return null;
  return new EarshotError(
    'forbidden',
    'People are shown by their ids: the app lacks the scope users:read. Add it at https://api.slack.com/apps, reinstall the app and paste the token again.',
    { needed: 'users:read' },
  );
}
