import { createHash, createPublicKey, type JsonWebKey, randomBytes, verify } from 'node:crypto';
import type { StandInAnswer, StandInRequest } from '../conformance/stand-in-server.ts';
import { type Account, Refused } from './network.ts';

const clockToleranceMs = 190_000;

interface Pushed {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly state: string;
  readonly thumbprint: string;
  readonly scope: string;
}

interface Grant {
  readonly clientId: string;
  readonly account: Account;
  readonly thumbprint: string;
  access: string;
  accessEndsAt: number;
  refresh: string;
  readonly usedRefresh: Set<string>;
  isRevoked: boolean;
}

const s256 = (text: string): string => createHash('sha256').update(text).digest('base64url');
const random = (): string => randomBytes(24).toString('base64url');

/** An authorization server that insists on PKCE, pushed requests and proofs with its own nonces. */
export function createOauthServer(issuer: () => string, now: () => number) {
  const pushed = new Map<string, Pushed>();
  const codes = new Map<string, Pushed & { readonly account: Account }>();
  const grants: Grant[] = [];
  const proofIds = new Set<string>();
  let nonce = random();

  /** Throws Refused; the thumbprint of the key that signed it. */
  function checkProof(request: StandInRequest, token: string | null): string {
    const refuse = (code: string, message: string): Refused =>
      token === null
        ? new Refused(400, code, message, { 'dpop-nonce': nonce })
        : new Refused(401, code, message, {
            'dpop-nonce': nonce,
            'www-authenticate': `DPoP error="${code}", error_description="${message}", algs="ES256"`,
          });
    const [head = '', payload = '', signature = ''] = (request.headers['dpop'] ?? '').split('.');
    if (signature === '') throw refuse('invalid_dpop_proof', 'DPoP proof required');
    const header = decode(head) as { typ?: string; alg?: string; jwk?: JsonWebKey };
    const claims = decode(payload) as Record<string, unknown>;
    const jwk = header.jwk ?? {};
    if (header.typ !== 'dpop+jwt' || header.alg !== 'ES256' || 'd' in jwk) {
      throw refuse('invalid_dpop_proof', 'Not a proof');
    }
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const isSigned = verify(
      'sha256',
      Buffer.from(`${head}.${payload}`),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    if (!isSigned) throw refuse('invalid_dpop_proof', 'Bad signature');
    if (claims['htm'] !== request.method || claims['htu'] !== `${issuer()}${request.path}`) {
      throw refuse('invalid_dpop_proof', 'DPoP htm or htu mismatch');
    }
    if (claims['nonce'] !== nonce) throw refuse('use_dpop_nonce', 'DPoP nonce mismatch');
    if (Math.abs(Number(claims['iat']) * 1000 - now()) > clockToleranceMs) {
      throw refuse('invalid_dpop_proof', 'DPoP iat mismatch');
    }
    if (proofIds.has(String(claims['jti']))) throw refuse('invalid_dpop_proof', 'DPoP proof replayed');
    proofIds.add(String(claims['jti']));
    if (token !== null && claims['ath'] !== s256(token))
      throw refuse('invalid_dpop_proof', 'DPoP ath mismatch');
    return s256(JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y }));
  }

  function push(request: StandInRequest): StandInAnswer {
    const form = request.form();
    const clientId = form.get('client_id') ?? '';
    const redirectUri = form.get('redirect_uri') ?? '';
    const thumbprint = checkProof(request, null);
    if (!isLoopbackClient(clientId, redirectUri, form.get('scope') ?? '')) {
      throw new Refused(400, 'invalid_client_metadata', 'Invalid loopback client id or redirect');
    }
    if (
      form.get('code_challenge_method') !== 'S256' ||
      !/^[\w-]{43}$/.test(form.get('code_challenge') ?? '')
    ) {
      throw new Refused(400, 'invalid_request', 'code_challenge is required');
    }
    if (form.get('response_type') !== 'code' || (form.get('state') ?? '').length < 8) {
      throw new Refused(400, 'invalid_request', 'response_type and state are required');
    }
    const requestUri = `urn:ietf:params:oauth:request_uri:req-${random()}`;
    pushed.set(requestUri, {
      clientId,
      redirectUri,
      challenge: form.get('code_challenge') ?? '',
      state: form.get('state') ?? '',
      scope: form.get('scope') ?? '',
      thumbprint,
    });
    return {
      status: 201,
      headers: { 'dpop-nonce': nonce },
      body: { request_uri: requestUri, expires_in: 299 },
    };
  }

  function grantOf(request: StandInRequest): Grant {
    const form = request.form();
    const thumbprint = checkProof(request, null);
    const refuse = (message: string): Refused =>
      new Refused(400, 'invalid_grant', message, { 'dpop-nonce': nonce });
    if (form.get('grant_type') === 'authorization_code') {
      const code = codes.get(form.get('code') ?? '');
      codes.delete(form.get('code') ?? '');
      if (!code || code.clientId !== form.get('client_id')) throw refuse('Invalid code');
      if (code.redirectUri !== form.get('redirect_uri')) throw refuse('redirect_uri mismatch');
      if (code.challenge !== s256(form.get('code_verifier') ?? '')) throw refuse('Invalid code_verifier');
      if (code.thumbprint !== thumbprint) throw refuse('The DPoP key is another one');
      const grant: Grant = {
        clientId: code.clientId,
        account: code.account,
        thumbprint,
        access: '',
        accessEndsAt: 0,
        refresh: '',
        usedRefresh: new Set(),
        isRevoked: false,
      };
      grants.push(grant);
      return grant;
    }
    const token = form.get('refresh_token') ?? '';
    const grant = grants.find(({ refresh, usedRefresh }) => refresh === token || usedRefresh.has(token));
    if (!grant || grant.clientId !== form.get('client_id')) throw refuse('Invalid refresh token');
    // Used twice it counts as stolen.
    if (grant.usedRefresh.has(token)) grant.isRevoked = true;
    if (grant.isRevoked || grant.thumbprint !== thumbprint) throw refuse('Session expired');
    return grant;
  }

  return {
    rotateNonce(): void {
      nonce = random();
    },
    expire(): void {
      for (const grant of grants) grant.accessEndsAt = now();
    },
    revoke(): void {
      for (const grant of grants) grant.isRevoked = true;
    },

    /** What the page of the server does when somebody presses its button: the query that comes back to the redirect. */
    decide(url: string, account: Account, isAllowed = true): Record<string, string> {
      const parameters = new URL(url).searchParams;
      const request = pushed.get(parameters.get('request_uri') ?? '');
      if (!request || request.clientId !== parameters.get('client_id')) throw new Error('No such request.');
      pushed.delete(parameters.get('request_uri') ?? '');
      const { state } = request;
      if (!isAllowed) return { state, iss: issuer(), error: 'access_denied' };
      const code = `cod-${random()}`;
      codes.set(code, { ...request, account });
      return { state, iss: issuer(), code };
    },

    /** Null: it is not for it. */
    answer(request: StandInRequest): StandInAnswer | null {
      const { path } = request;
      if (path === '/.well-known/oauth-protected-resource') {
        return { status: 200, body: { resource: issuer(), authorization_servers: [issuer()] } };
      }
      if (path === '/.well-known/oauth-authorization-server')
        return { status: 200, body: metadata(issuer()) };
      if (path === '/oauth/par') return push(request);
      if (path === '/oauth/token') {
        const grant = grantOf(request);
        if (grant.refresh !== '') grant.usedRefresh.add(grant.refresh);
        grant.access = `at-${random()}`;
        grant.refresh = `ref-${random()}`;
        grant.accessEndsAt = now() + 3_600_000;
        return {
          status: 200,
          headers: { 'dpop-nonce': nonce, 'cache-control': 'no-store' },
          body: {
            access_token: grant.access,
            token_type: 'DPoP',
            refresh_token: grant.refresh,
            scope: 'atproto transition:generic',
            expires_in: 3_600,
            sub: grant.account.did,
          },
        };
      }
      if (path === '/oauth/revoke') {
        const token = request.form().get('token');
        for (const grant of grants) if (grant.refresh === token) grant.isRevoked = true;
        return { status: 200, body: {} };
      }
      return null;
    },

    authorize(request: StandInRequest): Account {
      const [, token = ''] = /^DPoP (\S+)$/.exec(request.headers['authorization'] ?? '') ?? [];
      const thumbprint = checkProof(request, token);
      const grant = grants.find(({ access }) => access === token);
      if (!grant || grant.isRevoked || grant.thumbprint !== thumbprint || grant.accessEndsAt <= now()) {
        throw new Refused(401, 'invalid_token', '"exp" claim timestamp check failed', {
          'dpop-nonce': nonce,
          'www-authenticate': 'DPoP error="invalid_token", algs="ES256"',
        });
      }
      return grant.account;
    },
    nonce: () => nonce,
  };
}

function decode(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}

/** Only the port may differ. */
function isLoopbackClient(clientId: string, redirectUri: string, scope: string): boolean {
  if (!clientId.startsWith('http://localhost?')) return false;
  const named = new URL(clientId).searchParams;
  const allowed = URL.parse(named.get('redirect_uri') ?? '');
  const given = URL.parse(redirectUri);
  return (
    allowed?.hostname === '127.0.0.1' &&
    given?.hostname === '127.0.0.1' &&
    allowed.pathname === given.pathname &&
    scope.split(' ').includes('atproto') &&
    scope.split(' ').every((each) => (named.get('scope') ?? '').split(' ').includes(each))
  );
}

function metadata(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/oauth/authorize`,
    token_endpoint: `${issuer}/oauth/token`,
    pushed_authorization_request_endpoint: `${issuer}/oauth/par`,
    revocation_endpoint: `${issuer}/oauth/revoke`,
    require_pushed_authorization_requests: true,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'],
    dpop_signing_alg_values_supported: ['ES256'],
    authorization_response_iss_parameter_supported: true,
    scopes_supported: ['atproto', 'transition:generic'],
  };
}
