import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { ConnectorInfo } from '../../../../shared/contract/methods/connectors.ts';
import { withCredentials } from '../auth/with-credentials.ts';
import type { AccountSession, AccountSupport, CallContext, Identity } from '../connector.ts';
import { absoluteUrl } from '../text/normalize-url.ts';
import { siteOrigin, titleOf, userKey } from './adapt.ts';
import { call, defaultApiUrl, type StackCall, type StackSite } from './api.ts';
import { accountSettingsSchema, type StackAccountSettings } from './settings.ts';
import { userSchema, type Wrapper } from './wire.ts';

const dialogUrl = 'https://stackoverflow.com/oauth/dialog';
const landingUrl = 'https://stackexchange.com/oauth/login_success';
const scopes = ['read_inbox', 'write_access', 'no_expiry'];

export const credentialsSchema = z.object({
  accessToken: z.string().min(1),
  /** Null: it does not end. */
  expiresAt: z.number().nullable(),
});
export type StackCredentials = z.infer<typeof credentialsSchema>;
export type StackAccount = AccountSession<StackCredentials, StackAccountSettings>;

export const signInInfo: ConnectorInfo['signIn'] = [
  {
    id: 'browser',
    kind: 'paste',
    name: 'With your browser',
    steps: [
      'Register an app of your own, once: https://stackapps.com/apps/oauth/register. As OAuth Domain enter stackexchange.com, and tick “Enable Client Side OAuth Flow”.',
      'To write, the app needs a post on Stack Apps: publish one of the kind “app” or “script” and choose it on the app’s page. All that you write links to it.',
      'Enter the app’s client id here. A page of Stack Overflow opens: sign in and press “Approve”.',
      'The next page says that all went well. Copy its whole address from the address bar, with all that stands behind the #, and paste it here.',
    ],
    fields: [
      {
        key: 'clientId',
        label: 'Client id of your app',
        help: 'A number.',
        type: 'text',
        isRequired: true,
        isAdvanced: false,
      },
    ],
  },
  {
    id: 'token',
    kind: 'enter',
    name: 'A token that you have',
    steps: [
      'Paste an access token of an app of yours.',
      'It needs read_inbox to hear answers, and write_access to write.',
    ],
    fields: [
      { key: 'token', label: 'Access token', help: '', type: 'secret', isRequired: true, isAdvanced: false },
    ],
  },
];

export const account: AccountSupport<StackCredentials, StackAccountSettings> = {
  settingsSchema: accountSettingsSchema,
  credentialsSchema,
  methods: [
    {
      id: 'browser',
      kind: 'paste',
      async begin({ entered }) {
        const clientId = entered['clientId']?.trim() ?? '';
        if (!/^\d+$/.test(clientId)) throw wrong('clientId', 'Enter the client id of your app: a number.');
        const query = new URLSearchParams({
          client_id: clientId,
          scope: scopes.join(','),
          redirect_uri: landingUrl,
        });
        return { url: `${dialogUrl}?${query.toString()}`, pending: null };
      },
      async finish({ settings, answer, ...context }) {
        const credentials = readLanding(answer['pasted'] ?? '', context.now());
        return { credentials, identity: await identify({ ...context, settings, credentials }) };
      },
    },
    {
      id: 'token',
      kind: 'enter',
      async signIn({ settings, entered, ...context }) {
        const accessToken = entered['token']?.trim() ?? '';
        if (accessToken === '') throw wrong('token', 'Paste the access token.');
        const credentials = { accessToken, expiresAt: null };
        return { credentials, identity: await identify({ ...context, settings, credentials }) };
      },
    },
  ],
  identify,
  expiresAt: ({ expiresAt }) => expiresAt,
  async revoke({ settings, credentials, ...context }) {
    const { apiUrl, allowPrivateNetwork, http, signal } = siteOf(settings, context, credentials);
    const answer = await http.send({
      url: `${apiUrl.replace(/\/+$/, '')}/access-tokens/${encodeURIComponent(credentials.accessToken)}/invalidate`,
      signal,
      allowPrivateNetwork,
      isPathSecret: true,
    });
    answer.discard();
  },
};

function wrong(path: string, message: string): EarshotError {
  return new EarshotError('invalid-input', message, { issues: [{ path, message }] });
}

/** The address of the last page carries the token behind its #, where no server sees it; or the token alone. */
function readLanding(pasted: string, now: number): StackCredentials {
  const text = pasted.trim();
  const parameters = new URLSearchParams(text.includes('#') ? text.slice(text.indexOf('#') + 1) : text);
  const refused = parameters.get('error_description') ?? parameters.get('error');
  if (refused !== null) throw wrong('pasted', `Stack Exchange did not agree: ${refused.slice(0, 200)}`);
  const accessToken = parameters.get('access_token');
  if (accessToken === null || accessToken === '') {
    throw wrong(
      'pasted',
      'There is no token in this. Copy the whole address of the last page, with all that stands behind the #.',
    );
  }
  const seconds = Number(parameters.get('expires') ?? Number.NaN);
  return { accessToken, expiresAt: Number.isFinite(seconds) && seconds > 0 ? now + seconds * 1_000 : null };
}

async function identify({
  settings,
  credentials,
  ...context
}: CallContext & {
  readonly settings: StackAccountSettings;
  readonly credentials: StackCredentials;
}): Promise<Identity> {
  const site = siteOf(settings, context, credentials);
  const { items } = await call(site, { path: '/me' });
  const user = userSchema.safeParse(items[0]);
  if (items.length === 0) {
    throw new EarshotError(
      'forbidden',
      `This account has no profile on ${site.site}. Join the site once, or choose another one.`,
    );
  }
  if (!user.success)
    throw new EarshotError('bad-response', 'Stack Exchange did not say whose account this is.');
  const key = userKey(site.site, user.data.user_id);
  return {
    externalId: key,
    authorKey: key,
    name: titleOf(user.data.display_name) ?? user.data.display_name,
    handle: null,
    url: absoluteUrl(user.data.link, null) ?? `${siteOrigin(site.site)}/users/${user.data.user_id}`,
  };
}

export function siteOf(
  { site, apiUrl, allowPrivateNetwork }: StackAccountSettings,
  context: CallContext,
  credentials: StackCredentials | null,
): StackSite {
  const { http, signal } = context;
  return {
    http,
    signal,
    now: () => context.now(),
    apiUrl: apiUrl ?? defaultApiUrl,
    allowPrivateNetwork: allowPrivateNetwork ?? false,
    site,
    bearer: credentials?.accessToken ?? null,
  };
}

export interface AccountSite {
  readonly site: string;
  readonly ask: (asked: StackCall) => Promise<Wrapper>;
}

/** `site`: another one than the account's own, for listening. */
export function enterAs(session: StackAccount, context: CallContext, site?: string): AccountSite {
  const settings = accountSettingsSchema.parse(session.settings);
  const here = site ?? settings.site;
  return {
    site: here,
    ask: (asked) =>
      withCredentials(session, (credentials) =>
        call({ ...siteOf(settings, context, credentials), site: here }, asked),
      ),
  };
}
