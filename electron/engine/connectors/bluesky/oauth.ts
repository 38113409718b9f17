import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { CallContext, SignInMethod } from '../connector.ts';
import { parseJson } from './api.ts';
import { createDpopKey, requestOptions, withNonce } from './dpop.ts';
import { failureOf } from './failures.ts';
import { pdsOf, readIdentity } from './password.ts';
import { sendPlain } from './service.ts';
import {
  type BlueskyAccountSettings,
  type BlueskyCredentials,
  credentialsSchema,
  defaultDirectory,
  defaultServer,
  type DpopKey,
  type OauthCredentials,
} from './settings.ts';
import { didDocumentSchema } from './wire.ts';

/** What an app password may do, and no more than that. */
const scope = 'atproto transition:generic';
/** Programs without a server of their own get two weeks, whatever is renewed meanwhile. */
const sessionMs = 14 * 24 * 60 * 60_000;
/** A pushed request holds for five. */
const requestMs = 5 * 60_000;

const pendingSchema = z.object({
  issuer: z.url(),
  clientId: z.string(),
  redirectUri: z.string(),
  state: z.string(),
  verifier: z.string(),
  key: credentialsSchema.options[1].shape.key,
});

type Caller = CallContext & { readonly settings: BlueskyAccountSettings };

export const oauthMethod: SignInMethod<BlueskyCredentials, BlueskyAccountSettings> = {
  id: 'oauth',
  kind: 'redirect',

  async begin({ entered, redirectUri, state, ...caller }) {
    const key = await createDpopKey();
    const server = await authorizationServerOf(caller, key, caller.settings.server ?? defaultServer);
    const client = { client_id: clientIdOf(redirectUri) };
    const verifier = oauth.generateRandomCodeVerifier();
    const hint = (entered['identifier'] ?? '').trim().replace(/^@/, '');
    const parameters = {
      response_type: 'code',
      redirect_uri: redirectUri,
      scope,
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(hint === '' ? {} : { login_hint: hint }),
    };
    const options = await optionsOf(caller, key);
    const pushed = await explained(() =>
      withNonce(async () =>
        oauth.processPushedAuthorizationResponse(
          server,
          client,
          await oauth.pushedAuthorizationRequest(server, client, oauth.None(), parameters, options),
        ),
      ),
    );
    const url = new URL(endpoint(server.authorization_endpoint));
    url.searchParams.set('client_id', client.client_id);
    url.searchParams.set('request_uri', pushed.request_uri);
    const pending: z.infer<typeof pendingSchema> = {
      issuer: server.issuer,
      clientId: client.client_id,
      redirectUri,
      state,
      verifier,
      key,
    };
    return { url: url.href, expiresAt: caller.now() + requestMs, pending };
  },

  async finish({ pending, answer, ...caller }) {
    const { issuer, clientId, redirectUri, state, verifier, key } = pendingSchema.parse(pending);
    const server = await readServer(caller, key, issuer);
    const client = { client_id: clientId };
    const options = await optionsOf(caller, key);
    const tokens = await explained(async () => {
      const parameters = oauth.validateAuthResponse(server, client, new URLSearchParams(answer), state);
      return await withNonce(async () =>
        oauth.processAuthorizationCodeResponse(
          server,
          client,
          await oauth.authorizationCodeGrantRequest(
            server,
            client,
            oauth.None(),
            parameters,
            redirectUri,
            verifier,
            options,
          ),
        ),
      );
    });
    const { did, pds } = await subjectOf(caller, key, tokens, issuer);
    const credentials: OauthCredentials = {
      kind: 'oauth',
      pds,
      issuer,
      clientId,
      ...tokensOf(tokens, caller.now()),
      endsAt: caller.now() + sessionMs,
      key,
    };
    const identity = await readIdentity(caller, caller.settings, credentials);
    if (identity.externalId !== did) throw mismatch();
    return { credentials, identity };
  },
};

export async function refreshTokens(
  caller: Caller,
  credentials: OauthCredentials,
): Promise<OauthCredentials> {
  const { key, issuer, clientId, refreshToken } = credentials;
  const server = await readServer(caller, key, issuer);
  const client = { client_id: clientId };
  const options = await optionsOf(caller, key);
  const tokens = await explained(() =>
    withNonce(async () =>
      oauth.processRefreshTokenResponse(
        server,
        client,
        await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, options),
      ),
    ),
  );
  return { ...credentials, ...tokensOf(tokens, caller.now()) };
}

export async function revokeTokens(caller: Caller, credentials: OauthCredentials): Promise<void> {
  const { key, issuer, clientId, refreshToken } = credentials;
  const server = await readServer(caller, key, issuer);
  if (server.revocation_endpoint === undefined) return;
  const { DPoP: _, ...options } = await optionsOf(caller, key);
  await explained(async () =>
    oauth.processRevocationResponse(
      await oauth.revocationRequest(
        server,
        { client_id: clientId },
        oauth.None(),
        refreshToken,
        options as Parameters<typeof oauth.revocationRequest>[4],
      ),
    ),
  );
}

/** The form for programs that no server speaks for: the id itself says where the answer goes. The port does not count. */
function clientIdOf(redirectUri: string): string {
  const address = new URL(redirectUri);
  address.port = '';
  return `http://localhost?redirect_uri=${encodeURIComponent(address.href)}&scope=${encodeURIComponent(scope)}`;
}

