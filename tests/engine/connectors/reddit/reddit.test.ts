import { describe, expect, it } from 'vitest';
import type { IncomingMention, OutboxContext } from '../../../../electron/engine/connectors/connector.ts';
import { readThing } from '../../../../electron/engine/connectors/reddit/adapt.ts';
import { redditConnector } from '../../../../electron/engine/connectors/reddit/connector.ts';
import { writingWaitMs } from '../../../../electron/engine/connectors/reddit/failures.ts';
import { takeKeylessTurn } from '../../../../electron/engine/connectors/reddit/pace.ts';
import { documentText } from '../../../../shared/text/document-text.ts';
import { targetOf } from '../conformance/play.ts';
import { loopbackServer } from '../http/loopback-server.ts';
import { type RedditStandIn } from './reddit-stand-in.ts';
import { startsAt, minute, call, start, support, server, signIn, poll, time } from './a-reddit.ts';

const texts = (items: readonly IncomingMention[]): string[] =>
  items.map(({ document }) => documentText(document));

describe('a thing of Reddit', () => {
  const comment = {
    name: 't1_optfyql',
    author: 'fan_42',
    author_fullname: 't2_1w72',
    subreddit: 'tools',
    link_id: 't3_1tvs5jj',
    parent_id: 't1_optcg0g',
    link_title: 'Which vendor?',
    permalink: '/r/tools/comments/1tvs5jj/which_vendor/optfyql/',
    body: 'Acme is **fine** & cheap',
    body_html: '<div class="md"><p>Acme is <strong>fine</strong> &amp; cheap</p>\n</div>',
    created_utc: 1_795_230_000.0,
    edited: false,
  };

  it('becomes a mention in the conversation of its post', () => {
    expect(readThing({ kind: 't1', data: comment })).toEqual({
      state: 'mention',
      isClosed: false,
      mention: {
        key: 't1_optfyql',
        externalId: 't1_optfyql',
        platform: 'reddit',
        kind: 'comment',
        title: null,
        document: [
          {
            type: 'paragraph',
            children: [
              { type: 'text', text: 'Acme is ' },
              { type: 'strong', children: [{ type: 'text', text: 'fine' }] },
              { type: 'text', text: ' & cheap' },
            ],
          },
        ],
        url: 'https://www.reddit.com/r/tools/comments/1tvs5jj/which_vendor/optfyql/',
        author: {
          key: 'u/fan_42',
          name: 'fan_42',
          handle: 'u/fan_42',
          url: 'https://www.reddit.com/user/fan_42',
        },
        publishedAt: 1_795_230_000_000,
        rootKey: 't3_1tvs5jj',
        parentKey: 't1_optcg0g',
        conversationTitle: 'Which vendor?',
        language: null,
        context: { subreddit: 'tools' },
      },
    });
  });

  it('is found in its post also where the inbox leaves the links out', () => {
    const { link_id: _link, permalink: _permalink, ...rest } = comment;
    const context = '/r/tools/comments/1tvs5jj/which_vendor/optfyql/?context=3';
    expect(readThing({ kind: 't1', data: { ...rest, context } })).toMatchObject({
      mention: {
        rootKey: 't3_1tvs5jj',
        url: 'https://www.reddit.com/r/tools/comments/1tvs5jj/which_vendor/optfyql/',
      },
    });
  });

  it.each([
    ['its author deleted it', { author: '[deleted]', body: '[deleted]' }],
    ['a moderator removed it', { body: '[removed]' }],
  ])('is gone when %s', (_why, change) => {
    expect(readThing({ kind: 't1', data: { ...comment, ...change } })).toEqual({
      state: 'removed',
      key: 't1_optfyql',
    });
  });

  it.each([
    ['without a time', { ...comment, created_utc: undefined }],
    ['with an id that is none', { ...comment, name: '../x' }],
    ['without a post', { ...comment, link_id: null, permalink: null }],
  ])('%s is broken', (_what, data) => {
    expect(readThing({ kind: 't1', data })).toEqual({ state: 'broken' });
  });

  it('shows below a post where it leads', () => {
    const data = {
      name: 't3_1tvs5jj',
      author: 'fan_42',
      title: 'Acme &amp; friends',
      selftext: '',
      url: 'https://acme.example/news',
      permalink: '/r/tools/comments/1tvs5jj/acme/',
      created_utc: 1_795_230_000,
    };
    const thing = readThing({ kind: 't3', data });
    expect(thing.state === 'mention' && documentText(thing.mention.document)).toBe(
      'https://acme.example/news',
    );
  });
});

