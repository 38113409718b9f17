import { afterEach, describe, expect, it } from 'vitest';
import type { ListenedQuery, PollPage } from '../../../../electron/engine/connectors/connector.ts';
import {
  hackerNewsConnector,
  type HackerNewsCursor,
  type HackerNewsSettings,
} from '../../../../electron/engine/connectors/hackernews/connector.ts';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import type { Http } from '../../../../electron/engine/ports/http.ts';
import { parseQuery } from '../../../../shared/query/parse.ts';
import { loopbackServer } from '../http/loopback-server.ts';
import { realClock } from '../http/real-clock.ts';
import { algoliaStandIn, type StandIn, type StandInItem } from './algolia-stand-in.ts';

const now = 1_795_200_000;
const hour = 3_600;
const day = 24 * hour;

let http: Http | null = null;
afterEach(async () => {
  await http?.close();
  http = null;
});

type Page = PollPage<HackerNewsSettings, HackerNewsCursor>;

function query(text: string): ListenedQuery {
  const parsed = parseQuery(text);
  if (!parsed.isValid) throw new Error(parsed.mistake.message);
  return { text, root: parsed.root };
}

async function poll(
  apiUrl: string,
  queries: readonly string[],
  { cursor = null, at = now }: { cursor?: HackerNewsCursor | null; at?: number } = {},
): Promise<{ pages: Page[]; ids: string[]; cursor: HackerNewsCursor | null }> {
  http ??= createHttp({ version: '0', clock: realClock });
  const pages: Page[] = [];
  for await (const page of hackerNewsConnector.poll({
    settings: { apiUrl, allowPrivateNetwork: true },
    cursor,
    queries: queries.map(query),
    account: null,
    http,
    now: () => at * 1000,
    signal: new AbortController().signal,
  })) {
    pages.push(page);
  }
  const ids = pages.flatMap(({ items }) => items.map(({ externalId }) => externalId));
  return { pages, ids, cursor: pages.at(-1)?.cursor ?? null };
}

const comment = (
  id: number,
  at: number,
  comment_text: string,
  more: Partial<StandInItem> = {},
): StandInItem => ({
  id,
  at,
  author: 'kate',
  comment_text,
  story_id: 1,
  story_title: 'Ask HN',
  parent_id: 1,
  ...more,
});

const askedSince = ({ searches }: StandIn): number[] =>
  searches.map((params) => Number(/created_at_i>=(\d+)/.exec(params.get('numericFilters') ?? '')?.[1]));

describe('a first poll', () => {
  it('brings what matches of the last seven days, oldest first', async () => {
    const standIn = await algoliaStandIn([
      comment(10, now - 8 * day, 'acme, long ago'),
      comment(11, now - 6 * day, 'acme is fine'),
      { id: 12, at: now - day, author: 'bo', title: 'Acme raises', url: 'https://acme.example/' },
      comment(13, now - hour, 'nothing to see'),
    ]);
    const { ids, cursor } = await poll(standIn.apiUrl, ['acme']);
    expect(ids).toEqual(['11', '12']);
    expect(cursor).toEqual({ newest: { acme: now - day } });
    expect(Object.fromEntries(standIn.searches[0]!)).toEqual({
      query: 'acme',
      tags: '(story,comment)',
      numericFilters: `created_at_i>=${now - 7 * day}`,
      hitsPerPage: '1000',
      typoTolerance: 'false',
      queryType: 'prefixNone',
    });
  });

  it('asks one request for each word that a query may be found by', async () => {
    const standIn = await algoliaStandIn([
      comment(11, now - 3, 'hooli phone'),
      comment(12, now - 2, 'acme'),
      comment(13, now - 1, 'initech'),
    ]);
    const { ids } = await poll(standIn.apiUrl, ['acme OR hooli', '"hooli phone"']);
    expect(standIn.searches.map((params) => params.get('query')).sort()).toEqual(['acme', 'hooli']);
    expect(ids.sort()).toEqual(['11', '12']);
  });

  it('finds beginnings of words only where a tracker asks for them', async () => {
    const standIn = await algoliaStandIn([comment(11, now - 2, 'acmephone'), comment(12, now - 1, 'acme')]);
    expect((await poll(standIn.apiUrl, ['acme'])).ids).toEqual(['12']);
    expect((await poll(standIn.apiUrl, ['acme*'])).ids).toEqual(['11', '12']);
  });

  it('finds names with signs in them however they are written', async () => {
    const standIn = await algoliaStandIn([
      comment(11, now - 2, 'I like node.js'),
      comment(12, now - 1, 'or Node JS'),
    ]);
    expect((await poll(standIn.apiUrl, ['"node.js"'])).ids).toEqual(['11', '12']);
  });
});

