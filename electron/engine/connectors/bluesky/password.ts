import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { CallContext, Identity, SignInMethod } from '../connector.ts';
import { pageOfAccount } from './adapt.ts';
import { xrpc, xrpcVoid } from './api.ts';
import type { Service } from './service.ts';
import {
  type BlueskyAccountSettings,
  type BlueskyCredentials,
  defaultServer,
  type PasswordCredentials,
} from './settings.ts';
import { type didDocumentSchema, ownSessionSchema, profileSchema, sessionSchema } from './wire.ts';
import type { z } from 'zod';

type Session = z.infer<typeof sessionSchema>;

export const passwordMethod: SignInMethod<BlueskyCredentials, BlueskyAccountSettings> = {
  id: 'app-password',
  kind: 'enter',
  async signIn({ entered, settings, ...context }) {
    const service = withoutSlash(settings.server ?? defaultServer);
    const { identifier, password } = fieldsOf(entered);
    const session = await xrpc(
      {
        context,
        host: service,
        allowPrivateNetwork: settings.allowPrivateNetwork === true,
        credentials: null,
      },
      { nsid: 'com.atproto.server.createSession', input: { json: { identifier, password } } },
      sessionSchema,
    );
    const credentials = credentialsOf(session, service, null, context.now());
    return { credentials, identity: await readIdentity(context, settings, credentials) };
  },
};

function fieldsOf(entered: Readonly<Record<string, string>>): { identifier: string; password: string } {
  const identifier = (entered['identifier'] ?? '').trim().replace(/^@/, '');
  const password = (entered['password'] ?? '').trim();
  const missing = identifier === '' ? 'identifier' : password === '' ? 'password' : null;
  if (missing === null) return { identifier, password };
  const message =
    missing === 'identifier'
      ? 'Enter the handle of the account.'
      : 'Enter the app password that you created.';
  throw new EarshotError('invalid-input', message, {
    issues: [{ path: `credentials.${missing}`, message }],
  });
}

const withoutSlash = (address: string): string => address.replace(/\/+$/, '');

function credentialsOf(
  { accessJwt, refreshJwt, didDoc }: Session,
  service: string,
  pdsBefore: string | null,
  now: number,
): PasswordCredentials {
  return {
    kind: 'password',
    service,
    pds: pdsOf(didDoc) ?? pdsBefore ?? service,
    accessJwt,
    refreshJwt,
    expiresAt: endOf(accessJwt, now),
  };
}

/** Where a DID document says that the account is kept. */
export function pdsOf(document: z.infer<typeof didDocumentSchema> | null | undefined): string | null {
  const entry = document?.service?.find(({ id }) => id.endsWith('#atproto_pds'))?.serviceEndpoint;
  return typeof entry === 'string' && /^https?:\/\//.test(entry) && URL.canParse(entry)
    ? withoutSlash(entry)
    : null;
}

/** By how long the token says it lasts, so that a server whose clock differs from ours does no harm. Null when it says nothing. */
function endOf(token: string, now: number): number | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const { iat, exp } = claims as { iat?: unknown; exp?: unknown };
    return typeof iat === 'number' && typeof exp === 'number' && exp > iat ? now + (exp - iat) * 1000 : null;
  } catch {
    // Not a token of that form: it holds until it is refused.
    return null;
  }
}

type Caller = CallContext & { readonly settings: BlueskyAccountSettings };

/** The old token goes on giving the same successor for two hours: a crash before the new pair is saved does no harm. */
export async function refreshSession(
  { settings, ...context }: Caller,
  credentials: PasswordCredentials,
): Promise<PasswordCredentials> {
  const session = await xrpc(
    sessionService({ settings, ...context }, credentials),
    { nsid: 'com.atproto.server.refreshSession', input: null },
    sessionSchema,
  );
  return credentialsOf(session, credentials.service, credentials.pds, context.now());
}

export async function deleteSession(caller: Caller, credentials: PasswordCredentials): Promise<void> {
  await xrpcVoid(sessionService(caller, credentials), {
    nsid: 'com.atproto.server.deleteSession',
    input: null,
  });
}

/** Sessions are renewed and ended where they began, with the token that only these two calls take. */
function sessionService(
  { settings, ...context }: Caller,
  { service, refreshJwt }: PasswordCredentials,
): Service {
  return {
    context,
    host: service,
    allowPrivateNetwork: settings.allowPrivateNetwork === true,
    credentials: { kind: 'token', token: refreshJwt },
  };
}

const inactive: Readonly<Record<string, string>> = {
  takendown: 'Bluesky has suspended this account: nothing can be sent from it.',
  suspended: 'Bluesky has suspended this account: nothing can be sent from it.',
  deactivated: 'This account is deactivated. Activate it in the Bluesky app.',
};

export async function readIdentity(
  context: CallContext,
  settings: BlueskyAccountSettings,
  credentials: BlueskyCredentials,
): Promise<Identity> {
  const service: Service = {
    context,
    host: credentials.pds,
    allowPrivateNetwork: settings.allowPrivateNetwork === true,
    credentials,
  };
  const { did, handle, active, status } = await xrpc(
    service,
    { nsid: 'com.atproto.server.getSession' },
    ownSessionSchema,
  );
  const name = await displayNameOf(service, did);
  const note = active === false ? (inactive[status ?? ''] ?? 'This account is not active on Bluesky.') : null;
  return {
    externalId: did,
    authorKey: did,
    name: name || handle,
    handle: handle === 'handle.invalid' ? null : handle,
    url: pageOfAccount(did),
    ...(note === null ? {} : { replyNote: note }),
  };
}

const nameless: ReadonlySet<string> = new Set(['server-error', 'not-found', 'rejected', 'bad-response']);

async function displayNameOf(service: Service, did: string): Promise<string> {
  try {
    const profile = await xrpc(
      service,
      { nsid: 'app.bsky.actor.getProfile', params: { actor: did } },
      profileSchema,
    );
    return profile.displayName?.trim() ?? '';
  } catch (error) {
    // The servers that know names may be down, or not know of a new account yet: the handle will do.
    if (error instanceof EarshotError && nameless.has(error.code)) return '';
    throw error;
  }
}
