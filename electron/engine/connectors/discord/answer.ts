import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type {
  IncomingMention,
  OutboxContext,
  PerformAction,
  ReplySupport,
  ReplyTarget,
  SentReply,
} from '../connector.ts';
import { type Place, answeredId, isWritten, keyOf, mentionOf, pageOf } from './adapt.ts';
import {
  authorityOf,
  discordApi,
  type DiscordApi,
  type DiscordCredentials,
  type DiscordSettings,
  isDiscord,
} from './api.ts';
import { createRootFinder, messagesPerPage, readMessages } from './messages.ts';
import { laterId } from './snowflake.ts';
import { channelSchema, type DiscordChannel, type DiscordMessage, messageSchema } from './wire.ts';

type Context = OutboxContext<DiscordCredentials, DiscordSettings>;

const contextSchema = z.object({
  serverId: z.string(),
  serverName: z.string(),
  channelId: z.string(),
  messageId: z.string(),
  rootId: z.string(),
  botId: z.string(),
  roleNames: z.record(z.string(), z.string()).default({}),
  channelNames: z.record(z.string(), z.string()).default({}),
});
type Where = z.infer<typeof contextSchema>;
const preparedSchema = z.object({
  channelId: z.string(),
  content: z.string(),
  answers: z.string(),
  nonce: z.string().max(25),
  /** The newest message of the channel before anything was sent: ours comes after it. */
  newestBefore: z.string(),
  /** As many files go with it, in this order; null: no description. */
  files: z.array(z.object({ filename: z.string(), description: z.string().nullable() })).default([]),
});
type Prepared = z.infer<typeof preparedSchema>;

/** Discord remembers a nonce for “a few minutes”. */
const nonceHoldsMs = 120_000;
const itemsInLook = 50;
const mostPagesInFind = 30;
const noSuchMessage = 10008;
const noSuchChannel = 10003;
const missingAccess = 50001;
const missingPermission = 50013;
const noSuchEmoji = 10014;
const thumbsUp = encodeURIComponent('👍');

export const reply: ReplySupport<DiscordCredentials, DiscordSettings, Prepared> = {
  preparedSchema,
  /** Only a bot of that server gets in. */
  reaches({ identity }, target) {
    const serverIds = z.array(z.string()).safeParse(identity.facts?.['serverIds']).data ?? [];
    const context = contextSchema.safeParse(target.context);
    if (!context.success) return false;
    return context.data.botId === identity.externalId || serverIds.includes(context.data.serverId);
  },
  look,
  async prepare(context) {
    const { text, media, idempotencyKey } = context.reply;
    const { channelId, messageId } = whereIs(context.target);
    const { newestId } = await readMessages(apiOf(context), channelId, { limit: '1' });
    return {
      channelId,
      content: text,
      answers: messageId,
      nonce: nonceOf(idempotencyKey),
      newestBefore: laterId(messageId, newestId ?? messageId),
      files: media.map(({ name, alt }) => ({ filename: name, description: alt === '' ? null : alt })),
    };
  },
  repeatableForMs: () => nonceHoldsMs,
  async send(context) {
    const { channelId, content, answers, nonce } = context.prepared;
    const body = {
      content,
      // What was deleted meanwhile is not answered into the blue.
      message_reference: { message_id: answers, fail_if_not_exists: true },
      // Without it an “@everyone” in the text would call everyone.
      allowed_mentions: { parse: [], replied_user: true },
      nonce,
      enforce_nonce: true,
    };
    const sent = messageSchema.safeParse(await post(context, `/channels/${channelId}/messages`, body));
    if (sent.success) return sentReply(sent.data, whereIs(context.target));
    throw new EarshotError('bad-response', 'Discord took the message and did not say where it is.');
  },
  find,
};

export const actions: Readonly<
  Record<'like' | 'unlike' | 'delete', PerformAction<DiscordCredentials, DiscordSettings>>
> = {
  like: (context) => act(context, 'PUT', `/reactions/${thumbsUp}/@me`, []),
  unlike: (context) =>
    act(context, 'DELETE', `/reactions/${thumbsUp}/@me`, [noSuchMessage, noSuchChannel, noSuchEmoji]),
  delete: (context) => act(context, 'DELETE', '', [noSuchMessage, noSuchChannel]),
};

function apiOf(context: Context): DiscordApi {
  return discordApi(context, authorityOf(context.account));
}

function whereIs({ context }: ReplyTarget): Where {
  const parsed = contextSchema.safeParse(context);
  if (parsed.success) return parsed.data;
  throw new EarshotError('unsupported', 'Earshot does not know in which channel this message stands.');
}

