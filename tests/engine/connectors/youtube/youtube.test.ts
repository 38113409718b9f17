import { describe, expect, it } from 'vitest';
import type { IncomingMention } from '../../../../electron/engine/connectors/connector.ts';
import { youTubeAccount } from '../../../../electron/engine/connectors/youtube/account.ts';
import { youTubeConnector } from '../../../../electron/engine/connectors/youtube/connector.ts';
import { documentText } from '../../../../shared/text/document-text.ts';
import { targetOf } from '../conformance/play.ts';
import { type YouTubeStandIn } from './youtube-stand-in.ts';
import { own, videoId } from './youtube-wording.ts';
import { startsAt, minute, call, start, server, signIn, poll, time } from './a-youtube.ts';

const texts = (items: readonly IncomingMention[]): string[] =>
  items.map(({ document }) => documentText(document));

describe('comments on the own channel', () => {
  it('come as plain text, each thread under a video a conversation with its title', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const thread = standIn.publish({ text: 'Does it <work> & hold?\nSay so.' });
    const answer = standIn.publish({ text: 'Yes', inReplyTo: thread, byAccount: true });
    const { items } = await poll({ what: 'comments' }, { account });
    expect(items.map(({ externalId, parentKey, rootKey }) => ({ externalId, parentKey, rootKey }))).toEqual([
      { externalId: thread, parentKey: null, rootKey: `comment/${thread}` },
      { externalId: answer, parentKey: `comment/${thread}`, rootKey: `comment/${thread}` },
    ]);
    expect(items[0]).toMatchObject({
      kind: 'comment',
      title: null,
      conversationTitle: 'How it works',
      url: `https://www.youtube.com/watch?v=${videoId}&lc=${thread}`,
      author: { key: 'UCdana-okafor', name: '@dana-okafor', handle: '@dana-okafor' },
    });
    expect(texts(items)[0]).toBe('Does it <work> & hold?\nSay so.');
  });

  it('bring answers to old threads when they are looked through, all of them and only once', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const old = standIn.publish({ text: 'old', at: startsAt - 3 * 86_400_000 });
    for (let count = 0; count < 150; count += 1) {
      standIn.publish({ text: `newer ${count}`, at: startsAt - 2 * 86_400_000 + count * 2 * minute });
    }
    const first = await poll({ what: 'comments' }, { account });
    for (let count = 0; count < 5; count += 1) standIn.publish({ text: `answer ${count}`, inReplyTo: old });
    time.now += 5 * minute;
    const second = await poll({ what: 'comments' }, { account, cursor: first.cursor });
    expect(texts(second.items).filter((text) => text.startsWith('answer'))).toEqual([]);
    time.now += 15 * minute;
    const third = await poll({ what: 'comments' }, { account, cursor: second.cursor });
    expect(texts(third.items).filter((text) => text.startsWith('answer'))).toHaveLength(5);
    time.now += 15 * minute;
    const asked = standIn.requests.length;
    await poll({ what: 'comments' }, { account, cursor: third.cursor });
    expect(standIn.requests.slice(asked).map(({ path }) => path)).not.toContainEqual(
      expect.stringContaining('parentId'),
    );
  });

  it('bring nothing of what was answered long before the first look', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const old = standIn.publish({ text: 'old', at: startsAt - 30 * 86_400_000 });
    standIn.publish({ text: 'old answer', inReplyTo: old, at: startsAt - 29 * 86_400_000 });
    const { items, cursor } = await poll({ what: 'comments' }, { account });
    expect(items).toEqual([]);
    standIn.publish({ text: 'new answer', inReplyTo: old });
    time.now += 15 * minute;
    const later = await poll({ what: 'comments' }, { account, cursor });
    expect(texts(later.items)).toContain('new answer');
  });

  it('come also when they were held back at first and newer ones have pushed them off the first page', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const held = standIn.publish({ text: 'held at first', at: startsAt - 40 * minute });
    standIn.setStatus(held, 'heldForReview');
    for (let count = 0; count < 120; count += 1) {
      standIn.publish({ text: `newer ${count}`, at: startsAt - 20 * minute + count * 5_000 });
    }
    const first = await poll({ what: 'comments' }, { account });
    standIn.setStatus(held, 'published');
    time.now += 5 * minute;
    const second = await poll({ what: 'comments' }, { account, cursor: first.cursor });
    expect(texts(second.items)).toContain('held at first');
  });

  it('that are held back come to their owner', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    standIn.publish({ text: 'seen by all' });
    standIn.setStatus(standIn.publish({ text: 'held' }), 'heldForReview');
    standIn.setStatus(standIn.publish({ text: 'spam' }), 'likelySpam');
    expect(texts((await poll({ what: 'held' }, { account })).items)).toEqual(['held', 'spam']);
  });
});

