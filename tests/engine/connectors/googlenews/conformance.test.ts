import { describe, expect, it } from 'vitest';
import { googleNewsConnector } from '../../../../electron/engine/connectors/googlenews/connector.ts';
import { mentionOf } from '../../../../electron/engine/connectors/googlenews/adapt.ts';
import type { StandIn } from '../conformance/stand-in.ts';
import { type StandInAnswer, standInServer } from '../conformance/stand-in-server.ts';
import { conformance } from '../conformance/suite.ts';

interface Story {
  id: string;
  title: string | null;
  publisher: string;
  at: number;
}

const escape = (text: string): string => text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The newest hundred, and a page for people where the three words for the edition do not agree. */
function feed(stories: readonly Story[], url: URL, now: number): StandInAnswer {
  const ask = (name: string): string => url.searchParams.get(name) ?? '';
  const [language, country] = ask('hl').split('-');
  if (ask('gl') !== country || ask('ceid') !== `${country}:${language}`) {
    return {
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html><title>Consent</title>',
    };
  }
  const [, words = '', days = ''] = /^(.*) when:(\d+)d$/.exec(ask('q')) ?? [];
  const wanted = words.replaceAll('"', '').toLowerCase();
  const hits = stories
    .filter(({ at }) => at >= now - Number(days) * 86_400_000)
    .filter(({ title }) => title === null || title.toLowerCase().includes(wanted))
    .slice(-100);
  const items = hits.map(
    ({ id, title, publisher, at }) =>
      `<item>${title === null ? '' : `<title>${escape(`${title} - ${publisher}`)}</title>`}
       <link>https://news.google.com/rss/articles/${id}?oc=5</link>
       <guid isPermaLink="false">${id}</guid>
       <pubDate>${new Date(at).toUTCString()}</pubDate>
       <description>&lt;a href="https://x.example"&gt;${escape(escape(title ?? ''))}&lt;/a&gt;</description>
       <source url="https://${publisher}">${publisher}</source></item>`,
  );
  return {
    status: 200,
    headers: { 'content-type': 'application/rss+xml; charset=utf-8' },
    body: `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>https://news.google.com/search</link>
      <description>x</description>${items.join('')}</channel></rss>`,
  };
}

interface Played extends StandIn {
  readonly apiUrl: string;
}

async function start(now: () => number): Promise<Played> {
  const stories: Story[] = [];
  const server = await standInServer({
    kindOf: () => 'read',
    answer: ({ url }) => feed(stories, url, now()),
    refusals: {
      'rate-limited': () => ({
        status: 429,
        headers: { 'retry-after': '60' },
        body: '<html>unusual traffic</html>',
      }),
      'missing-permission': () => ({ status: 403 }),
      refused: () => ({ status: 400 }),
    },
  });
  const find = (id: string): Story => stories.find((story) => story.id === id)!;
  const standIn: Played = {
    apiUrl: `${server.url}/rss/search`,
    skewMs: 0,
    publish({ text, author = 'times.example', at = now() + standIn.skewMs }) {
      const id = `CBMi${stories.length + 1}`;
      stories.push({ id, title: text, publisher: author, at });
      return id;
    },
    edit: (id, text) => void (find(id).title = text),
    remove: (id) => void stories.splice(stories.indexOf(find(id)), 1),
    spoil: (id) => void (find(id).title = null),
    written: () => [],
    ...server,
  };
  return standIn;
}

conformance({
  name: 'Google News',
  connector: googleNewsConnector,
  start,
  source: ({ apiUrl }) => ({
    settings: { edition: 'en-US', apiUrl, allowPrivateNetwork: true },
    usesAccount: false,
  }),
  account: () => null,
  morePagesThan: 90,
  without: {
    'a deleted item is told of': 'the search only stops giving it',
    'an edited item comes again with its new text': 'a headline is all that tells one story from another',
    'an answer that is cut off is named, and nothing is lost': 'the stories that came whole are given',
  },
});

describe('a story', () => {
  const item = {
    id: 'CBMiAAA',
    link: 'https://news.google.com/rss/articles/CBMiAAA?oc=5',
    title: 'Acme Widget raises prices - The Example Times',
    body: null,
    publishedAt: Date.UTC(2026, 10, 20, 8, 30),
    updatedAt: null,
    author: null,
    sourceName: 'The Example Times',
    inReplyTo: null,
    language: null,
  };

  it('is the same one whatever its guid and link are at the next fetch', () => {
    const first = mentionOf(item);
    expect(first).toMatchObject({
      title: 'Acme Widget raises prices',
      author: { name: 'The Example Times' },
    });
    const again = mentionOf({ ...item, id: 'CBMiBBB', link: 'https://news.google.com/rss/articles/CBMiBBB' });
    expect(again?.key).toBe(first?.key);
    expect(mentionOf({ ...item, sourceName: 'Another' })?.key).not.toBe(first?.key);
  });

  it('names its publisher from the headline where the feed does not, and is none without one', () => {
    expect(mentionOf({ ...item, sourceName: null })?.author.name).toBe('The Example Times');
    expect(mentionOf({ ...item, title: ' ' })).toBeNull();
  });
});
