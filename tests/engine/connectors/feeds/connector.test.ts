import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { documentText } from '../../../../shared/text/document-text.ts';
import { loopbackServer, rawServer } from '../http/loopback-server.ts';
import { feedsConnector } from '../../../../electron/engine/connectors/feeds/connector.ts';
import { readFixture } from './expectation.ts';
import { discoverFeed, pollFeed } from './polling.ts';

const hourMs = 3_600_000;
const noon = Date.UTC(2026, 10, 20, 12);

const item = (id: string | number, inner = ''): string =>
  `<item><guid>${id}</guid><link>/${id}</link><title>Item ${id}</title><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate>${inner}</item>`;
const rss = (...items: string[]): string =>
  `<rss version="2.0"><channel><title>My blog</title><link>https://blog.example/</link>${items.join('')}</channel></rss>`;

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const gives =
  (body: string | Uint8Array, headers: Record<string, string> = {}, status = 200): Answer =>
  (_, response) => {
    response.writeHead(status, headers).end(body);
  };

describe('a mention from a feed', () => {
  it('carries what the feed says', async () => {
    const server = await loopbackServer(
      gives(
        rss(
          item(
            'g-1',
            '<author>ann@a.example (Ann)</author><description>&lt;p&gt;Hi &lt;b&gt;there&lt;/b&gt;&lt;/p&gt;</description>',
          ),
        ),
      ),
    );
    const { items, pages } = await pollFeed(`${server.url}/feed`);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      externalId: 'g-1',
      platform: 'feeds',
      kind: 'article',
      title: 'Item g-1',
      url: 'https://blog.example/g-1',
      author: { name: 'Ann', key: 'ann@a.example ann' },
      publishedAt: Date.UTC(2026, 10, 20, 10),
      rootKey: items[0]?.key,
      parentKey: null,
    });
    expect(documentText(items[0]?.document ?? [])).toBe('Hi there');
    expect(pages[0]?.source).toEqual({ name: 'My blog', url: 'https://blog.example/' });
  });

  it('is told by its own platform’s habits: posts without titles, accounts in addresses, wrapped links', async () => {
    const mastodon = await loopbackServer(gives(readFixture('shapes/mastodon-lina.rss')));
    const [post] = (await pollFeed(mastodon.url)).items;
    expect(post).toMatchObject({ kind: 'post', title: null });
    expect(post?.author.handle).toMatch(/^@\w+@[\w.]+$/);
    const alerts = await loopbackServer(gives(readFixture('shapes/google-alerts.xml')));
    const [alert] = (await pollFeed(alerts.url)).items;
    expect(alert?.url).not.toContain('google.com/url');
    expect(alert?.title).not.toMatch(/<|&lt;/);
    const video = await loopbackServer(gives(readFixture('shapes/youtube-abc123.xml')));
    expect((await pollFeed(video.url)).items[0]?.kind).toBe('video');
  });

  it('has no date where the feed’s cannot be true', async () => {
    const dated = (date: string): string =>
      `<item><guid>${date}</guid><title>t</title><pubDate>${date}</pubDate></item>`;
    const server = await loopbackServer(
      gives(
        rss(
          dated('Fri, 20 Nov 2026 12:59:00 GMT'),
          dated('Fri, 20 Nov 2026 13:01:00 GMT'),
          dated('Thu, 01 Jan 1970 00:00:00 GMT'),
          dated('soon'),
        ),
      ),
    );
    const { items } = await pollFeed(server.url, { now: noon });
    expect(items.map(({ publishedAt }) => publishedAt)).toEqual([noon + 59 * 60_000, null, null, null]);
  });

  it('has its link as id where it has none, and the site as author', async () => {
    const server = await loopbackServer(gives(rss('<item><link>/a?utm_source=x</link></item>')));
    const [mention] = (await pollFeed(server.url)).items;
    expect(mention).toMatchObject({
      externalId: 'https://blog.example/a?utm_source=x',
      author: { key: null, name: 'My blog' },
    });
  });

  it('has an author of its own, though all authors of a site share its address', async () => {
    const entry = (name: string): string =>
      `<entry><id>${name}</id><title>t</title><author><name>${name}</name><uri>https://a.example/</uri></author></entry>`;
    const server = await loopbackServer(
      gives(`<feed xmlns="http://www.w3.org/2005/Atom">${entry('Ann')}${entry('Bo')}${entry('ann')}</feed>`),
    );
    const [ann, bo, again] = (await pollFeed(server.url)).items.map(({ author }) => author.key);
    expect(ann).not.toBe(bo);
    expect(again).toBe(ann);
  });

  it('stands under what it answers', async () => {
    const server = await loopbackServer(
      gives(rss(item('post'), item('reply', '<thr:in-reply-to ref="post"/>'))),
    );
    const [post, reply] = (await pollFeed(server.url)).items;
    expect(reply).toMatchObject({ kind: 'comment', parentKey: post?.key, rootKey: post?.key });
  });
});

