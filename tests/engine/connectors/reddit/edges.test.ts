import { describe, expect, it } from 'vitest';
import { redditConnector } from '../../../../electron/engine/connectors/reddit/connector.ts';
import { failureOfAnswer, failureOfErrors } from '../../../../electron/engine/connectors/reddit/failures.ts';
import type { RedditCursor } from '../../../../electron/engine/connectors/reddit/listening.ts';
import { targetOf } from '../conformance/play.ts';
import { loopbackServer } from '../http/loopback-server.ts';
import { startsAt, minute, call, start, server, signIn, query, poll, time } from './a-reddit.ts';

describe('listening', () => {
  it('brings what moderators let through hours later', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    for (const by of [account, null]) {
      const settings = { what: 'posts', subreddits: 'tools', ...server(standIn) };
      standIn.publish({ text: 'newest' });
      const { cursor } = await poll(settings, { account: by });
      const late = standIn.publish({ text: 'held for hours', at: time.now - 5 * 60 * minute });
      const { items } = await poll(settings, { account: by, cursor });
      expect(items.map(({ key }) => key)).toContain(late);
    }
  });

  it('without an account does not take the search for subreddits for one', async () => {
    const searching = await loopbackServer((request, response) => {
      if (request.url?.startsWith('/r/')) {
        response.writeHead(302, { location: '/subreddits/search.rss?q=nowhere' }).end();
        return;
      }
      response
        .writeHead(200, { 'content-type': 'application/atom+xml' })
        .end('<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><title>x</title></feed>');
    });
    await expect(poll({ what: 'posts', subreddits: 'nowhere', ...server(searching) })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('without an account asks nobody until the pause is over that Reddit asked for', async () => {
    let asked = 0;
    const busy = await loopbackServer((_, response) => {
      asked += 1;
      response.writeHead(429, { 'retry-after': '300' }).end();
    });
    const settings = { what: 'posts', subreddits: 'tools', ...server(busy) };
    const limited = { code: 'rate-limited', details: { retryAt: startsAt + 5 * minute } };
    await expect(poll(settings)).rejects.toMatchObject(limited);
    time.now += minute;
    await expect(poll({ ...settings, what: 'comments' })).rejects.toMatchObject(limited);
    expect(asked).toBe(1);
  });
});

describe('more searches than a minute allows', () => {
  it('are all made in turn', async () => {
    const standIn = await start();
    const words = Array.from({ length: 150 }, (_, count) => `"a name of some length ${1_000 + count}"`);
    const text = words.join(' OR ');
    const last = standIn.publish({ text: 'It is a name of some length 1149' });
    const found: string[] = [];
    let cursor: RedditCursor | null = null;
    for (let turn = 0; turn < 2; turn += 1) {
      const pages = redditConnector.poll({
        ...call(),
        settings: redditConnector.settingsSchema.parse({ what: 'search', ...server(standIn) }),
        cursor,
        queries: [query(text)],
        account: null,
      });
      let asked = 0;
      const read = async (): Promise<void> => {
        for await (const page of pages) {
          cursor = page.cursor;
          found.push(...page.items.map(({ key }) => key));
          asked += 1;
          if (asked === 6) standIn.failNext('read', 'rate-limited');
        }
      };
      await expect(read()).rejects.toMatchObject({ code: 'rate-limited' });
      time.now += 5 * minute;
    }
    expect(found).toEqual([last]);
  });
});

describe('answering', () => {
  it('is known beforehand to be impossible where Reddit says why', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    const post = standIn.publish({ text: 'a question' });
    const comment = standIn.publish({ text: 'mine too', inReplyTo: post });
    const settings = { what: 'comments', subreddits: 'tools' };
    const { items } = await poll(settings, { account });
    standIn.makeUnrepliable(comment);
    const target = targetOf(items.find(({ key }) => key === comment)!);
    const { closed } = await redditConnector.reply!.look!({ ...call(), account, target } as never);
    expect(closed).toMatch(/does not let this account answer/);
  });

  it('privately leaves nothing that can be voted on or taken back', async () => {
    const standIn = await start();
    const account = await signIn(standIn);
    standIn.sendMessage('fan_42', 'A word in private');
    const { items } = await poll({ what: 'inbox' }, { account });
    const context = { ...call(), account, target: targetOf(items[0]!) } as never;
    for (const action of ['like', 'unlike', 'delete', 'hide', 'unhide'] as const) {
      await expect(redditConnector.actions?.[action]?.(context), action).rejects.toMatchObject({
        code: 'unsupported',
      });
    }
  });
});

describe('a refusal', () => {
  it.each(['constructor', '__proto__', 'toString'])(
    'for the reason %j is one that is not known',
    (reason) => {
      expect(failureOfErrors([[reason, 'No.', '']], null, startsAt)?.code).toBe('rejected');
      const refused = { status: 403, headers: {}, body: JSON.stringify({ reason }) };
      expect(failureOfAnswer(refused, startsAt)).toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('403'),
      });
    },
  );
});
