import { afterEach, onTestFinished } from 'vitest';
import type {
  AccountSession,
  CallContext,
  IncomingMention,
  ListenedQuery,
  PollPage,
} from '../../../../electron/engine/connectors/connector.ts';
import { gitHubAccount } from '../../../../electron/engine/connectors/github/account.ts';
import { gitHubConnector } from '../../../../electron/engine/connectors/github/connector.ts';
import type { GitHubCursor, GitHubSettings } from '../../../../electron/engine/connectors/github/settings.ts';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import type { Http } from '../../../../electron/engine/ports/http.ts';
import { parseQuery } from '../../../../shared/query/parse.ts';
import { documentText } from '../../../../shared/text/document-text.ts';
import { accountSession } from '../conformance/account-session.ts';
import { realClock } from '../http/real-clock.ts';
import { type GitHubStandIn, gitHubStandIn } from './github-stand-in.ts';

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

export async function start(publishes: 'Issue' | 'Discussion' = 'Issue'): Promise<GitHubStandIn> {
  const standIn = await gitHubStandIn(() => time.now, publishes);
  onTestFinished(() => standIn.close());
  return standIn;
}

export const server = ({ url }: GitHubStandIn) => ({ apiUrl: url, allowPrivateNetwork: true });

export async function signIn(standIn: GitHubStandIn): Promise<AccountSession> {
  const [method] = gitHubAccount.methods;
  if (method?.kind !== 'enter') throw new Error('The first way is a token.');
  const settings = server(standIn);
  const signedIn = await method.signIn({ ...call(), settings, entered: { token: standIn.token } });
  return accountSession(gitHubAccount as never, { ...signedIn, settings }, call());
}

export function query(text: string): ListenedQuery {
  const parsed = parseQuery(text);
  if (!parsed.isValid) throw new Error(parsed.mistake.message);
  return { text, root: parsed.root };
}

export async function poll(
  settings: unknown,
  options: {
    readonly account?: AccountSession | null;
    readonly cursor?: GitHubCursor | null;
    readonly queries?: readonly string[];
  } = {},
) {
  const pages: PollPage<GitHubSettings, GitHubCursor>[] = [];
  for await (const page of gitHubConnector.poll({
    ...call(),
    settings: gitHubConnector.settingsSchema.parse(settings),
    cursor: options.cursor ?? null,
    queries: (options.queries ?? ['acme']).map(query),
    account: options.account ?? null,
  })) {
    pages.push(page);
  }
  return {
    pages,
    items: pages.flatMap(({ items }) => items),
    warnings: pages.flatMap(({ warning }) => (warning ? [warning.code] : [])),
    cursor: pages.at(-1)?.cursor ?? null,
  };
}

export const texts = (items: readonly IncomingMention[]): string[] =>
  items.map(({ document }) => documentText(document));
