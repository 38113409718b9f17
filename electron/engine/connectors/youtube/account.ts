import { calculatePKCECodeChallenge, generateRandomCodeVerifier } from 'oauth4webapi';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { AccountSupport, CallContext, Identity } from '../connector.ts';
import {
  accountSettingsSchema,
  callAs,
  credentialsSchema,
  placeOf,
  postToken,
  type ServerSettings,
  type YouTubeCredentials,
} from './api.ts';
import { signedOut } from './failures.ts';
import { channelSchema, listSchema, tokenSchema } from './wire.ts';

/** The narrowest permission with which one can comment. */
const scope = 'https://www.googleapis.com/auth/youtube.force-ssl';

const clientSchema = z.object({
  clientId: z.string().trim().min(1, 'Enter the client id.'),
  clientSecret: z.string().trim().min(1, 'Enter the client secret.'),
});
const pendingSchema = clientSchema.extend({ redirectUri: z.string(), verifier: z.string() });
const keySchema = z.object({
  apiKey: z.string().trim().min(1, 'Paste the API key.'),
  channelId: z
    .string()
    .trim()
    .regex(/^(UC[\w-]{5,40})?$/, 'The id of a channel begins with UC.')
    .default(''),
});

type OAuth = Extract<YouTubeCredentials, { kind: 'oauth' }>;

export const youTubeAccount: AccountSupport<YouTubeCredentials, ServerSettings> = {
  settingsSchema: accountSettingsSchema,
  credentialsSchema,
  methods: [
    {
      id: 'browser',
      kind: 'redirect',
      async begin({ entered, settings, redirectUri, state }) {
        const client = parsed(clientSchema, entered);
        const verifier = generateRandomCodeVerifier();
        const query = new URLSearchParams({
          client_id: client.clientId,
          redirect_uri: redirectUri,
          response_type: 'code',
          scope,
          code_challenge: await calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          state,
          // Without these two Google gives a refresh token the first time only.
          access_type: 'offline',
          prompt: 'consent',
        });
        return {
          url: `${placeOf(settings).authorize}?${query.toString()}`,
          pending: { ...client, redirectUri, verifier },
        };
      },
      async finish({ pending, answer, settings, ...context }) {
        const { clientId, clientSecret, redirectUri, verifier } = pendingSchema.parse(pending);
        const { code, error } = answer;
        if (code === undefined) {
          throw new EarshotError(
            'forbidden',
            error === 'access_denied'
              ? 'The sign-in was declined on Google’s page. While the app is in testing, its page must name you as a test user.'
              : 'Google sent no sign-in back. Begin again.',
            error === undefined ? {} : { reason: error },
          );
        }
        const place = placeOf(settings);
        const token = await postToken(
          context,
          place.token,
          place.allowPrivateNetwork,
          {
            grant_type: 'authorization_code',
            client_id: clientId,
            client_secret: clientSecret,
            code,
            code_verifier: verifier,
            redirect_uri: redirectUri,
          },
          tokenSchema,
        );
        const credentials = credentialsOf({ clientId, clientSecret }, token, null, context.now());
        return { identity: await identify({ ...context, settings, credentials }), credentials };
      },
    },
    {
      id: 'key',
      kind: 'enter',
      async signIn({ entered, settings, ...context }) {
        const { apiKey, channelId } = parsed(keySchema, entered);
        const credentials: YouTubeCredentials = { kind: 'key', apiKey, channelId: channelId || null };
        return { identity: await identify({ ...context, settings, credentials }), credentials };
      },
    },
  ],
  identify,
  expiresAt: (credentials) => (credentials.kind === 'oauth' ? credentials.expiresAt : null),
  endsAt: (credentials) => (credentials.kind === 'oauth' ? credentials.endsAt : null),
  async refresh({ settings, credentials, ...context }) {
    if (credentials.kind === 'key') {
      throw new EarshotError('unauthorized', 'Google does not take the API key any more. Paste another one.');
    }
    const { clientId, clientSecret, refreshToken } = credentials;
    if (refreshToken === '') throw signedOut();
    const place = placeOf(settings);
    const token = await postToken(
      context,
      place.token,
      place.allowPrivateNetwork,
      {
        grant_type: 'refresh_token',
        client_id: clientId,
        client_secret: clientSecret,
        refresh_token: refreshToken,
      },
      tokenSchema,
    );
    return credentialsOf({ clientId, clientSecret }, token, credentials, context.now());
  },
  async revoke({ settings, credentials, ...context }) {
    if (credentials.kind === 'key') return;
    const place = placeOf(settings);
    const token = credentials.refreshToken || credentials.accessToken;
    await postToken(context, place.revoke, place.allowPrivateNetwork, { token }, z.unknown());
  },
};

