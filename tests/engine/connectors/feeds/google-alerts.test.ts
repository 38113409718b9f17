import { onTestFinished, describe, expect, it } from 'vitest';
import type { IncomingMention } from '../../../../electron/engine/connectors/connector.ts';
import { feedsConnector } from '../../../../electron/engine/connectors/feeds/connector.ts';
import type { FeedsCursor } from '../../../../electron/engine/connectors/feeds/cursor.ts';
import { isGoogleAlert } from '../../../../electron/engine/connectors/feeds/google-alerts.ts';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { documentText } from '../../../../shared/text/document-text.ts';
import { loopbackServer } from '../http/loopback-server.ts';
import { realClock } from '../http/real-clock.ts';

const address = (path: string): string => `https://www.google.com/alerts/feeds/${path}`;

const entry = (id: number, title: string, target: string): string =>
  `<entry><id>tag:google.com,2013:googlealerts/feed:${id}</id><title type="html">${title}</title>` +
  `<link href="https://www.google.com/url?rct=j&amp;sa=t&amp;url=${encodeURIComponent(target)}&amp;ct=ga&amp;cd=X&amp;usg=Y${id}"/>` +
  '<published>2026-11-20T09:41:00Z</published><updated>2026-11-20T09:41:00Z</updated>' +
  '<content type="html">... &lt;b&gt;Acme&lt;/b&gt;&amp;#39;s widget ...</content><author><name/></author></entry>';
const feed = (name: string, ...entries: string[]): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:google.com,2005:reader/user/1/state/com.google/alerts/2</id>` +
  `<title>Google Alert - ${name}</title><link href="https://www.google.com/alerts/feeds/1/2" rel="self"/>` +
  `<updated>2026-11-20T10:00:00Z</updated>${entries.join('')}</feed>`;

const title = 'Why &lt;b&gt;Acme&lt;/b&gt; &amp;amp; Co is growing';

/** What is asked of Google is asked of this machine, and messages name the address that was meant. */
async function poll(
  url: string,
  body: string,
  { status = 200, cursor = null }: { status?: number; cursor?: FeedsCursor | null } = {},
) {
  const server = await loopbackServer((_, response) => void response.writeHead(status).end(body));
  const inner = createHttp({ version: '0', clock: realClock });
  onTestFinished(() => inner.close());
  const origin = new URL(server.url).origin;
  const items: IncomingMention[] = [];
  const sources: unknown[] = [];
  let last = cursor;
  for await (const page of feedsConnector.poll({
    settings: { url, allowPrivateNetwork: true },
    cursor,
    queries: [],
    account: null,
    http: {
      send: (request) => inner.send({ ...request, url: request.url.replace(new URL(url).origin, origin) }),
      close: () => inner.close(),
    },
    now: () => Date.UTC(2026, 10, 21),
    signal: new AbortController().signal,
  })) {
    items.push(...page.items);
    sources.push(page.source);
    last = page.cursor;
  }
  return { items, sources, cursor: last };
}

describe('a Google Alert', () => {
  it('brings the article itself: its page, its site, its words', async () => {
    const { items } = await poll(
      address('123/456'),
      feed('acme', entry(1, title, 'https://news.example/acme?id=7&utm_source=x')),
    );
    expect(items).toMatchObject([
      {
        title: 'Why Acme & Co is growing',
        url: 'https://news.example/acme?id=7&utm_source=x',
        author: { key: null, name: 'news.example' },
        kind: 'article',
        publishedAt: Date.UTC(2026, 10, 20, 9, 41),
      },
    ]);
    expect(documentText(items[0]?.document ?? [])).toBe("... Acme's widget ...");
  });

  it('keeps a mention of its own for an article that another one found, each with its own words', async () => {
    const article = entry(1, title, 'https://news.example/a');
    const first = await poll(address('123/456'), feed('acme', article));
    const again = await poll(address('123/456'), `${feed('acme', article)} `, { cursor: first.cursor });
    const other = await poll(address('123/789'), feed('widget', article));
    expect(again.items.map(({ key }) => key)).toEqual(first.items.map(({ key }) => key));
    expect(other.items[0]?.key).not.toBe(first.items[0]?.key);
  });

  it('is told by Google’s own address alone', () => {
    expect(isGoogleAlert('https://www.google.co.uk/alerts/feeds/1/2')).toBe(true);
    expect(isGoogleAlert('https://www.google.com.evil.example/alerts/feeds/1/2')).toBe(false);
    expect(isGoogleAlert('https://www.google.com/search')).toBe(false);
  });

  it.each([404, 500, 301])('that fails with %i names Google and not the address', async (status) => {
    const secret = address('11112222/33334444');
    const failure: unknown = await poll(secret, 'gone', { status }).catch((error: unknown) => error);
    if (!(failure instanceof EarshotError)) throw failure;
    expect(JSON.stringify(failure.toFailure())).not.toMatch(/11112222|33334444/);
  });

  it('is shown by its site, not by its address', () => {
    expect(feedsConnector.describe({ url: address('123/456') })).toEqual({
      name: 'google.com',
      url: 'https://www.google.com',
    });
  });
});
