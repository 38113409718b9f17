import { z } from 'zod';

/** Answers of https://slack.com/api. Lists are parsed item by item: a bad one spoils only itself. */
const text = z.string().nullish();
/** Seconds and a counter, "1763647402.000200": the id of a message within its channel. Never a number. */
export const tsSchema = z.string().regex(/^\d{1,12}\.\d{1,9}$/);

export const statusSchema = z.object({
  ok: z.boolean(),
  error: text,
  needed: text,
  provided: text,
});
export type SlackStatus = z.infer<typeof statusSchema>;

const nextPage = z
  .object({ next_cursor: text })
  .nullish()
  .transform((metadata) => metadata?.next_cursor || null);

export const whoSchema = z.object({
  url: z.string(),
  team: z.string(),
  team_id: z.string(),
  user: z.string(),
  user_id: z.string(),
  bot_id: text,
});

export const channelSchema = z.object({
  id: z.string(),
  name: text,
  /** The other side of a direct message. */
  user: text,
  is_private: z.boolean().optional(),
  is_im: z.boolean().optional(),
  is_mpim: z.boolean().optional(),
  is_archived: z.boolean().optional(),
});
export type SlackChannel = z.infer<typeof channelSchema>;
export const channelListSchema = z.object({ channels: z.array(z.unknown()), response_metadata: nextPage });
export const channelAnswerSchema = z.object({ channel: channelSchema });

export const messageSchema = z.object({
  ts: tsSchema,
  subtype: text,
  user: text,
  bot_id: text,
  username: text,
  text: z
    .string()
    .nullish()
    .transform((value) => value ?? ''),
  thread_ts: tsSchema.nullish(),
  parent_user_id: text,
  latest_reply: tsSchema.nullish().catch(null),
  blocks: z.array(z.unknown()).nullish().catch(null),
  files: z
    .array(z.object({ id: text, name: text, title: text, permalink: text }))
    .nullish()
    .catch(null),
  metadata: z
    .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()).default({}) })
    .nullish()
    .catch(null),
});
export type SlackMessage = z.infer<typeof messageSchema>;

export const historySchema = z.object({ messages: z.array(z.unknown()), response_metadata: nextPage });

export const userAnswerSchema = z.object({
  user: z.object({
    id: z.string(),
    name: z.string(),
    real_name: text,
    profile: z.object({ display_name: text, real_name: text }).default({}),
  }),
});

export const postedSchema = z.object({ channel: z.string(), ts: tsSchema });

export const uploadSchema = z.object({ upload_url: z.url({ protocol: /^https?$/ }), file_id: z.string() });

export const searchSchema = z.object({
  messages: z.object({
    matches: z.array(z.unknown()),
    paging: z.object({ pages: z.number().int() }).optional(),
  }),
});
export const matchSchema = z.object({ channel: channelSchema, permalink: z.string() });
