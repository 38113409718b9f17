import { describe, expect, it, onTestFinished } from 'vitest';
import { mastodonConnector } from '../../../../electron/engine/connectors/mastodon/connector.ts';
import type { MastodonCursor } from '../../../../electron/engine/connectors/mastodon/listening.ts';
import { parseQuery } from '../../../../shared/query/parse.ts';
import { failureOf, type Play, startPlay } from '../conformance/play.ts';
import type { PlayedSource } from '../conformance/stand-in.ts';
import { standInServer } from '../conformance/stand-in-server.ts';
import { brand } from './server-state.ts';
import { tagWithAccount } from './platform.ts';
import { type MastodonStandIn, startMastodon } from './stand-in.ts';

const minuteMs = 60_000;

async function start(): Promise<{ play: Play; standIn: MastodonStandIn; keyless: PlayedSource }> {
  const play = await startPlay(tagWithAccount as never);
  const standIn = play.standIn as MastodonStandIn;
  const settings = { what: 'tag', tag: 'earshot', server: standIn.url, allowPrivateNetwork: true };
  return { play, standIn, keyless: { settings, usesAccount: false } };
}
const asked = ({ standIn }: Play, part: string): string[] =>
  standIn.requests.map(({ path }) => path).filter((path) => path.includes(part));

describe('a tag', () => {
  it('that nobody has used yet is empty until somebody does', async () => {
    const { play, keyless } = await start();
    const listener = play.listener(keyless);
    expect((await listener.poll()).items).toEqual([]);
    play.publish('the first');
    expect((await listener.poll()).items).toHaveLength(1);
  });

  it('is asked for by min_id, never by since_id', async () => {
    const { play, keyless } = await start();
    const listener = play.listener(keyless);
    const id = play.publish('one');
    await listener.poll();
    await listener.poll();
    expect(asked(play, 'since_id')).toEqual([]);
    expect(asked(play, '/tag/').at(-1)).toBe(`/api/v1/timelines/tag/earshot?limit=40&min_id=${id}`);
  });

  it.each([
    ['disabled', 'unsupported'],
    ['authenticated', 'unauthorized'],
  ])('whose pages are %s fails as %s instead of being silent', async (access, code) => {
    const { play, standIn, keyless } = await start();
    standIn.tagAccess = access;
    play.publish('hidden');
    const failure = await failureOf(play, play.listener(keyless).poll());
    expect(failure.code).toBe(code);
  });

  it('that only members see is read with an account', async () => {
    const { play, standIn } = await start();
    standIn.tagAccess = 'authenticated';
    play.publish('for members');
    expect((await play.listener().poll()).items).toHaveLength(1);
  });

  it('on a server that is no Mastodon says so', async () => {
    const server = await standInServer({
      kindOf: () => null,
      answer: () => ({ status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not Found</h1>' }),
      refusals: {
        'rate-limited': () => ({ status: 429 }),
        'missing-permission': () => ({ status: 403 }),
        refused: () => ({ status: 422 }),
      },
    });
    onTestFinished(() => server.close());
    const { play } = await start();
    const settings = { what: 'tag', tag: 'earshot', server: server.url, allowPrivateNetwork: true };
    const failure = await failureOf(play, play.listener({ settings, usesAccount: false }).poll());
    expect(failure).toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('name of the server'),
    });
  });
});

describe('threads', () => {
  it('have the root that stands furthest above, asked for once', async () => {
    const { play, standIn } = await start();
    const root = standIn.write({ text: 'a question' });
    const parent = standIn.write({ text: 'an answer', inReplyToId: root.id });
    standIn.write({ text: '#earshot helps', inReplyToId: parent.id });
    standIn.write({ text: 'so does #earshot', inReplyToId: parent.id });
    const { items } = await play.listener().poll();
    expect(items.map(({ rootKey, parentKey }) => ({ rootKey, parentKey }))).toEqual([
      { rootKey: root.uri, parentKey: parent.uri },
      { rootKey: root.uri, parentKey: parent.uri },
    ]);
    expect(asked(play, '/context')).toHaveLength(1);
  });

  it('whose upper part is gone are not thrown together', async () => {
    const { play, standIn } = await start();
    const first = standIn.write({ text: '#earshot one', inReplyToId: '404' });
    const second = standIn.write({ text: '#earshot two', inReplyToId: '404' });
    const { items } = await play.listener().poll();
    expect(items.map(({ rootKey }) => rootKey).sort()).toEqual([first.uri, second.uri].sort());
  });
});

describe('mentions', () => {
  const mentions: PlayedSource = { settings: { what: 'mentions' }, usesAccount: true };

  it('come from strangers and in private too', async () => {
    const { play, standIn } = await start();
    standIn.write({ text: '@brand psst', visibility: 'direct' });
    const { items } = await play.listener(mentions).poll();
    expect(items).toMatchObject([{ kind: 'message', isPrivate: true }]);
    expect(asked(play, '/notifications')[0]).toContain('include_filtered=true');
  });

  it('of more pages than one are asked for from where the last poll ended', async () => {
    const { play } = await start();
    const listener = play.listener(mentions);
    play.publish('the first');
    await listener.poll();
    for (let count = 0; count < 170; count += 1) play.publish(`number ${count}`);
    const { items } = await listener.poll();
    expect(new Set(items.map(({ key }) => key)).size).toBe(170);
    expect(asked(play, '/notifications')).toHaveLength(1 + 4);
  });
});

