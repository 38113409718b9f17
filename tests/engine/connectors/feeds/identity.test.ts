import { describe, expect, it } from 'vitest';
import { identifyItems } from '../../../../electron/engine/connectors/feeds/identity.ts';
import type { ParsedItem } from '../../../../electron/engine/connectors/feeds/wire.ts';

const item = (over: Partial<ParsedItem>): ParsedItem => ({
  id: null,
  link: null,
  title: null,
  body: null,
  publishedAt: null,
  updatedAt: null,
  author: null,
  sourceName: null,
  inReplyTo: null,
  language: null,
  ...over,
});
const linked = (id: string, path = id): ParsedItem => item({ id, link: `https://a.example/${path}` });
const keys = (items: readonly ParsedItem[], recent: Parameters<typeof identifyItems>[2] = []): string[] =>
  identifyItems(items, 'feed', recent).items.map(({ key }) => key);

describe('what makes an item the same item', () => {
  it('is its id, whatever else changes', () => {
    expect(keys([linked('1', 'old')])).toEqual(
      keys([item({ id: '1', title: 'new', link: 'https://b.example/' })]),
    );
    expect(keys([linked('1')])).not.toEqual(keys([linked('1 ')]));
  });

  it('is its page where it has no id, however that is spelt', () => {
    const [a, b] = ['https://a.example/1?utm_source=x#top', 'HTTPS://A.example/1'].map((link) =>
      keys([item({ link })]),
    );
    expect(a).toEqual(b);
  });

  it('is its words where it has neither', () => {
    expect(keys([item({ title: 'a' })])).toEqual(keys([item({ title: 'a' })]));
    expect(keys([item({ title: 'a' })])).not.toEqual(keys([item({ title: 'b' })]));
  });

  it('differs from feed to feed', () => {
    const other = identifyItems([linked('1')], 'other', []).items.map(({ key }) => key);
    expect(keys([linked('1')])).not.toEqual(other);
  });
});

describe('several items with one id', () => {
  it('keeps the first as it is and tells the others by their page, else by their place', () => {
    const given = [
      linked('same', '1'),
      linked('same', '2'),
      item({ id: 'same', title: 'a' }),
      item({ id: 'same', title: 'b' }),
    ];
    const found = keys(given);
    expect(new Set(found).size).toBe(4);
    expect(found[0]).toBe(keys([linked('same', '1')])[0]);
    expect(keys(given)).toEqual(found);
  });

  it('takes the very same item listed twice for one', () => {
    expect(keys([linked('1'), linked('1')])).toHaveLength(1);
  });

  it('does not give a newcomer the key of the item that had the id before', () => {
    const before = identifyItems([linked('same', '1')], 'feed', []);
    const after = identifyItems([linked('same', '2'), linked('same', '1')], 'feed', before.recent);
    expect(after.items[1]?.key).toBe(before.items[0]?.key);
    expect(after.items[0]?.key).not.toBe(before.items[0]?.key);
  });
});

describe('a site that moves', () => {
  const paths = ['1', '2', '3', '4', '5', '6'];
  const before = identifyItems(
    paths.map((path) => linked(`http://a.example/?p=${path}`, path)),
    'feed',
    [],
  );
  const moved = (path: string): ParsedItem => linked(`https://a.example/?p=${path}`, path);
  const keyOf = (path: string): string | undefined => before.items[paths.indexOf(path)]?.key;

  it('keeps the keys of items whose ids are new and whose pages are known', () => {
    const after = identifyItems([linked('new', 'new'), ...paths.map(moved)], 'feed', before.recent);
    expect(after.items.slice(1).map(({ key }) => key)).toEqual(before.items.map(({ key }) => key));
    expect(before.items.map(({ key }) => key)).not.toContain(after.items[0]?.key);
  });

  it('goes on knowing them when most of the feed is known again', () => {
    const fresh = ['n1', 'n2', 'n3', 'n4'].map((id) => linked(id));
    let { recent } = identifyItems(paths.map(moved), 'feed', before.recent);
    ({ recent } = identifyItems([...fresh, ...paths.map(moved)], 'feed', recent));
    const later = identifyItems([...fresh, ...paths.map(moved)], 'feed', recent);
    expect(later.items.slice(4).map(({ key }) => key)).toEqual(paths.map(keyOf));
  });

  it('does not mistake a new item on a known page for the old one', () => {
    const known = paths.slice(1).map((path) => linked(`http://a.example/?p=${path}`, path));
    const after = identifyItems([linked('comment', '1'), ...known], 'feed', before.recent);
    expect(after.items[0]?.key).not.toBe(keyOf('1'));
  });

  it('remembers no more than it may', () => {
    const many = Array.from({ length: 3_000 }, (_, index) => linked(`id-${index}`));
    expect(identifyItems(many, 'feed', before.recent).recent).toHaveLength(1_000);
  });
});
