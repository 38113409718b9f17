import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { DiscordApi } from './api.ts';
import type { Place } from './adapt.ts';
import {
  channelSchema,
  type DiscordChannel,
  type DiscordServer,
  memberSchema,
  serverSchema,
  threadListSchema,
} from './wire.ts';

const administrator = 1n << 3n;
const viewChannel = 1n << 10n;
const readHistory = 1n << 16n;
/** Text and announcements; forums and media channels hold threads alone. */
const withMessages = new Set([0, 5]);
const withThreads = new Set([0, 5, 15, 16]);
const threadTypes = new Set([10, 11, 12]);
const privateThread = 12;

/** A place whose messages can be read, and the newest of them as Discord last told. */
export interface ReadablePlace extends Place {
  readonly lastMessageId: string | null;
  /** The channel that a thread hangs in; '' for what is none. */
  readonly parentId: string;
  /** The role that came with the bot: people name it as readily as the bot itself. Null: it has none. */
  readonly botRoleId: string | null;
}

export interface ServerNow {
  readonly server: DiscordServer;
  readonly channels: ReadonlyMap<string, DiscordChannel>;
  /** Channels and threads that are active; see `placeOf` for others. */
  readonly places: readonly ReadablePlace[];
  /** Channels whose archived threads can be read. */
  readonly threadParents: readonly string[];
  /** Names of channels that the bot sees and whose messages it may not read. */
  readonly withoutHistory: readonly string[];
  /** How many items could not be read. */
  readonly broken: number;
  /** Null where the bot may not read. */
  placeOf(channel: DiscordChannel): ReadablePlace | null;
}

/**
 * What the bot may read of one server. Counted from the permissions rather than tried: a missing “Read Message
 * History” answers with an empty list, and refusals are counted against the address.
 */
export async function readServer(api: DiscordApi, serverId: string, botId: string): Promise<ServerNow> {
  const server = await api.get(`/guilds/${serverId}`, serverSchema);
  const { roles: ownRoles } = await api.get(`/guilds/${serverId}/members/${botId}`, memberSchema);
  const listed = readAll(await api.get(`/guilds/${serverId}/channels`, z.array(z.unknown())));
  const active = readAll((await api.get(`/guilds/${serverId}/threads/active`, threadListSchema)).threads);
  const channels = new Map(listed.items.map((channel) => [channel.id, channel]));
  const roleNames = namesOfRoles(server.roles);
  const botRoleId = server.roles.find(({ tags }) => tags?.bot_id === botId)?.id ?? null;
  const channelNames = new Map([...listed.items, ...active.items].map(({ id, name }) => [id, name ?? '']));

  const placeOf = (channel: DiscordChannel): ReadablePlace | null => {
    const isThread = threadTypes.has(channel.type);
    const ruling = isThread ? channels.get(channel.parent_id ?? '') : channel;
    if (!ruling || !mayRead(permissionsIn(server, ruling, { id: botId, roles: ownRoles }))) return null;
    const everybody = permissionsIn(server, ruling, { id: '', roles: [] });
    return {
      serverId,
      serverName: server.name,
      botId,
      channelId: channel.id,
      name: channel.name ?? '',
      isThread,
      isPrivate: channel.type === privateThread || (everybody & viewChannel) === 0n,
      roleNames,
      channelNames,
      // What opens a thread has the thread's own id, and Discord does not always count it.
      lastMessageId: channel.last_message_id ?? (isThread ? channel.id : null),
      botRoleId,
      parentId: isThread ? (channel.parent_id ?? '') : '',
    };
  };
  const withText = listed.items.filter(({ type }) => withMessages.has(type));
  const isSeen = (channel: DiscordChannel): boolean =>
    (permissionsIn(server, channel, { id: botId, roles: ownRoles }) & viewChannel) !== 0n;
  return {
    server,
    channels,
    places: [...withText, ...active.items].map(placeOf).filter((place) => place !== null),
    threadParents: listed.items
      .filter((channel) => withThreads.has(channel.type) && placeOf(channel) !== null)
      .map(({ id }) => id),
    withoutHistory: withText
      .filter((channel) => isSeen(channel) && placeOf(channel) === null)
      .map(({ name }) => `#${name ?? ''}`),
    broken: listed.broken + active.broken,
    placeOf,
  };
}

/** “@everyone” brings its sign along. */
function namesOfRoles(roles: DiscordServer['roles']): Map<string, string> {
  return new Map(roles.map(({ id, name }) => [id, name.replace(/^@/, '')]));
}

export function readAll(list: readonly unknown[]): { items: DiscordChannel[]; broken: number } {
  const items = list.map((raw) => channelSchema.safeParse(raw).data).filter((each) => each !== undefined);
  return { items, broken: list.length - items.length };
}

function mayRead(permissions: bigint): boolean {
  return (permissions & viewChannel) !== 0n && (permissions & readHistory) !== 0n;
}

/** Discord's own order: everybody, then the roles together, then the member; a later rule wins. */
export function permissionsIn(
  server: DiscordServer,
  channel: DiscordChannel,
  member: { readonly id: string; readonly roles: readonly string[] },
): bigint {
  if (member.id !== '' && server.owner_id === member.id) return ~0n;
  const held = server.roles.filter(({ id }) => id === server.id || member.roles.includes(id));
  let permissions = held.reduce((all, role) => all | role.permissions, 0n);
  if ((permissions & administrator) !== 0n) return ~0n;
  const rules = channel.permission_overwrites;
  const apply = (chosen: typeof rules): void => {
    const deny = chosen.reduce((all, rule) => all | rule.deny, 0n);
    const allow = chosen.reduce((all, rule) => all | rule.allow, 0n);
    permissions = (permissions & ~deny) | allow;
  };
  apply(rules.filter(({ id }) => id === server.id));
  apply(rules.filter(({ id }) => id !== server.id && member.roles.includes(id)));
  apply(rules.filter(({ id }) => id === member.id));
  return permissions;
}

/** Threads that were archived since then, so that a laptop that slept misses none. */
export async function archivedSince(
  api: DiscordApi,
  parentId: string,
  since: number,
): Promise<DiscordChannel[]> {
  const found: DiscordChannel[] = [];
  let before: string | null = null;
  for (let page = 0; page < 20; page += 1) {
    const answer: z.infer<typeof threadListSchema> = await api.get(
      `/channels/${parentId}/threads/archived/public`,
      threadListSchema,
      { limit: '100', ...(before === null ? {} : { before }) },
    );
    const { items } = readAll(answer.threads);
    const archivedAt = (thread: DiscordChannel): number =>
      Date.parse(thread.thread_metadata?.archive_timestamp ?? '');
    found.push(...items.filter((thread) => archivedAt(thread) >= since));
    const last = items.at(-1);
    if (!last || answer.has_more !== true || archivedAt(last) < since) break;
    before = last.thread_metadata?.archive_timestamp ?? null;
    if (before === null) break;
  }
  return found;
}

export function unreadableWarning(names: readonly string[]): EarshotError {
  const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
  return new EarshotError(
    'forbidden',
    `The bot may not read ${shown}. Give its role “Read Message History” there, or leave the channel out.`,
    { channels: names.slice(0, 50) },
  );
}