async function optionsOf({ settings, ...context }: Caller, key: DpopKey) {
  const options = await requestOptions(
    { context, allowPrivateNetwork: settings.allowPrivateNetwork === true },
    key,
  );
  return options as typeof options & Parameters<typeof oauth.pushedAuthorizationRequest>[4];
}

type Options = Awaited<ReturnType<typeof optionsOf>>;
const forReading = (options: Options) => options as unknown as oauth.DiscoveryRequestOptions;

/** The server that signs people in for the one that keeps accounts; often the same. */
async function authorizationServerOf(
  caller: Caller,
  key: DpopKey,
  address: string,
): Promise<oauth.AuthorizationServer> {
  const resource = new URL(address);
  const options = forReading(await optionsOf(caller, key));
  const response = await oauth.resourceDiscoveryRequest(resource, options);
  // An entrance for several servers keeps no accounts itself: it is its own.
  if (response.status === 404) return readServer(caller, key, resource.origin);
  const { authorization_servers: [issuer] = [] } = await explained(() =>
    oauth.processResourceDiscoveryResponse(resource, response),
  );
  if (issuer === undefined) throw unusable(null);
  return readServer(caller, key, issuer);
}

async function readServer(caller: Caller, key: DpopKey, issuer: string): Promise<oauth.AuthorizationServer> {
  const options = forReading(await optionsOf(caller, key));
  return await explained(async () =>
    oauth.processDiscoveryResponse(
      new URL(issuer),
      await oauth.discoveryRequest(new URL(issuer), { ...options, algorithm: 'oauth2' }),
    ),
  );
}

/**
 * Whose tokens they are, and that the server that gave them may speak for that account: any server could claim to
 * have signed in anybody.
 */
async function subjectOf(
  caller: Caller,
  key: DpopKey,
  tokens: oauth.TokenEndpointResponse,
  issuer: string,
): Promise<{ did: string; pds: string }> {
  const did = z.string().startsWith('did:').safeParse(tokens['sub']).data;
  if (did === undefined || !tokens.scope?.split(' ').includes('atproto')) throw unusable(null);
  const pds = pdsOf(await readDidDocument(caller, did));
  if (pds === null) throw mismatch();
  const server = await authorizationServerOf(caller, key, pds);
  if (new URL(server.issuer).href !== new URL(issuer).href) throw mismatch();
  return { did, pds };
}

async function readDidDocument({ settings, ...context }: Caller, did: string) {
  const host = /^did:web:([a-z0-9.-]+)$/i.exec(did)?.[1];
  const url =
    host === undefined
      ? `${(settings.directory ?? defaultDirectory).replace(/\/+$/, '')}/${did}`
      : `https://${host}/.well-known/did.json`;
  const service = { context, allowPrivateNetwork: settings.allowPrivateNetwork === true };
  const answer = await sendPlain(service, { url });
  if (answer.status >= 400) {
    throw failureOf({ ...answer, url, bodyText: new TextDecoder().decode(answer.bytes) }, context);
  }
  return didDocumentSchema.safeParse(parseJson(answer.bytes)).data ?? null;
}

function tokensOf(tokens: oauth.TokenEndpointResponse, now: number) {
  // Without one the sign-in would be over within the hour, and a good one must never be replaced by nothing.
  if (!tokens.refresh_token) throw unusable(null);
  return {
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    expiresAt: now + (tokens.expires_in ?? 3_600) * 1000,
  };
}

function endpoint(address: string | undefined): string {
  if (address === undefined) throw unusable(null);
  return address;
}

/** The library's failures in our words. */
async function explained<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof EarshotError || (error instanceof Error && error.name === 'AbortError')) throw error;
    if (error instanceof oauth.AuthorizationResponseError) {
      throw error.error === 'access_denied'
        ? new EarshotError('forbidden', 'The sign-in was refused on the page of Bluesky.', {}, error)
        : new EarshotError(
            'rejected',
            'Bluesky ended the sign-in. Try again, or use an app password.',
            {},
            error,
          );
    }
    if (error instanceof oauth.ResponseBodyError) throw refusedTokens(error);
    if (error instanceof oauth.WWWAuthenticateChallengeError) {
      throw new EarshotError(
        'unauthorized',
        'Bluesky does not take this sign-in any more. Sign in again.',
        {},
        error,
      );
    }
    throw unusable(error);
  }
}

function refusedTokens(error: oauth.ResponseBodyError): EarshotError {
  const details = { status: error.status, error: error.error };
  if (error.error === 'invalid_grant') {
    return new EarshotError(
      'unauthorized',
      'This sign-in has ended: Bluesky lets programs on your own computer stay for two weeks. Sign in again, or use an app password, which lasts.',
      details,
      error,
    );
  }
  if (
    ['invalid_client', 'invalid_client_metadata', 'unauthorized_client', 'invalid_redirect_uri'].includes(
      error.error,
    )
  ) {
    return new EarshotError(
      'rejected',
      'This server does not let programs on your own computer sign in on its page. Use an app password.',
      details,
      error,
    );
  }
  return new EarshotError(
    'rejected',
    `Bluesky refuses the sign-in (${error.error.slice(0, 60)}). Try again, or use an app password.`,
    details,
    error,
  );
}

function mismatch(): EarshotError {
  return new EarshotError(
    'forbidden',
    'The server that signed you in does not keep this account. Check the server address.',
  );
}

function unusable(cause: unknown): EarshotError {
  return new EarshotError(
    'bad-response',
    'This server does not sign people in as Bluesky does. Check the server address, or use an app password.',
    {},
    cause ?? undefined,
  );
}
