import { describe, expect, it } from 'vitest';
import { newCursor, usableCursor } from '../../../../electron/engine/connectors/feeds/cursor.ts';
import { feedsOfPage } from '../../../../electron/engine/connectors/feeds/discovery.ts';
import { pollHints } from '../../../../electron/engine/connectors/feeds/poll-hints.ts';
import { judgeRedirects } from '../../../../electron/engine/connectors/feeds/redirects.ts';
import { feedsSettingsSchema } from '../../../../electron/engine/connectors/feeds/settings.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

describe('where to poll from after redirects', () => {
  const from = 'http://a.example/feed';
  const hop = (status: number, to: string, start = from) => ({ status, from: start, to });

  it.each([
    ['http://a.example/feed', 'https://a.example/feed'],
    ['https://a.example/feed', 'https://a.example/feed/'],
    ['https://a.example/feed/', 'https://a.example/feed'],
  ])('moves at once from %s to %s', (asked, to) => {
    expect(judgeRedirects(asked, [hop(301, to, asked)], null, 0).movedTo).toBe(to);
  });

  it('moves elsewhere only when three polls over a day agreed', () => {
    const redirects = [hop(308, 'https://b.example/feed')];
    let candidate = null as ReturnType<typeof judgeRedirects>['candidate'];
    const poll = (now: number): string | null => {
      const judged = judgeRedirects(from, redirects, candidate, now);
      candidate = judged.candidate;
      return judged.movedTo;
    };
    expect([poll(0), poll(hourMs), poll(2 * hourMs), poll(23 * hourMs)]).toEqual([null, null, null, null]);
    expect(poll(24 * hourMs)).toBe('https://b.example/feed');
  });

  it('does not move after two polls, however far apart', () => {
    const redirects = [hop(301, 'https://b.example/feed')];
    const { candidate } = judgeRedirects(from, redirects, null, 0);
    expect(judgeRedirects(from, redirects, candidate, 30 * dayMs).movedTo).toBeNull();
  });

  it('starts counting again when the target changes or the redirect ends', () => {
    const { candidate } = judgeRedirects(from, [hop(301, 'https://b.example/')], null, 0);
    expect(judgeRedirects(from, [hop(301, 'https://c.example/')], candidate, dayMs).candidate).toMatchObject({
      count: 1,
    });
    expect(judgeRedirects(from, [], candidate, dayMs).candidate).toBeNull();
  });

  it.each([302, 303, 307])('keeps the address on %i, and on all that comes after it', (status) => {
    const hops = [hop(status, 'http://a.example/x'), hop(301, 'https://a.example/x', 'http://a.example/x')];
    expect(judgeRedirects(from, hops, null, 0)).toEqual({ movedTo: null, candidate: null });
  });
});

describe('when the far end wants to be asked again', () => {
  const none = { intervalMs: null, skipHours: [], skipDays: [] };

  it.each([
    [{ 'cache-control': 'public, max-age=3600' }, none, hourMs],
    [{ 'cache-control': 'max-age=600' }, { ...none, intervalMs: hourMs }, hourMs],
    [{ 'cache-control': 'max-age=31536000' }, none, 6 * hourMs],
    [{ 'cache-control': 'no-cache, max-age=3600' }, none, undefined],
    [{ 'cache-control': 'no-store' }, { ...none, intervalMs: 60_000 }, 60_000],
    [{ expires: 'Fri, 20 Nov 2026 11:00:00 GMT', date: 'Fri, 20 Nov 2026 10:00:00 GMT' }, none, hourMs],
    [{ expires: '0', date: 'Fri, 20 Nov 2026 10:00:00 GMT' }, none, undefined],
    [{}, { ...none, intervalMs: 365 * dayMs }, 6 * hourMs],
  ])('%j with %j: %s', (headers, hints, expected) => {
    expect(pollHints(headers, hints).minimumIntervalMs).toBe(expected);
  });
});

describe('what is known of a feed from the last time', () => {
  const cursor = { ...newCursor('https://a.example/feed'), etag: '"1"', validatorsAt: 0, bodyHash: 'h' };

  it('holds for eight days', () => {
    expect(usableCursor(cursor, cursor.url, 8 * dayMs - 1).etag).toBe('"1"');
    expect(usableCursor(cursor, cursor.url, 8 * dayMs).etag).toBeNull();
  });

  it('is forgotten for another address and another version of the parser, the feed itself is not', () => {
    const moved = usableCursor(cursor, 'https://b.example/feed', 0);
    expect(moved).toMatchObject({ etag: null, bodyHash: null, feedId: cursor.feedId });
    expect(usableCursor({ ...cursor, parserVersion: 0 }, cursor.url, 0)).toMatchObject({
      etag: null,
      bodyHash: null,
    });
  });

  it('names one feed alike for http and https', () => {
    expect(newCursor('http://a.example/feed?b=1&a=2').feedId).toBe(
      newCursor('https://A.example/feed?a=2&b=1').feedId,
    );
  });
});

describe('the address that a user types', () => {
  it.each([
    ['example.org', 'https://example.org/'],
    [' example.org/feed?x=1#top ', 'https://example.org/feed?x=1'],
    ['HTTP://Example.org:80/Feed', 'http://example.org/Feed'],
    ['feed://example.org/rss', 'https://example.org/rss'],
    ['feed:https://example.org/rss', 'https://example.org/rss'],
    ['localhost:8080/feed', 'http://localhost:8080/feed'],
    ['192.168.1.5/feed', 'http://192.168.1.5/feed'],
    ['müller.example', 'https://xn--mller-kva.example/'],
  ])('%s is %s', (typed, url) => {
    expect(feedsSettingsSchema.parse({ url: typed })).toEqual({ url });
  });

  it.each([
    '',
    'hello world',
    'file:///etc/passwd',
    'mailto:a@example.org',
    'ftp://example.org/',
    'https://',
    '//x',
    'data:,x',
  ])('%j is none', (typed) => {
    expect(feedsSettingsSchema.safeParse({ url: typed }).success).toBe(false);
  });
});

describe('the feeds that a page names', () => {
  const page = (html: string) =>
    feedsOfPage(new TextEncoder().encode(html), 'text/html', 'https://a.example/blog/');

  it('puts the page’s own feed before that of its comments', () => {
    expect(
      page(`<html><head><base href="/base/">
        <link rel="alternate" type="application/rss+xml" title="A &raquo; Comments Feed" href="/comments/feed/">
        <link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" title=" A " href="atom.xml">
        <link rel="alternate" type="application/json" href="https://a.example/wp-json/wp/v2/pages/1">
        <link rel="alternate" hreflang="de" href="/de"><link rel="stylesheet" type="text/css" href="x.css">
        <link rel="alternate" type="application/rss+xml" href="javascript:x"></head>`),
    ).toEqual([
      { url: 'https://a.example/base/atom.xml', title: 'A' },
      { url: 'https://a.example/comments/feed/', title: 'A » Comments Feed' },
    ]);
  });

  it('ends soon on a page of nothing but links', () => {
    const link = (index: number): string =>
      `<link rel="alternate" type="application/rss+xml" href="/${index}">`;
    expect(
      page(Array.from({ length: 20_000 }, (_, index) => link(index)).join('')).length,
    ).toBeLessThanOrEqual(20);
  });
});
