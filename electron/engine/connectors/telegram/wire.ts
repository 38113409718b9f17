import { z } from 'zod';

/**
 * Answers of https://api.telegram.org, by the Bot API. Updates are parsed one by one: a bad one spoils only itself. Ids
 * are numbers there and stay below 2^53, as Telegram promises.
 */
const text = z.string().nullish();
const id = z.number().int();

export const answerSchema = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  error_code: z.number().optional(),
  description: z.string().optional(),
  parameters: z
    .object({ retry_after: z.number().optional(), migrate_to_chat_id: id.optional() })
    .optional()
    .catch(undefined),
});
export type TelegramAnswer = z.infer<typeof answerSchema>;

export const botSchema = z.object({
  id,
  first_name: z.string(),
  username: z.string(),
  can_read_all_group_messages: z.boolean().optional(),
});

export const webhookSchema = z.object({ url: z.string() });

const userSchema = z.object({ id, first_name: z.string(), last_name: text, username: text });
const chatSchema = z.object({
  id,
  type: z.enum(['private', 'group', 'supergroup', 'channel']),
  title: text,
  username: text,
  first_name: text,
  last_name: text,
});
export type TelegramChat = z.infer<typeof chatSchema>;

const entitySchema = z.object({
  type: z.string(),
  /** UTF-16 units, as everywhere in an entity. */
  offset: z.number().int().nonnegative(),
  length: z.number().int().nonnegative(),
  url: text,
});
export type TelegramEntity = z.infer<typeof entitySchema>;
const entities = z.array(entitySchema).nullish().catch(null);
const anything = z.unknown().optional();

export const messageSchema = z.object({
  message_id: id,
  message_thread_id: id.nullish(),
  is_topic_message: z.boolean().optional(),
  from: userSchema.nullish(),
  sender_chat: chatSchema.nullish().catch(null),
  chat: chatSchema,
  /** Seconds. */
  date: z.number().int(),
  text,
  entities,
  caption: text,
  caption_entities: entities,
  reply_to_message: z
    .object({ message_id: id, chat: z.object({ id }) })
    .nullish()
    .catch(null),
  photo: anything,
  video: anything,
  video_note: anything,
  animation: anything,
  audio: anything,
  voice: anything,
  location: anything,
  contact: anything,
  document: z.object({ file_name: text }).nullish().catch(null),
  sticker: z.object({ emoji: text }).nullish().catch(null),
  poll: z
    .object({ question: z.string(), options: z.array(z.object({ text: z.string() })).default([]) })
    .nullish()
    .catch(null),
});
export type TelegramMessage = z.infer<typeof messageSchema>;

export const updateIdSchema = z.object({ update_id: id });
/** The one of them that an update has. */
export const updateSchema = z.object({
  message: messageSchema.optional(),
  edited_message: messageSchema.optional(),
  channel_post: messageSchema.optional(),
  edited_channel_post: messageSchema.optional(),
});
export const allowedUpdates = ['message', 'edited_message', 'channel_post', 'edited_channel_post'] as const;
