import { z } from 'zod';
import { tsSchema } from './wire.ts';

const channelPart =
  /^(?:https:\/\/[\w.-]+\.slack\.com\/archives\/[A-Z0-9]+(?:\/\S*)?|#?[\p{L}\p{N}_-]{1,80})$/u;

export const settingsSchema = z.object({
  /** messages: everything in the channels · mentions: what names the account or answers it · search: by Slack's own search. */
  what: z.enum(['messages', 'mentions', 'search']).default('messages'),
  channels: z
    .string()
    .trim()
    .refine((text) => parts(text).every((part) => channelPart.test(part)), {
      error: 'Enter names, addresses or ids of channels, with a space between two.',
    })
    .optional(),
});
export type SlackSourceSettings = z.infer<typeof settingsSchema>;

const channelCursorSchema = z.object({
  /** Everything up to here has been given. */
  last: tsSchema,
  readAt: z.number(),
  /** Messages of the last day, the oldest first: read again for edits and deletions. */
  recent: z.array(tsSchema).default([]),
  /** By the `ts` of its root: the newest reply given. */
  threads: z.record(z.string(), tsSchema).default({}),
  /** Pages that are still to be read, Slack going from the newest to the oldest. */
  open: z
    .object({ page: z.string(), oldest: tsSchema, newest: tsSchema, seen: z.array(tsSchema) })
    .optional(),
});
export type ChannelCursor = z.infer<typeof channelCursorSchema>;

const knownPersonSchema = z.object({ name: z.string(), handle: z.string().nullable(), at: z.number() });
export type KnownPerson = z.infer<typeof knownPersonSchema>;

export const cursorSchema = z.object({
  channels: z.record(z.string(), channelCursorSchema),
  /** By workspace and word: the newest message found. */
  searches: z.record(z.string(), tsSchema).default({}),
  /** Names by user id: every one of them costs a request. */
  people: z.record(z.string(), knownPersonSchema).default({}),
  /** When older threads were last looked through for new replies. */
  sweptAt: z.number(),
});
export type SlackCursor = z.infer<typeof cursorSchema>;

/** Ids or names in lower case, without the sign. Empty: all channels. */
export function chosenChannels({ channels }: SlackSourceSettings): ReadonlySet<string> {
  return new Set(
    parts(channels ?? '').map((part) => /\/archives\/([A-Z0-9]+)/.exec(part)?.[1] ?? part.replace(/^#/, '')),
  );
}

function parts(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== '');
}
