import { afterEach, describe, expect, it } from 'vitest';
import { feedsConnector } from '../../../electron/engine/connectors/feeds/connector.ts';
import { hackerNewsConnector } from '../../../electron/engine/connectors/hackernews/connector.ts';
import { createHttp } from '../../../electron/engine/connectors/http/create-http.ts';
import type { Connector } from '../../../electron/engine/connectors/connector.ts';
import { pollSource } from '../../../electron/engine/polling/poll-source.ts';
import { insertSource } from '../../../electron/engine/store/queries/sources.ts';
import { insertTracker } from '../../../electron/engine/store/queries/trackers.ts';
import type { Http } from '../../../electron/engine/ports/http.ts';
import type { TrackerId } from '../../../shared/model/ids.ts';
import { algoliaStandIn } from '../connectors/hackernews/algolia-stand-in.ts';
import { loopbackServer } from '../connectors/http/loopback-server.ts';
import { realClock } from '../connectors/http/real-clock.ts';
import { pollingBench } from './polling-bench.ts';

const never = new AbortController().signal;
let http: Http | null = null;
afterEach(async () => {
  await http?.close();
  http = null;
});

/** The real connectors over the real HTTP client and a real store; only the servers are played. */
function aDesk() {
  http = createHttp({ version: '0', clock: realClock });
  const { deps, store, look } = pollingBench({ http });
  const connectors = new Map(
    [feedsConnector, hackerNewsConnector].map((one) => [one.info.id, one as unknown as Connector]),
  );
  const add = (connector: string, settings: Record<string, unknown>, trackerIds: TrackerId[] = []) =>
    insertSource(store, {
      connector,
      name: connector,
      isNameGiven: false,
      settings: { ...settings, allowPrivateNetwork: true },
      trackerIds,
      followsWhole: connector === 'feeds' && trackerIds.length === 0,
      url: null,
      createdAt: realClock.now(),
      nextPollAt: null,
    }).sourceId;
  const aTracker = (query: string) => insertTracker(store, { name: query, query, createdAt: 1 }).trackerId;
  const poll = (sourceId: ReturnType<typeof add>) =>
    pollSource({ ...deps, connectors, clock: realClock }, look(sourceId), never);
  return { store, look, add, aTracker, poll };
}

const feed = (items: string) =>
  `<rss version="2.0"><channel><title>A Blog</title><link>https://a.example/</link>${items}</channel></rss>`;
const anEntry = (id: string, text: string) => `<item><guid>${id}</guid><title>${text}</title></item>`;

