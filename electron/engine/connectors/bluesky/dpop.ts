import * as oauth from 'oauth4webapi';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { HttpRequest } from '../../ports/http.ts';
import type { CallContext } from '../connector.ts';
import { failureOf } from './failures.ts';
import { type Answer, type Service, sendPlain } from './service.ts';
import type { DpopKey, OauthCredentials } from './settings.ts';

interface Proofs {
  readonly handle: oauth.DPoPHandle;
  /** The clock that the next proof is dated by. */
  clock: Pick<CallContext, 'now'>;
  /** How far the servers' clock is ahead of ours: a proof that is minutes off is refused. */
  skewMs: number;
}

/** By public key. Servers hand out nonces, and knowing the last one saves a refused request before every call. */
const known = new Map<string, Proofs>();
const mostKnown = 50;

export async function createDpopKey(): Promise<DpopKey> {
  const { privateKey } = await oauth.generateKeyPair('ES256', { extractable: true });
  const { x, y, d } = await crypto.subtle.exportKey('jwk', privateKey);
  if (x === undefined || y === undefined || d === undefined) throw new Error('An EC key has x, y and d.');
  return { kty: 'EC', crv: 'P-256', x, y, d };
}

async function proofsOf({ d, ...publicKey }: DpopKey, clock: Proofs['clock']): Promise<Proofs> {
  const name = `${publicKey.x}.${publicKey.y}`;
  const before = known.get(name);
  if (before) {
    before.clock = clock;
    return before;
  }
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const pair = {
    privateKey: await crypto.subtle.importKey('jwk', { ...publicKey, d }, algorithm, false, ['sign']),
    publicKey: await crypto.subtle.importKey('jwk', publicKey, algorithm, true, ['verify']),
  };
  const proofs: Proofs = {
    clock,
    skewMs: 0,
    handle: oauth.DPoP({}, pair, {
      [oauth.modifyAssertion]: (_, payload) => {
        payload['iat'] = Math.floor((proofs.clock.now() + proofs.skewMs) / 1000);
      },
    }),
  };
  if (known.size >= mostKnown) known.clear();
  known.set(name, proofs);
  return proofs;
}

/** What every request of oauth4webapi takes: our own way out, and proofs by this key. */
export async function requestOptions(
  service: Pick<Service, 'context' | 'allowPrivateNetwork'>,
  key: DpopKey,
) {
  const proofs = await proofsOf(key, service.context);
  const { signal } = service.context;
  return {
    DPoP: proofs.handle,
    signal,
    // An address without TLS is one that the user typed and allowed.
    [oauth.allowInsecureRequests]: service.allowPrivateNetwork,
    [oauth.customFetch]: async (
      url: string,
      {
        method,
        headers,
        body,
      }: { method: string; headers: Record<string, string>; body?: RequestBody | null | undefined },
    ): Promise<Response> => {
      const content = body instanceof URLSearchParams ? body.toString() : (body ?? undefined);
      const answer = await sendPlain(service, {
        url,
        method: method as NonNullable<HttpRequest['method']>,
        headers,
        ...(content === undefined ? {} : { body: content }),
      });
      const dated = Date.parse(answer.headers['date'] ?? '');
      if (!Number.isNaN(dated)) proofs.skewMs = dated - service.context.now();
      if (answer.status >= 500 || answer.status === 429) {
        throw failureOf(
          { ...answer, url, bodyText: new TextDecoder().decode(answer.bytes) },
          service.context,
        );
      }
      const isEmpty = [101, 103, 204, 205, 304].includes(answer.status);
      return new Response(isEmpty ? null : Uint8Array.from(answer.bytes), {
        status: answer.status,
        headers: answer.headers,
      });
    },
  };
}

type RequestBody = string | Uint8Array | URLSearchParams;

/** A server says which nonce it wants by refusing; nothing was done then, so it is safe for writes too. */
export async function withNonce<Result>(attempt: () => Promise<Result>): Promise<Result> {
  try {
    return await attempt();
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error;
    return await attempt();
  }
}

export async function sendWithProof(
  service: Service,
  { accessToken, key }: OauthCredentials,
  request: HttpRequest,
): Promise<Answer> {
  const options = await requestOptions(service, key);
  const { url, method = 'GET', headers = {}, body } = request;
  try {
    const response = await withNonce(() =>
      oauth.protectedResourceRequest(
        accessToken,
        method,
        new URL(url),
        new Headers(headers),
        typeof body === 'string' ? body : body === undefined ? undefined : Uint8Array.from(body),
        options as Parameters<typeof oauth.protectedResourceRequest>[5],
      ),
    );
    return await answerOf(response);
  } catch (error) {
    if (error instanceof EarshotError) throw error;
    if (error instanceof oauth.WWWAuthenticateChallengeError) return await answerOf(error.response);
    throw error;
  }
}

async function answerOf(response: Response): Promise<Answer> {
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    bytes: new Uint8Array(await response.arrayBuffer()),
  };
}
