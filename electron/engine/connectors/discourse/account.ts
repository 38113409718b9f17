import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { ConnectorInfo } from '../../../../shared/contract/methods/connectors.ts';
import { withCredentials } from '../auth/with-credentials.ts';
import type { AccountSession, AccountSupport, CallContext, Identity } from '../connector.ts';
import { singleLine } from '../text/clean-text.ts';
import { userKey } from './adapt.ts';
import {
  call,
  credentialsSchema,
  type DiscourseCredentials,
  type Forum,
  type ForumCall,
  keyRefused,
} from './api.ts';
import { accountSettingsSchema, type DiscourseAccountSettings } from './settings.ts';
import { createKeyPair, readPayload } from './user-api-key.ts';
import { currentUserSchema } from './wire.ts';

/** `write` allows every kind of request and `read` only those that change nothing. */
const scopes = 'read,write';

const pendingSchema = z.object({ privateKey: z.string(), nonce: z.string(), clientId: z.string() });

export const signInInfo: ConnectorInfo['signIn'] = [
  {
    id: 'browser',
    kind: 'paste',
    name: 'With your browser',
    steps: [
      'A page of the forum opens. Sign in there if it asks for it.',
      'It says that “Earshot” asks to read and to write in your name. Press “Authorize”.',
      'The page shows a long text. Copy all of it and paste it here: it holds a key that only this Earshot can read.',
      'To take it back later: your profile on the forum, Preferences, Security or Apps, “Revoke access”.',
    ],
    fields: [],
  },
  {
    id: 'key',
    kind: 'enter',
    name: 'A key that you have',
    steps: [
      'For administrators of the forum: Admin, then API (Advanced), “New API key”; choose “Single user” and the account that answers.',
      'Paste the key and enter that account’s user name. A key for all users can do everything on the forum: prefer the one for a single user.',
      'For a user API key, leave the user name empty.',
    ],
    fields: [
      { key: 'key', label: 'Key', help: '', type: 'secret', isRequired: true, isAdvanced: false },
      {
        key: 'username',
        label: 'User name',
        help: 'Only for a key that an administrator made.',
        type: 'text',
        isRequired: false,
        isAdvanced: false,
      },
    ],
  },
];

export const account: AccountSupport<DiscourseCredentials, DiscourseAccountSettings> = {
  settingsSchema: accountSettingsSchema,
  credentialsSchema,
  methods: [
    { id: 'browser', kind: 'paste', begin, finish },
    {
      id: 'key',
      kind: 'enter',
      async signIn({ settings, entered, ...context }) {
        const key = entered['key']?.trim() ?? '';
        const username = entered['username']?.trim().replace(/^@/, '') ?? '';
        if (key === '') {
          const message = 'Paste the key.';
          throw new EarshotError('invalid-input', message, { issues: [{ path: 'key', message }] });
        }
        const credentials: DiscourseCredentials =
          username === '' ? { kind: 'user', key } : { kind: 'admin', key, username };
        return { credentials, identity: await identify({ ...context, settings, credentials }) };
      },
    },
  ],
  identify,
  async revoke({ settings, credentials, ...context }) {
    // A key of an administrator is the administrator's to revoke.
    if (credentials.kind === 'admin') return;
    await call(forumOf(settings, context, credentials), {
      method: 'POST',
      path: '/user-api-key/revoke',
      schema: z.unknown(),
    });
  },
};

type Paste = Exclude<(typeof account)['methods'][number], { kind: 'enter' }>;

async function begin({
  settings,
  installationId,
  ...context
}: Parameters<Paste['begin']>[0]): ReturnType<Paste['begin']> {
  const { server } = settings;
  await requireUserKeys(forumOf(settings, context, null));
  const { publicKey, privateKey } = await createKeyPair();
  const nonce = randomBytes(16).toString('hex');
  const clientId = clientIdOf(installationId, server);
  const query = new URLSearchParams({
    application_name: 'Earshot',
    client_id: clientId,
    scopes,
    nonce,
    public_key: publicKey,
  });
  return {
    url: `${server}/user-api-key/new?${query.toString()}`,
    pending: { privateKey, nonce, clientId } satisfies z.infer<typeof pendingSchema>,
  };
}

/** The same at every sign-in, so that a forum replaces the key it gave before; another for each forum. */
function clientIdOf(installationId: string, server: string): string {
  return createHash('sha256').update(`${installationId} ${server}`).digest('hex').slice(0, 32);
}

async function finish({
  settings,
  pending,
  answer,
  ...context
}: Parameters<Paste['finish']>[0]): ReturnType<Paste['finish']> {
  const { privateKey, nonce, clientId } = pendingSchema.parse(pending);
  const key = readPayload(answer['pasted'] ?? '', { privateKey, nonce });
  const credentials: DiscourseCredentials = { kind: 'user', key, clientId };
  return { credentials, identity: await identify({ ...context, settings, credentials }) };
}

/** Forums say so in a header; the page itself wants somebody who is signed in. */
async function requireUserKeys({ server, http, signal, allowPrivateNetwork }: Forum): Promise<void> {
  const answer = await http.send({
    url: `${server}/user-api-key/new`,
    method: 'HEAD',
    answersRefusals: true,
    signal,
    allowPrivateNetwork,
  });
  answer.discard();
  if (answer.status >= 500) {
    throw new EarshotError(
      'server-error',
      `The server of ${new URL(server).host} has failed (${answer.status}).`,
    );
  }
  if (answer.headers['auth-api-version'] !== undefined) return;
  throw new EarshotError(
    'unsupported',
    `${new URL(server).host} is no Discourse forum, or gives its members no keys. Check the address, or ask its administrator.`,
  );
}

async function identify({
  settings,
  credentials,
  ...context
}: CallContext & {
  readonly settings: DiscourseAccountSettings;
  readonly credentials: DiscourseCredentials;
}): Promise<Identity> {
  const forum = forumOf(settings, context, credentials);
  const { host } = new URL(forum.server);
  const { current_user: user } = await call(forum, {
    path: '/session/current.json',
    schema: currentUserSchema,
  }).catch((error: unknown) => {
    // To somebody who is not signed in there is no session.
    if (error instanceof EarshotError && error.code === 'not-found') throw keyRefused(host);
    throw error;
  });
  return {
    externalId: `${host}/${user.id}`,
    authorKey: userKey(forum.server, user.username),
    name: singleLine(user.name ?? '') || user.username,
    handle: user.username,
    url: `${forum.server}/u/${encodeURIComponent(user.username)}`,
    facts: { username: user.username },
  };
}

export function forumOf(
  { server, allowPrivateNetwork }: DiscourseAccountSettings,
  context: CallContext,
  credentials: DiscourseCredentials | null,
): Forum {
  const { http, signal } = context;
  return {
    http,
    signal,
    now: () => context.now(),
    server,
    allowPrivateNetwork: allowPrivateNetwork ?? false,
    credentials,
  };
}

export type DiscourseAccount = AccountSession<DiscourseCredentials, DiscourseAccountSettings>;

export interface AccountForum {
  readonly server: string;
  readonly ask: <Answer>(asked: ForumCall<Answer>) => Promise<Answer>;
}

export function enterAs(session: DiscourseAccount, context: CallContext): AccountForum {
  const settings = accountSettingsSchema.parse(session.settings);
  return {
    server: settings.server,
    ask: (asked) =>
      withCredentials(session, (credentials) => call(forumOf(settings, context, credentials), asked)),
  };
}