describe('a later poll', () => {
  it('looks back six hours behind the newest item, for what is indexed late', async () => {
    const standIn = await algoliaStandIn([comment(11, now - hour, 'acme')]);
    const { cursor } = await poll(standIn.apiUrl, ['acme']);
    standIn.items.push(comment(10, now - 6 * hour, 'acme, indexed late'));
    const later = await poll(standIn.apiUrl, ['acme'], { cursor, at: now + 180 });
    expect(askedSince(standIn)).toEqual([now - 7 * day, now - 7 * hour]);
    expect(later.ids).toEqual(['10', '11']);
    expect(later.cursor).toEqual(cursor);
  });

  it('brings an edited item again under the same key', async () => {
    const standIn = await algoliaStandIn([comment(11, now - 60, 'acme is bad')]);
    const first = await poll(standIn.apiUrl, ['acme']);
    standIn.items[0] = comment(11, now - 60, 'acme is good');
    const second = await poll(standIn.apiUrl, ['acme'], { cursor: first.cursor });
    expect(second.pages[0]!.items[0]!.key).toBe(first.pages[0]!.items[0]!.key);
    expect(second.pages[0]!.items[0]!.document).not.toEqual(first.pages[0]!.items[0]!.document);
  });

  it('keeps a cursor for each search and forgets those that nobody asks for any more', async () => {
    const standIn = await algoliaStandIn([comment(11, now - hour, 'acme'), comment(12, now - 60, 'hooli')]);
    const first = await poll(standIn.apiUrl, ['acme OR initech']);
    expect(first.cursor).toEqual({ newest: { acme: now - hour, initech: now - 7 * day } });
    const second = await poll(standIn.apiUrl, ['acme OR hooli'], { cursor: first.cursor });
    expect(second.cursor).toEqual({ newest: { acme: now - hour, hooli: now - 60 } });
    // The new search looks back seven days of its own.
    expect(askedSince(standIn).slice(2).sort()).toEqual([now - 7 * day, now - 7 * hour].sort());
  });

  it.each(['constructor', '__proto__'])('searches for a new word such as %s', async (word) => {
    const standIn = await algoliaStandIn([comment(11, now - hour, `a ${word} of bridges`)]);
    const first = await poll(standIn.apiUrl, ['acme']);
    const second = await poll(standIn.apiUrl, ['acme', word], { cursor: first.cursor });
    expect(second.ids).toEqual(['11']);
    expect(askedSince(standIn)).toContain(now - 7 * day);
  });

  it('catches up after weeks away', async () => {
    const standIn = await algoliaStandIn([comment(11, now - 10 * day, 'acme'), comment(12, now - 1, 'acme')]);
    const cursor = { newest: { acme: now - 30 * day } };
    expect((await poll(standIn.apiUrl, ['acme'], { cursor })).ids).toEqual(['11', '12']);
  });

  it('is not led astray by an item from the future', async () => {
    const standIn = await algoliaStandIn([comment(11, now + 30 * day, 'acme')]);
    const { cursor } = await poll(standIn.apiUrl, ['acme']);
    expect(cursor).toEqual({ newest: { acme: now } });
  });
});