async function post(
  context: Parameters<typeof reply.send>[0],
  path: string,
  body: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const { files } = context.prepared;
  if (files.length === 0) return apiOf(context).write('POST', path, body);
  const media = context.media ?? [];
  if (media.length !== files.length) {
    throw new EarshotError('not-found', 'The files of this reply are not there any more. Add them again.');
  }
  const attachments = files.map((file, id) => ({ id, ...file }));
  try {
    return await apiOf(context).writeWithFiles(path, { ...body, attachments }, media);
  } catch (error) {
    if (!isDiscord(error, missingPermission)) throw error;
    throw new EarshotError(
      'forbidden',
      'The bot may not send files here. Give its role “Attach Files” and “Send Messages”, on the server or in the channel, or leave the files out.',
      error.details,
    );
  }
}

/** Discord takes 25 characters; a UUID is 22 of base64. */
function nonceOf(idempotencyKey: string): string {
  return Buffer.from(idempotencyKey.replaceAll('-', ''), 'hex').toString('base64url').slice(0, 25);
}

async function act(
  context: Context,
  method: 'PUT' | 'DELETE',
  path: string,
  done: readonly number[],
): Promise<void> {
  const { channelId, messageId } = whereIs(context.target);
  try {
    await apiOf(context).write(method, `/channels/${channelId}/messages/${messageId}${path}`);
  } catch (error) {
    if (!isDiscord(error, ...done)) throw error;
  }
}

function sentReply(message: DiscordMessage, where: Where): SentReply {
  return {
    externalId: message.id,
    key: keyOf(message.id),
    url: pageOf(where.serverId, message.channel_id, message.id),
    context: { ...where, channelId: message.channel_id, messageId: message.id },
  };
}

async function look(context: Context): ReturnType<NonNullable<typeof reply.look>> {
  const api = apiOf(context);
  const { target } = context;
  const where = whereIs(target);
  let message: DiscordMessage;
  let channel: DiscordChannel;
  try {
    channel = await api.get(`/channels/${where.channelId}`, channelSchema);
    message = await api.get(`/channels/${where.channelId}/messages/${where.messageId}`, messageSchema);
  } catch (error) {
    if (isDiscord(error, noSuchMessage)) return { target: null, items: [] };
    if (isDiscord(error, noSuchChannel))
      return { target: null, items: [], closed: 'The channel was deleted.' };
    if (isDiscord(error, missingAccess)) {
      return { target: null, items: [], closed: 'The bot does not see this channel any more.' };
    }
    throw error;
  }
  const { messages } = await readMessages(api, where.channelId, {
    after: where.messageId,
    limit: String(itemsInLook),
  });
  const place = placeAgain(target, where, channel);
  const roots = createRootFinder(api);
  for (const each of [message, ...messages]) roots.learn(each);
  const items: IncomingMention[] = [];
  for (const each of messages.filter((one) => isWritten(one, context.account.identity.externalId))) {
    items.push(mentionOf(each, place, await roots.rootOf(each)));
  }
  return {
    target: mentionOf(message, place, where.rootId),
    items,
    ...(channel.thread_metadata?.locked === true ? { closed: 'The thread is locked.' } : {}),
  };
}

/** The place as a poll knew it. */
function placeAgain(target: ReplyTarget, where: Where, channel: DiscordChannel): Place {
  return {
    serverId: where.serverId,
    serverName: where.serverName,
    botId: where.botId,
    channelId: where.channelId,
    name: channel.name ?? '',
    isThread: channel.thread_metadata !== undefined && channel.thread_metadata !== null,
    isPrivate: target.isPrivate,
    roleNames: new Map(Object.entries(where.roleNames)),
    channelNames: new Map(Object.entries(where.channelNames)),
  };
}

/** Forward from the message that was the newest when the reply was prepared: no clock is asked. */
async function find(context: Parameters<NonNullable<typeof reply.find>>[0]): Promise<SentReply | null> {
  const { prepared, taken, account } = context;
  const api = apiOf(context);
  let after = prepared.newestBefore;
  for (let round = 0; round < mostPagesInFind; round += 1) {
    const page = await readMessages(api, prepared.channelId, { after });
    const found = page.messages.find(
      (message) =>
        message.author.id === account.identity.externalId &&
        answeredId(message) === prepared.answers &&
        sameText(message.content, prepared.content) &&
        message.attachments.length === prepared.files.length &&
        !taken.has(message.id),
    );
    if (found) return sentReply(found, whereIs(context.target));
    if (page.count < messagesPerPage || page.newestId === null) return null;
    after = page.newestId;
  }
  throw new EarshotError(
    'outcome-unknown',
    'So much was written in the channel meanwhile that Earshot cannot tell whether the reply is there. Open the channel and look.',
  );
}

/** Discord takes white space off both ends. */
function sameText(a: string, b: string): boolean {
  return a.trim() === b.trim();
}