describe('listening', () => {
  it('gives the same posts and comments by feed and by account', async () => {
    const standIn = await start();
    const post = standIn.publish({ text: 'Acme < others & cheap' });
    standIn.publish({ text: 'I like Acme', inReplyTo: post });
    const account = await signIn(standIn);
    for (const what of ['posts', 'comments'] as const) {
      const settings = { what, subreddits: 'r/tools', ...server(standIn) };
      const byFeed = await poll(settings);
      const byAccount = await poll(settings, { account });
      // A feed does not say what a comment answers.
      const withoutParent = byAccount.items.map((item) => ({ ...item, parentKey: null }));
      expect(byFeed.items).toEqual(withoutParent);
      expect(byFeed.items).toHaveLength(1);
    }
  });

  it('brings from a search only what a tracker matches', async () => {
    const standIn = await start();
    standIn.publish({ text: 'acme' });
    standIn.publish({ text: 'acmeish things' });
    const settings = { what: 'search', ...server(standIn) };
    expect(texts((await poll(settings)).items)).toEqual(['acme']);
    expect(texts((await poll(settings, { queries: ['acme lang:en'] })).items)).toEqual(['acme']);
  });

  it('asks for all words in as few searches as their length allows', async () => {
    const standIn = await start();
    const words = Array.from({ length: 60 }, (_, n) => `"brand name ${n}"`);
    await poll({ what: 'search', ...server(standIn) }, { queries: [words.join(' OR ')] });
    const asked = standIn.requests.map(({ path }) => new URL(path, 'http://x').searchParams.get('q') ?? '');
    expect(asked).toHaveLength(3);
    for (const q of asked) expect(q.length).toBeLessThanOrEqual(512);
    expect(asked.join(' OR ')).toBe(words.join(' OR '));
  });

  it('brings answers and private messages from the inbox', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const own = standIn.publish({ text: 'We are here', byAccount: true });
    const answer = standIn.publish({ text: 'Thank you', inReplyTo: own, author: 'fan_42' });
    const message = standIn.sendMessage('fan_42', 'A word in private');
    const { items } = await poll({ what: 'inbox' }, { account });
    expect(items.map(({ key, kind, isPrivate, rootKey }) => ({ key, kind, isPrivate, rootKey }))).toEqual([
      { key: message, kind: 'message', isPrivate: true, rootKey: message },
      { key: answer, kind: 'comment', isPrivate: undefined, rootKey: own },
    ]);
    expect(redditConnector.accountNeededFor?.({ what: 'inbox' })).toMatch(/account/);
    expect(redditConnector.accountNeededFor?.({ what: 'search' })).toBeNull();
  });

  it('says so when a subreddit does not exist, instead of listening to the search for subreddits', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const settings = { what: 'posts', subreddits: 'nowhere', ...server(standIn) };
    await expect(poll(settings, { account })).rejects.toMatchObject({ code: 'not-found' });
    await expect(poll(settings)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('says so when Reddit blocks the network', async () => {
    const blocking = await loopbackServer((_, response) =>
      response
        .writeHead(403, { 'content-type': 'text/html' })
        .end('<body>blocked by network security</body>'),
    );
    await expect(poll({ what: 'search', ...server(blocking) })).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('network'),
    });
  });

  it('tells when more was written than a listing holds', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const settings = { what: 'posts', subreddits: 'tools', ...server(standIn) };
    standIn.publish({ text: 'first' });
    const { cursor } = await poll(settings, { account });
    time.now += 60 * minute;
    for (let count = 0; count < 1_050; count += 1) standIn.publish({ text: `post ${count}` });
    time.now += minute;
    const { pages, items } = await poll(settings, { account, cursor });
    expect(items.filter(({ document }) => documentText(document) !== 'first')).toHaveLength(1_000);
    expect(pages.map(({ warning }) => warning?.code)).toContain('too-large');
    // The cursor stays behind until the newest is given.
    expect(pages[0]!.cursor.newest['posts']).toBeLessThan(pages.at(-1)!.cursor.newest['posts'] ?? 0);
  });

  it('takes ten turns a minute without an account, whoever asks', () => {
    const { http: out } = call();
    for (let turn = 0; turn < 10; turn += 1) takeKeylessTurn(out, startsAt + turn * 1_000);
    expect(() => takeKeylessTurn(out, startsAt + 30_000)).toThrow(
      expect.objectContaining({ code: 'rate-limited', details: { retryAt: startsAt + minute } }),
    );
    takeKeylessTurn(out, startsAt + minute);
  });

  it.each(['', 'r/', 'no-such!name'])('does not take %j for subreddits', (subreddits) => {
    expect(redditConnector.settingsSchema.safeParse({ what: 'posts', subreddits }).success).toBe(false);
  });
});

