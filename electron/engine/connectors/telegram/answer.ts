import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { OutboxContext, OutgoingMedia, PerformAction, ReplySupport, ReplyTarget } from '../connector.ts';
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
  /** A picture is shown; all else, and what is too large for one, lies there to be opened. Null: text alone. */
  fileAs: z.enum(['photo', 'document']).nullable().default(null),
});
type Prepared = z.infer<typeof preparedSchema>;

/** The text below a file. */
const mostCaption = 1_024;
const mostPhotoBytes = 10_000_000;
const photoTypes = new Set(['image/png', 'image/jpeg', 'image/webp']);
const done = z.literal(true);
const sentSchema = z.object({ message_id: z.number().int() });

/** No bot can look: it is shown neither its own messages nor older ones of others. In doubt the user is asked. */
export const reply: ReplySupport<TelegramCredentials, TelegramSettings, Prepared> = {
  preparedSchema,
  reaches({ identity }, target) {
    const where = contextSchema.safeParse(target.context);
    return where.success && String(where.data.botId) === identity.externalId;
  },
  async prepare({ target, reply: { text, media } }) {
    const { chatId, messageId, topicId } = whereIs(target);
    const [file] = media;
    if (file && Array.from(text).length > mostCaption) {
      throw new EarshotError(
        'rejected',
        'With a file, Telegram takes a text of 1,024 characters. Shorten it, or send the file by itself.',
      );
    }
    if (media.length > 1) throw new EarshotError('rejected', 'Only one file can go with a reply.');
    return {
      chat_id: chatId,
      text,
      // What was deleted meanwhile is not answered into the blue.
      reply_parameters: { message_id: messageId, allow_sending_without_reply: false },
      ...(topicId === null ? {} : { message_thread_id: topicId }),
      fileAs: file ? shownAs(file) : null,
    };
  },
  async send(context) {
    const where = whereIs(context.target);
    const { message_id } = await post(context);
    const chat = { id: where.chatId, type: where.chatType, username: where.chatName };
    return {
      externalId: idOf(where.chatId, message_id),
      key: keyOf(where.chatId, message_id),
      url: pageOf(chat, message_id),
      context: { ...where, messageId: message_id },
    };
  },
};

function shownAs({ type, bytes }: OutgoingMedia): 'photo' | 'document' {
  return photoTypes.has(type) && bytes.length <= mostPhotoBytes ? 'photo' : 'document';
}

async function post(context: Parameters<typeof reply.send>[0]): Promise<z.infer<typeof sentSchema>> {
  const { fileAs, text, ...where } = context.prepared;
  const api = apiOf(context);
  if (fileAs === null) {
    const message = { ...where, text, link_preview_options: { is_disabled: true } };
    return api.write('sendMessage', message, sentSchema);
  }
  const file = context.media?.[0];
  if (!file) {
    throw new EarshotError('not-found', 'The file of this reply is not there any more. Add it again.');
  }
  return api.writeWithFile(
    fileAs === 'photo' ? 'sendPhoto' : 'sendDocument',
    { ...where, ...(text === '' ? {} : { caption: text }) },
    { ...file, field: fileAs },
    sentSchema,
  );
}

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