describe('what was given before', () => {
  it('is asked for again in one request of at most twenty, and not at every poll', async () => {
    const { play, standIn } = await start();
    for (let count = 0; count < 30; count += 1) play.publish(`number ${count}`);
    const listener = play.listener();
    await listener.poll();
    play.advance(minuteMs);
    await listener.poll();
    expect(asked(play, '/statuses?')).toEqual([]);
    play.advance(5 * minuteMs);
    standIn.edit(standIn.statuses.at(-1)!.id, 'edited');
    expect((await listener.poll()).items).toHaveLength(1);
    expect(asked(play, '/statuses?')).toHaveLength(1);
    // Told once.
    play.advance(5 * minuteMs);
    expect((await listener.poll()).items).toEqual([]);
  });

  it('is not taken for deleted because it is left out of a list', async () => {
    const { play, standIn } = await start();
    const [kept, gone] = [play.publish('still there'), play.publish('soon gone')];
    const listener = play.listener();
    const { items } = await listener.poll();
    standIn.leftOut.add(kept);
    standIn.remove(gone);
    play.advance(5 * minuteMs);
    expect((await listener.poll()).removed).toEqual(
      items.filter(({ externalId }) => externalId === gone).map(({ key }) => key),
    );
    // The page of each one that was missing said so.
    expect(asked(play, `/statuses/${kept}`)).toHaveLength(1);
  });

  it('that the server does not give by ids is asked for again a day later', async () => {
    const play = await startPlay({
      ...tagWithAccount,
      start: (now: () => number) => startMastodon(now, 'gotosocial'),
    } as never);
    const listener = play.listener();
    play.publish('one');
    await listener.poll();
    const counts: number[] = [];
    for (const waitMs of [5 * minuteMs, 60 * minuteMs, 24 * 60 * minuteMs]) {
      play.advance(waitMs);
      await listener.poll();
      counts.push(asked(play, '/statuses?').length);
    }
    expect(counts).toEqual([1, 1, 2]);
  });
});

describe('a search', () => {
  const search: PlayedSource = { settings: { what: 'search' }, usesAccount: true };

  it('goes back a week, then two days before the last one', async () => {
    const { play } = await start();
    const listener = play.listener(search);
    await listener.poll();
    play.advance(10 * minuteMs);
    await listener.poll();
    // It is 21 November; `after:` leaves its own day out.
    expect(asked(play, '/search').map((path) => new URL(path, 'http://x').searchParams.get('q'))).toEqual([
      'earshot after:2026-11-13',
      'earshot after:2026-11-18',
    ]);
  });

  it('gives what is known again only when it was edited', async () => {
    const { play, standIn } = await start();
    const listener = play.listener(search);
    const id = play.publish('found');
    await listener.poll();
    play.advance(minuteMs);
    expect((await listener.poll()).items).toEqual([]);
    standIn.edit(id, 'found and edited, earshot');
    expect((await listener.poll()).items).toMatchObject([{ externalId: id }]);
  });

  it('says so when there are more hits than it reads', async () => {
    const { play, standIn } = await start();
    for (let count = 0; count < 410; count += 1) standIn.write({ text: `earshot ${count}` });
    const { items, warnings } = await play.listener(search).poll();
    expect(items).toHaveLength(400);
    expect(warnings.map(({ code }) => code)).toEqual(['too-large']);
  });

  it('is made again from the same day when the requests of a poll did not reach', async () => {
    const { play, standIn } = await start();
    for (let count = 0; count < 55; count += 1) {
      const parent = standIn.write({ text: 'nothing' });
      standIn.write({ text: `earshot ${count}`, inReplyToId: parent.id });
    }
    for (let count = 0; count < 200; count += 1) standIn.write({ text: `other ${count}` });
    const text = 'earshot OR other';
    const parsed = parseQuery(text);
    if (!parsed.isValid) throw new Error(parsed.mistake.message);
    const queries = [{ text, root: parsed.root }];
    let cursor: MastodonCursor | null = null;
    const poll = async (): Promise<void> => {
      const settings = { what: 'search' as const };
      const { account } = play;
      const pages = mastodonConnector.poll({ ...play.call(), settings, cursor, queries, account });
      for await (const page of pages) cursor = page.cursor;
    };
    await poll();
    play.advance(10 * minuteMs);
    const before = asked(play, '/search').length;
    await poll();
    const again = asked(play, '/search').slice(before);
    expect(again.map((path) => new URL(path, 'http://x').searchParams.get('q'))).toContain(
      'other after:2026-11-13',
    );
  });

  it('leaves out what only looks alike', async () => {
    const { play, standIn } = await start();
    standIn.write({ text: 'unearshotted' });
    standIn.write({ text: 'our own earshot', account: brand });
    const { items } = await play.listener(search).poll();
    expect(items).toHaveLength(1);
  });
});
