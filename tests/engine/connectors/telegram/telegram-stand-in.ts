import { standInServer, type StandInAnswer, type StandInRequest } from '../conformance/stand-in-server.ts';
import { type ReadPart, readMultipart } from '../http/read-multipart.ts';
import type { StandIn } from '../conformance/stand-in.ts';

export const botId = 7_100_200_300;
export const token = `${botId}:AAStandInTokenOfTheBrandBot_0123456789`;
export const fansId = -1_002_200_110_099;
const dayMs = 24 * 60 * 60_000;

export interface PlayedChat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup' | 'channel';
  readonly title?: string;
  readonly username?: string;
  readonly first_name?: string;
  readonly is_forum?: boolean;
  /** The supergroup that this group has become. */
  migratedTo?: number;
  isBotKicked?: boolean;
}
interface PlayedMessage {
  readonly chat: PlayedChat;
  readonly message_id: number;
  readonly date: number;
  readonly from: {
    readonly id: number;
    readonly is_bot: boolean;
    readonly first_name: string;
    readonly username?: string;
  };
  text: string;
  edit_date?: number;
  readonly inReplyTo?: number;
  readonly more: Readonly<Record<string, unknown>>;
  readonly file?: readonly [string, ReadPart] | null;
  reaction: string | null;
  isSpoilt?: boolean;
}
interface Update {
  readonly update_id: number;
  readonly type: string;
  readonly message: PlayedMessage;
  readonly at: number;
}

export interface TelegramStandIn extends StandIn {
  readonly url: string;
  readonly chats: PlayedChat[];
  readsAllGroupMessages: boolean;
  webhook: string;
  /** Another program asks at the same time. */
  hasOtherConsumer: boolean;
  nextUpdateId: number;
  /** What every message to a chat is refused with. */
  refusal: string | null;
  publishIn(chatId: number, text: string, more?: Readonly<Record<string, unknown>>): string;
  reactionOn(id: string): string | null;
  /** What was sent with a message: the method, and its file. */
  fileOf(id: string): readonly [string, ReadPart] | undefined;
  /** Updates that wait to be fetched. */
  waiting(): number;
}

const ok = (result: unknown): StandInAnswer => ({ status: 200, body: { ok: true, result } });
const no = (code: number, description: string, parameters?: object): StandInAnswer => ({
  status: code,
  body: { ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) },
});

const methods: Readonly<Record<string, string>> = {
  getMe: '',
  getWebhookInfo: '',
  deleteWebhook: 'drop_pending_updates',
  getUpdates: 'offset limit timeout allowed_updates',
  sendMessage: 'chat_id text reply_parameters message_thread_id link_preview_options entities parse_mode',
  sendPhoto: 'chat_id photo caption reply_parameters message_thread_id caption_entities',
  sendDocument: 'chat_id document caption reply_parameters message_thread_id caption_entities',
  deleteMessage: 'chat_id message_id',
  setMessageReaction: 'chat_id message_id reaction is_big',
};

