import { describe, expect, it, onTestFinished } from 'vitest';
import type {
  AccountSession,
  CallContext,
  IncomingMention,
  PollPage,
} from '../../../../electron/engine/connectors/connector.ts';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import type { StackCredentials } from '../../../../electron/engine/connectors/stackexchange/account.ts';
import { stackExchangeConnector } from '../../../../electron/engine/connectors/stackexchange/connector.ts';
import type { StackCursor } from '../../../../electron/engine/connectors/stackexchange/listen.ts';
import {
  type StackAccountSettings,
  settingsSchema,
  type StackSettings,
} from '../../../../electron/engine/connectors/stackexchange/settings.ts';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { parseQuery } from '../../../../shared/query/parse.ts';
import { targetOf } from '../conformance/play.ts';
import { realClock } from '../http/real-clock.ts';
import {
  accessToken,
  appKey,
  type StackOptions,
  type StackStandIn,
  stackStandIn,
} from './stackexchange-stand-in.ts';

const startsAt = Date.UTC(2026, 10, 21, 12);
const minute = 60_000;

async function start(options: StackOptions = {}) {
  const time = { now: startsAt };
  const standIn = await stackStandIn(() => time.now, options);
  const http = createHttp({ version: '0', clock: { ...realClock, now: () => time.now } });
  onTestFinished(() => standIn.close());
  onTestFinished(() => http.close());
  const call: CallContext = { http, now: () => time.now, signal: new AbortController().signal };
  return { standIn, call, time };
}

const settingsOf = ({ apiUrl, site }: StackStandIn): StackAccountSettings => ({
  site,
  apiUrl,
  allowPrivateNetwork: true,
});

async function session(
  standIn: StackStandIn,
  call: CallContext,
): Promise<AccountSession<StackCredentials, StackAccountSettings>> {
  const way = stackExchangeConnector.account?.methods.find(({ id }) => id === 'token');
  if (way?.kind !== 'enter') throw new Error('There is no such way.');
  const settings = settingsOf(standIn);
  const entered = { token: accessToken };
  const { identity, credentials } = await way.signIn({ ...call, settings, entered });
  return {
    identity,
    settings,
    credentials: async () => credentials,
    renewed: async () => {
      throw new EarshotError('unauthorized', 'Sign in again.');
    },
  };
}

type Page = PollPage<StackSettings, StackCursor>;

async function poll(
  standIn: StackStandIn,
  call: CallContext,
  {
    query = 'acme',
    cursor = null,
    account = null,
    ...settings
  }: {
    query?: string;
    cursor?: StackCursor | null;
    account?: AccountSession | null;
    what?: string;
    tags?: string;
    key?: string;
  } = {},
) {
  const parsed = parseQuery(query);
  if (!parsed.isValid) throw new Error(parsed.mistake.message);
  const pages: Page[] = [];
  for await (const page of stackExchangeConnector.poll({
    ...call,
    settings: settingsSchema.parse({ apiUrl: standIn.apiUrl, allowPrivateNetwork: true, ...settings }),
    cursor,
    queries: [{ text: query, root: parsed.root }],
    account,
  })) {
    pages.push(page);
  }
  const items = pages.flatMap((page) => [...page.items]);
  return {
    pages,
    items,
    ids: items.map(({ externalId }) => externalId),
    cursor: pages.at(-1)?.cursor ?? null,
  };
}

const failure = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => null,
    (error: unknown) => (error instanceof EarshotError ? error.code : error),
  );

const asked = ({ requests }: StackStandIn, path: string): number =>
  requests.filter((request) => request.path.startsWith(`/2.3${path}`)).length;

