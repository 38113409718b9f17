import { z } from 'zod';

/** Answers of https://discord.com/api/v10. Lists are parsed item by item: a bad one spoils only itself. */
const snowflake = z.string().regex(/^\d{1,20}$/);
const text = z.string().nullish();
/** A bit field that may be longer than a number holds. */
const bits = z
  .string()
  .regex(/^\d{1,40}$/)
  .transform(BigInt);

export const userSchema = z.object({
  id: snowflake,
  username: z.string(),
  global_name: text,
  bot: z.boolean().optional(),
});
export type DiscordUser = z.infer<typeof userSchema>;

const referenceSchema = z.object({
  message_id: snowflake.optional(),
  channel_id: snowflake.optional(),
  /** 0: an answer · 1: a forwarded message. */
  type: z.number().optional(),
});
const attachmentSchema = z.object({
  filename: z.string().default('file'),
  description: text,
});

export const messageSchema = z.object({
  id: snowflake,
  channel_id: snowflake,
  type: z.number().int(),
  content: z.string().default(''),
  timestamp: z.string(),
  author: userSchema,
  webhook_id: snowflake.nullish(),
  mentions: z.array(userSchema).catch([]).default([]),
  mention_roles: z.array(snowflake).catch([]).default([]),
  attachments: z.array(attachmentSchema).catch([]).default([]),
  sticker_items: z
    .array(z.object({ name: z.string() }))
    .catch([])
    .default([]),
  embeds: z.array(z.unknown()).catch([]).default([]),
  poll: z
    .object({
      question: z.object({ text }),
      answers: z.array(z.object({ poll_media: z.object({ text }) })).default([]),
    })
    .nullish()
    .catch(null),
  message_reference: referenceSchema.nullish().catch(null),
  referenced_message: z
    .object({
      id: snowflake,
      author: z.object({ id: snowflake }).optional(),
      message_reference: referenceSchema.nullish(),
    })
    .nullish()
    .catch(null),
  message_snapshots: z
    .array(z.object({ message: z.object({ content: z.string().default('') }) }))
    .catch([])
    .default([]),
});
export type DiscordMessage = z.infer<typeof messageSchema>;

export const channelSchema = z.object({
  id: snowflake,
  type: z.number().int(),
  guild_id: snowflake.nullish(),
  name: text,
  parent_id: snowflake.nullish(),
  last_message_id: snowflake.nullish(),
  permission_overwrites: z
    .array(z.object({ id: snowflake, allow: bits, deny: bits }))
    .catch([])
    .default([]),
  thread_metadata: z
    .object({
      archived: z.boolean().default(false),
      locked: z.boolean().default(false),
      archive_timestamp: text,
    })
    .nullish(),
});
export type DiscordChannel = z.infer<typeof channelSchema>;

export const threadListSchema = z.object({
  threads: z.array(z.unknown()),
  has_more: z.boolean().optional(),
});

export const serverSchema = z.object({
  id: snowflake,
  name: z.string(),
  owner_id: snowflake.nullish(),
  roles: z.array(
    z.object({
      id: snowflake,
      name: z.string(),
      permissions: bits,
      tags: z.object({ bot_id: text }).nullish().catch(null),
    }),
  ),
});
export type DiscordServer = z.infer<typeof serverSchema>;

/** A server in the list of those that the bot is in; permissions are the bot's, before any channel's own rules. */
export const ownServerSchema = z.object({ id: snowflake, name: z.string(), permissions: bits });

export const memberSchema = z.object({ roles: z.array(snowflake) });

export const applicationSchema = z.object({ id: snowflake, flags: z.number().int().optional() });

/** `messages` is a list of lists. */
export const searchAnswerSchema = z.object({
  messages: z.array(z.array(z.unknown())),
  threads: z.array(z.unknown()).default([]),
});

export const problemSchema = z.object({
  code: z.number().optional(),
  message: z.string().optional(),
  /** Seconds, with a fraction. */
  retry_after: z.number().optional(),
  errors: z.unknown().optional(),
});
export type DiscordProblem = z.infer<typeof problemSchema>;
