import { randomBytes } from 'node:crypto';
import { type Account, Refused } from './network.ts';

interface Token {
  readonly kind: 'access' | 'refresh';
  readonly account: Account;
  /** Epoch milliseconds. */
  endsAt: number;
  isRevoked: boolean;
  /** Who came after a refresh token, and until when it goes on saying so. */
  successor?: { readonly refreshJwt: string; readonly graceEndsAt: number };
}

const hourMs = 3_600_000;
const accessMs = 2 * hourMs;
const refreshMs = 90 * 24 * hourMs;
const graceMs = 2 * hourMs;

/** Sessions by app password, as the account's own server keeps them. `now`: by its own clock. */
export function createSessions(now: () => number) {
  const tokens = new Map<string, Token>();

  function issue(kind: Token['kind'], account: Account): string {
    const lifeMs = kind === 'access' ? accessMs : refreshMs;
    const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
    const token = [
      encode({ typ: kind === 'access' ? 'at+jwt' : 'refresh+jwt', alg: 'HS256' }),
      encode({
        scope: kind === 'access' ? 'com.atproto.appPass' : 'com.atproto.refresh',
        sub: account.did,
        iat: Math.floor(now() / 1000),
        exp: Math.floor((now() + lifeMs) / 1000),
        jti: randomBytes(12).toString('base64url'),
      }),
      randomBytes(32).toString('base64url'),
    ].join('.');
    tokens.set(token, { kind, account, endsAt: now() + lifeMs, isRevoked: false });
    return token;
  }

  function check(header: string | undefined, kind: Token['kind']): { token: Token; text: string } {
    const [, text] = /^Bearer (\S+)$/.exec(header ?? '') ?? [];
    if (text === undefined) throw new Refused(401, 'AuthMissing', 'Authentication Required');
    const token = tokens.get(text);
    if (!token) throw new Refused(400, 'InvalidToken', 'Token could not be verified');
    if (token.kind !== kind) throw new Refused(400, 'InvalidToken', 'Bad token scope');
    if (token.isRevoked) throw new Refused(400, 'ExpiredToken', 'Token has been revoked');
    if (token.endsAt <= now()) throw new Refused(400, 'ExpiredToken', 'Token has expired');
    return { token, text };
  }

  return {
    create: (account: Account) => ({
      accessJwt: issue('access', account),
      refreshJwt: issue('refresh', account),
    }),
    authorize: (header: string | undefined): Account => check(header, 'access').token.account,
    /** The old one goes on naming the same successor for two hours. */
    refresh(header: string | undefined) {
      const { token } = check(header, 'refresh');
      if (token.successor && token.successor.graceEndsAt <= now()) {
        throw new Refused(400, 'ExpiredToken', 'Token has been revoked');
      }
      token.successor ??= { refreshJwt: issue('refresh', token.account), graceEndsAt: now() + graceMs };
      return {
        account: token.account,
        accessJwt: issue('access', token.account),
        refreshJwt: token.successor.refreshJwt,
      };
    },
    end(header: string | undefined): void {
      check(header, 'refresh').token.isRevoked = true;
    },
    expire(): void {
      for (const token of tokens.values()) if (token.kind === 'access') token.endsAt = now();
    },
    revoke(): void {
      for (const token of tokens.values()) token.isRevoked = true;
    },
  };
}