describe('signing in by the browser', () => {
  async function begin(standIn: StackStandIn, call: CallContext, entered: Readonly<Record<string, string>>) {
    const way = stackExchangeConnector.account?.methods.find(({ id }) => id === 'browser');
    if (!way || way.kind === 'enter') throw new Error('There is no such way.');
    const settings = settingsOf(standIn);
    const { url, pending } = await way.begin({
      ...call,
      settings,
      entered,
      redirectUri: '',
      installationId: 'i',
      state: '',
    });
    return {
      url,
      finish: (pasted: string) => way.finish({ ...call, settings, pending, answer: { pasted } }),
    };
  }

  it('asks for its permissions, and takes the token from the address of the last page', async () => {
    const { standIn, call } = await start();
    const { url, finish } = await begin(standIn, call, { clientId: '123' });
    expect(url).toBe(
      'https://stackoverflow.com/oauth/dialog?client_id=123&scope=read_inbox%2Cwrite_access%2Cno_expiry&redirect_uri=https%3A%2F%2Fstackexchange.com%2Foauth%2Flogin_success',
    );
    const token = encodeURIComponent(accessToken);
    const landing = 'https://stackexchange.com/oauth/login_success';
    const forever = await finish(`${landing}#access_token=${token}`);
    expect(forever?.credentials).toEqual({ accessToken, expiresAt: null });
    expect(forever?.identity).toMatchObject({ authorKey: 'stackoverflow/users/991', name: 'The "Brand"' });
    const ending = await finish(`${landing}#access_token=${token}&expires=86400\n`);
    expect(ending?.credentials.expiresAt).toBe(startsAt + 86_400_000);
  });

  it('says what is wrong with what was pasted or entered', async () => {
    const { standIn, call } = await start();
    const { finish } = await begin(standIn, call, { clientId: '123' });
    expect(await failure(finish('https://stackexchange.com/oauth/login_success'))).toBe('invalid-input');
    expect(await failure(finish('https://x.example/#error=access_denied'))).toBe('invalid-input');
    expect(await failure(finish('#access_token=unknown'))).toBe('unauthorized');
    expect(await failure(begin(standIn, call, { clientId: 'x' }))).toBe('invalid-input');
  });

  it('is taken back when the account is removed, with the token in no message', async () => {
    const { standIn, call } = await start();
    const credentials = { accessToken, expiresAt: null };
    await stackExchangeConnector.account?.revoke?.({ ...call, settings: settingsOf(standIn), credentials });
    expect(await failure(session(standIn, call))).toBe('unauthorized');
  });
});

describe('limits', () => {
  it('ask the same method no sooner than a backoff allows, and other methods all the same', async () => {
    const { standIn, call, time } = await start();
    const first = standIn.publish({ text: 'acme one' });
    standIn.backoff.set('search', 60);
    const before = await poll(standIn, call);
    expect(before.ids).toEqual([first]);
    const second = standIn.publish({ text: 'acme two' });
    time.now += 61_000;
    expect((await poll(standIn, call, { cursor: before.cursor })).ids).toEqual([]);
    expect(asked(standIn, '/search')).toBe(1);
    time.now += 2_000;
    expect((await poll(standIn, call, { cursor: before.cursor })).ids).toEqual([second]);
  });

  it('tell nothing as gone that a backoff kept from being looked at', async () => {
    const { standIn, call, time } = await start();
    standIn.publish({ text: 'acme one' });
    standIn.backoff.set('posts', 600);
    const { cursor } = await poll(standIn, call);
    time.now += minute;
    const { pages } = await poll(standIn, call, { cursor });
    expect(pages.flatMap(({ removed = [] }) => removed)).toEqual([]);
  });

  it('stop listening while some requests are left for answering', async () => {
    const { standIn, call, time } = await start();
    const id = standIn.publish({ text: 'acme one' });
    standIn.quota = 20;
    const { ids, cursor, pages } = await poll(standIn, call);
    expect(ids).toEqual([]);
    expect(pages.at(-1)?.hints).toEqual({ minimumIntervalMs: 60 * minute });
    expect(await failure(poll(standIn, call, { cursor }))).toBe('rate-limited');
    time.now += 61 * minute;
    standIn.quota = 300;
    expect((await poll(standIn, call, { cursor })).ids).toEqual([id]);
  });
});

