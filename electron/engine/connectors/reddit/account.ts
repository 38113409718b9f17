import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { AccountSupport, CallContext, Identity } from '../connector.ts';
import { authorKeyOf, publicSite } from './adapt.ts';
import { placeOf, postToken, readApi, type Caller, type ServerSettings } from './api.ts';
import { meSchema, tokenSchema } from './wire.ts';
import { serviceShape } from '../service-fields.ts';

/** Reddit compares the redirect address to the letter, so it has to be the same every time. */
export const redirectPort = 47_813;

/** Each is asked for by something in this connector; `info.permissions` says what. */
const scopes = [
  'identity',
  'read',
  'history',
  'privatemessages',
  'submit',
  'edit',
  'vote',
  'modposts',
  'account',
];

export const serverFields = {
  ...serviceShape,
};
export const accountSettingsSchema = z.object(serverFields);
export const credentialsSchema = z.object({
  clientId: z.string().min(1),
  /** Empty for an installed app. */
  clientSecret: z.string(),
  accessToken: z.string(),
  refreshToken: z.string(),
  /** Epoch milliseconds. */
  expiresAt: z.number(),
  scope: z.string(),
});
export type RedditCredentials = z.infer<typeof credentialsSchema>;

const enteredSchema = z.object({
  clientId: z.string().trim().min(1, 'Enter the client id of your app.'),
  clientSecret: z.string().trim().default(''),
});
const pendingSchema = enteredSchema.extend({ redirectUri: z.string() });

export const redditAccount: AccountSupport<RedditCredentials, ServerSettings> = {
  settingsSchema: accountSettingsSchema,
  credentialsSchema,
  methods: [
    {
      id: 'browser',
      kind: 'redirect',
      redirectPort,
      async begin({ entered, settings, redirectUri, state }) {
        const client = parsed(enteredSchema, entered);
        const query = new URLSearchParams({
          client_id: client.clientId,
          response_type: 'code',
          state,
          redirect_uri: redirectUri,
          duration: 'permanent',
          scope: scopes.join(' '),
        });
        return {
          url: `${placeOf(settings).site}/api/v1/authorize?${query.toString()}`,
          pending: { ...client, redirectUri },
        };
      },
      async finish({ pending, answer, settings, ...context }) {
        const { redirectUri, ...client } = pendingSchema.parse(pending);
        const { code, error } = answer;
        if (error !== undefined || code === undefined) {
          throw new EarshotError(
            'forbidden',
            error === 'access_denied'
              ? 'The sign-in was declined on Reddit’s page.'
              : 'Reddit sent no sign-in back. Check that the redirect address of your app is the one shown in the steps.',
          );
        }
        const token = await postToken(
          context,
          placeOf(settings),
          client,
          'access_token',
          { grant_type: 'authorization_code', code, redirect_uri: redirectUri },
          tokenSchema,
        );
        const credentials = credentialsOf(client, token, '', context.now());
        return { identity: await identify({ ...context, settings, credentials }), credentials };
      },
    },
    {
      id: 'token',
      kind: 'enter',
      async signIn({ entered, settings, ...context }) {
        const { refreshToken, ...client } = parsed(
          enteredSchema.extend({ refreshToken: z.string().trim().min(1, 'Paste the refresh token.') }),
          entered,
        );
        const credentials = await renew(context, settings, {
          ...client,
          refreshToken,
          accessToken: '',
          expiresAt: 0,
          scope: '',
        });
        return { identity: await identify({ ...context, settings, credentials }), credentials };
      },
    },
  ],
  identify,
  expiresAt: ({ expiresAt }) => expiresAt,
  endsAt: ({ refreshToken, expiresAt }) => (refreshToken === '' ? expiresAt : null),
  refresh: ({ settings, credentials, ...context }) => renew(context, settings, credentials),
  async revoke({ settings, credentials, ...context }) {
    const { refreshToken, accessToken } = credentials;
    await postToken(
      context,
      placeOf(settings),
      credentials,
      'revoke_token',
      refreshToken === ''
        ? { token: accessToken, token_type_hint: 'access_token' }
        : { token: refreshToken, token_type_hint: 'refresh_token' },
      z.unknown(),
    );
  },
};

async function renew(
  context: CallContext,
  settings: ServerSettings,
  credentials: RedditCredentials,
): Promise<RedditCredentials> {
  const { clientId, clientSecret, refreshToken } = credentials;
  if (refreshToken === '') {
    throw new EarshotError('unauthorized', 'Reddit’s sign-in has ended. Sign in again.');
  }
  const token = await postToken(
    context,
    placeOf(settings),
    credentials,
    'access_token',
    { grant_type: 'refresh_token', refresh_token: refreshToken },
    tokenSchema,
  );
  return credentialsOf({ clientId, clientSecret }, token, refreshToken, context.now());
}

function credentialsOf(
  { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string },
  token: z.infer<typeof tokenSchema>,
  before: string,
  now: number,
): RedditCredentials {
  return {
    clientId,
    clientSecret,
    accessToken: token.access_token,
    // The answer repeats it or leaves it out.
    refreshToken: token.refresh_token || before,
    expiresAt: now + token.expires_in * 1000,
    scope: token.scope,
  };
}

async function identify({
  settings,
  credentials,
  ...context
}: CallContext & {
  readonly settings: ServerSettings;
  readonly credentials: RedditCredentials;
}): Promise<Identity> {
  const { body: me } = await readApi(
    context,
    placeOf(settings),
    callerOf(credentials, null),
    '/api/v1/me',
    {},
    meSchema,
  );
  const note = me.is_suspended
    ? 'Reddit has suspended this account: it cannot answer.'
    : missingScopeNote(credentials.scope);
  return {
    externalId: `t2_${me.id}`,
    authorKey: authorKeyOf(me.name),
    name: me.name,
    handle: `u/${me.name}`,
    url: `${publicSite}/user/${encodeURIComponent(me.name)}`,
    ...(note === null ? {} : { replyNote: note }),
  };
}

export function callerOf(credentials: RedditCredentials, name: string | null): Caller {
  return { clientId: credentials.clientId, accessToken: credentials.accessToken, name };
}

function missingScopeNote(scope: string): string | null {
  const given = scope.split(/[\s,]+/);
  if (scope === '' || given.includes('*') || given.includes('submit')) return null;
  return 'The permission to comment (submit) was not given: sign in again and allow everything that is asked.';
}

function parsed<Value>(schema: z.ZodType<Value>, entered: unknown): Value {
  const result = schema.safeParse(entered);
  if (result.success) return result.data;
  throw new EarshotError('invalid-input', result.error.issues[0]?.message ?? 'Fill in every field.', {
    issues: result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  });
}