describe('more hits than a search gives', () => {
  it('are fetched in windows of time until every window is whole, none missed and none out of order', async () => {
    const many = Array.from({ length: 3_500 }, (_, n) => comment(100 + n, now - 3_600 + n, 'acme'));
    const standIn = await algoliaStandIn(many);
    const { ids, pages, cursor } = await poll(standIn.apiUrl, ['acme']);
    expect(new Set(ids).size).toBe(3_500);
    expect(ids.map(Number)).toEqual(many.map(({ id }) => id));
    expect(cursor).toEqual({ newest: { acme: now - 3_600 + 3_499 } });
    // Stored in small transactions, and the cursor never ahead of what is stored.
    let newestStored = 0;
    for (const page of pages) {
      expect(page.items.length).toBeLessThanOrEqual(100);
      newestStored = Math.max(
        newestStored,
        ...page.items.map(({ publishedAt }) => (publishedAt ?? 0) / 1000),
      );
      expect(page.cursor.newest['acme']).toBeLessThanOrEqual(Math.max(newestStored, now - 7 * day));
    }
  });

  it('of one second are taken as far as they are given', async () => {
    const many = Array.from({ length: 1_500 }, (_, n) => comment(100 + n, now - 60, 'acme'));
    const { ids } = await poll((await algoliaStandIn(many)).apiUrl, ['acme']);
    expect(ids).toHaveLength(1_000);
  });
});

describe('what goes wrong', () => {
  it('spoils only the item that is broken', async () => {
    const good = {
      objectID: '1',
      created_at_i: now - 5,
      author: 'a',
      comment_text: 'acme',
      _tags: ['comment'],
    };
    const server = await loopbackServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ hits: [null, { ...good, author: null }, good], nbHits: 3 }));
    });
    const { ids, pages } = await poll(server.url, ['acme']);
    expect(ids).toEqual(['1']);
    expect(pages[0]!.warning).toMatchObject({ code: 'bad-response', details: { rejected: 2 } });
  });

  it.each(['<html>', '{"hits":{}}', '[]', ''])('is named when the answer is %j', async (body) => {
    const server = await loopbackServer((_, response) => response.end(body));
    await expect(poll(server.url, ['acme'])).rejects.toMatchObject({ code: 'bad-response' });
  });

  it('passes the reason of a refusal on', async () => {
    const server = await loopbackServer((_, response) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end('{"message":"invalid numericFilters","status":400}');
    });
    await expect(poll(server.url, ['acme'])).rejects.toMatchObject({
      code: 'rejected',
      details: { status: 400, said: 'invalid numericFilters' },
    });
  });

  it('keeps what other searches brought when one fails', async () => {
    const standIn = await algoliaStandIn([comment(11, now - 60, 'acme')]);
    const server = await loopbackServer(async (request, response) => {
      if (request.url?.includes('hooli')) return void response.writeHead(500).end();
      const answer = await fetch(`${standIn.server.url}${request.url?.replace('/search', '/api/v1/search')}`);
      response.end(await answer.text());
    });
    const pages: string[] = [];
    http = createHttp({ version: '0', clock: realClock });
    const polling = hackerNewsConnector.poll({
      settings: { apiUrl: server.url, allowPrivateNetwork: true },
      cursor: { newest: { acme: now - 20 * day } },
      queries: [query('acme'), query('hooli')],
      account: null,
      http,
      now: () => now * 1000,
      signal: new AbortController().signal,
    });
    const reading = (async () => {
      for await (const { items } of polling) pages.push(...items.map(({ externalId }) => externalId));
    })();
    await expect(reading).rejects.toMatchObject({ code: 'server-error' });
    expect(pages).toEqual(['11']);
  });

  it('is said when there is nothing to search for', async () => {
    const standIn = await algoliaStandIn();
    await expect(poll(standIn.apiUrl, [])).rejects.toMatchObject({ code: 'unsupported' });
    await expect(poll(standIn.apiUrl, ['lang:en'])).rejects.toMatchObject({ code: 'unsupported' });
    const { pages } = await poll(standIn.apiUrl, ['lang:en', 'acme']);
    expect(pages[0]!.warning).toMatchObject({ code: 'unsupported' });
    expect(standIn.searches).toHaveLength(1);
  });
});

describe('its settings', () => {
  it('may be left out', () => {
    expect(hackerNewsConnector.settingsSchema.parse({})).toEqual({});
    expect(hackerNewsConnector.hostOf({})).toBe('hn.algolia.com');
  });

  it('take only an http address', () => {
    expect(hackerNewsConnector.settingsSchema.safeParse({ apiUrl: 'file:///etc/passwd' }).success).toBe(
      false,
    );
    expect(
      hackerNewsConnector.settingsSchema.safeParse({ apiUrl: 'http://127.0.0.1:8080/api/v1' }).success,
    ).toBe(true);
  });
});
