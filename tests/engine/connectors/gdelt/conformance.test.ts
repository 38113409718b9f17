import { describe, expect, it } from 'vitest';
import { gdeltConnector } from '../../../../electron/engine/connectors/gdelt/connector.ts';
import { mentionOf, momentText, seenAt } from '../../../../electron/engine/connectors/gdelt/adapt.ts';
import type { StandIn } from '../conformance/stand-in.ts';
import { type StandInAnswer, standInServer } from '../conformance/stand-in-server.ts';
import { conformance } from '../conformance/suite.ts';

interface Article {
  url: string;
  title: string;
  seendate?: string;
  domain: string;
  language: string;
}

const compact = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');

/** The list of articles, as strict as the real one about words and moments, at most 250 of them. */
function listed(articles: readonly Article[], url: URL): StandInAnswer {
  const ask = (name: string): string => url.searchParams.get(name) ?? '';
  const plain = (body: string): StandInAnswer => ({
    status: 200,
    headers: { 'content-type': 'text/html' },
    body,
  });
  if (ask('mode') !== 'artlist' || ask('format') !== 'json') return plain('Invalid mode.');
  const words = ask('query').replace(/[()]/g, '').split(' OR ');
  if (words.some((word) => word.replaceAll('"', '').length < 3)) {
    return plain('The specified phrase is too short.');
  }
  if (words.some((word) => word.includes(' ') && !word.startsWith('"')))
    return plain('One or more of your keywords were invalid.');
  const moments = [ask('startdatetime'), ask('enddatetime')];
  if (!moments.every((moment) => /^\d{14}$/.test(moment))) return plain('Invalid date.');
  const hits = articles.filter(({ title, seendate = '0' }) => {
    const moment = seendate.replace(/\D/g, '');
    const isWithin = seendate === '0' || (moment >= moments[0]! && moment <= moments[1]!);
    return (
      isWithin && words.some((word) => title.toLowerCase().includes(word.replaceAll('"', '').toLowerCase()))
    );
  });
  const newest = hits.toSorted((a, b) => (b.seendate ?? '').localeCompare(a.seendate ?? ''));
  return { status: 200, body: hits.length === 0 ? {} : { articles: newest.slice(0, 250) } };
}

interface Played extends StandIn {
  readonly apiUrl: string;
}

async function start(now: () => number): Promise<Played> {
  const articles: Article[] = [];
  const server = await standInServer({
    kindOf: () => 'read',
    answer: ({ url }) => listed(articles, url),
    refusals: {
      'rate-limited': () => ({
        status: 429,
        headers: { 'retry-after': '60' },
        body: 'Please limit requests.',
      }),
      'missing-permission': () => ({ status: 403 }),
      refused: () => ({ status: 400 }),
    },
  });
  const find = (id: string): Article => articles.find(({ url }) => url === id)!;
  const standIn: Played = {
    apiUrl: `${server.url}/api/v2/doc/doc`,
    skewMs: 0,
    publish({ text, author = 'times.example', at = now() + standIn.skewMs }) {
      const url = `https://${author.replace(/\W/g, '')}.example/${articles.length + 1}`;
      articles.push({ url, title: text, seendate: compact(at), domain: author, language: 'German' });
      return url;
    },
    edit: (id, text) => void (find(id).title = text),
    remove: (id) => void articles.splice(articles.indexOf(find(id)), 1),
    spoil: (id) => void delete find(id).seendate,
    written: () => [],
    ...server,
  };
  return standIn;
}

conformance({
  name: 'GDELT',
  connector: gdeltConnector,
  start,
  source: ({ apiUrl }) => ({ settings: { apiUrl, allowPrivateNetwork: true }, usesAccount: false }),
  account: () => null,
  morePagesThan: 240,
  without: {
    'a deleted item is told of': 'the search only stops giving it',
    'a server whose clock is an hour ahead is heard as well': 'it is asked for moments up to now',
  },
});

describe('an article', () => {
  it('has the time it was seen, its language and one key however it is linked to', () => {
    const article = {
      url: 'https://times.example/acme?utm_source=x&id=7',
      title: 'Acme  Widget raises prices',
      seendate: '20261120T081500Z',
      domain: 'times.example',
      language: 'German',
    };
    expect(mentionOf(article)).toMatchObject({
      key: 'gdelt/https://times.example/acme?id=7',
      title: 'Acme Widget raises prices',
      publishedAt: Date.UTC(2026, 10, 20, 8, 15),
      language: 'de',
      author: { name: 'times.example' },
    });
    expect(mentionOf({ ...article, url: 'ftp://times.example/acme' })).toBeNull();
  });

  it('is asked for by moments that come back the same', () => {
    const at = Date.UTC(2026, 0, 2, 3, 4, 5);
    expect(momentText(at)).toBe('20260102030405');
    expect(seenAt('20260102T030405Z')).toBe(at);
  });
});
