import { z } from 'zod';
import { calculatePKCECodeChallenge, generateRandomCodeVerifier } from 'oauth4webapi';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { TextLimit } from '../../../../shared/model/text-limit.ts';
import type { AccountSupport, CallContext, Identity, SignedIn, SignInMethod } from '../connector.ts';
import { authorKeyOf, handleOf } from './adapt.ts';
import { type Caller, callerWith, type MastodonCredentials } from './caller.ts';
import { accountSettingsSchema, hostOfServer, type MastodonAccountSettings } from './settings.ts';
import {
  accountSchema,
  appSchema,
  instanceSchema,
  type MastodonInstance,
  tokenAppSchema,
  tokenSchema,
} from './wire.ts';

/** No more than is used; what was allowed is read back, so that a sign-in that only reads is known as one. */
export const scopes = [
  'read:accounts',
  'read:statuses',
  'read:notifications',
  'read:search',
  'write:statuses',
  'write:media',
  'write:favourites',
  'write:mutes',
  'write:blocks',
];
/** The code is shown on a page instead of being sent to an address. */
const shownOnPage = 'urn:ietf:wg:oauth:2.0:oob';

const credentialsSchema = z.object({
  accessToken: z.string().min(1),
  clientId: z.string().optional(),
  clientSecret: z.string().optional(),
  scope: z.string().optional(),
});
type Credentials = MastodonCredentials;
type Settings = MastodonAccountSettings;

/** Everything there is to know of a server and of whoever a token belongs to. */
export const factsSchema = z.object({
  /** The account's id on its own server. */
  accountId: z.string(),
  /** Mastodon itself, not a server of its kind: those keep no idempotency keys. */
  isVanilla: z.boolean(),
});

export const defaultTextLimit: TextLimit = {
  unit: 'graphemes',
  most: 500,
  mostBytes: null,
  addressCounts: 23,
  isServerOfMentionFree: true,
};

export const accountSupport: AccountSupport<Credentials, Settings> = {
  settingsSchema: accountSettingsSchema,
  credentialsSchema,
  methods: [signInOnPage('browser', 'redirect'), signInOnPage('code', 'paste'), enterToken()],
  identify: ({ settings, credentials, ...context }) => identify(context, settings, credentials),
  async revoke({ settings, credentials, ...context }) {
    const { clientId, clientSecret, accessToken } = credentials;
    // Only the app that asked for a token may take it back: a pasted one is removed where it was made.
    if (clientId === undefined || clientSecret === undefined) return;
    await postForm(
      callerWith(context, settings, null),
      '/oauth/revoke',
      { client_id: clientId, client_secret: clientSecret, token: accessToken },
      z.unknown(),
    );
  },
};

function enterToken(): SignInMethod<Credentials, Settings> {
  return {
    id: 'token',
    kind: 'enter',
    async signIn({ settings, entered, ...context }) {
      const accessToken = (entered['token'] ?? '').trim();
      if (accessToken === '' || /\s/.test(accessToken)) {
        throw new EarshotError('invalid-input', 'Paste the access token: one long word without spaces.');
      }
      return signedIn(context, settings, { accessToken });
    },
  };
}

const pendingSchema = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  redirectUri: z.string(),
  verifier: z.string(),
});

/** Each sign-in registers an app of its own: servers compare its address to the letter, with the port. */
function signInOnPage(id: string, kind: 'redirect' | 'paste'): SignInMethod<Credentials, Settings> {
  return {
    id,
    kind,
    async begin({ settings, redirectUri: loopback, state, ...context }) {
      const redirectUri = kind === 'redirect' ? loopback : shownOnPage;
      const app = await postForm(
        callerWith(context, settings, null),
        '/api/v1/apps',
        { client_name: 'Earshot', redirect_uris: redirectUri, scopes: scopes.join(' ') },
        appSchema,
      );
      const verifier = generateRandomCodeVerifier();
      const url = new URL('/oauth/authorize', settings.server);
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: app.client_id,
        redirect_uri: redirectUri,
        scope: scopes.join(' '),
        state,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }).toString();
      const pending: z.infer<typeof pendingSchema> = {
        clientId: app.client_id,
        clientSecret: app.client_secret,
        redirectUri,
        verifier,
      };
      return { url: url.href, pending };
    },
    async finish({ settings, pending, answer, ...context }) {
      const { clientId, clientSecret, redirectUri, verifier } = pendingSchema.parse(pending);
      const code = (answer['code'] ?? answer['pasted'] ?? '').trim();
      if (code === '') {
        const host = hostOfServer(settings.server);
        throw answer['error'] === undefined
          ? new EarshotError('invalid-input', `Paste the code that ${host} shows.`)
          : new EarshotError('forbidden', `The sign-in was declined on ${host}. Start again to allow it.`);
      }
      const token = await postForm(
        callerWith(context, settings, null),
        '/oauth/token',
        {
          grant_type: 'authorization_code',
          code,
          client_id: clientId,
          client_secret: clientSecret,
          redirect_uri: redirectUri,
          code_verifier: verifier,
        },
        tokenSchema,
      ).catch((error: unknown) => {
        const isRefusal =
          error instanceof EarshotError && (error.code === 'rejected' || error.code === 'unauthorized');
        if (!isRefusal) throw error;
        throw new EarshotError('unauthorized', 'The code is used up or wrong. Start the sign-in again.');
      });
      return signedIn(context, settings, {
        accessToken: token.access_token,
        clientId,
        clientSecret,
        ...(token.scope ? { scope: token.scope } : {}),
      });
    },
  };
}

