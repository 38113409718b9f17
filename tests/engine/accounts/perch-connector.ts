import { z } from 'zod';
import type { Connector, SignedIn } from '../../../electron/engine/connectors/connector.ts';
import { listensOnlyCapabilities } from '../../../electron/engine/connectors/listens-only.ts';
import type { Http } from '../../../electron/engine/ports/http.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { Perch } from './perch.ts';

interface PerchCredentials {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: number;
  readonly clientSecret?: string | undefined;
}
interface PerchSettings {
  readonly server?: string | undefined;
}

const credentialsSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresAt: z.number(),
  clientSecret: z.string().optional(),
});
const tokenSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_at: z.number(),
});

export interface PerchConnectorOptions {
  /** Without: what has expired has expired. */
  readonly canRefresh?: boolean;
  readonly redirectPort?: number;
  readonly endsAt?: number;
  /** The address of the page that is opened. */
  readonly page?: string;
}

const field = (key: string, type: 'text' | 'secret', isRequired = true) => ({
  key,
  label: key,
  help: '',
  type,
  isRequired,
  isAdvanced: false,
});

/** A connector for the stand-in that is as careless as can be: it puts all that the platform says into its messages. */
export function perchConnector(platform: Perch, options: PerchConnectorOptions = {}): Connector {
  const { canRefresh = true } = options;
  type Call = { readonly http: Http; readonly signal: AbortSignal };

  async function ask(
    { http, signal }: Call,
    path: string,
    init: { readonly form?: Record<string, string>; readonly token?: string } = {},
  ): Promise<unknown> {
    const answer = await http.send({
      url: platform.url + path,
      method: init.form ? 'POST' : 'GET',
      headers: {
        ...(init.form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        ...(init.token ? { authorization: `Bearer ${init.token}` } : {}),
      },
      ...(init.form ? { body: new URLSearchParams(init.form).toString() } : {}),
      answersRefusals: true,
      allowPrivateNetwork: true,
      signal,
    });
    const body = Buffer.from(await answer.bytes()).toString();
    if (answer.status === 401 || body.includes('invalid_grant')) {
      throw new EarshotError('unauthorized', `Perch refuses: ${body}`, { body });
    }
    if (body.includes('authorization_pending')) return null;
    if (body.includes('access_denied')) throw new EarshotError('forbidden', 'You said no on Perch.');
    if (answer.status === 429) throw new EarshotError('rate-limited', 'Slower, says Perch.');
    if (answer.status === 599) throw new Error(`A bug with ${init.token} and ${body}`);
    if (answer.status >= 500) throw new EarshotError('server-error', `Perch broke: ${body}`);
    if (answer.status >= 400) throw new EarshotError('rejected', `Perch rejects: ${body}`, { body });
    try {
      return JSON.parse(body);
    } catch (error) {
      throw new EarshotError('bad-response', `Perch answered ${body}`, { body }, error);
    }
  }

  async function grant(
    call: Call,
    form: Record<string, string>,
    clientSecret?: string,
  ): Promise<PerchCredentials | null> {
    const answer = await ask(call, '/token', { form });
    if (answer === null) return null;
    const parsed = tokenSchema.safeParse(answer);
    if (!parsed.success) throw new EarshotError('bad-response', `Perch gave ${JSON.stringify(answer)}`);
    const { access_token, refresh_token, expires_at } = parsed.data;
    return {
      accessToken: access_token,
      refreshToken: refresh_token,
      expiresAt: expires_at,
      ...(clientSecret ? { clientSecret } : {}),
    };
  }

  async function identify(call: Call, { accessToken }: PerchCredentials) {
    const { id, name } = z
      .object({ id: z.string(), name: z.string() })
      .parse(await ask(call, '/me', { token: accessToken }));
    return { externalId: id, authorKey: id, name, handle: name.toLowerCase(), url: null };
  }

  async function signedIn(
    call: Call,
    credentials: PerchCredentials,
  ): Promise<SignedIn<PerchCredentials, PerchSettings>> {
    return { identity: await identify(call, credentials), credentials };
  }

  const connector: Connector<
    { readonly name: string; readonly needsAccount?: boolean | undefined },
    number,
    PerchCredentials,
    PerchSettings
  > = {
    info: {
      id: 'perch',
      name: 'Perch',
      summary: 'A platform for tests.',
      platforms: [{ id: 'perch', name: 'Perch' }],
      capabilities: {
        ...listensOnlyCapabilities,
        listens: 'follow',
        listensWithAccount: 'optional',
        replyNote: null,
        minimumIntervalMs: 60_000,
      },
      settings: [],
      permissions: [],
      accountSettings: [],
      signIn: [
        {
          id: 'password',
          kind: 'enter',
          name: 'Password',
          steps: [],
          fields: [
            field('user', 'text'),
            field('password', 'secret'),
            field('clientSecret', 'secret', false),
          ],
        },
        { id: 'code', kind: 'enter', name: 'Code', steps: [], fields: [field('code', 'secret')] },
        { id: 'browser', kind: 'redirect', name: 'Browser', steps: [], fields: [] },
        { id: 'device', kind: 'device', name: 'Device', steps: [], fields: [] },
        { id: 'paste', kind: 'paste', name: 'Paste', steps: [], fields: [] },
      ],
    },
    settingsSchema: z.object({ name: z.string(), needsAccount: z.boolean().optional() }),
    cursorSchema: z.number(),
    hostOf: () => null,
    describe: ({ name }) => ({ name, url: null }),
    accountNeededFor: ({ needsAccount }) =>
      needsAccount ? 'What is said to an account is seen by that account alone.' : null,
    async *poll(context) {
      const { http, signal } = context;
      const session = context.account as unknown as {
        credentials(): Promise<PerchCredentials>;
        renewed(refused: PerchCredentials): Promise<PerchCredentials>;
      } | null;
      if (session) {
        const held = await session.credentials();
        try {
          await ask({ http, signal }, '/timeline', { token: held.accessToken });
        } catch (error) {
          if (!(error instanceof EarshotError) || error.code !== 'unauthorized') throw error;
          const renewed = await session.renewed(held);
          await ask({ http, signal }, '/timeline', { token: renewed.accessToken });
        }
      }
      yield { items: [], cursor: context.now() };
    },
    account: {
      settingsSchema: z.object({ server: z.string().optional() }),
      credentialsSchema,
      methods: [
        {
          id: 'password',
          kind: 'enter',
          async signIn({ entered, http, signal }) {
            const { user = '', password = '', clientSecret } = entered;
            const form = { grant_type: 'password', user, password };
            const credentials = await grant({ http, signal }, form, clientSecret);
            if (!credentials) throw new EarshotError('bad-response', 'Perch gave nothing.');
            return signedIn({ http, signal }, credentials);
          },
        },
        {
          id: 'code',
          kind: 'enter',
          async signIn({ entered, http, signal }) {
            const form = { grant_type: 'code', code: entered['code'] ?? '' };
            const credentials = await grant({ http, signal }, form);
            if (!credentials) throw new EarshotError('bad-response', 'Perch gave nothing.');
            return signedIn({ http, signal }, credentials);
          },
        },
        {
          id: 'browser',
          kind: 'redirect',
          ...(options.redirectPort === undefined ? {} : { redirectPort: options.redirectPort }),
          begin: async ({ redirectUri, state }) => ({
            url:
              options.page ??
              `${platform.url}/authorize?${new URLSearchParams({ redirect_uri: redirectUri, state })}`,
            pending: { verifier: 'v' },
          }),
          async finish({ answer, http, signal }) {
            const form = { grant_type: 'code', code: answer['code'] ?? '' };
            const credentials = await grant({ http, signal }, form);
            return credentials && signedIn({ http, signal }, credentials);
          },
        },
        {
          id: 'device',
          kind: 'device',
          begin: async (context) => {
            const [deviceCode = ''] = platform.deviceCodes.keys();
            return {
              url: `${platform.url}/device`,
              userCode: 'ABCD-1234',
              expiresAt: context.now() + 15 * 60_000,
              intervalMs: 5_000,
              pending: deviceCode,
            };
          },
          async finish({ pending, http, signal }) {
            const form = { grant_type: 'device', device_code: String(pending) };
            const credentials = await grant({ http, signal }, form);
            return credentials && signedIn({ http, signal }, credentials);
          },
        },
        {
          id: 'paste',
          kind: 'paste',
          begin: async () => ({ url: `${platform.url}/key`, pending: null }),
          async finish({ answer, http, signal }) {
            const form = { grant_type: 'code', code: answer['pasted'] ?? '' };
            const credentials = await grant({ http, signal }, form);
            return credentials && signedIn({ http, signal }, credentials);
          },
        },
      ],
      identify: ({ http, signal, credentials }) => identify({ http, signal }, credentials),
      expiresAt: ({ expiresAt }) => expiresAt,
      ...(options.endsAt === undefined ? {} : { endsAt: () => options.endsAt ?? null }),
      ...(canRefresh
        ? {
            async refresh({ http, signal, credentials }) {
              const form = { grant_type: 'refresh_token', refresh_token: credentials.refreshToken };
              const fresh = await grant({ http, signal }, form, credentials.clientSecret);
              return fresh ?? { ...credentials, accessToken: '' };
            },
          }
        : {}),
      async revoke({ http, signal, credentials }) {
        await ask({ http, signal }, '/revoke', { form: { token: credentials.refreshToken } });
      },
    },
  };
  return connector as unknown as Connector;
}