describe('an account', () => {
  it('is connected in the browser, by a redirect address that never changes', async () => {
    const standIn = await start();
    const method = support.methods[0]!;
    if (method.kind === 'enter') throw new Error('The first way is the browser.');
    const redirectUri = `http://127.0.0.1:${method.redirectPort}/callback`;
    const settings = server(standIn);
    const { url, pending } = await method.begin({
      ...call(),
      settings,
      redirectUri,
      installationId: 'i',
      state: 'the-state',
      entered: { clientId: standIn.client.clientId },
    });
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      client_id: standIn.client.clientId,
      redirect_uri: redirectUri,
      duration: 'permanent',
      state: 'the-state',
      response_type: 'code',
    });
    const finish = (answer: Record<string, string>) =>
      method.finish({ ...call(), settings, pending: JSON.parse(JSON.stringify(pending)), answer });
    await expect(finish({ error: 'access_denied' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(finish({ code: 'another' })).rejects.toMatchObject({ code: 'unauthorized' });
    const signedIn = await finish({ code: standIn.code });
    expect(signedIn?.identity).toMatchObject({ externalId: 't2_1w72', authorKey: 'u/brand_team' });
    expect(signedIn?.credentials).toMatchObject({ refreshToken: standIn.client.refreshToken });
    expect(support.expiresAt?.(signedIn!.credentials)).toBe(startsAt + 86_400_000);
  });

  it('is signed out on Reddit when it is removed', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const credentials = await account.credentials();
    const settings = server(standIn);
    await support.revoke?.({ ...call(), settings, credentials });
    await expect(support.refresh?.({ ...call(), settings, credentials })).rejects.toMatchObject({
      code: 'unauthorized',
    });
  });
});

describe('answering', () => {
  async function contextFor(standIn: RedditStandIn, id: string): Promise<OutboxContext<never, never>> {
    const account = await signIn(standIn);
    const what = id.startsWith('t4') ? 'inbox' : id.startsWith('t1') ? 'comments' : 'posts';
    const { items } = await poll({ what, subreddits: 'tools', ...server(standIn) }, { account });
    const target = targetOf(items.find(({ key }) => key === id)!);
    return { ...call(), account: account as never, target };
  }

  it('goes to a private message in private, and is found there', async () => {
    const standIn = await start();
    const context = await contextFor(standIn, standIn.sendMessage('fan_42', 'A word in private'));
    const prepared = { text: 'And back' };
    standIn.failNext('write', 'drop-after-commit');
    const { reply } = redditConnector;
    const attempt = { ...context, prepared, idempotencyKey: 'k' } as never;
    await expect(reply!.send(attempt)).rejects.toMatchObject({ code: 'outcome-unknown' });
    const found = await reply!.find?.({
      ...(attempt as object),
      attemptedAt: time.now,
      taken: new Set(),
    } as never);
    expect(found).toMatchObject({ key: standIn.written()[0]?.externalId, url: null });
  });

  it('is known beforehand to be impossible where the thread is locked', async () => {
    const standIn = await start();
    const post = standIn.publish({ text: 'a post' });
    const comment = standIn.publish({ text: 'a comment', inReplyTo: post });
    const context = await contextFor(standIn, comment);
    standIn.lock(post);
    const thread = await redditConnector.reply?.look?.(context);
    expect(thread?.closed).toMatch(/locked/);
    expect(thread?.target?.key).toBe(comment);
  });

  it('keeps what people voted and blocked as it was asked', async () => {
    const standIn = await start();
    const id = standIn.publish({ text: 'a post' });
    const context = { ...(await contextFor(standIn, id)), idempotencyKey: 'k', createdAt: time.now };
    await redditConnector.actions?.like?.(context as never);
    expect(standIn.votes.get(id)).toBe('1');
    await redditConnector.actions?.unlike?.(context as never);
    expect(standIn.votes.get(id)).toBe('0');
    await redditConnector.actions?.block?.(context as never);
    expect([...standIn.blocked]).toEqual(['fan_42']);
  });

  it.each([
    ['Take a break for 4 minutes before trying again.', undefined, 4 * minute + 1_000],
    ['try again in 31 seconds.', undefined, 32_000],
    ['try again in 900 milliseconds.', undefined, 1_900],
    ['Take a break.', 12.5, 13_500],
    ['Take a break.', undefined, minute],
  ])('waits as long as “%s” says', (said, seconds, waitMs) => {
    expect(writingWaitMs(said, seconds)).toBe(waitMs);
  });
});
