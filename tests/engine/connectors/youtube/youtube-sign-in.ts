import { createHash } from 'node:crypto';
import type { StandInAnswer, StandInRequest } from '../conformance/stand-in-server.ts';

const scope = 'https://www.googleapis.com/auth/youtube.force-ssl';
const apiKey = 'AIza-key-of-the-user';
const client = {
  clientId: 'client.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-secret-of-the-client',
};

/** Google's part: who may ask, and for how long. */
export function createSignIn() {
  const challenges = new Map<string, { challenge: string; redirectUri: string }>();
  let accessToken: string | null = 'ya29.the-first-access-token';
  let refreshToken: string | null = '1//the-refresh-token';
  let tokens = 1;
  let isKeyGood = true;

  const failed = (error: string, status = 400): StandInAnswer => ({
    status,
    body: { error, error_description: 'Bad Request' },
  });

  function isGoodCode(form: URLSearchParams): boolean {
    const known = challenges.get(form.get('code') ?? '');
    const hash = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    return hash === known?.challenge && form.get('redirect_uri') === known.redirectUri;
  }

  return {
    apiKey,
    client,
    credentials: (expiresAt: number) => ({
      kind: 'oauth',
      ...client,
      accessToken,
      refreshToken,
      expiresAt,
      endsAt: null,
      scope,
    }),
    /** True for the channel, false for a key, null for nobody. */
    isOwner({ headers }: StandInRequest): boolean | null {
      if (headers['x-goog-api-key'] !== undefined) {
        return isKeyGood && headers['x-goog-api-key'] === apiKey ? false : null;
      }
      return accessToken !== null && headers['authorization'] === `Bearer ${accessToken}` ? true : null;
    },
    /** `refreshTokenSeconds`: of an app in testing. */
    token(request: StandInRequest, refreshTokenSeconds: number | null): StandInAnswer {
      const form = request.form();
      if (request.path === '/revoke') {
        if (form.get('token') !== refreshToken) return failed('invalid_token');
        refreshToken = null;
        accessToken = null;
        return { status: 200, body: {} };
      }
      const isClient =
        form.get('client_id') === client.clientId && form.get('client_secret') === client.clientSecret;
      if (!isClient) return failed('invalid_client', 401);
      const isCode = form.get('grant_type') === 'authorization_code';
      const isGood = isCode ? isGoodCode(form) : form.get('refresh_token') === refreshToken;
      if (!isGood || refreshToken === null) return failed('invalid_grant');
      tokens += 1;
      accessToken = `ya29.access-token-number-${tokens}`;
      return {
        status: 200,
        body: {
          access_token: accessToken,
          expires_in: 3_599,
          scope,
          token_type: 'Bearer',
          ...(isCode ? { refresh_token: refreshToken } : {}),
          ...(isCode && refreshTokenSeconds !== null
            ? { refresh_token_expires_in: refreshTokenSeconds }
            : {}),
        },
      };
    },
    /** The user says yes on the page. */
    consent(url: string): string {
      const { searchParams } = new URL(url);
      const code = `4/code-${challenges.size}`;
      challenges.set(code, {
        challenge: searchParams.get('code_challenge') ?? '',
        redirectUri: searchParams.get('redirect_uri') ?? '',
      });
      return code;
    },
    expire: (): void => {
      accessToken = null;
    },
    revoke: (): void => {
      accessToken = null;
      refreshToken = null;
      isKeyGood = false;
    },
  };
}
