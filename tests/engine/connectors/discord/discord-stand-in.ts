import { standInServer, type StandInAnswer, type StandInRequest } from '../conformance/stand-in-server.ts';
import type { StandIn } from '../conformance/stand-in.ts';
import {
  type PlayedChannel,
  type PlayedMessage,
  type PlayedUser,
  attach,
  botId,
  epoch,
  form,
  generalId,
  history,
  json,
  manage,
  older,
  parameters,
  emptyParts,
  problem,
  rateLimited,
  readPost,
  refusedMessage,
  refusedPage,
  react,
  send,
  serverId,
  token,
  view,
} from './discord-played.ts';

export interface DiscordStandIn extends StandIn {
  readonly url: string;
  readonly channels: PlayedChannel[];
  /** Permissions of everybody, and of the bot's own role. */
  readonly roles: { id: string; name: string; permissions: string }[];
  /** Bits of the application: Message Content Intent and others. */
  flags: number;
  botPermissions: bigint;
  isOnServer: boolean;
  /** Seconds that the search still needs for its index. */
  indexing: number | null;
  publishIn(channelId: string, content: string, more?: Readonly<Record<string, unknown>>): string;
  reactionsOn(id: string): readonly string[];
  /** Headers of the next answer with messages. */
  nextHeaders: Record<string, string> | null;
}

