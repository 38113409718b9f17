import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { OutboxContext, PerformAction, ReplySupport, ReplyTarget } from '../connector.ts';
import { idOf, keyOf, pageOf } from './adapt.ts';
import {
  authorityOf,
  saysNotThere,
  telegramApi,
  type TelegramApi,
  type TelegramCredentials,
  type TelegramSettings,
} from './api.ts';

type Context = OutboxContext<TelegramCredentials, TelegramSettings>;

const contextSchema = z.object({
  chatId: z.number(),
  chatType: z.enum(['private', 'group', 'supergroup', 'channel']),
  chatName: z.string().nullable(),
  messageId: z.number(),
  topicId: z.number().nullable(),
  botId: z.number(),
});

const preparedSchema = z.object({
  chat_id: z.number(),
  text: z.string(),
  reply_parameters: z.object({ message_id: z.number(), allow_sending_without_reply: z.literal(false) }),
  message_thread_id: z.number().optional(),
  link_preview_options: z.object({ is_disabled: z.literal(true) }),
});
type Prepared = z.infer<typeof preparedSchema>;

const done = z.literal(true);
const sentSchema = z.object({ message_id: z.number().int() });

/** No bot can look: it is shown neither its own messages nor older ones of others. In doubt the user is asked. */
export const reply: ReplySupport<TelegramCredentials, TelegramSettings, Prepared> = {
  preparedSchema,
  reaches({ identity }, target) {
    const where = contextSchema.safeParse(target.context);
    return where.success && String(where.data.botId) === identity.externalId;
  },
  async prepare({ target, reply: { text } }) {
    const { chatId, messageId, topicId } = whereIs(target);
    return {
      chat_id: chatId,
      text,
      // What was deleted meanwhile is not answered into the blue.
      reply_parameters: { message_id: messageId, allow_sending_without_reply: false },
      ...(topicId === null ? {} : { message_thread_id: topicId }),
      link_preview_options: { is_disabled: true },
    };
  },
  async send(context) {
    const where = whereIs(context.target);
    const { message_id } = await apiOf(context).write('sendMessage', context.prepared, sentSchema);
    const chat = { id: where.chatId, type: where.chatType, username: where.chatName };
    return {
      externalId: idOf(where.chatId, message_id),
      key: keyOf(where.chatId, message_id),
      url: pageOf(chat, message_id),
      context: { ...where, messageId: message_id },
    };
  },
};

export const actions: Readonly<
  Record<'like' | 'unlike' | 'delete', PerformAction<TelegramCredentials, TelegramSettings>>
> = {
  like: (context) => react(context, [{ type: 'emoji', emoji: '👍' }]),
  unlike: (context) => unlessGone(react(context, [])),
  async delete(context) {
    const { chatId, messageId } = whereIs(context.target);
    await unlessGone(apiOf(context).write('deleteMessage', { chat_id: chatId, message_id: messageId }, done));
  },
};

async function react(context: Context, reaction: readonly object[]): Promise<void> {
  const { chatId, messageId } = whereIs(context.target);
  const body = { chat_id: chatId, message_id: messageId, reaction };
  await apiOf(context).write('setMessageReaction', body, done);
}

async function unlessGone(doing: Promise<unknown>): Promise<void> {
  try {
    await doing;
  } catch (error) {
    if (!saysNotThere(error)) throw error;
  }
}

function apiOf(context: Context): TelegramApi {
  return telegramApi(context, authorityOf(context.account));
}

function whereIs({ context }: ReplyTarget): z.infer<typeof contextSchema> {
  const parsed = contextSchema.safeParse(context);
  if (parsed.success) return parsed.data;
  throw new EarshotError('unsupported', 'Earshot does not know in which chat this message stands.');
}