describe('a poll of a feed', () => {
  it('finds the feed of a page on the first poll, and asks the feed from then on', async () => {
    const server = await loopbackServer((request, response) => {
      if (request.url === '/feed.xml') {
        if (request.headers['if-none-match'] === '"1"') return void response.writeHead(304).end();
        response.writeHead(200, { etag: '"1"', 'content-type': 'application/rss+xml' });
        return void response.end(feed(anEntry('1', 'Hello')));
      }
      response.writeHead(200, { 'content-type': 'text/html' });
      return void response.end(
        '<html><link rel="alternate" type="application/rss+xml" href="/feed.xml"></html>',
      );
    });
    const { add, poll, look } = aDesk();
    const sourceId = add('feeds', { url: `${server.url}/blog` });
    expect(await poll(sourceId)).toEqual({ sourceId, fetched: 1, inserted: 1, updated: 0, matched: 0 });
    expect(look(sourceId)).toMatchObject({
      name: 'A Blog',
      settings: { url: `${server.url}/feed.xml`, allowPrivateNetwork: true },
      state: 'ok',
    });
    server.requests.length = 0;
    expect(await poll(sourceId)).toMatchObject({ fetched: 0, inserted: 0 });
    expect(server.requests.map(({ url }) => url)).toEqual(['/feed.xml']);
  });

  it('says what a page is that has no feed, and waits for the user', async () => {
    const server = await loopbackServer((request, response) => {
      response.writeHead(request.url === '/' ? 200 : 404, { 'content-type': 'text/html' });
      response.end('<html>Hello</html>');
    });
    const { add, poll, look } = aDesk();
    const sourceId = add('feeds', { url: `${server.url}/` });
    expect(await poll(sourceId)).toMatchObject({ error: { code: 'not-a-feed' } });
    expect(look(sourceId)).toMatchObject({
      state: 'blocked',
      lastError: { code: 'not-a-feed' },
      failCount: 1,
    });
  });

  it('keeps earlier items when the feed turns into a page for a while', async () => {
    let body = feed(anEntry('1', 'Hello'));
    const server = await loopbackServer((_, response) => response.end(body));
    const { add, poll, look, store } = aDesk();
    const sourceId = add('feeds', { url: `${server.url}/feed` });
    await poll(sourceId);
    server.requests.length = 0;
    body = '<html><link rel="alternate" type="application/rss+xml" href="/other">Down for maintenance</html>';
    expect(await poll(sourceId)).toMatchObject({ error: { code: 'not-a-feed' } });
    expect(look(sourceId)).toMatchObject({ state: 'failing', settings: { url: `${server.url}/feed` } });
    expect(server.requests).toHaveLength(1);
    expect(store.get('SELECT count(*) AS n FROM mentions')).toEqual({ n: 1 });
  });

  it('keeps the secret in an address out of what it says', async () => {
    const server = await loopbackServer((_, response) => response.writeHead(404).end());
    const { add, poll } = aDesk();
    const { error } = await poll(add('feeds', { url: `${server.url}/feed?token=hunter2` }));
    expect(error?.code).toBe('not-found');
    expect(JSON.stringify(error)).not.toContain('hunter2');
  });
});

describe('a poll of Hacker News', () => {
  it('stores what trackers match, once, and takes in edits', async () => {
    const at = Math.floor(realClock.now() / 1000);
    const standIn = await algoliaStandIn([
      { id: 1, at: at - 60, author: 'bo', title: 'Acme phone', url: 'https://acme.example/' },
      { id: 2, at: at - 50, author: 'kate', comment_text: 'my acme is slow', story_id: 1, parent_id: 1 },
      { id: 3, at: at - 40, author: 'kate', comment_text: 'acme jobs', story_id: 1, parent_id: 1 },
    ]);
    const { add, poll, aTracker, store, look } = aDesk();
    aTracker('acme -jobs');
    const sourceId = add('hackernews', { apiUrl: standIn.apiUrl });
    expect(await poll(sourceId)).toEqual({ sourceId, fetched: 3, inserted: 2, updated: 0, matched: 2 });
    expect(await poll(sourceId)).toEqual({ sourceId, fetched: 3, inserted: 0, updated: 0, matched: 2 });
    standIn.items[1] = { ...standIn.items[1]!, comment_text: 'my acme is fast' };
    expect(await poll(sourceId)).toEqual({ sourceId, fetched: 3, inserted: 0, updated: 1, matched: 2 });
    expect(look(sourceId)).toMatchObject({ state: 'ok', intervalMs: 180_000, mentionCount: 2 });
    expect(store.all('SELECT key, text FROM mentions ORDER BY id')).toEqual([
      { key: 'hn/1', text: 'https://acme.example/' },
      { key: 'hn/2', text: 'my acme is fast' },
    ]);
  });

  it('listens for the trackers it was given, and says so when there are none', async () => {
    const standIn = await algoliaStandIn();
    const { add, poll, aTracker } = aDesk();
    const none = add('hackernews', { apiUrl: standIn.apiUrl });
    expect(await poll(none)).toMatchObject({ error: { code: 'unsupported' } });
    const hooli = aTracker('hooli');
    aTracker('acme');
    await poll(add('hackernews', { apiUrl: standIn.apiUrl }, [hooli]));
    expect(standIn.searches.map((params) => params.get('query'))).toEqual(['hooli']);
  });
});