/** Discord's REST interface for one bot on one server. */
export async function startDiscord(now: () => number): Promise<DiscordStandIn> {
  let messages: PlayedMessage[] = [];
  let isRevoked = false;
  let sequence = 0n;
  const people = new Map<string, string>();
  const bot = { id: botId, username: 'brandbot', global_name: 'Brand Bot', bot: true, avatar: null };

  const idOf = (ms: number): string => {
    sequence += 1n;
    return ((BigInt(Math.floor(ms) - epoch) << 22n) + (sequence & 0x3fffffn)).toString();
  };
  const person = (name: string): PlayedUser => {
    if (!people.has(name)) people.set(name, String(900_000_000_000_000_007n + BigInt(people.size)));
    return {
      id: people.get(name)!,
      username: name,
      global_name: `${name} O.`,
      avatar: null,
      ...(name === 'robot' ? { bot: true } : {}),
    };
  };
  const channelOf = (id: string): PlayedChannel | undefined =>
    standIn.channels.find((each) => each.id === id);
  const isIntended = (): boolean => (standIn.flags & ((1 << 18) | (1 << 19))) !== 0;

  function wire(message: PlayedMessage, isReferenced = false): object {
    const { id, channel_id, type, author, message_reference: reference, more } = message;
    const answered = reference && messages.find((each) => each.id === reference.message_id);
    const mentions = [...message.content.matchAll(/<@!?(\d+)>/g)].flatMap(([, user]) =>
      user === botId ? [bot] : [],
    );
    const isShown = isIntended() || author.id === botId || mentions.length > 0;
    const milliseconds = Number((BigInt(id) >> 22n) + BigInt(epoch));
    return {
      id,
      channel_id,
      type,
      ...(message.isSpoilt ? {} : { author }),
      content: isShown ? message.content : '',
      timestamp: new Date(milliseconds).toISOString().replace('Z', '000+00:00'),
      edited_timestamp: message.edited ?? null,
      mentions,
      ...emptyParts,
      ...(isShown ? more : {}),
      ...(reference ? { message_reference: { type: 0, ...reference } } : {}),
      ...(reference && !isReferenced ? { referenced_message: answered ? wire(answered, true) : null } : {}),
    };
  }

  function add(
    channelId: string,
    content: string,
    message: Partial<PlayedMessage>,
    ms: number,
  ): PlayedMessage {
    const added: PlayedMessage = {
      id: idOf(ms),
      channel_id: channelId,
      type: message.message_reference ? 19 : 0,
      content,
      author: person('dana'),
      reactions: new Set(),
      more: {},
      ...message,
    };
    messages.push(added);
    messages.sort((a, b) => older(a.id, b.id));
    const channel = channelOf(channelId);
    if (channel && (!channel.last_message_id || older(channel.last_message_id, added.id) < 0)) {
      channel.last_message_id = added.id;
    }
    return added;
  }

  function permissionsIn(channel: PlayedChannel): bigint {
    const ruling = channel.parent_id && channel.thread_metadata ? channelOf(channel.parent_id)! : channel;
    let permissions = standIn.botPermissions;
    for (const rule of ruling.permission_overwrites ?? []) {
      permissions = (permissions & ~BigInt(rule.deny)) | BigInt(rule.allow);
    }
    return permissions;
  }

  function listMessages(channel: PlayedChannel, query: URLSearchParams): StandInAnswer {
    const refused = refusedPage(query);
    if (refused) return refused;
    const limit = Number(query.get('limit') ?? 50);
    // Without the permission Discord shows an empty channel.
    if ((permissionsIn(channel) & history) === 0n) return json(200, []);
    const all = messages.filter((each) => each.channel_id === channel.id);
    const after = query.get('after');
    const before = query.get('before');
    const found =
      after === null
        ? all.filter(({ id }) => before === null || older(id, before) < 0).slice(-limit)
        : all.filter(({ id }) => older(id, after) > 0).slice(0, limit);
    return json(
      200,
      found.toReversed().map((each) => wire(each)),
    );
  }

  function post(channel: PlayedChannel, request: StandInRequest): StandInAnswer {
    const read = readPost(request);
    if ('status' in read) return read;
    const { message: body, attachments } = read;
    const needed = send | (attachments.length > 0 ? attach : 0n);
    if ((permissionsIn(channel) & needed) !== needed) return problem(403, 50013, 'Missing Permissions');
    if (channel.thread_metadata?.locked) return problem(400, 160005, 'Thread is locked');
    const refused = refusedMessage(body);
    if (refused) return refused;
    const { nonce, message_reference: reference } = body;
    const content = String(body['content']);
    if (body['enforce_nonce'] === true) {
      const first = messages.find((each) => each.author.id === botId && each.nonce === nonce);
      if (first) return json(200, wire(first));
    }
    const answered = reference as { message_id?: string; fail_if_not_exists?: boolean } | undefined;
    const exists = messages.some(
      (each) => each.id === answered?.message_id && each.channel_id === channel.id,
    );
    if (answered && !exists && answered.fail_if_not_exists !== false) {
      return form('message_reference', 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
    }
    const added = add(
      channel.id,
      content.trim(),
      {
        author: bot,
        more: { attachments },
        ...(typeof nonce === 'string' ? { nonce } : {}),
        ...(answered && exists
          ? {
              message_reference: {
                message_id: answered.message_id!,
                channel_id: channel.id,
                guild_id: serverId,
              },
            }
          : {}),
      },
      now() + standIn.skewMs,
    );
    return json(200, { ...wire(added), nonce });
  }

  function search(query: URLSearchParams): StandInAnswer {
    if (standIn.indexing !== null) {
      return json(202, {
        message: 'Index not yet available. Try again later',
        code: 110000,
        documents_indexed: 0,
        retry_after: standIn.indexing,
      });
    }
    const limit = Number(query.get('limit') ?? 25);
    if (!(limit >= 1 && limit <= 25)) return form('limit', 'NUMBER_TYPE_MAX', 'Must be 25 or fewer.');
    const words = (query.get('content') ?? '').toLowerCase();
    if (words.length > 1_024) return form('content', 'BASE_TYPE_MAX_LENGTH', 'Must be 1024 or fewer.');
    const found = messages.filter(
      ({ id, content }) => older(id, query.get('min_id') ?? '0') > 0 && content.toLowerCase().includes(words),
    );
    if (query.get('sort_order') !== 'asc') found.reverse();
    return json(200, {
      total_results: found.length,
      messages: found.slice(0, limit).map((each) => [{ ...wire(each), hit: true }]),
      threads: standIn.channels.filter(({ thread_metadata }) => thread_metadata),
      members: [],
    });
  }

  function inServer(rest: readonly string[], query: URLSearchParams): StandInAnswer {
    const threads = standIn.channels.filter(({ thread_metadata }) => thread_metadata);
    switch (rest.join('/')) {
      case '':
        return json(200, { id: serverId, name: 'Brand fans', owner_id: '1', roles: standIn.roles });
      case 'channels': {
        const channels = standIn.channels.filter(({ thread_metadata }) => !thread_metadata);
        return json(200, channels);
      }
      case 'threads/active':
        return json(200, {
          threads: threads.filter(({ thread_metadata }) => !thread_metadata!.archived),
          members: [],
        });
      case `members/${botId}`:
        return json(200, { user: bot, roles: ['1299999999999999990'], nick: null });
      case 'messages/search':
        return search(query);
      default:
        return problem(404, 0, '404: Not Found');
    }
  }

  function inChannel(request: StandInRequest, id: string, rest: readonly string[]): StandInAnswer {
    const channel = channelOf(id);
    if (!channel) return problem(404, 10003, 'Unknown Channel');
    if ((permissionsIn(channel) & view) === 0n) return problem(403, 50001, 'Missing Access');
    if (rest.length === 0) return json(200, { ...channel, guild_id: serverId });
    if (rest.join('/') === 'threads/archived/public') {
      const threads = standIn.channels
        .filter((each) => each.parent_id === id && each.thread_metadata?.archived)
        .sort((a, b) =>
          a.thread_metadata!.archive_timestamp < b.thread_metadata!.archive_timestamp ? 1 : -1,
        );
      return json(200, { threads, members: [], has_more: false });
    }
    const [kind, messageId, ...deeper] = rest;
    if (kind !== 'messages') return problem(404, 0, '404: Not Found');
    if (messageId === undefined) {
      return request.method === 'POST'
        ? post(channel, request)
        : listMessages(channel, request.url.searchParams);
    }
    const message = messages.find((each) => each.id === messageId && each.channel_id === id);
    if (!message) return problem(404, 10008, 'Unknown Message');
    if (deeper[0] === 'reactions' && deeper[2] === '@me') {
      const emoji = decodeURIComponent(deeper[1] ?? '');
      if (emoji !== '👍') return problem(400, 10014, 'Unknown Emoji');
      if (request.method === 'PUT' && (permissionsIn(channel) & react) === 0n) {
        return problem(403, 50013, 'Missing Permissions');
      }
      message.reactions[request.method === 'PUT' ? 'add' : 'delete'](emoji);
      return json(204);
    }
    if (request.method === 'DELETE') {
      if (message.author.id !== botId && (permissionsIn(channel) & manage) === 0n) {
        return problem(403, 50013, 'Missing Permissions');
      }
      messages = messages.filter((each) => each !== message);
      return json(204);
    }
    return (permissionsIn(channel) & history) === 0n
      ? problem(403, 50013, 'Missing Permissions')
      : json(200, wire(message));
  }

  function answer(request: StandInRequest): StandInAnswer {
    const { headers } = request;
    if (!/^DiscordBot \(https?:\/\/\S+, [\w.]+\)/.test(headers['user-agent'] ?? '')) {
      return { status: 403, headers: { 'content-type': 'text/html' }, body: '<html>Access denied</html>' };
    }
    if (isRevoked || headers['authorization'] !== `Bot ${token}`) {
      return json(401, { message: '401: Unauthorized', code: 0 });
    }
    const unknown = [...request.url.searchParams.keys()].find((name) => !parameters.has(name));
    if (unknown) return form(unknown, 'UNKNOWN', 'Unknown parameter');
    const [, api, version, ...path] = request.path.split('/');
    if (api !== 'api' || version !== 'v10') return problem(404, 0, '404: Not Found');
    const [kind, id = '', ...rest] = path;
    const isOwn = path.join('/');
    if (isOwn === 'users/@me') return json(200, bot);
    if (isOwn === 'applications/@me') return json(200, { id: '1200000000000000001', flags: standIn.flags });
    if (isOwn === 'users/@me/guilds') {
      const own = { id: serverId, name: 'Brand fans', permissions: String(standIn.botPermissions) };
      return json(200, standIn.isOnServer ? [own] : []);
    }
    if (kind === 'guilds') {
      if (id !== serverId || !standIn.isOnServer) return problem(404, 10004, 'Unknown Guild');
      return inServer(rest, request.url.searchParams);
    }
    if (kind === 'channels') return inChannel(request, id, rest);
    return problem(404, 0, '404: Not Found');
  }

  const server = await standInServer({
    kindOf: ({ method }) => (method === 'GET' ? 'read' : 'write'),
    answer(request) {
      const given = answer(request);
      const isList = request.path.endsWith('/messages');
      const headers = { ...given.headers, ...(isList ? standIn.nextHeaders : {}) };
      if (isList) standIn.nextHeaders = null;
      return { ...given, headers };
    },
    refusals: {
      'rate-limited': () => rateLimited,
      'missing-permission': ({ method }) =>
        method === 'GET' ? problem(403, 50001, 'Missing Access') : problem(403, 50013, 'Missing Permissions'),
      refused: () => problem(400, 200000, 'Message was blocked by automatic moderation'),
    },
    expire: () => {
      isRevoked = true;
    },
    revoke: () => {
      isRevoked = true;
    },
  });

  const standIn: DiscordStandIn = {
    ...server,
    skewMs: 0,
    retryAfterMs: 16_250,
    channels: [
      { id: '1300000000000000000', type: 4, name: 'Community' },
      { id: generalId, type: 0, name: 'general', parent_id: '1300000000000000000', last_message_id: null },
    ],
    roles: [
      { id: serverId, name: '@everyone', permissions: String(view | send | history) },
      {
        id: '1299999999999999990',
        name: 'brandbot',
        permissions: String(view | send | manage | history | react),
      },
    ],
    flags: 1 << 19,
    botPermissions: view | send | attach | manage | history | react,
    isOnServer: true,
    indexing: null,
    nextHeaders: null,
    publish({ text, author = 'dana', at, inReplyTo, byAccount }) {
      return add(
        generalId,
        text,
        {
          author: byAccount ? bot : person(author),
          ...(inReplyTo
            ? { message_reference: { message_id: inReplyTo, channel_id: generalId, guild_id: serverId } }
            : {}),
        },
        at ?? now() + standIn.skewMs,
      ).id;
    },
    publishIn: (channelId, content, more = {}) => {
      const { author = 'dana', type, ...rest } = more as { author?: string; type?: number };
      const written = { author: person(author), more: rest, ...(type === undefined ? {} : { type }) };
      return add(channelId, content, written, now() + standIn.skewMs).id;
    },
    edit(id, text) {
      const message = messages.find((each) => each.id === id)!;
      message.content = text;
      message.edited = new Date(now()).toISOString();
    },
    remove(id) {
      messages = messages.filter((each) => each.id !== id);
    },
    spoil(id) {
      messages.find((each) => each.id === id)!.isSpoilt = true;
    },
    // Every id there lies beyond 2^53.
    useHugeIds: () => {},
    written: () =>
      messages
        .filter(({ author }) => author.id === botId)
        .map(({ id, content, message_reference: reference }) => ({
          externalId: id,
          text: content,
          inReplyTo: reference?.message_id ?? null,
        })),
    reactionsOn: (id) => [...(messages.find((each) => each.id === id)?.reactions ?? [])],
  };
  return standIn;
}