describe('videos', () => {
  it('come from a channel’s feed without an account, and from a search as the same', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const byFeed = await poll({ what: 'uploads', channels: own.id, ...server(standIn) });
    expect(byFeed.items.map(({ key }) => key)).toEqual([`video/${videoId}`, 'video/vid00000002']);
    const bySearch = await poll({ what: 'search' }, { account });
    expect(bySearch.items).toEqual([byFeed.items[1]]);
    expect(byFeed.items[1]).toMatchObject({
      kind: 'video',
      title: 'Acme & others, compared',
      author: { key: own.id, name: own.title },
      publishedAt: Date.UTC(2026, 10, 20, 10),
    });
    expect(youTubeConnector.accountNeededFor?.({ what: 'uploads' })).toBeNull();
    expect(youTubeConnector.accountNeededFor?.({ what: 'search' })).toMatch(/account/);
  });

  it('that a search found are listened to, one search for all words and one closed video no obstacle', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const queries = ['acme OR hooli', '"all of them"'];
    const first = await poll({ what: 'search' }, { account, queries });
    expect(standIn.spent.searches).toBe(1);
    expect(first.pages[0]?.hints).toEqual({ minimumIntervalMs: 30 * minute });
    const context = { ...call(), account, idempotencyKey: 'k' };
    const target = targetOf(first.items[0]!);
    await youTubeConnector.reply?.send({ ...context, target, prepared: { text: 'hooli too' } } as never);
    await youTubeConnector.reply?.send({ ...context, target, prepared: { text: 'nice' } } as never);
    time.now += 30 * minute;
    const second = await poll({ what: 'search' }, { account, queries, cursor: first.cursor });
    expect(texts(second.items)).toContain('hooli too');
    expect(texts(second.items)).not.toContain('nice');
    standIn.setCommentsOff('vid00000002');
    await poll({ what: 'search' }, { account, queries, cursor: second.cursor });
  });

  it('of a channel that is not there are said to be not there', async () => {
    const standIn = await start();
    const settings = { what: 'uploads', channels: 'UCnobody', ...server(standIn) };
    await expect(poll(settings)).rejects.toMatchObject({ code: 'not-found' });
  });

  it.each([
    [
      {
        what: 'videos',
        videos: 'https://youtu.be/vid00000001?t=1 https://www.youtube.com/watch?v=vid00000002&x=1',
      },
      true,
    ],
    [{ what: 'videos', videos: 'https://example.org/x' }, false],
    [{ what: 'videos' }, false],
    [{ what: 'uploads', channels: '@handle' }, false],
    [{ what: 'uploads', channels: 'https://www.youtube.com/channel/UCbrand' }, true],
  ])('are named in settings such as %j: %s', (settings, isGood) => {
    const parsed = youTubeConnector.settingsSchema.safeParse(settings);
    expect(parsed.success).toBe(isGood);
    if (parsed.success && parsed.data.videos) expect(parsed.data.videos).toBe('vid00000001 vid00000002');
  });
});

describe('an account', () => {
  it('is connected in the browser with a proof that only this sign-in has', async () => {
    const standIn = await start();
    standIn.refreshTokenSeconds = 604_799;
    const [method] = youTubeAccount.methods;
    if (method?.kind !== 'redirect') throw new Error('The first way is the browser.');
    const redirectUri = 'http://127.0.0.1:50123/callback';
    const settings = server(standIn);
    const begin = () =>
      method.begin({
        ...call(),
        settings,
        entered: standIn.client,
        redirectUri,
        installationId: 'i',
        state: 'the-state',
      });
    const { url, pending } = await begin();
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      scope: 'https://www.googleapis.com/auth/youtube.force-ssl',
      code_challenge_method: 'S256',
      access_type: 'offline',
      prompt: 'consent',
      state: 'the-state',
      redirect_uri: redirectUri,
    });
    expect(url).not.toContain(standIn.client.clientSecret);
    const finish = (code: string, from: unknown = pending) =>
      method.finish({ ...call(), settings, pending: JSON.parse(JSON.stringify(from)), answer: { code } });
    const other = await begin();
    await expect(finish(standIn.consent(url), other.pending)).rejects.toMatchObject({ code: 'unauthorized' });
    const signedIn = await finish(standIn.consent(url));
    expect(signedIn?.identity).toEqual({
      externalId: own.id,
      authorKey: own.id,
      name: own.title,
      handle: own.handle,
      url: 'https://www.youtube.com/@the-brand',
    });
    // An app that is still in testing.
    expect(youTubeAccount.endsAt?.(signedIn!.credentials)).toBe(startsAt + 604_799_000);
    const renewed = await youTubeAccount.refresh?.({
      ...call(),
      settings,
      credentials: signedIn!.credentials,
    });
    expect(renewed).toMatchObject({ refreshToken: '1//the-refresh-token', endsAt: startsAt + 604_799_000 });
    await youTubeAccount.revoke?.({ ...call(), settings, credentials: renewed! });
    await expect(
      youTubeAccount.refresh?.({ ...call(), settings, credentials: renewed! }),
    ).rejects.toMatchObject({ code: 'unauthorized', message: expect.stringContaining('seven days') });
  });

  it('may be a key that only reads, and stands in no address', async () => {
    const standIn = await start();
    const [, method] = youTubeAccount.methods;
    if (method?.kind !== 'enter') throw new Error('The second way is a key.');
    const settings = server(standIn);
    const enter = (entered: Record<string, string>) => method.signIn({ ...call(), settings, entered });
    const { identity, credentials } = await enter({ apiKey: standIn.apiKey });
    expect(identity).toMatchObject({ name: 'API key', replyNote: expect.stringContaining('only read') });
    expect(JSON.stringify(identity)).not.toContain(standIn.apiKey);
    expect(youTubeConnector.reply?.reaches?.({ identity, settings }, {} as never)).toBe(false);
    const named = await enter({ apiKey: standIn.apiKey, channelId: own.id });
    expect(named.identity).toMatchObject({ authorKey: own.id, replyNote: expect.any(String) });
    await expect(enter({ apiKey: 'AIza-another' })).rejects.toMatchObject({ code: 'unauthorized' });

    standIn.publish({ text: 'hello' });
    const account = await signIn(standIn, credentials as never);
    expect(texts((await poll({ what: 'videos', videos: videoId }, { account })).items)).toEqual(['hello']);
    await expect(poll({ what: 'comments' }, { account })).rejects.toMatchObject({ code: 'unsupported' });
    for (const { path } of standIn.requests) expect(path).not.toContain(standIn.apiKey);
  });
});

