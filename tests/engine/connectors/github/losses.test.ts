import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
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
import { targetOf } from '../conformance/play.ts';
import { realClock } from '../http/real-clock.ts';
import { type GitHubStandIn, gitHubStandIn } from './github-stand-in.ts';

const startsAt = Date.UTC(2026, 10, 21, 12);
const minute = 60_000;
let now = startsAt;
let http: Http | null = null;
afterEach(async () => {
  now = startsAt;
  await http?.close();
  http = null;
});

function call(): CallContext {
  http ??= createHttp({ version: '0', clock: { ...realClock, now: () => now } });
  return { http, now: () => now, signal: new AbortController().signal };
}

async function start(): Promise<GitHubStandIn> {
  const standIn = await gitHubStandIn(() => now);
  onTestFinished(() => standIn.close());
  return standIn;
}

const server = ({ url }: GitHubStandIn) => ({ apiUrl: url, allowPrivateNetwork: true });

async function signIn(standIn: GitHubStandIn): Promise<AccountSession> {
  const [method] = gitHubAccount.methods;
  if (method?.kind !== 'enter') throw new Error('The first way is a token.');
  const settings = server(standIn);
  const signedIn = await method.signIn({ ...call(), settings, entered: { token: standIn.token } });
  return accountSession(gitHubAccount as never, { ...signedIn, settings }, call());
}

function query(text: string): ListenedQuery {
  const parsed = parseQuery(text);
  if (!parsed.isValid) throw new Error(parsed.mistake.message);
  return { text, root: parsed.root };
}

async function poll(
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

const texts = (items: readonly IncomingMention[]): string[] =>
  items.map(({ document }) => documentText(document));

describe('a comment on lines', () => {
  it('that is an answer is answered below the one that began the thread, however it was read', async () => {
    const standIn = await start();
    standIn.useHugeIds?.();
    // The second number that is no double would be taken for another one.
    standIn.open('Issue', 'something else');
    const pull = standIn.open('PullRequest', 'a change');
    const line = standIn.comment('PullRequestReviewComment', pull, 'why this?');
    const answer = standIn.comment('PullRequestReviewComment', line, 'because');
    const account = await signIn(standIn);
    const { items } = await poll({ what: 'repository', repositories: 'orbit/tools' }, { account });
    const polled = targetOf(items.find(({ key }) => key === answer)!);
    const context = { ...call(), account, idempotencyKey: crypto.randomUUID(), createdAt: now };
    const reply = gitHubConnector.reply!;
    const { target } = await reply.look!({ ...context, target: polled } as never);
    const send = async (to: unknown, text: string) => {
      const outgoing = { text, media: [], idempotencyKey: crypto.randomUUID(), createdAt: now };
      const prepared = await reply.prepare({ ...context, target: to, reply: outgoing } as never);
      return reply.send({ ...context, target: to, prepared } as never);
    };
    const sent = await send(polled, 'one');
    await send(targetOf(target!), 'two');
    await send({ ...polled, key: sent.key, context: sent.context }, 'three');
    expect(standIn.written().map(({ inReplyTo }) => inReplyTo)).toEqual([line, line, line]);
  });
});