function credentialsOf(
  client: { readonly clientId: string; readonly clientSecret: string },
  token: z.infer<typeof tokenSchema>,
  before: OAuth | null,
  now: number,
): OAuth {
  const ends = token.refresh_token_expires_in;
  return {
    kind: 'oauth',
    ...client,
    accessToken: token.access_token,
    // A renewal mostly leaves it out: it stays.
    refreshToken: token.refresh_token || (before?.refreshToken ?? ''),
    expiresAt: now + token.expires_in * 1000,
    endsAt: typeof ends === 'number' && ends > 0 ? now + ends * 1000 : (before?.endsAt ?? null),
    scope: token.scope || (before?.scope ?? ''),
  };
}

interface Known extends CallContext {
  readonly settings: ServerSettings;
  readonly credentials: YouTubeCredentials;
}

async function identify(known: Known): Promise<Identity> {
  const { credentials } = known;
  if (credentials.kind === 'oauth') {
    const channel = await readChannel(known, { mine: 'true' });
    if (channel === null) {
      throw new EarshotError(
        'rejected',
        'This Google account has no channel on YouTube. Make one there, or sign in as the channel.',
      );
    }
    const given = credentials.scope.split(' ');
    const canWrite = credentials.scope === '' || given.includes(scope);
    const note = 'The permission to comment was not given: sign in again and tick everything that is asked.';
    return canWrite ? channel : { ...channel, replyNote: note };
  }
  const note = 'An API key can only read. Sign in with Google to answer.';
  if (credentials.channelId === null) {
    // Any channel proves the key; this one is YouTube's own.
    await readChannel(known, { id: 'UCBR8-60-B28hp2BmDPdntcQ' });
    const mark = createHash('sha256').update(credentials.apiKey).digest('base64url').slice(0, 16);
    const id = `key-${mark}`;
    return { externalId: id, authorKey: id, name: 'API key', handle: null, url: null, replyNote: note };
  }
  const channel = await readChannel(known, { id: credentials.channelId });
  if (channel === null) {
    throw new EarshotError('not-found', 'YouTube knows no such channel. Check its id.');
  }
  return { ...channel, replyNote: note };
}

async function readChannel(
  { settings, credentials, ...context }: Known,
  which: Readonly<Record<string, string>>,
): Promise<Identity | null> {
  const { body } = await callAs(
    context,
    placeOf(settings),
    credentials,
    {
      path: 'channels',
      parameters: { part: 'id,snippet', ...which },
      cost: { bucket: 'units', units: 1, isForAnswer: true },
    },
    listSchema,
  );
  if (body.items.length === 0) return null;
  const channel = channelSchema.safeParse(body.items[0]);
  if (!channel.success) {
    throw new EarshotError('bad-response', 'YouTube gave an answer that Earshot does not understand.');
  }
  const { id, snippet } = channel.data;
  const handle = snippet.customUrl?.startsWith('@') ? snippet.customUrl : null;
  return {
    externalId: id,
    authorKey: id,
    name: snippet.title,
    handle,
    url: `https://www.youtube.com/${handle === null ? `channel/${id}` : encodeURI(handle)}`,
  };
}

function parsed<Value>(schema: z.ZodType<Value>, entered: unknown): Value {
  const result = schema.safeParse(entered);
  if (result.success) return result.data;
  throw new EarshotError('invalid-input', result.error.issues[0]?.message ?? 'Fill in every field.', {
    issues: result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  });
}