describe('asking again', () => {
  const strict: Answer = (request, response) => {
    const isKnown =
      request.headers['if-none-match'] === 'W/"v1"' &&
      request.headers['if-modified-since'] === 'Thu, 19 Nov 2026 10:00:00 +0000' &&
      !/no-cache/.test(request.headers['cache-control'] ?? '');
    const headers = { etag: 'W/"v1"', 'last-modified': 'Thu, 19 Nov 2026 10:00:00 +0000' };
    if (isKnown) response.writeHead(304, headers).end();
    else response.writeHead(200, headers).end(rss(item(1)));
  };

  it('sends both validators as they came, and takes 304 for success', async () => {
    const server = await loopbackServer(strict);
    const once = await pollFeed(server.url, { now: noon });
    expect(once.items).toHaveLength(1);
    const again = await pollFeed(server.url, { cursor: once.cursor, now: noon + hourMs });
    expect(again).toMatchObject({ items: [], error: null });
    expect(again.pages).toHaveLength(1);
    expect(server.requests[0]?.headers['if-none-match']).toBeUndefined();
    expect(server.requests[1]?.headers['accept']).toContain('application/feed+json');
  });

  it('asks without validators every eight days, for servers that always answer 304', async () => {
    const server = await loopbackServer((request, response) => {
      const isConditional = 'if-none-match' in request.headers;
      response
        .writeHead(isConditional ? 304 : 200, { etag: '"x"' })
        .end(isConditional ? '' : rss(item(server.requests.length)));
    });
    let { cursor } = await pollFeed(server.url, { now: noon });
    const found: number[] = [];
    for (let day = 1; day <= 9; day += 1) {
      const polled = await pollFeed(server.url, { cursor, now: noon + day * 24 * hourMs });
      cursor = polled.cursor;
      found.push(polled.items.length);
    }
    expect(found).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0]);
  });

  it('takes the same body for nothing new', async () => {
    const server = await loopbackServer(gives(rss(item(1))));
    const once = await pollFeed(server.url);
    expect((await pollFeed(server.url, { cursor: once.cursor })).items).toEqual([]);
  });

  it('gives an item that comes back the key it had', async () => {
    const server = await loopbackServer((_, response) => {
      const isFirst = server.requests.length === 1;
      response.end(isFirst ? rss(item(1)) : rss(item(2), item(1, '<description>changed</description>')));
    });
    const once = await pollFeed(server.url);
    const again = await pollFeed(server.url, { cursor: once.cursor });
    expect(again.items[1]?.key).toBe(once.items[0]?.key);
  });

  it('remembers what the feed said about waiting when it answers 304', async () => {
    const server = await loopbackServer((request, response) => {
      if ('if-none-match' in request.headers) response.writeHead(304).end();
      else response.writeHead(200, { etag: '"x"' }).end(rss('<ttl>120</ttl>', item(1)));
    });
    const once = await pollFeed(server.url);
    const again = await pollFeed(server.url, { cursor: once.cursor });
    expect([once, again].map(({ pages }) => pages[0]?.hints?.minimumIntervalMs)).toEqual([
      2 * hourMs,
      2 * hourMs,
    ]);
  });

  it('warns when a feed that had items has none, and keeps what it gave', async () => {
    const server = await loopbackServer((_, response) => {
      response.end(server.requests.length === 1 ? rss(item(1)) : rss());
    });
    const once = await pollFeed(server.url);
    expect(once.warning).toBeUndefined();
    const again = await pollFeed(server.url, { cursor: once.cursor });
    expect(again.warning).toMatchObject({ code: 'bad-response' });
    expect(again.cursor?.recent).toHaveLength(1);
  });
});

