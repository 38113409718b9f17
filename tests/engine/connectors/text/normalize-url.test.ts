import { describe, expect, it } from 'vitest';
import {
  absoluteUrl,
  normalizeUrl,
  redactUrl,
  unwrapUrl,
} from '../../../../electron/engine/connectors/text/normalize-url.ts';

describe('one spelling for a page', () => {
  it.each([
    ['HTTPS://Blog.Example:443/A?b=2&a=1#top', 'https://blog.example/A?a=1&b=2'],
    ['http://blog.example:80/a?utm_source=rss&utm_medium=feed', 'http://blog.example/a'],
    ['https://blog.example/a?x=1&fbclid=abc&gclid=d&mc_cid=e', 'https://blog.example/a?x=1'],
    ['https://blog.example:8443/a', 'https://blog.example:8443/a'],
    ['https://blog.example/a%20b?q=%2B', 'https://blog.example/a%20b?q=%2B'],
    [
      'https://www.google.com/url?rct=j&sa=t&url=https://news.example/acme%3Fid%3D7%26utm_source%3Dx&ct=ga',
      'https://news.example/acme?id=7',
    ],
  ])('%s becomes %s', (from, to) => {
    expect(normalizeUrl(from)).toBe(to);
  });

  it('leaves alone what is no address', () => {
    expect(normalizeUrl(' tag:blog.example,2026:1 ')).toBe('tag:blog.example,2026:1');
    expect(normalizeUrl('::')).toBe('::');
  });
});

describe('links that lead through a redirector', () => {
  it.each([
    ['https://www.google.co.uk/url?sa=t&url=https://a.example/1', 'https://a.example/1'],
    ['https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F1&h=x', 'https://a.example/1'],
  ])('%s is %s', (wrapped, page) => {
    expect(unwrapUrl(wrapped)).toBe(page);
  });

  it.each([
    'https://www.google.com/url?url=javascript:alert(1)',
    'https://www.google.com.evil.example/url?url=https://a.example/1',
    'https://share.example/?url=https://a.example/1',
    'https://www.google.com/search?q=https://a.example/1',
  ])('%s stays', (href) => {
    expect(unwrapUrl(href)).toBe(href);
  });
});

describe('absolute addresses', () => {
  it('resolves against the base and takes web addresses only', () => {
    expect(absoluteUrl('../b', 'https://a.example/x/y/z')).toBe('https://a.example/x/b');
    expect(absoluteUrl('//c.example/d', 'http://a.example/')).toBe('http://c.example/d');
    expect(absoluteUrl('https://c.example/d', 'no base')).toBe('https://c.example/d');
    expect(absoluteUrl('b', null)).toBeNull();
    expect(absoluteUrl('mailto:a@b.example', null)).toBeNull();
    expect(absoluteUrl(`https://a.example/${'x'.repeat(10_000)}`, null)).toBeNull();
  });

  it('shows no query, user name or password in messages', () => {
    expect(redactUrl('https://ann:secret@a.example/feed?token=secret#x')).toBe('https://a.example/feed?…');
  });
});
