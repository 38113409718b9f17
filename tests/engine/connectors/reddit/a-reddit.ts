import { afterEach, onTestFinished } from 'vitest';
import type {
  AccountSession,
  CallContext,
  ListenedQuery,
  PollPage,
  SignInMethod,
} from '../../../../electron/engine/connectors/connector.ts';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import type { RedditCredentials } from '../../../../electron/engine/connectors/reddit/account.ts';
import type { ServerSettings } from '../../../../electron/engine/connectors/reddit/api.ts';
import { redditConnector } from '../../../../electron/engine/connectors/reddit/connector.ts';
import type {
  RedditCursor,
  RedditSettings,
} from '../../../../electron/engine/connectors/reddit/listening.ts';
import type { Http } from '../../../../electron/engine/ports/http.ts';
import { parseQuery } from '../../../../shared/query/parse.ts';
import { accountSession } from '../conformance/account-session.ts';
import { realClock } from '../http/real-clock.ts';
import { redditStandIn, type RedditStandIn } from './reddit-stand-in.ts';

export const startsAt = Date.UTC(2026, 10, 21, 12);
export const minute = 60_000;
/** What the clock says; tests move it. */
export const time = { now: startsAt };
let http: Http | null = null;
afterEach(async () => {
  time.now = startsAt;
  await http?.close();
  http = null;
});

export function call(): CallContext {
  http ??= createHttp({ version: '0', clock: { ...realClock, now: () => time.now } });
  return { http, now: () => time.now, signal: new AbortController().signal };
}

export async function start(): Promise<RedditStandIn> {
  const standIn = await redditStandIn(() => time.now);
  onTestFinished(() => standIn.close());
  return standIn;
}

export const support = redditConnector.account!;
export const server = ({ url }: { url: string }) => ({ apiUrl: url, allowPrivateNetwork: true });

export async function signIn(
  standIn: RedditStandIn,
): Promise<AccountSession<RedditCredentials, ServerSettings>> {
  const method = support.methods.find(({ kind }) => kind === 'enter') as Extract<
    SignInMethod<RedditCredentials, ServerSettings>,
    { kind: 'enter' }
  >;
  const settings = server(standIn);
  const signedIn = await method.signIn({ ...call(), settings, entered: standIn.client });
  return accountSession(support as never, { ...signedIn, settings }, call()) as never;
}

export function query(text: string): ListenedQuery {
  const parsed = parseQuery(text);
  if (!parsed.isValid) throw new Error(parsed.mistake.message);
  return { text, root: parsed.root };
}

export async function poll(
  settings: unknown,
  {
    account = null,
    cursor = null,
    queries = ['acme'],
  }: {
    account?: AccountSession | null;
    cursor?: RedditCursor | null;
    queries?: readonly string[];
  } = {},
) {
  const pages: PollPage<RedditSettings, RedditCursor>[] = [];
  for await (const page of redditConnector.poll({
    ...call(),
    settings: redditConnector.settingsSchema.parse(settings),
    cursor,
    queries: queries.map(query),
    account,
  })) {
    pages.push(page);
  }
  return { pages, items: pages.flatMap(({ items }) => items), cursor: pages.at(-1)?.cursor ?? null };
}
