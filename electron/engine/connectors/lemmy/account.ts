import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { ConnectorInfo } from '../../../../shared/contract/methods/connectors.ts';
import { withCredentials } from '../auth/with-credentials.ts';
import type { AccountSession, AccountSupport, CallContext, Identity } from '../connector.ts';
import { personHandle, personKey } from './adapt.ts';
import { call, type Generation, type LemmyCall, type LemmyServer, loginWindowMs, readSite } from './api.ts';
import { serverSchema } from './settings.ts';
import { loginSchema, myUserSchema } from './wire.ts';

export const accountSettingsSchema = z.object({
  server: serverSchema,
  allowPrivateNetwork: z.boolean().optional(),
});
export type LemmyAccountSettings = z.infer<typeof accountSettingsSchema>;
export const credentialsSchema = z.object({ jwt: z.string().min(1) });
export type LemmyCredentials = z.infer<typeof credentialsSchema>;
export type LemmyAccount = AccountSession<LemmyCredentials, LemmyAccountSettings>;

export const signInInfo: ConnectorInfo['signIn'] = [
  {
    id: 'password',
    kind: 'enter',
    name: 'User name and password',
    steps: [
      'Enter the user name and the password that you sign in to this server with. Earshot keeps neither: it stores the token that the server gives for them.',
      'If the account asks for a code as well, enter the one that your authenticator app shows.',
      'A server takes few sign-ins an hour from one address: after three wrong ones, wait.',
    ],
    fields: [
      field('username', 'User name or e-mail address', '', 'text'),
      field('password', 'Password', '', 'secret'),
      {
        ...field('code', 'Code', 'Six digits; only if the account asks for one.', 'text'),
        isRequired: false,
      },
    ],
  },
  {
    id: 'token',
    kind: 'enter',
    name: 'Token from your browser',
    steps: [
      'Sign in to the server in your browser.',
      'Open the developer tools (F12), then Application or Storage, then Cookies, and choose the server.',
      'Copy the value of the cookie “jwt” and paste it here. It ends when you sign out in that browser.',
    ],
    fields: [field('token', 'Token', 'A long text that begins with “eyJ”.', 'secret')],
  },
];

function field(key: string, label: string, help: string, type: 'text' | 'secret') {
  return { key, label, help, type, isRequired: true, isAdvanced: false };
}

export const account: AccountSupport<LemmyCredentials, LemmyAccountSettings> = {
  settingsSchema: accountSettingsSchema,
  credentialsSchema,
  methods: [
    {
      id: 'password',
      kind: 'enter',
      async signIn({ settings, entered, ...context }) {
        const server = serverOf(settings, context, null);
        const { generation } = await readSite(server);
        const credentials = await logIn(server, generation, entered);
        return { credentials, identity: await identify({ ...context, settings, credentials }) };
      },
    },
    {
      id: 'token',
      kind: 'enter',
      async signIn({ settings, entered, ...context }) {
        const jwt = entered['token']?.trim().replace(/^(jwt=|Bearer )/i, '') ?? '';
        if (jwt === '') throw missing('token', 'Paste the token.');
        const credentials = { jwt };
        return { credentials, identity: await identify({ ...context, settings, credentials }) };
      },
    },
  ],
  identify,
  async revoke({ settings, credentials, ...context }) {
    const server = serverOf(settings, context, credentials);
    const { generation } = await readSite({ ...server, jwt: null });
    await call(server, generation, {
      method: 'POST',
      path: generation === 3 ? '/user/logout' : '/account/auth/logout',
      schema: z.unknown(),
    });
  },
};

async function logIn(
  server: LemmyServer,
  generation: Generation,
  entered: Readonly<Record<string, string>>,
): Promise<LemmyCredentials> {
  const name = entered['username']?.trim() ?? '';
  const password = entered['password'] ?? '';
  const code = entered['code']?.replace(/\s+/g, '') ?? '';
  if (name === '') throw missing('username', 'Enter the user name.');
  if (password === '') throw missing('password', 'Enter the password.');
  const answer = await call(server, generation, {
    method: 'POST',
    path: generation === 3 ? '/user/login' : '/account/auth/login',
    body: {
      username_or_email: name,
      password,
      ...(code === '' ? {} : { totp_2fa_token: code }),
      // Without it Lemmy 1.0 signs out after a week; 0.19 never does.
      ...(generation === 4 ? { stay_logged_in: true } : {}),
    },
    schema: loginSchema,
    windowMs: loginWindowMs,
  });
  if (answer.jwt) return { jwt: answer.jwt };
  throw new EarshotError(
    'forbidden',
    answer.verify_email_sent === true
      ? 'The server waits until the e-mail address of this account is confirmed.'
      : 'The server has not approved this account yet.',
  );
}

function missing(path: string, message: string): EarshotError {
  return new EarshotError('invalid-input', message, { issues: [{ path, message }] });
}

async function identify({
  settings,
  credentials,
  ...context
}: CallContext & {
  readonly settings: LemmyAccountSettings;
  readonly credentials: LemmyCredentials;
}): Promise<Identity> {
  const server = serverOf(settings, context, credentials);
  const { generation, myUser } = await readSite(server);
  const raw = generation === 4 ? await call(server, 4, { path: '/account', schema: z.unknown() }) : myUser;
  const user = myUserSchema.safeParse(raw);
  // 0.19 takes a token that it does not know for no token at all.
  if (!user.success && generation === 3 && (raw === null || raw === undefined)) {
    throw new EarshotError('unauthorized', 'The server does not accept this sign-in. Sign in again.');
  }
  if (!user.success) {
    throw new EarshotError('bad-response', 'The server did not say whose account this is.');
  }
  const { person } = user.data.local_user_view;
  const key = personKey(person, server.server);
  return {
    externalId: key,
    authorKey: key,
    name: person.display_name?.trim() || person.name,
    handle: personHandle(person, server.server),
    url: URL.canParse(key) ? key : null,
  };
}

export function serverOf(
  { server, allowPrivateNetwork }: LemmyAccountSettings,
  context: CallContext,
  credentials: LemmyCredentials | null,
): LemmyServer {
  const { http, signal } = context;
  return {
    http,
    signal,
    now: () => context.now(),
    server,
    allowPrivateNetwork: allowPrivateNetwork ?? false,
    jwt: credentials?.jwt ?? null,
  };
}

/** What the server of an account answers to the account. */
export interface AccountServer {
  readonly server: LemmyServer;
  readonly generation: Generation;
  readonly languages: ReadonlyMap<number, string>;
  readonly ask: <Answer>(asked: LemmyCall<Answer>) => Promise<Answer>;
}

export async function enterAs(session: LemmyAccount, context: CallContext): Promise<AccountServer> {
  const settings = accountSettingsSchema.parse(session.settings);
  const server = serverOf(settings, context, null);
  const { generation, languages } = await readSite(server);
  return {
    server,
    generation,
    languages,
    ask: (asked) => withCredentials(session, ({ jwt }) => call({ ...server, jwt }, generation, asked)),
  };
}