describe('a feed that moves or ends', () => {
  it('is polled from where a permanent redirect leads, once that has lasted', async () => {
    const server = await loopbackServer((request, response) => {
      if (request.url === '/old') response.writeHead(301, { location: '/new' }).end();
      else response.end(rss(item(1)));
    });
    let cursor = (await pollFeed(`${server.url}/old`, { now: noon })).cursor;
    const moves: unknown[] = [];
    for (const hours of [1, 2, 25]) {
      const polled = await pollFeed(`${server.url}/old`, { cursor, now: noon + hours * hourMs });
      cursor = polled.cursor;
      moves.push(polled.pages[0]?.settings);
    }
    expect(moves).toEqual([undefined, undefined, { url: `${server.url}/new`, allowPrivateNetwork: true }]);
    const before = (await pollFeed(`${server.url}/old`)).items[0]?.key;
    const after = await pollFeed(`${server.url}/new`, { cursor });
    expect(after.items[0]?.key).toBe(before);
  });

  it('moves at once when only a slash is added', async () => {
    const server = await loopbackServer((request, response) => {
      if (request.url === '/feed') response.writeHead(308, { location: '/feed/' }).end();
      else response.end(rss(item(1)));
    });
    const { pages } = await pollFeed(`${server.url}/feed`);
    expect(pages[0]?.settings?.url).toBe(`${server.url}/feed/`);
  });

  it('does not move to what is no feed', async () => {
    const server = await loopbackServer((request, response) => {
      if (request.url === '/feed') response.writeHead(301, { location: '/feed/' }).end();
      else response.end('<html><body>Sign in to this network</body></html>');
    });
    const { pages, error } = await pollFeed(`${server.url}/feed`);
    expect(pages).toEqual([]);
    expect(error?.code).toBe('not-a-feed');
  });

  it('is gone when it says so, after its last items', async () => {
    const server = await loopbackServer(
      gives(
        '{"version":"https://jsonfeed.org/version/1.1","title":"J","expired":true,"items":[{"id":"1","title":"t"}]}',
      ),
    );
    const { items, error } = await pollFeed(`${server.url}/feed?token=secret`);
    expect(items).toHaveLength(1);
    expect(error?.code).toBe('gone');
    expect(error?.message).not.toContain('secret');
  });

  it.each([
    [410, 'gone'],
    [404, 'not-found'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [429, 'rate-limited'],
    [500, 'server-error'],
  ])('names %i', async (status, code) => {
    const server = await loopbackServer(gives('', {}, status));
    expect((await pollFeed(server.url)).error?.code).toBe(code);
  });

  it('asks no private address without permission', async () => {
    const server = await loopbackServer(gives(rss(item(1))));
    expect((await pollFeed(server.url, { isPublic: true })).error?.code).toBe('private-address');
    expect(server.requests).toEqual([]);
  });
});

describe('an archive', () => {
  const page = (number: number): string =>
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><link rel="next" href="/feed?page=${number + 1}"/>
     <entry><id>${number}</id><title>t</title></entry></feed>`;
  const numberOf = (request: IncomingMessage): number =>
    Number(new URL(request.url ?? '', 'http://x').searchParams.get('page') ?? 0);

  it('is read five pages deep when the feed is new, and never again', async () => {
    const server = await loopbackServer((request, response) => void response.end(page(numberOf(request))));
    const once = await pollFeed(`${server.url}/feed`);
    expect(once.items.map(({ externalId }) => externalId)).toEqual(['0', '1', '2', '3', '4', '5']);
    await pollFeed(`${server.url}/feed`, { cursor: once.cursor });
    expect(server.requests).toHaveLength(7);
  });

  it('is taken up again where a poll was broken off', async () => {
    const server = await loopbackServer((request, response) => void response.end(page(numberOf(request))));
    const { pages } = await pollFeed(`${server.url}/feed`);
    const broken = pages[1]?.cursor ?? null;
    const { items } = await pollFeed(`${server.url}/feed`, { cursor: broken });
    expect(items.map(({ externalId }) => externalId)).toEqual(['2', '3', '4', '5']);
  });

  it('is a gift: what it lacks is no failure', async () => {
    const server = await loopbackServer((request, response) => {
      if (numberOf(request) === 0) response.end(page(0));
      else response.writeHead(500).end();
    });
    const { items, error, cursor } = await pollFeed(`${server.url}/feed`);
    expect(items).toHaveLength(1);
    expect(error).toBeNull();
    expect(cursor?.archive).toBeNull();
  });

  it('is not followed to another host, nor in a circle', async () => {
    const other = await loopbackServer(gives(page(9)));
    const server = await loopbackServer((request, response) => {
      const next = request.url === '/circle' ? '/circle' : `${other.url}/feed`;
      response.end(
        `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="${next}"/><entry><id>1</id><title>t</title></entry></feed>`,
      );
    });
    await pollFeed(`${server.url}/feed`);
    await pollFeed(`${server.url}/circle`);
    expect(other.requests).toEqual([]);
    expect(server.requests).toHaveLength(2);
  });
});

describe('a body that is not as it should be', () => {
  it('reads compressed and wrongly labelled feeds', async () => {
    const zipped = await loopbackServer(
      gives(gzipSync(rss(item(1))), { 'content-encoding': 'gzip', 'content-type': 'text/html' }),
    );
    expect((await pollFeed(zipped.url)).items).toHaveLength(1);
    const cyrillic = await loopbackServer(
      gives(readFixture('encodings/windows-1251-ru-http.xml'), {
        'content-type': 'application/rss+xml; charset=WINDOWS-1251',
      }),
    );
    expect((await pollFeed(cyrillic.url)).items[0]?.title).toMatch(/^[\u0400-\u04ff\s\d\p{P}]+$/u);
  });

  it('keeps the whole items of a transfer that breaks off, says so, and asks for all of it again', async () => {
    const body = rss(item(1), item(2), item(3));
    const server = await rawServer((socket) => {
      socket.write(
        `HTTP/1.1 200 OK\r\nETag: "x"\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, body.indexOf('<guid>3'))}`,
      );
      setTimeout(() => socket.destroy(), 20);
    });
    const { items, warning, error, cursor } = await pollFeed(server.url);
    expect(items.map(({ externalId }) => externalId)).toEqual(['1', '2']);
    expect(error).toBeNull();
    expect(warning?.message).toMatch(/2 items came whole/);
    expect(cursor).toMatchObject({ etag: null, bodyHash: null });
  });

  it('fails as the transfer did when nothing came whole', async () => {
    const server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<rss><channel><item><guid>1');
      setTimeout(() => socket.destroy(), 20);
    });
    const { items, error } = await pollFeed(server.url);
    expect(items).toEqual([]);
    expect(error?.code).toBe('bad-response');
  });

  it('gives many items in several pages, of which only the last remembers them', async () => {
    const body = rss(...Array.from({ length: 250 }, (_, index) => item(index)));
    const server = await loopbackServer(gives(body, { etag: '"x"' }));
    const { pages, items } = await pollFeed(server.url);
    expect(items).toHaveLength(250);
    expect(pages.map(({ cursor }) => cursor.etag)).toEqual([null, null, '"x"']);
    // After a crash between two pages the poll starts over, with the same keys.
    const resumed = await pollFeed(server.url, { cursor: pages[0]?.cursor ?? null });
    expect(resumed.items.map(({ key }) => key)).toEqual(items.map(({ key }) => key));
  });
});

describe('the address of a page', () => {
  it('names the feeds that the page links to when it is polled', async () => {
    const server = await loopbackServer(
      gives(
        '<!doctype html><title>x</title><link rel="alternate" type="application/rss+xml" title="News" href="/news.xml">',
        {
          'content-type': 'text/html',
        },
      ),
    );
    const { error } = await pollFeed(`${server.url}/page`);
    expect(error).toMatchObject({
      code: 'not-a-feed',
      details: { found: 'html', feeds: [{ url: `${server.url}/news.xml`, title: 'News' }] },
    });
  });

  it('leads to its feed, with the others as alternatives', async () => {
    const link = (href: string, title: string): string =>
      `<link rel="alternate" type="application/atom+xml" title="${title}" href="${href}">`;
    const server = await loopbackServer((request, response) => {
      if (request.url === '/')
        response.end(
          `<html><head>${' '.repeat(200_000)}${link('/a.xml', 'A')}${link('/b.xml', 'B')}</head></html>`,
        );
      else response.end(rss(item(1)));
    });
    expect(await discoverFeed(server.url)).toEqual({
      settings: { url: `${server.url}/a.xml`, allowPrivateNetwork: true },
      alternatives: [{ url: `${server.url}/b.xml`, title: 'B' }],
    });
    expect(await discoverFeed(`${server.url}/a.xml`)).toMatchObject({
      settings: { url: `${server.url}/a.xml` },
    });
  });

  it('is tried with the usual paths when it names none', async () => {
    const server = await loopbackServer((request, response) => {
      if (request.url === '/feed.xml') response.end(rss(item(1)));
      else if (request.url === '/blog/') response.end('<html><body>Hello</body></html>');
      else response.writeHead(404).end();
    });
    expect(await discoverFeed(`${server.url}/blog/`)).toMatchObject({
      settings: { url: `${server.url}/feed.xml` },
      alternatives: [],
    });
  });

  it('is no source when there is no feed anywhere, and knocks on few doors', async () => {
    const server = await loopbackServer(
      (_, response) => void response.end('<html><body>Hello</body></html>'),
    );
    await expect(discoverFeed(server.url)).rejects.toMatchObject({ code: 'not-a-feed' });
    expect(server.requests.length).toBeLessThanOrEqual(8);
  });

  it('does not lend its permission for the private network to other hosts', async () => {
    const server = await loopbackServer(
      gives('<html><link rel="alternate" type="application/rss+xml" href="http://192.168.0.1/feed"></html>'),
    );
    expect(await discoverFeed(server.url)).toMatchObject({ settings: { url: 'http://192.168.0.1/feed' } });
    expect((await discoverFeed(server.url))?.settings).not.toHaveProperty('allowPrivateNetwork');
  });
});

describe('a feed that is read from its beginning again', () => {
  it('gives all that it shows under the keys it had, also after it has moved', async () => {
    const etags: unknown[] = [];
    const server = await loopbackServer((request, response) => {
      etags.push(request.headers['if-none-match']);
      gives(rss(item(1), item(2)), { etag: '"a"' })(request, response);
    });
    const first = await pollFeed(`${server.url}/old`);
    const moved = await pollFeed(`${server.url}/new`, { cursor: first.cursor });
    const again = await pollFeed(`${server.url}/new`, { cursor: feedsConnector.rewind!(moved.cursor!) });
    expect(again.items.map(({ key }) => key)).toEqual(first.items.map(({ key }) => key));
    expect(etags.at(-1)).toBeUndefined();
  });
});