async function postForm<Data>(
  caller: Caller,
  path: string,
  fields: Readonly<Record<string, string>>,
  schema: z.ZodType<Data>,
): Promise<Data> {
  const { data } = await caller.ask(
    {
      method: 'POST',
      path,
      body: new URLSearchParams(fields).toString(),
      contentType: 'application/x-www-form-urlencoded',
    },
    schema,
  );
  return data;
}

async function signedIn(
  context: CallContext,
  settings: Settings,
  credentials: Credentials,
): Promise<SignedIn<Credentials, Settings>> {
  return { identity: await identify(context, settings, credentials), credentials };
}

async function identify(
  context: CallContext,
  settings: Settings,
  credentials: Credentials,
): Promise<Identity> {
  const caller = callerWith(context, settings, credentials.accessToken);
  const { data: account } = await caller.ask({ path: '/api/v1/accounts/verify_credentials' }, accountSchema);
  const instance = await readInstance(caller);
  const note = replyNote(await allowedScopes(caller, credentials), settings);
  const facts: z.infer<typeof factsSchema> = { accountId: account.id, isVanilla: isVanilla(instance) };
  const domain = instance.domain ?? instance.uri ?? null;
  const isName = domain !== null && /^[^/\s]+$/.test(domain);
  return {
    externalId: authorKeyOf(account),
    authorKey: authorKeyOf(account),
    name: account.display_name?.trim() || account.username,
    handle: isName ? `${account.username}@${domain}` : handleOf(account, settings.server),
    url: account.url,
    textLimit: textLimitOf(instance),
    ...(note === null ? {} : { replyNote: note }),
    facts,
  };
}

async function readInstance(caller: Caller): Promise<MastodonInstance> {
  try {
    return (await caller.ask({ path: '/api/v2/instance' }, instanceSchema)).data;
  } catch (error) {
    if (!(error instanceof EarshotError) || error.code !== 'not-found') throw error;
    return (await caller.ask({ path: '/api/v1/instance' }, instanceSchema)).data;
  }
}

function textLimitOf({ configuration, max_toot_chars: older }: MastodonInstance): TextLimit {
  const statuses = configuration?.statuses;
  return {
    ...defaultTextLimit,
    most: statuses?.max_characters ?? older ?? defaultTextLimit.most,
    addressCounts: statuses?.characters_reserved_per_url ?? defaultTextLimit.addressCounts,
  };
}

/** `4.5.1` and forks as `4.5.1+glitch`; others say `4.2.0 (compatible; Pleroma 2.7.0)`, GoToSocial `0.19.1+git-…`. */
function isVanilla({ version, source_url: sourceUrl }: MastodonInstance): boolean {
  if (/gotosocial|pleroma|akkoma|pixelfed/i.test(sourceUrl ?? '')) return false;
  return /^[2-9]\.\d+\.\d+([-+][\w.+-]+)?$/.test(version ?? '');
}

/** Null: nobody says. */
async function allowedScopes(caller: Caller, { scope }: Credentials): Promise<readonly string[] | null> {
  if (scope !== undefined) return scope.split(' ');
  try {
    const { data } = await caller.ask({ path: '/api/v1/apps/verify_credentials' }, tokenAppSchema);
    return data.scopes ?? null;
  } catch (error) {
    if (!(error instanceof EarshotError)) throw error;
    if (['not-found', 'forbidden', 'rejected', 'gone', 'unauthorized'].includes(error.code)) return null;
    throw error;
  }
}

function replyNote(allowed: readonly string[] | null, { server }: Settings): string | null {
  if (allowed === null || allowed.includes('write') || allowed.includes('write:statuses')) return null;
  return `The sign-in may read only. To answer, connect the account again and allow write:statuses on ${hostOfServer(server)}.`;
}