/** The Bot API for one bot, as its own server answers. */
export async function startTelegram(now: () => number): Promise<TelegramStandIn> {
  let messages: PlayedMessage[] = [];
  let updates: Update[] = [];
  let isRevoked = false;
  let lastMessageId = 500;
  const people = new Map<string, number>();
  const self = { id: botId, is_bot: true, first_name: 'Brand Bot', username: 'brandbot' };
  const clock = (): number => now() + standIn.skewMs;
  const idOf = ({ chat, message_id }: PlayedMessage): string => `${chat.id}:${message_id}`;
  const person = (name: string): PlayedMessage['from'] => {
    if (!people.has(name)) people.set(name, 55_501 + people.size);
    return { id: people.get(name)!, is_bot: false, first_name: name, username: `${name}_ok` };
  };

  function wire(message: PlayedMessage, isInside = false): object {
    const { chat, message_id, date, from, text, edit_date, inReplyTo, more } = message;
    const answered = messages.find((each) => each.chat.id === chat.id && each.message_id === inReplyTo);
    const { migratedTo: _, isBotKicked: __, ...shown } = chat;
    return {
      message_id,
      date,
      ...(message.isSpoilt ? {} : { chat: shown }),
      ...(chat.type === 'channel' ? { sender_chat: shown } : { from }),
      ...(text === '' ? {} : { text }),
      ...(edit_date ? { edit_date } : {}),
      ...(answered && !isInside ? { reply_to_message: wire(answered, true) } : {}),
      ...more,
    };
  }

  function add(
    chat: PlayedChat,
    message: Partial<PlayedMessage> & { text: string },
    ms: number,
  ): PlayedMessage {
    lastMessageId += 1;
    const added: PlayedMessage = {
      chat,
      message_id: lastMessageId,
      date: Math.floor(ms / 1000),
      from: person('dana'),
      more: {},
      reaction: null,
      ...message,
    };
    messages.push(added);
    return added;
  }

  function queue(type: string, message: PlayedMessage): void {
    updates.push({ update_id: standIn.nextUpdateId, type, message, at: clock() });
    standIn.nextUpdateId += 1;
  }

  function getUpdates(args: Map<string, unknown>): StandInAnswer {
    if (standIn.webhook !== '') {
      return no(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    }
    if (standIn.hasOtherConsumer) {
      return no(
        409,
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      );
    }
    const limit = Number(args.get('limit') ?? 100);
    const offset = args.get('offset') === undefined ? null : Number(args.get('offset'));
    if (limit < 1 || limit > 100 || (offset !== null && !Number.isInteger(offset))) {
      return no(400, 'Bad Request: invalid parameter');
    }
    if (offset !== null && offset < 0) throw new Error('The backlog was skipped.');
    const allowed = JSON.parse((args.get('allowed_updates') ?? 'null') as string) as string[] | null;
    updates = updates.filter(
      ({ at, update_id }) => clock() - at <= dayMs && (offset === null || update_id >= offset),
    );
    const given = updates.filter(({ type }) => allowed === null || allowed.includes(type)).slice(0, limit);
    return ok(given.map(({ update_id, type, message }) => ({ update_id, [type]: wire(message) })));
  }

  /** A form is read as JSON is: numbers and objects stand in it as text. */
  function readForm(request: StandInRequest): Map<string, unknown> | null {
    const parts = readMultipart(request.headers['content-type'], request.body);
    return (
      parts &&
      new Map(
        parts.map((part): [string, unknown] => {
          const text = part.content.toString();
          if (part.fileName !== null) return [part.name, part];
          return [part.name, part.name === 'caption' ? text : (JSON.parse(text) as unknown)];
        }),
      )
    );
  }

  function refusedFile(method: string, args: Map<string, unknown>): StandInAnswer | null {
    const field = method === 'sendPhoto' ? 'photo' : 'document';
    const file = args.get(field) as ReadPart | undefined;
    if (!file?.fileName) return no(400, `Bad Request: there is no ${field} in the request`);
    if (file.content.length > (field === 'photo' ? 10 : 50) * 1_000_000) {
      return no(413, 'Request Entity Too Large');
    }
    if (field === 'photo' && !/^image\/(png|jpeg|webp)$/.test(file.type ?? '')) {
      return no(400, 'Bad Request: IMAGE_PROCESS_FAILED');
    }
    return Array.from((args.get('caption') ?? '') as string).length > 1_024
      ? no(400, 'Bad Request: message caption is too long')
      : null;
  }

  function sendMessage(method: string, args: Map<string, unknown>, chat: PlayedChat): StandInAnswer {
    const isText = method === 'sendMessage';
    const text = (args.get(isText ? 'text' : 'caption') ?? '') as string;
    if (isText && text.trim() === '') return no(400, 'Bad Request: message text is empty');
    if (Array.from(text).length > 4_096) return no(400, 'Bad Request: message is too long');
    const refused = isText ? null : refusedFile(method, args);
    if (refused) return refused;
    if (args.get('parse_mode') !== undefined) throw new Error('Signs in a text would be read as markup.');
    const topic = args.get('message_thread_id');
    if (topic !== undefined && !chat.is_forum) return no(400, 'Bad Request: message thread not found');
    const answered = args.get('reply_parameters') as
      | { message_id: number; allow_sending_without_reply?: boolean }
      | undefined;
    const target = messages.find((each) => each.chat === chat && each.message_id === answered?.message_id);
    if (answered && !target && answered.allow_sending_without_reply !== true) {
      return no(400, 'Bad Request: message to be replied not found');
    }
    const more = topic === undefined ? {} : { message_thread_id: topic, is_topic_message: true };
    const file = isText ? null : ([method, (args.get('photo') ?? args.get('document')) as ReadPart] as const);
    const added = add(
      chat,
      { text, from: self, more, file, ...(target ? { inReplyTo: target.message_id } : {}) },
      clock(),
    );
    return ok(wire(added));
  }

  function onMessage(method: string, args: Map<string, unknown>, chat: PlayedChat): StandInAnswer {
    const message = messages.find((each) => each.chat === chat && each.message_id === args.get('message_id'));
    if (method === 'deleteMessage') {
      if (!message) return no(400, 'Bad Request: message to delete not found');
      if (clock() - message.date * 1000 > 2 * dayMs) return no(400, "Bad Request: message can't be deleted");
      messages = messages.filter((each) => each !== message);
      return ok(true);
    }
    if (!message) return no(400, 'Bad Request: message to react not found');
    const reaction = args.get('reaction') as { type?: string; emoji?: string }[] | undefined;
    if (!Array.isArray(reaction) || reaction.length > 1) return no(400, 'Bad Request: REACTIONS_TOO_MANY');
    if (reaction[0] && (reaction[0].type !== 'emoji' || reaction[0].emoji !== '👍')) {
      return no(400, 'Bad Request: REACTION_INVALID');
    }
    message.reaction = reaction[0]?.emoji ?? null;
    return ok(true);
  }

  function answer(request: StandInRequest): StandInAnswer {
    const [, secret, method = ''] = request.path.split('/');
    const allowed = methods[method];
    if (!secret?.startsWith('bot') || !/^bot\d+:[\w-]+$/.test(secret) || allowed === undefined)
      return no(404, 'Not Found');
    if (isRevoked || secret !== `bot${token}`) return no(401, 'Unauthorized');
    const isPost = request.method === 'POST';
    const form = isPost ? readForm(request) : null;
    if (isPost && !form && request.headers['content-type'] !== 'application/json')
      return no(400, 'Bad Request: no body');
    const given = isPost ? (request.json() as object) : Object.fromEntries(request.url.searchParams);
    const args = form ?? new Map<string, unknown>(Object.entries(given));
    for (const key of args.keys()) {
      if (!allowed.split(' ').includes(key)) throw new Error(`${method} knows no ${key}.`);
    }
    switch (method) {
      case 'getMe':
        return ok({
          ...self,
          can_join_groups: true,
          can_read_all_group_messages: standIn.readsAllGroupMessages,
          supports_inline_queries: false,
        });
      case 'getWebhookInfo':
        return ok({
          url: standIn.webhook,
          has_custom_certificate: false,
          pending_update_count: updates.length,
        });
      case 'deleteWebhook':
        standIn.webhook = '';
        return ok(true);
      case 'getUpdates':
        return getUpdates(args);
    }
    const chat = standIn.chats.find(({ id }) => id === args.get('chat_id'));
    if (!chat) return no(400, 'Bad Request: chat not found');
    if (chat.isBotKicked) return no(403, 'Forbidden: bot was kicked from the supergroup chat');
    if (chat.migratedTo !== undefined) {
      return no(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
        migrate_to_chat_id: chat.migratedTo,
      });
    }
    if (standIn.refusal !== null) return no(400, standIn.refusal);
    return method.startsWith('send') ? sendMessage(method, args, chat) : onMessage(method, args, chat);
  }

  const server = await standInServer({
    kindOf: ({ method }) => (method === 'GET' ? 'read' : 'write'),
    answer,
    refusals: {
      'rate-limited': () => no(429, 'Too Many Requests: retry after 17', { retry_after: 17 }),
      'missing-permission': () => no(403, 'Forbidden: bot was kicked from the supergroup chat'),
      refused: () => no(400, 'Bad Request: not enough rights to send text messages to the chat'),
      'server-error': () => no(502, 'Bad Gateway'),
    },
    expire: () => {
      isRevoked = true;
    },
    revoke: () => {
      isRevoked = true;
    },
  });

  const standIn: TelegramStandIn = {
    ...server,
    skewMs: 0,
    retryAfterMs: 17_000,
    chats: [{ id: fansId, type: 'supergroup', title: 'Brand fans', username: 'brandfans' }],
    readsAllGroupMessages: true,
    webhook: '',
    hasOtherConsumer: false,
    nextUpdateId: 700_100_200,
    refusal: null,
    publish({ text, author = 'dana', at, inReplyTo, byAccount }) {
      const inside = inReplyTo === undefined ? {} : { inReplyTo: Number(inReplyTo.split(':')[1]) };
      const from = byAccount ? self : person(author);
      const added = add(standIn.chats[0]!, { text, from, ...inside }, at ?? clock());
      // What a bot writes is never sent to it.
      if (!byAccount) queue('message', added);
      return idOf(added);
    },
    publishIn(chatId, text, more = {}) {
      const chat = standIn.chats.find(({ id }) => id === chatId)!;
      const added = add(chat, { text, more }, clock());
      queue(chat.type === 'channel' ? 'channel_post' : 'message', added);
      return idOf(added);
    },
    edit(id, text) {
      const message = messages.find((each) => idOf(each) === id)!;
      message.text = text;
      message.edit_date = Math.floor(clock() / 1000);
      queue('edited_message', message);
    },
    remove(id) {
      messages = messages.filter((each) => idOf(each) !== id);
    },
    spoil(id) {
      messages.find((each) => idOf(each) === id)!.isSpoilt = true;
    },
    written: () =>
      messages
        .filter(({ from }) => from === self)
        .map((message) => ({
          externalId: idOf(message),
          text: message.text,
          inReplyTo: message.inReplyTo === undefined ? null : `${message.chat.id}:${message.inReplyTo}`,
        })),
    reactionOn: (id) => messages.find((each) => idOf(each) === id)?.reaction ?? null,
    fileOf: (id) => messages.find((each) => idOf(each) === id)?.file ?? undefined,
    waiting: () => updates.length,
  };
  return standIn;
}
