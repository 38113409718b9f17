import { standInServer, type StandInAnswer, type StandInRequest } from '../conformance/stand-in-server.ts';
import type { StandIn } from '../conformance/stand-in.ts';
import {
  type PlayedChannel,
  type PlayedMessage,
  botIdOfSelf,
  botToken,
  checkEscaped,
  generalId,
  methods,
  no,
  number,
  ok,
  personId,
  selfId,
  teamId,
  userOf,
  userToken,
  withFraction,
} from './slack-played.ts';
import { type PlayedFiles, playFiles } from './slack-files.ts';

export interface SlackStandIn extends StandIn {
  readonly url: string;
  readonly channels: PlayedChannel[];
  scopes: string[];
  /** The most that one page holds, whatever is asked for. */
  pageSize: number;
  publishIn(
    channel: string,
    text: string,
    more?: Readonly<Record<string, unknown>> & { user?: string; thread_ts?: string },
  ): string;
  reactionsOn(id: string): readonly string[];
  /** Methods that answer with this error from now on. */
  readonly errors: Map<string, string>;
  forgetPages(): void;
  readonly files: PlayedFiles;
}

/** Slack's Web API for one app in one workspace. */
export async function startSlack(now: () => number): Promise<SlackStandIn> {
  let messages: PlayedMessage[] = [];
  let isRevoked = false;
  let counter = 0;
  let generation = 0;
  const files = playFiles();

  const tsOf = (ms: number): string => {
    counter += 1;
    return `${Math.floor(ms / 1000)}.${String(counter).padStart(6, '0')}`;
  };
  const idOf = ({ channel, ts }: { channel: string; ts: string }): string => `${teamId}:${channel}:${ts}`;
  const messageOf = (id: string): PlayedMessage | undefined => messages.find((each) => idOf(each) === id);
  const repliesOf = (root: PlayedMessage): PlayedMessage[] =>
    messages.filter(
      (each) => each.channel === root.channel && each.thread_ts === root.ts && each.ts !== root.ts,
    );

  function wire(message: PlayedMessage, hasMetadata: boolean): object {
    const replies = repliesOf(message);
    const { ts, text, user, bot_id, thread_ts, metadata, more } = message;
    return {
      type: 'message',
      ...(message.isSpoilt ? {} : { user }),
      ...(bot_id && !message.isSpoilt ? { bot_id, app_id: 'A01' } : {}),
      text,
      ts,
      team: teamId,
      ...(thread_ts ? { thread_ts } : {}),
      ...(replies.length > 0
        ? {
            thread_ts: ts,
            reply_count: replies.length,
            latest_reply: replies.at(-1)!.ts,
            reply_users: [...new Set(replies.map((each) => each.user))],
          }
        : {}),
      ...(hasMetadata && metadata ? { metadata } : {}),
      ...more,
    };
  }

  function add(
    message: Omit<PlayedMessage, 'reactions' | 'more' | 'ts'> & { more?: Readonly<Record<string, unknown>> },
    ms: number,
  ): PlayedMessage {
    const added: PlayedMessage = { more: {}, ...message, ts: tsOf(ms), reactions: new Set<string>() };
    messages.push(added);
    messages.sort((a, b) => (number(a.ts) < number(b.ts) ? -1 : 1));
    return added;
  }

  /** `from newest` is how history goes, from the oldest how threads do. Cursors name the last one given. */
  function page(found: PlayedMessage[], args: Map<string, string>, isNewestFirst: boolean): StandInAnswer {
    const asked = Number(args.get('limit') ?? 100);
    if (!Number.isInteger(asked) || asked < 1 || asked > 999) return no('invalid_limit');
    const limit = Math.min(asked, standIn.pageSize);
    const oldest = args.get('oldest') ?? '0';
    const latest = args.get('latest');
    if (![oldest, latest ?? '0'].every((ts) => /^\d+(\.\d+)?$/.test(ts))) return no('invalid_ts_oldest');
    const isInclusive = args.get('inclusive') === 'true';
    const inRange = found.filter(({ ts, thread_ts }) => {
      if (!isNewestFirst && (thread_ts ?? ts) === ts) return true;
      const isAfter = number(ts) > number(withFraction(oldest)) || (isInclusive && ts === oldest);
      const isBefore =
        latest === undefined || number(ts) < number(withFraction(latest)) || (isInclusive && ts === latest);
      return isAfter && isBefore;
    });
    const ordered = isNewestFirst ? inRange.toReversed() : inRange;
    let start = 0;
    const cursor = args.get('cursor');
    if (cursor !== undefined) {
      const [made, last] = Buffer.from(cursor, 'base64').toString().split(' ');
      if (made !== String(generation)) return no('invalid_cursor');
      start = ordered.findIndex(({ ts }) =>
        isNewestFirst ? number(ts) < number(last!) : number(ts) > number(last!),
      );
      if (start < 0) start = ordered.length;
    }
    const given = ordered.slice(start, start + limit);
    const hasMore = start + limit < ordered.length;
    const next = hasMore ? Buffer.from(`${generation} ${given.at(-1)!.ts}`).toString('base64') : '';
    return ok({
      messages: given.map((each) => wire(each, args.get('include_all_metadata') === 'true')),
      has_more: hasMore,
      response_metadata: { next_cursor: next },
    });
  }

  function search(args: Map<string, string>): StandInAnswer {
    const words = /"([^"]*)"/.exec(args.get('query') ?? '')?.[1]?.toLowerCase() ?? '';
    const after = / after:(\d{4}-\d\d-\d\d)$/.exec(args.get('query') ?? '')?.[1] ?? '1970-01-01';
    const count = Number(args.get('count') ?? 20);
    if (words === '') return no('no_query');
    if (count > 100 || args.get('sort') !== 'timestamp') return no('invalid_arguments');
    const found = messages
      .filter(({ text }) => text.toLowerCase().includes(words))
      .filter(({ ts }) => Number(ts) * 1000 >= Date.parse(after) + 24 * 3_600_000)
      .toReversed();
    const start = (Number(args.get('page') ?? 1) - 1) * count;
    return ok({
      query: args.get('query'),
      messages: {
        total: found.length,
        paging: {
          count,
          total: found.length,
          page: Number(args.get('page')),
          pages: Math.ceil(found.length / count),
        },
        matches: found.slice(start, start + count).map((each) => {
          const { id, name, is_private } = standIn.channels.find((one) => one.id === each.channel)!;
          const thread = each.thread_ts ? `?thread_ts=${each.thread_ts}` : '';
          return {
            iid: each.ts,
            team: teamId,
            channel: { id, name, is_private },
            type: 'message',
            user: each.user,
            username: 'x',
            ts: each.ts,
            text: each.text,
            permalink: `https://brand.slack.com/archives/${id}/p${each.ts.replace('.', '')}${thread}`,
          };
        }),
      },
    });
  }

  function post(args: Map<string, unknown>, channel: PlayedChannel): StandInAnswer {
    const text = args.get('text');
    if (channel.is_archived) return no('is_archived');
    if (typeof text !== 'string' || text === '') return no('no_text');
    if (text.length > 40_000) return no('msg_too_long');
    checkEscaped(text);
    const threadTs = args.get('thread_ts') as string | undefined;
    const root = messages.find((each) => each.channel === channel.id && each.ts === threadTs);
    // A reply's ts is taken there, and the message is then shown in no thread.
    if (threadTs !== undefined && (!root || (root.thread_ts ?? root.ts) !== root.ts))
      return no('thread_not_found');
    const added = add(
      {
        channel: channel.id,
        text,
        user: selfId,
        bot_id: botIdOfSelf,
        metadata: args.get('metadata'),
        ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
      },
      now() + standIn.skewMs,
    );
    return ok({ channel: channel.id, ts: added.ts, message: wire(added, true) });
  }

  function complete(args: Map<string, unknown>, channel: PlayedChannel): StandInAnswer {
    const threadTs = args.get('thread_ts') as string;
    if (channel.is_archived) return no('posting_to_channel_denied');
    if (!messages.some((each) => each.channel === channel.id && each.ts === threadTs)) {
      return no('thread_not_found');
    }
    return files.complete(args, (text, shown) => {
      const message = { channel: channel.id, text, user: selfId, bot_id: botIdOfSelf, thread_ts: threadTs };
      add({ ...message, more: { files: shown } }, now() + standIn.skewMs);
    });
  }

  function act(method: string, args: Map<string, unknown>, channel: PlayedChannel): StandInAnswer {
    const ts = args.get(method === 'chat.delete' ? 'ts' : 'timestamp');
    const message = messages.find((each) => each.channel === channel.id && each.ts === ts);
    if (!message) return no('message_not_found');
    if (method === 'chat.delete') {
      if (message.user !== selfId) return no('cant_delete_message');
      messages = messages.filter((each) => each !== message);
      return ok({ channel: channel.id, ts });
    }
    const name = String(args.get('name'));
    if (!/^[\w+-]+$/.test(name)) return no('invalid_name');
    const isThere = message.reactions.has(name);
    if (method === 'reactions.add' && isThere) return no('already_reacted');
    if (method === 'reactions.remove' && !isThere) return no('no_reaction');
    message.reactions[method === 'reactions.add' ? 'add' : 'delete'](name);
    return ok();
  }

  function answer(request: StandInRequest): StandInAnswer {
    if (request.path.startsWith('/upload/')) return files.receive(request);
    const name = request.path.replace(/^\/api\//, '');
    const method = methods[name];
    if (!method) return no('unknown_method');
    const token = /^Bearer (.+)$/.exec(request.headers['authorization'] ?? '')?.[1];
    if (token === undefined) return no('not_authed');
    if (isRevoked || (token !== botToken && token !== userToken))
      return no(isRevoked ? 'token_revoked' : 'invalid_auth');
    const isBot = token === botToken;
    const isForm = request.method === 'POST';
    if (isForm !== (method.isWrite === true)) return no('invalid_post_type');
    const type = method.isForm ? 'application/x-www-form-urlencoded' : 'application/json';
    if (isForm && !(request.headers['content-type'] ?? '').startsWith(type)) return no('invalid_post_type');
    const fields = isForm ? request.form() : request.url.searchParams;
    const body =
      isForm && !method.isForm ? (request.json() as Record<string, unknown>) : Object.fromEntries(fields);
    const args = new Map(Object.entries(body));
    for (const key of args.keys()) {
      if (!method.args.split(' ').includes(key)) return no('invalid_arguments', { unknown: key });
    }
    if (method.isForPeople && isBot) return no('not_allowed_token_type');
    const wanted =
      name === 'users.conversations' && /private/.test(String(args.get('types')))
        ? [method.scope!, 'groups:read']
        : method.scope
          ? [method.scope]
          : [];
    const needed = wanted.find((scope) => isBot && !standIn.scopes.includes(scope));
    if (needed) return no('missing_scope', { needed, provided: standIn.scopes.join(',') });
    const error = standIn.errors.get(name);
    if (error) return no(error);
    if (name === 'auth.test') {
      return {
        status: 200,
        headers: {
          'x-oauth-scopes': isBot ? standIn.scopes.join(',') : 'search:read,channels:read,chat:write',
        },
        body: {
          ok: true,
          url: 'https://brand.slack.com/',
          team: 'Brand fans',
          team_id: teamId,
          user: isBot ? 'brandbot' : 'kim',
          user_id: isBot ? selfId : personId,
          ...(isBot ? { bot_id: botIdOfSelf } : {}),
        },
      };
    }
    if (name === 'users.info') {
      return ok({ user: userOf(String(args.get('user'))) });
    }
    if (name === 'users.conversations') {
      const types = String(args.get('types')).split(',');
      return ok({
        channels: standIn.channels.filter(
          (each) => each.is_member && types.includes(each.is_private ? 'private_channel' : 'public_channel'),
        ),
        response_metadata: { next_cursor: '' },
      });
    }
    if (name === 'search.messages') return search(args as Map<string, string>);
    if (name === 'files.getUploadURLExternal') return files.getUploadUrl(args, server.url);
    const channel = standIn.channels.find(({ id }) => id === (args.get('channel_id') ?? args.get('channel')));
    if (!channel || (channel.is_private && !channel.is_member)) return no('channel_not_found');
    if (name === 'conversations.info') return ok({ channel });
    if (!channel.is_member) return no('not_in_channel');
    if (channel.is_private && isBot && !standIn.scopes.includes('groups:history')) {
      return no('missing_scope', { needed: 'groups:history', provided: standIn.scopes.join(',') });
    }
    if (name === 'conversations.history') {
      const inChannel = messages.filter(
        (each) =>
          each.channel === channel.id &&
          (!each.thread_ts || each.thread_ts === each.ts || each.more['subtype'] === 'thread_broadcast'),
      );
      return page(inChannel, args as Map<string, string>, true);
    }
    if (name === 'conversations.replies') {
      const root = messages.find((each) => each.channel === channel.id && each.ts === args.get('ts'));
      if (!root) return no('thread_not_found');
      return page([root, ...repliesOf(root)], args as Map<string, string>, false);
    }
    if (name === 'files.completeUploadExternal') return complete(args, channel);
    return name === 'chat.postMessage' ? post(args, channel) : act(name, args, channel);
  }

  const server = await standInServer({
    kindOf: ({ method }) => (method === 'GET' ? 'read' : 'write'),
    answer,
    refusals: {
      'rate-limited': () => ({
        status: 429,
        headers: { 'retry-after': '30' },
        body: { ok: false, error: 'ratelimited' },
      }),
      'missing-permission': ({ method }) =>
        no('missing_scope', {
          needed: method === 'GET' ? 'channels:read' : 'chat:write',
          provided: 'users:read',
        }),
      refused: () => no('restricted_action'),
    },
    expire: () => {
      isRevoked = true;
    },
    revoke: () => {
      isRevoked = true;
    },
  });

  const standIn: SlackStandIn = {
    ...server,
    skewMs: 0,
    retryAfterMs: 30_000,
    channels: [
      { id: generalId, name: 'general', is_member: true, is_private: false, is_archived: false },
      { id: 'C02OTHER', name: 'other', is_member: false, is_private: false, is_archived: false },
    ],
    scopes:
      'channels:read channels:history groups:read groups:history users:read chat:write reactions:write files:write files:read'.split(
        ' ',
      ),
    pageSize: 999,
    errors: new Map(),
    files,
    publish({ text, author = 'dana', at, inReplyTo, byAccount }) {
      const answered = inReplyTo ? messageOf(inReplyTo)! : null;
      const threadTs = answered ? (answered.thread_ts ?? answered.ts) : undefined;
      const added = add(
        {
          channel: generalId,
          text,
          user: byAccount ? selfId : `U${author.toUpperCase()}`,
          ...(byAccount ? { bot_id: botIdOfSelf } : {}),
          ...(threadTs ? { thread_ts: threadTs } : {}),
        },
        at ?? now() + standIn.skewMs,
      );
      return idOf(added);
    },
    publishIn(channel, text, { user = 'UDANA', thread_ts, ...more } = {}) {
      const added = add(
        { channel, text, user, ...(thread_ts ? { thread_ts } : {}), more },
        now() + standIn.skewMs,
      );
      return idOf(added);
    },
    edit(id, text) {
      messageOf(id)!.text = text;
    },
    remove(id) {
      messages = messages.filter((each) => idOf(each) !== id);
    },
    spoil(id) {
      messageOf(id)!.isSpoilt = true;
    },
    written: () =>
      messages
        .filter(({ user }) => user === selfId)
        .map((each) => ({
          externalId: idOf(each),
          text: each.text,
          inReplyTo: each.thread_ts ? idOf({ channel: each.channel, ts: each.thread_ts }) : null,
        })),
    reactionsOn: (id) => [...(messageOf(id)?.reactions ?? [])],
    forgetPages() {
      generation += 1;
    },
  };
  return standIn;
}
