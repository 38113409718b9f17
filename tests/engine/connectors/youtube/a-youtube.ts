import { afterEach, onTestFinished } from 'vitest';
import type {
  AccountSession,
  CallContext,
  ListenedQuery,
  PollPage,
} from '../../../../electron/engine/connectors/connector.ts';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import { youTubeAccount } from '../../../../electron/engine/connectors/youtube/account.ts';
import { youTubeConnector } from '../../../../electron/engine/connectors/youtube/connector.ts';
import type {
  YouTubeCursor,
  YouTubeSettings,
} from '../../../../electron/engine/connectors/youtube/settings.ts';
import type { Http } from '../../../../electron/engine/ports/http.ts';
import { parseQuery } from '../../../../shared/query/parse.ts';
import { accountSession } from '../conformance/account-session.ts';
import { realClock } from '../http/real-clock.ts';
import { type YouTubeStandIn, youTubeStandIn } from './youtube-stand-in.ts';

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

export async function start(): Promise<YouTubeStandIn> {
  const standIn = await youTubeStandIn(() => time.now);
  onTestFinished(() => standIn.close());
  return standIn;
}

export const server = ({ url }: YouTubeStandIn) => ({ apiUrl: url, allowPrivateNetwork: true });

export async function signIn(standIn: YouTubeStandIn, given = standIn.credentials): Promise<AccountSession> {
  const settings = server(standIn);
  const credentials = youTubeAccount.credentialsSchema.parse(given);
  const identity = await youTubeAccount.identify({ ...call(), settings, credentials });
  return accountSession(youTubeAccount as never, { identity, credentials, settings }, call());
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
    readonly cursor?: YouTubeCursor | null;
    readonly queries?: readonly string[];
  } = {},
) {
  const pages: PollPage<YouTubeSettings, YouTubeCursor>[] = [];
  for await (const page of youTubeConnector.poll({
    ...call(),
    settings: youTubeConnector.settingsSchema.parse(settings),
    cursor: options.cursor ?? null,
    queries: (options.queries ?? ['acme']).map(query),
    account: options.account ?? null,
  })) {
    pages.push(page);
  }
  return {
    pages,
    items: pages.flatMap(({ items }) => items),
    cursor: pages.at(-1)?.cursor ?? null,
  };
}
