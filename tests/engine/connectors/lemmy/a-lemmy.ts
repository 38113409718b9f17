import { onTestFinished } from 'vitest';
import type {
  AccountSession,
  CallContext,
  IncomingMention,
  SignedIn,
} from '../../../../electron/engine/connectors/connector.ts';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import type {
  LemmyAccountSettings,
  LemmyCredentials,
} from '../../../../electron/engine/connectors/lemmy/account.ts';
import { lemmyConnector } from '../../../../electron/engine/connectors/lemmy/connector.ts';
import type { LemmyCursor } from '../../../../electron/engine/connectors/lemmy/listen.ts';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { parseQuery } from '../../../../shared/query/parse.ts';
import { realClock } from '../http/real-clock.ts';
import { lemmyStandIn, type LemmyOptions, type LemmyStandIn, password } from './lemmy-stand-in.ts';
import { userName } from './lemmy-views.ts';

export const now = Date.UTC(2026, 10, 21, 12);
export const hour = 3_600_000;

export async function start(options: LemmyOptions = { generation: 3 }) {
  const standIn = await lemmyStandIn(() => now, options);
  const http = createHttp({ version: '0', clock: { ...realClock, now: () => now } });
  onTestFinished(() => standIn.close());
  onTestFinished(() => http.close());
  const call: CallContext = { http, now: () => now, signal: new AbortController().signal };
  return { standIn, call };
}

export async function signIn(
  standIn: LemmyStandIn,
  call: CallContext,
  entered: Readonly<Record<string, string>> = { username: userName, password },
  way = 'password',
): Promise<SignedIn<LemmyCredentials, LemmyAccountSettings>> {
  const method = lemmyConnector.account?.methods.find(({ id }) => id === way);
  if (method?.kind !== 'enter') throw new Error('There is no such way.');
  return method.signIn({ ...call, settings: settingsOf(standIn), entered });
}

export const settingsOf = ({ url }: LemmyStandIn): LemmyAccountSettings => ({
  server: url,
  allowPrivateNetwork: true,
});

export async function session(
  standIn: LemmyStandIn,
  call: CallContext,
): Promise<AccountSession<LemmyCredentials, LemmyAccountSettings>> {
  const { identity, credentials } = await signIn(standIn, call);
  return {
    identity,
    settings: settingsOf(standIn),
    credentials: async () => credentials,
    renewed: async () => {
      throw new EarshotError('unauthorized', 'Sign in again.');
    },
  };
}

export async function poll(
  standIn: LemmyStandIn,
  call: CallContext,
  query = 'acme',
  cursor: LemmyCursor | null = null,
): Promise<{ items: IncomingMention[]; cursor: LemmyCursor | null; removed: string[] }> {
  const parsed = parseQuery(query);
  if (!parsed.isValid) throw new Error(parsed.mistake.message);
  const items: IncomingMention[] = [];
  const removed: string[] = [];
  let last = cursor;
  for await (const page of lemmyConnector.poll({
    ...call,
    settings: { what: 'search', server: standIn.url, community: undefined, allowPrivateNetwork: true },
    cursor,
    queries: [{ text: query, root: parsed.root }],
    account: null,
  })) {
    items.push(...page.items);
    removed.push(...(page.removed ?? []));
    last = page.cursor;
  }
  return { items, removed, cursor: last };
}
