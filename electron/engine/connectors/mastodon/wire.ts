import { z } from 'zod';

const text = z.string().nullish();
/** Opaque and local to one server: numbers beyond 2^53 on Mastodon, other texts on its kind. */
const idSchema = z.string().min(1).max(200);

export const accountSchema = z.object({
  id: idSchema,
  username: z.string().min(1),
  /** Without a server for the accounts of the server that is asked. */
  acct: z.string().min(1),
  display_name: text,
  url: z.string().min(1),
});
export type MastodonAccount = z.infer<typeof accountSchema>;

export const statusSchema = z.object({
  id: idSchema,
  /** The same on every server. */
  uri: z.string().min(1),
  url: text,
  /** HTML. */
  content: z.string(),
  /** Content warning, plain text. */
  spoiler_text: text,
  sensitive: z.boolean().nullish(),
  visibility: z.string(),
  language: text,
  created_at: z.string(),
  /** Null until it is edited. */
  edited_at: text,
  in_reply_to_id: idSchema.nullish(),
  account: accountSchema,
  media_attachments: z
    .array(z.object({ type: text, url: text, remote_url: text, preview_url: text, description: text }))
    .nullish(),
  mentions: z.array(z.object({ acct: z.string() })).nullish(),
  poll: z.object({ options: z.array(z.object({ title: z.string() })) }).nullish(),
});
export type MastodonStatus = z.infer<typeof statusSchema>;

/** `status` is parsed on its own: a broken one spoils only itself. */
export const notificationSchema = z.object({ id: idSchema, type: z.string(), status: z.unknown() });

export const listSchema = z.array(z.unknown());
export const searchSchema = z.object({ statuses: listSchema });
export const threadSchema = z.object({ ancestors: listSchema, descendants: listSchema });
export const sourceSchema = z.object({ text: z.string() });
/** Without an address while the server is still at work on it. */
export const mediaSchema = z.object({ id: idSchema, url: text });
export const appSchema = z.object({ client_id: z.string().min(1), client_secret: z.string().min(1) });
export const tokenSchema = z.object({ access_token: z.string().min(1), scope: text });
export const tokenAppSchema = z.object({ scopes: z.array(z.string()).nullish() });

const access = z.object({ local: text, remote: text }).nullish();

/** Of `/api/v2/instance`, or of `/api/v1/instance` on older servers: what both have in common. */
export const instanceSchema = z.object({
  title: text,
  /** The name that accounts of this server have behind their @; `uri` on older ones. */
  domain: text,
  uri: text,
  version: text,
  source_url: text,
  /** The limit on servers without `configuration`. */
  max_toot_chars: z.number().int().nullish(),
  configuration: z
    .object({
      statuses: z
        .object({
          max_characters: z.number().int().nullish(),
          characters_reserved_per_url: z.number().int().nullish(),
        })
        .nullish(),
      timelines_access: z.object({ hashtag_feeds: access }).nullish(),
    })
    .nullish(),
});
export type MastodonInstance = z.infer<typeof instanceSchema>;

/** What an error body says: two styles, both with `error`. */
export const refusalSchema = z.object({ error: z.string(), error_description: text });
