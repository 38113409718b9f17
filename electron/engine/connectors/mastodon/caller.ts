import type { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { withCredentials } from '../auth/with-credentials.ts';
import type { AccountSession, CallContext } from '../connector.ts';
import { ask, type Answer, type Call } from './api.ts';
import type { MastodonAccountSettings } from './settings.ts';
import { type MastodonStatus, statusSchema } from './wire.ts';

export interface MastodonCredentials {
  readonly accessToken: string;
  /** Of the app that was registered for the sign-in; absent for a pasted token. */
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  /** What was allowed, as the server said it at the sign-in. */
  readonly scope?: string | undefined;
}

export type Session = AccountSession<MastodonCredentials, MastodonAccountSettings>;

/** Asks one server, as one account or as everybody. */
export interface Caller {
  readonly server: string;
  /** Whether it asks as an account. */
  readonly isSignedIn: boolean;
  ask<Data>(call: Call, schema: z.ZodType<Data>): Promise<Answer<Data>>;
}

export function callerAs(context: CallContext, account: Session): Caller {
  const { server, allowPrivateNetwork = false } = account.settings;
  return {
    server,
    isSignedIn: true,
    ask: (call, schema) =>
      withCredentials(account, ({ accessToken }) =>
        ask({ context, server, allowPrivateNetwork, token: accessToken }, call, schema),
      ),
  };
}

/** With a token that no account has yet, or with none. */
export function callerWith(
  context: CallContext,
  { server, allowPrivateNetwork = false }: MastodonAccountSettings,
  token: string | null,
): Caller {
  return {
    server,
    isSignedIn: token !== null,
    ask: (call, schema) => ask({ context, server, allowPrivateNetwork, token }, call, schema),
  };
}

/** One by one: a broken status spoils only itself. */
export function readStatuses(list: readonly unknown[]): { statuses: MastodonStatus[]; broken: number } {
  const parsed = list.map((item) => statusSchema.safeParse(item));
  const statuses = parsed.flatMap(({ data }) => (data === undefined ? [] : [data]));
  return { statuses, broken: list.length - statuses.length };
}

export const statusPath = (id: string): string => `/api/v1/statuses/${encodeURIComponent(id)}`;

/** The server knows of no such post or person, or does not show them to this account. A page of some proxy says neither. */
export function isGone(error: unknown): boolean {
  if (!(error instanceof EarshotError)) return false;
  return error.code === 'gone' || (error.code === 'not-found' && error.details['isOtherServer'] !== true);
}
