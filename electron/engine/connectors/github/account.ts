import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { AccountSupport, CallContext, Identity } from '../connector.ts';
import { authorKeyOf } from './adapt.ts';
import {
  accountSettingsSchema,
  credentialsSchema,
  type GitHubCredentials,
  placeOf,
  postForm,
  restAs,
  type ServerSettings,
} from './api.ts';
import { deviceCodeSchema, deviceTokenSchema, userAnswerSchema } from './wire.ts';

const scope = 'public_repo notifications';
const grantType = 'urn:ietf:params:oauth:grant-type:device_code';

const pendingSchema = z.object({
  clientId: z.string(),
  deviceCode: z.string(),
  intervalMs: z.number(),
});
type Pending = z.infer<typeof pendingSchema>;

/** Sign-ins that were asked to slow down: it holds for every question after that. Kept no longer than the sign-in itself. */
const slowed = new WeakMap<object, { readonly intervalMs: number; readonly until: number }>();

export const gitHubAccount: AccountSupport<GitHubCredentials, ServerSettings> = {
  settingsSchema: accountSettingsSchema,
  credentialsSchema,
  methods: [
    {
      id: 'token',
      kind: 'enter',
      async signIn({ entered, settings, ...context }) {
        const token = entered['token']?.trim() ?? '';
        if (token === '') throw new EarshotError('invalid-input', 'Paste the token.');
        const credentials = { token };
        return { identity: await identify({ ...context, settings, credentials }), credentials };
      },
    },
    {
      id: 'device',
      kind: 'device',
      async begin({ entered, settings, ...context }) {
        const clientId = entered['clientId']?.trim() ?? '';
        if (clientId === '') throw new EarshotError('invalid-input', 'Enter the client id of your app.');
        const code = await postForm(
          context,
          placeOf(settings),
          '/login/device/code',
          { client_id: clientId, scope },
          deviceCodeSchema,
        );
        const pending: Pending = {
          clientId,
          deviceCode: code.device_code,
          intervalMs: code.interval * 1000,
        };
        return {
          url: code.verification_uri,
          userCode: code.user_code,
          expiresAt: context.now() + code.expires_in * 1000,
          intervalMs: pending.intervalMs,
          pending,
        };
      },
      async finish({ pending, settings, ...context }) {
        const { clientId, deviceCode, intervalMs } = pendingSchema.parse(pending);
        const key = pending as object;
        const pace = slowed.get(key);
        if (pace !== undefined && pace.until > context.now()) return null;
        const { access_token, error, interval } = await postForm(
          context,
          placeOf(settings),
          '/login/oauth/access_token',
          { client_id: clientId, device_code: deviceCode, grant_type: grantType },
          deviceTokenSchema,
        );
        if (access_token) {
          const credentials = { token: access_token };
          return { identity: await identify({ ...context, settings, credentials }), credentials };
        }
        const before = pace?.intervalMs ?? intervalMs;
        const isSlowed = error === 'slow_down';
        const next = isSlowed ? Math.max(before + 5_000, (interval ?? 0) * 1000) : before;
        if (next > intervalMs) slowed.set(key, { intervalMs: next, until: context.now() + next });
        if (error === 'slow_down' || error === 'authorization_pending') return null;
        throw deviceFailure(error ?? 'no token');
      },
    },
  ],
  identify,
};

function deviceFailure(error: string): EarshotError {
  const details = { reason: error };
  switch (error) {
    case 'access_denied':
      return new EarshotError('forbidden', 'The sign-in was declined on GitHub’s page.', details);
    case 'expired_token':
      return new EarshotError('gone', 'The code was not entered in time. Begin again.', details);
    case 'device_flow_disabled':
      return new EarshotError(
        'rejected',
        'The app does not allow signing in by a code: tick “Enable Device Flow” on its page.',
        details,
      );
    case 'incorrect_client_credentials':
      return new EarshotError('rejected', 'GitHub does not know this client id.', details);
    default:
      return new EarshotError('rejected', `GitHub refused the sign-in (${error}).`, details);
  }
}

async function identify({
  settings,
  credentials,
  ...context
}: CallContext & {
  readonly settings: ServerSettings;
  readonly credentials: GitHubCredentials;
}): Promise<Identity> {
  const place = placeOf(settings);
  const { body: user, headers } = await restAs(
    context,
    place,
    credentials.token,
    { path: '/user' },
    userAnswerSchema,
  );
  const note = noteOn(credentials.token, headers['x-oauth-scopes']);
  return {
    externalId: String(user.id),
    authorKey: authorKeyOf(user.id),
    name: user.name?.trim() || user.login,
    handle: `@${user.login}`,
    url: user.html_url ?? `${place.site}/${encodeURIComponent(user.login)}`,
    ...(note === null ? {} : { replyNote: note }),
  };
}

/** Classic tokens tell their permissions; the others tell none. */
function noteOn(token: string, scopes: string | undefined): string | null {
  if (token.startsWith('github_pat_') || scopes === undefined) {
    return 'A fine-grained token can answer only in repositories whose owner was chosen when it was made. Use a classic token to answer everywhere.';
  }
  const given = scopes.split(/[\s,]+/);
  if (given.includes('repo') || given.includes('public_repo')) return null;
  return 'The token lacks the permission public_repo, without which it cannot comment. Make another one.';
}
