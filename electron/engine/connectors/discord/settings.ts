import { z } from 'zod';

/** An id, or an address such as https://discord.com/channels/1299999999999999999/1300000000000000001. */
const idOrAddress =
  /^(?:https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/\d{1,20}(?:\/\d{1,20}){0,2}\/?|\d{1,20})$/;
const pasted = z.string().trim();

export const settingsSchema = z.object({
  /** messages: everything in the channels · mentions: what names the bot or answers it · search: by the server's own search. */
  what: z.enum(['messages', 'mentions', 'search']).default('messages'),
  server: pasted
    .refine((text) => text === '' || idOrAddress.test(text), {
      error:
        'Paste the address of a channel of the server (right-click it, “Copy Link”), or the server’s id.',
    })
    .optional(),
  channels: pasted
    .refine((text) => parts(text).every((part) => idOrAddress.test(part)), {
      error: 'Paste addresses or ids of channels, with a space between two.',
    })
    .optional(),
});
export type DiscordSourceSettings = z.infer<typeof settingsSchema>;

const channelCursorSchema = z.object({
  /** The newest message seen. */
  last: z.string(),
  /** Messages of the last day, the oldest first: read again for edits and deletions. */
  recent: z.array(z.string()).default([]),
  /** Discord refused the channel: it is left alone until then. */
  refusedUntil: z.number().optional(),
});
export type ChannelCursor = z.infer<typeof channelCursorSchema>;

export const cursorSchema = z.object({
  /** By channel and thread. */
  channels: z.record(z.string(), channelCursorSchema),
  /** By server and word: the newest message found. */
  searches: z.record(z.string(), z.string()).default({}),
  polledAt: z.number(),
  /** When archived threads were last looked through. */
  sweptAt: z.number(),
});
export type DiscordCursor = z.infer<typeof cursorSchema>;

/** Null: every server that the bot is in. */
export function serverIdOf({ server }: DiscordSourceSettings): string | null {
  return /\d+/.exec(server ?? '')?.[0] ?? null;
}

/** Empty: all of them. */
export function channelIdsOf({ channels }: DiscordSourceSettings): ReadonlySet<string> {
  // Of an address the second number is the channel.
  return new Set(parts(channels ?? '').map((part) => part.match(/\d+/g)?.slice(0, 2).at(-1) ?? ''));
}

function parts(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== '');
}
