import { z } from 'zod';

/** Takes handles and addresses of every account that Bluesky itself keeps. */
export const defaultServer = 'https://bsky.social';
/** Answers without an account; everything but searching. */
export const defaultPublicUrl = 'https://public.api.bsky.app';
/** Says where an account lives. */
export const defaultDirectory = 'https://plc.directory';

const webAddress = z.url({
  protocol: /^https?$/,
  error: 'Enter a web address that begins with https:// or http://.',
});

export const accountSettingsSchema = z.object({
  /** Where the user signs in. The server that keeps the account is found from there. */
  server: webAddress.optional(),
  directory: webAddress.optional(),
  allowPrivateNetwork: z.boolean().optional(),
});
export type BlueskyAccountSettings = z.infer<typeof accountSettingsSchema>;

/** `@kate.example.com`, or the address of her page: kept as the handle or the DID. */
const actorSchema = z
  .string()
  .trim()
  .transform((text) =>
    text
      .replace(/^https?:\/\/[^/]+\/profile\//i, '')
      .replace(/^[@\u200e\u202a]+/, '')
      .replace(/[/?#].*$/, ''),
  )
  .pipe(
    z
      .string()
      .regex(
        /^(did:[a-z]+:[\w.:%-]+|[a-z0-9-]+(\.[a-z0-9-]+)+)$/i,
        'Enter a handle such as name.bsky.social.',
      ),
  );
const tagSchema = z
  .string()
  .trim()
  .transform((text) => text.replace(/^[#＃]/, ''))
  .pipe(z.string().regex(/^[^\s#＃]{1,64}$/u, 'Enter one tag, as acme or #acme.'));

const service = { apiUrl: webAddress.optional(), allowPrivateNetwork: z.boolean().optional() };
export const settingsSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('mentions') }),
  z.object({ what: z.literal('search') }),
  z.object({ what: z.literal('tag'), tag: tagSchema }),
  z.object({ what: z.literal('author'), author: actorSchema, ...service }),
]);
export type BlueskySettings = z.infer<typeof settingsSchema>;

const at = z.number().int();
export const cursorSchema = z.object({
  /** By what is read. Times are the server's, epoch milliseconds. */
  streams: z.record(
    z.string(),
    z.object({
      newest: at,
      /** What is still to be read of a search that was too long for one poll; `until` is left out. */
      gap: z.object({ from: at, until: at }).optional(),
    }),
  ),
  /** The newest posts that were brought: looked at again, because nothing tells that one is gone. */
  recent: z.array(z.object({ uri: z.string(), cid: z.string(), at })),
});
export type BlueskyCursor = z.infer<typeof cursorSchema>;

const ecKeySchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});
export type DpopKey = z.infer<typeof ecKeySchema>;

export const credentialsSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('password'),
    /** Where sessions are renewed. */
    service: z.url(),
    /** The server that keeps the account: everything else is asked there. */
    pds: z.url(),
    accessJwt: z.string().min(1),
    refreshJwt: z.string().min(1),
    expiresAt: at.nullable(),
  }),
  z.object({
    kind: z.literal('oauth'),
    pds: z.url(),
    issuer: z.url(),
    clientId: z.string().min(1),
    accessToken: z.string().min(1),
    refreshToken: z.string().min(1),
    expiresAt: at,
    endsAt: at,
    /** Every request is signed with it. */
    key: ecKeySchema,
  }),
]);
export type BlueskyCredentials = z.infer<typeof credentialsSchema>;
export type PasswordCredentials = Extract<BlueskyCredentials, { kind: 'password' }>;
export type OauthCredentials = Extract<BlueskyCredentials, { kind: 'oauth' }>;
