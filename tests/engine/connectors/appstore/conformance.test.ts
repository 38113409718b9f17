import { describe, expect, it } from 'vitest';
import { appStoreConnector } from '../../../../electron/engine/connectors/appstore/connector.ts';
import { mentionOf } from '../../../../electron/engine/connectors/appstore/adapt.ts';
import { documentText } from '../../../../shared/text/document-text.ts';
import type { StandIn } from '../conformance/stand-in.ts';
import { type StandInAnswer, standInServer } from '../conformance/stand-in-server.ts';
import { conformance } from '../conformance/suite.ts';

interface Review {
  id: string;
  text: string;
  author: string;
  at: number;
  rating: string | undefined;
}

const label = (text: string) => ({ label: text });
const entryOf = ({ id, text, author, at, rating }: Review) => ({
  id: label(id),
  title: label('A review'),
  content: { ...label(text), attributes: { type: 'text' } },
  'im:rating': rating === undefined ? {} : label(rating),
  'im:version': label('4.2.0'),
  author: { name: label(author), uri: label(`https://itunes.apple.com/us/reviews/${author}`) },
  updated: label(new Date(at).toISOString()),
  link: { attributes: { rel: 'related', href: `https://itunes.apple.com/us/review?id=${id}` } },
});

/** Fifty a page, ten pages; no list for none, an object for one. */
function feed(reviews: readonly Review[], path: string): StandInAnswer {
  const [, page = '', id] = /\/page=(\d+)\/id=(\d+)\/sortby=mostrecent\/json$/.exec(path) ?? [];
  const other = /\/id=(\d+)\/page=(\d+)\/sortby=mostrecent\/json$/.exec(path);
  const number = Number(page || other?.[2]);
  if ((id ?? other?.[1]) !== '389801252' || !path.startsWith('/us/rss/customerreviews/'))
    return { status: 400 };
  if (!(number >= 1 && number <= 10))
    return { status: 400, body: 'CustomerReviews RSS page depth is limited to 10' };
  const sorted = reviews.toSorted((a, b) => b.at - a.at);
  const entries = sorted.slice((number - 1) * 50, number * 50).map(entryOf);
  const entry = entries.length === 0 ? {} : { entry: entries.length === 1 ? entries[0] : entries };
  return { status: 200, body: { feed: { author: { name: label('iTunes Store') }, ...entry } } };
}

interface Played extends StandIn {
  readonly url: string;
}

async function start(now: () => number): Promise<Played> {
  const reviews: Review[] = [];
  const server = await standInServer({
    kindOf: () => 'read',
    answer: ({ path }) => feed(reviews, path),
    refusals: {
      'rate-limited': () => ({ status: 429, headers: { 'retry-after': '60' } }),
      'missing-permission': () => ({ status: 403 }),
      refused: () => ({ status: 400 }),
    },
  });
  const find = (id: string): Review => reviews.find((review) => review.id === id)!;
  const standIn: Played = {
    skewMs: 0,
    publish({ text, author = 'bluefox', at = now() + standIn.skewMs }) {
      const id = String(13_300_000_001 + reviews.length);
      reviews.push({ id, text, author, at, rating: '1' });
      return id;
    },
    edit(id, text) {
      Object.assign(find(id), { text, at: now() });
    },
    remove: (id) => void reviews.splice(reviews.indexOf(find(id)), 1),
    spoil: (id) => void (find(id).rating = undefined),
    written: () => [],
    ...server,
  };
  return standIn;
}

conformance({
  name: 'App Store',
  connector: appStoreConnector,
  start,
  source: ({ url }) => ({
    settings: { appId: '389801252', country: 'us', apiUrl: url, allowPrivateNetwork: true },
    usesAccount: false,
  }),
  account: () => null,
  morePagesThan: 50,
  without: { 'a deleted item is told of': 'reviews also vanish for an hour and come back' },
});

describe('the settings', () => {
  const parse = (appId: string) => appStoreConnector.settingsSchema.safeParse({ appId, country: 'DE' });

  it('take the address of the app’s page or its number', () => {
    expect(parse('https://apps.apple.com/us/app/some-app/id389801252?mt=8').data).toMatchObject({
      appId: '389801252',
      country: 'de',
    });
    expect(parse(' 389801252 ').success).toBe(true);
    expect(parse('some app').success).toBe(false);
  });
});

it('a review says its stars, its version and its country in words', () => {
  const review = entryOf({ id: '1', text: 'Closes at once.', author: 'x', at: 0, rating: '2' });
  const mention = mentionOf({ ...review, 'im:rating': label('2') }, 'us');
  expect(documentText(mention.document)).toContain('★★☆☆☆ 2 of 5 stars · version 4.2.0 · App Store US');
});
