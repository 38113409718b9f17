import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { loopbackServer } from '../connectors/http/loopback-server.ts';

interface Grant {
  readonly userId: string;
  accessToken: string;
  refreshToken: string;
  expiresAt: number;
}

export type RefreshMood =
  | 'works'
  /** As RFC 6749 says it: the refresh token is dead. */
  | 'refused'
  | 'broken'
  /** 200 with no token in it. */
  | 'empty'
  /** 200 with tokens of no length. */
  | 'blank'
  | 'malformed'
  /** Renews, then the line drops: the old refresh token is used up. */
  | 'drops'
  /** Refuses, and repeats what it was sent. */
  | 'echoes';

export interface Perch {
  readonly url: string;
  /** What was asked, as `METHOD /path`. */
  readonly asked: string[];
  readonly urls: string[];
  readonly users: Map<string, { id: string; name: string; password: string }>;
  refreshMood: RefreshMood;
  /** Every call but signing in is answered with this status. */
  failsWith: number | null;
  lifeMs: number;
  /** What the next tokens are made of; their number is added. */
  tokenSeed: string;
  readonly revoked: string[];
  /** `code` of a redirect, or of a device once the user has agreed. */
  readonly codes: Map<string, string>;
  /** `pending`, `slow`, or whose it is. */
  readonly deviceCodes: Map<string, string>;
  refreshes(): number;
  /** Nobody is signed in any more. */
  forgetAll(): void;
  /** A refresh waits for it before it answers. */
  gate: Promise<void>;
}

/**
 * A small platform with accounts, on this machine: passwords, OAuth by redirect and by device, refresh tokens that
 * work once, as the strictest platforms have them.
 */
export async function perch(now: () => number): Promise<Perch> {
  const grants: Grant[] = [];
  let made = 0;
  let refreshes = 0;

  function grantFor(userId: string): Grant {
    made += 1;
    const grant = {
      userId,
      accessToken: `${platform.tokenSeed}access-${made}`,
      refreshToken: `${platform.tokenSeed}refresh-${made}`,
      expiresAt: now() + platform.lifeMs,
    };
    grants.push(grant);
    return grant;
  }

  const answerOf = ({ accessToken, refreshToken, expiresAt }: Grant) => ({
    access_token: accessToken,
    refresh_token: refreshToken,
    expires_at: expiresAt,
  });

  async function refresh(form: URLSearchParams, response: ServerResponse): Promise<void> {
    refreshes += 1;
    await platform.gate;
    const sent = form.get('refresh_token') ?? '';
    const mood = platform.refreshMood;
    if (mood === 'broken') return send(response, 500, { message: 'Perch has a bad day' });
    if (mood === 'empty') return send(response, 200, {});
    if (mood === 'blank') {
      return send(response, 200, { access_token: '', refresh_token: '', expires_at: now() + 1e6 });
    }
    if (mood === 'malformed') return void response.writeHead(200).end('{"access_token": "');
    if (mood === 'echoes') return send(response, 400, { error: 'oops', message: `unknown token ${sent}` });
    const grant = grants.find(({ refreshToken }) => refreshToken === sent);
    if (!grant || mood === 'refused') return send(response, 400, { error: 'invalid_grant' });
    grants.splice(grants.indexOf(grant), 1);
    const fresh = grantFor(grant.userId);
    if (mood === 'drops') return void response.destroy();
    send(response, 200, answerOf(fresh));
  }

  function token(form: URLSearchParams, response: ServerResponse): Promise<void> | void {
    switch (form.get('grant_type')) {
      case 'refresh_token':
        return refresh(form, response);
      case 'password': {
        const user = platform.users.get(form.get('user') ?? '');
        if (!user || user.password !== form.get('password')) {
          return send(response, 400, { error: 'invalid_grant', message: `no: ${form.get('password')}` });
        }
        return send(response, 200, answerOf(grantFor(user.id)));
      }
      case 'code': {
        const userId = platform.codes.get(form.get('code') ?? '');
        platform.codes.delete(form.get('code') ?? '');
        return userId
          ? send(response, 200, answerOf(grantFor(userId)))
          : send(response, 400, { error: 'invalid_grant', message: `no code ${form.get('code')}` });
      }
      case 'device': {
        const state = platform.deviceCodes.get(form.get('device_code') ?? '');
        if (state === 'pending') return send(response, 400, { error: 'authorization_pending' });
        if (state === 'slow') return send(response, 429, { error: 'slow_down' });
        return state
          ? send(response, 200, answerOf(grantFor(state)))
          : send(response, 400, { error: 'access_denied' });
      }
      default:
        return send(response, 400, { error: 'unsupported_grant_type' });
    }
  }

  function userOf(request: IncomingMessage) {
    const bearer = request.headers.authorization?.replace(/^Bearer /, '');
    const grant = grants.find(({ accessToken, expiresAt }) => accessToken === bearer && expiresAt > now());
    return [...platform.users.values()].find(({ id }) => id === grant?.userId);
  }

  const server = await loopbackServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://perch');
    platform.asked.push(`${request.method} ${pathname}`);
    platform.urls.push(request.url ?? '');
    void text(request).then((body) => {
      if (pathname === '/token') return token(new URLSearchParams(body), response);
      if (pathname === '/revoke') {
        platform.revoked.push(new URLSearchParams(body).get('token') ?? '');
        return send(response, 200, {});
      }
      const bearer = request.headers.authorization ?? '';
      if (platform.failsWith !== null) {
        return send(response, platform.failsWith, { message: `as told to ${bearer}` });
      }
      const user = userOf(request);
      if (!user) return send(response, 401, { message: `bad token: ${bearer}` });
      return send(response, 200, pathname === '/me' ? { id: user.id, name: user.name } : { items: [] });
    });
  });

  const platform: Perch = {
    url: server.url,
    asked: [],
    urls: [],
    users: new Map([['kate', { id: 'u1', name: 'Kate', password: 'kates-password' }]]),
    refreshMood: 'works',
    failsWith: null,
    lifeMs: 60 * 60_000,
    tokenSeed: '',
    revoked: [],
    codes: new Map(),
    deviceCodes: new Map(),
    refreshes: () => refreshes,
    forgetAll: () => void grants.splice(0),
    gate: Promise.resolve(),
  };
  return platform;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
