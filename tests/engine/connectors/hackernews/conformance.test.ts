import { hackerNewsConnector } from '../../../../electron/engine/connectors/hackernews/connector.ts';
import { conformance } from '../conformance/suite.ts';
import { standInServer } from '../conformance/stand-in-server.ts';
import type { StandIn } from '../conformance/stand-in.ts';
import { searchAnswer, type StandInItem } from './algolia-stand-in.ts';

interface SearchStandIn extends StandIn {
  readonly apiUrl: string;
}

/** A search gives 1,000 hits at most; more are fetched in windows of time. */
async function start(now: () => number): Promise<SearchStandIn> {
  const items: StandInItem[] = [];
  let nextId = 100;
  const server = await standInServer({
    kindOf: () => 'read',
    answer: ({ url }) => searchAnswer({ items, searches: [] }, url),
    refusals: {
      'rate-limited': () => ({
        status: 429,
        headers: { 'retry-after': '60' },
        body: { message: 'Too many requests' },
      }),
      'missing-permission': () => ({ status: 403 }),
      refused: () => ({ status: 400 }),
    },
  });
  const place = (id: string): number => items.findIndex((item) => String(item.id) === id);
  const standIn: SearchStandIn = {
    apiUrl: `${server.url}/api/v1`,
    skewMs: 0,
    publish({
      text,
      author = 'kate',
      at = now() + standIn.skewMs,
    }: Parameters<StandIn['publish']>[0]): string {
      nextId += 1;
      items.push({
        id: nextId,
        at: Math.floor(at / 1000),
        author,
        comment_text: text,
        story_id: 1,
        parent_id: 1,
      });
      return String(nextId);
    },
    edit(id, text) {
      items[place(id)] = { ...items[place(id)]!, comment_text: text };
    },
    remove: (id) => void items.splice(place(id), 1),
    spoil(id) {
      items[place(id)] = { ...items[place(id)]!, author: undefined as never };
    },
    written: () => [],
    ...server,
  };
  return standIn;
}

conformance({
  name: 'Hacker News',
  connector: hackerNewsConnector,
  start,
  source: (standIn) => ({
    settings: { apiUrl: standIn.apiUrl, allowPrivateNetwork: true },
    usesAccount: false,
  }),
  account: () => null,
  morePagesThan: 1_000,
  without: { 'a deleted item is told of': 'the search only stops giving it' },
});