describe('answering', () => {
  async function contextFor(standIn: YouTubeStandIn, id: string) {
    const account = await signIn(standIn);
    const { items } = await poll({ what: 'comments' }, { account });
    const found = items.find(({ externalId }) => externalId === id)!;
    return { ...call(), account, target: targetOf(found), idempotencyKey: 'k', createdAt: time.now };
  }
  const reply = youTubeConnector.reply!;
  const outgoing = (text: string) => ({ text, media: [], idempotencyKey: 'k', createdAt: time.now });

  it('somebody within a thread goes under its first comment and names them', async () => {
    const standIn = await start();
    const thread = standIn.publish({ text: 'a question' });
    const nested = standIn.publish({ text: 'me too', inReplyTo: thread, author: 'lee' });
    const context = await contextFor(standIn, nested);
    const prepare = (text: string) => reply.prepare({ ...context, reply: outgoing(text) } as never);
    expect(await prepare('Thank you')).toEqual({ text: '@lee Thank you' });
    expect(await prepare('Thank you, @Lee')).toEqual({ text: 'Thank you, @Lee' });
    await reply.send({ ...context, prepared: await prepare('Thank you') } as never);
    expect(standIn.written()).toMatchObject([{ text: '@lee Thank you', inReplyTo: thread }]);
  });

  it('a video starts a thread, which is found again', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const { items } = await poll({ what: 'search' }, { account });
    const context = { ...call(), account, target: targetOf(items[0]!), idempotencyKey: 'k' };
    const attempt = {
      ...context,
      prepared: { text: 'Thanks for the video' },
      attemptedAt: time.now,
      taken: new Set(),
    };
    standIn.failNext('write', 'drop-after-commit');
    await expect(reply.send(attempt as never)).rejects.toMatchObject({ code: 'outcome-unknown' });
    const [written] = standIn.written();
    expect(await reply.find!(attempt as never)).toMatchObject({
      externalId: written?.externalId,
      url: `https://www.youtube.com/watch?v=vid00000002&lc=${written?.externalId}`,
      context: { threadId: written?.externalId, videoId: 'vid00000002' },
    });
    standIn.setCommentsOff('vid00000002');
    expect((await reply.look!(context as never)).closed).toMatch(/switched off/);
  });

  it('is not all that can be done: comments are held, published, and their authors banned', async () => {
    const standIn = await start();
    const thread = standIn.publish({ text: 'rude' });
    const context = (await contextFor(standIn, thread)) as never;
    await youTubeConnector.actions?.hide?.(context);
    expect(standIn.comments.get(thread)?.status).toBe('heldForReview');
    await youTubeConnector.actions?.unhide?.(context);
    expect(standIn.comments.get(thread)?.status).toBe('published');
    await youTubeConnector.actions?.block?.(context);
    expect(standIn.comments.get(thread)?.status).toBe('rejected');
    expect([...standIn.banned]).toEqual(['UCdana-okafor']);
  });
});

describe('the quota of a day', () => {
  const midnight = Date.UTC(2026, 10, 22, 8);

  it('ends at midnight in California, and nothing is asked until then', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    standIn.useUpQuota();
    const failure = { code: 'rate-limited', details: { retryAt: midnight } };
    await expect(poll({ what: 'comments' }, { account })).rejects.toMatchObject(failure);
    const asked = standIn.requests.length;
    await expect(poll({ what: 'comments' }, { account })).rejects.toMatchObject(failure);
    expect(standIn.requests).toHaveLength(asked);
    time.now = midnight;
    await expect(poll({ what: 'comments' }, { account })).rejects.toMatchObject({ code: 'rate-limited' });
    expect(standIn.requests.length).toBeGreaterThan(asked);
  });
});