describe('listening', () => {
  it('may bring the key of an app, for more requests a day', async () => {
    const { standIn, call } = await start();
    const id = standIn.publish({ text: 'acme' });
    expect((await poll(standIn, call, { key: appKey })).ids).toEqual([id]);
    expect(await failure(poll(standIn, call, { key: 'another' }))).toBe('unauthorized');
    expect(standIn.requests.some(({ path }) => path.includes('appkey'))).toBe(false);
  });

  it('keeps what the tracker matches of the near misses of the search', async () => {
    const { standIn, call } = await start();
    standIn.publish({ text: 'big words of a corp' });
    const id = standIn.publish({ text: 'a Big Corp' });
    expect((await poll(standIn, call, { query: '"big corp"' })).ids).toEqual([id]);
  });

  it('reads on through hundreds in the same second', async () => {
    const { standIn, call } = await start();
    const ids = Array.from({ length: 250 }, (_, n) => standIn.publish({ text: `acme ${n}`, at: startsAt }));
    expect((await poll(standIn, call)).ids.sort()).toEqual(ids.sort());
  });

  it('to a tag brings its questions, whatever they say', async () => {
    const { standIn, call } = await start();
    const question = standIn.publish({ text: 'a question' });
    standIn.publish({ text: 'an answer' });
    expect((await poll(standIn, call, { what: 'tags', tags: 'widgets' })).ids).toEqual([question]);
  });

  it('to an inbox brings a comment on an answer of ours, under that answer', async () => {
    const { standIn, call } = await start();
    const own = standIn.publish({ text: 'our question', byAccount: true });
    const comment = standIn.publish({ text: 'but why', inReplyTo: own });
    standIn.publish({ text: 'of no concern' });
    const account = await session(standIn, call);
    const { items } = await poll(standIn, call, { what: 'inbox', account });
    expect(items).toMatchObject([
      { externalId: comment, parentKey: `stackoverflow/posts/${own}`, rootKey: `stackoverflow/posts/${own}` },
    ]);
  });

  it('to an inbox without an account is refused', async () => {
    const { standIn, call } = await start();
    expect(await failure(poll(standIn, call, { what: 'inbox' }))).toBe('unauthorized');
  });
});

describe('a comment', () => {
  async function prepareTo(standIn: StackStandIn, call: CallContext, mention: IncomingMention, text: string) {
    const support = stackExchangeConnector.reply;
    if (!support) throw new Error('It cannot reply.');
    const context = { ...call, account: await session(standIn, call), target: targetOf(mention) };
    const reply = { text, media: [], idempotencyKey: 'k', createdAt: startsAt };
    const prepared = await support.prepare({ ...context, reply });
    return {
      send: () => support.send({ ...context, prepared, idempotencyKey: 'k' }),
      find: () =>
        support.find?.({
          ...context,
          prepared,
          idempotencyKey: 'k',
          attemptedAt: startsAt,
          taken: new Set(),
        }),
    };
  }

  async function mentionIn(standIn: StackStandIn, call: CallContext): Promise<IncomingMention> {
    standIn.publish({ text: 'acme, a question' });
    const { items } = await poll(standIn, call);
    if (!items[0]) throw new Error('Nothing came.');
    return items[0];
  }

  it('that was sent twice is looked for, because the site has it', async () => {
    const { standIn, call } = await start({ refusesRepeats: true });
    const mention = await mentionIn(standIn, call);
    const attempt = await prepareTo(standIn, call, mention, 'See **our docs** & <guide>');
    standIn.failNext('write', 'drop-after-commit');
    expect(await failure(attempt.send())).toBe('outcome-unknown');
    expect(await failure(attempt.send())).toBe('outcome-unknown');
    expect(await attempt.find()).toMatchObject({ externalId: standIn.written()[0]?.externalId });
    expect(standIn.written()).toHaveLength(1);
  });

  it('that is too short is refused with the reason of the site', async () => {
    const { standIn, call } = await start({ shortest: 15 });
    const attempt = await prepareTo(standIn, call, await mentionIn(standIn, call), 'Thanks');
    await expect(attempt.send()).rejects.toThrow(/at least 15 characters in length\./);
  });

  it('is written to the post it answers, with nothing of the sign-in in the address', async () => {
    const { standIn, call } = await start();
    await (await prepareTo(standIn, call, await mentionIn(standIn, call), 'Hello')).send();
    const [written] = standIn.requests.filter(({ method }) => method === 'POST');
    expect(written?.path).toMatch(/^\/2\.3\/posts\/\d+\/comments\/add$/);
  });

  it('goes to mentions of the same site alone', async () => {
    const { standIn, call } = await start();
    const mention = await mentionIn(standIn, call);
    const { identity } = await session(standIn, call);
    const reaches = (site: string) =>
      stackExchangeConnector.reply?.reaches?.(
        { identity, settings: { ...settingsOf(standIn), site } },
        targetOf(mention),
      );
    expect([reaches('stackoverflow'), reaches('superuser')]).toEqual([true, false]);
  });
});
