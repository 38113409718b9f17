import { describe, expect, test } from 'vitest';
import { longestStoryDays } from '../../../../electron/engine/connectors/sample/calendar.ts';
import { chanceOf } from '../../../../electron/engine/connectors/sample/chance.ts';
import { readMarkup } from '../../../../electron/engine/connectors/sample/markup.ts';
import { phrase } from '../../../../electron/engine/connectors/sample/phrasing.ts';
import { allStories } from '../../../../electron/engine/connectors/sample/stock.ts';
import { readStory } from '../../../../electron/engine/connectors/sample/story.ts';

describe('a story', () => {
  test('begins with its first role and goes on at its cues', () => {
    const turns = readStory(
      'Hello\n~b 20m\nHi!\n\nTwo lines.\n~a@blurtle 2h\nElsewhere\n~b 1d edit\nHi there',
      'inkpond',
    );
    const common = { title: null, moons: null };
    expect(turns).toEqual([
      { ...common, role: 'a', channel: 'inkpond', afterMs: 0, isEdit: false, body: 'Hello' },
      {
        ...common,
        role: 'b',
        channel: 'inkpond',
        afterMs: 1_200_000,
        isEdit: false,
        body: 'Hi!\n\nTwo lines.',
      },
      { ...common, role: 'a', channel: 'blurtle', afterMs: 7_200_000, isEdit: false, body: 'Elsewhere' },
      { ...common, role: 'b', channel: 'inkpond', afterMs: 86_400_000, isEdit: true, body: 'Hi there' },
    ]);
  });

  test('may have a title, and on the review site its moons', () => {
    expect(readStory('# 4 Good\nBody', 'fivemoons')).toMatchObject([
      { title: 'Good', moons: 4, body: 'Body' },
    ]);
    expect(readStory('# 4.2 lost pages\nBody', 'inkpond')).toMatchObject([
      { title: '4.2 lost pages', moons: null },
    ]);
  });

  test('may be begun by another role', () => {
    expect(readStory('~x 0m\nBuy!', 'blurtle')).toMatchObject([{ role: 'x', body: 'Buy!' }]);
  });

  test('of the stock edits only what its role wrote before, and every review has its moons', () => {
    for (const story of allStories()) {
      for (const [index, turn] of story.turns.entries()) {
        const before = story.turns.slice(0, index);
        const own = before.some((t) => !t.isEdit && t.role === turn.role && t.channel === turn.channel);
        if (turn.isEdit) expect(own, story.id).toBe(true);
        if (story.channel === 'fivemoons' && index === 0) expect(turn.moons, story.id).not.toBeNull();
      }
      if (story.channel !== 'blurtle') expect(story.turns[0]?.title, story.id).not.toBeNull();
    }
  });
});

describe('the stock', () => {
  test('tells no story so long that a look back would miss its beginning', () => {
    for (const story of allStories()) {
      const longest = story.turns.reduce((sum, turn) => sum + turn.afterMs * 1.3 + 60_000, 0);
      expect(longest, story.id).toBeLessThan(longestStoryDays * 86_400_000);
    }
  });

  test('holds several hundred texts, each written once', () => {
    const bodies = allStories().flatMap((story) => story.turns.map((turn) => turn.body));
    const own = bodies.filter((body) => !/\{(=|title)\}/.test(body));
    expect(own.length).toBeGreaterThan(400);
    expect(new Set(own).size).toBe(own.length);
  });
});

describe('a phrase', () => {
  test('settles its choices by chance alone and leaves other braces standing', () => {
    const text = '{a|b} {city} {} {title} if (x) { y }';
    const settled = phrase(text, chanceOf('seed'));
    expect(settled).toMatch(/^[ab] \p{Lu}\p{L}+ \{\} \{title\} if \(x\) \{ y \}$/u);
    expect(phrase(text, chanceOf('seed'))).toBe(settled);
    const results = new Set(Array.from({ length: 50 }, (_, index) => phrase('{a|b}', chanceOf(index))));
    expect([...results].sort()).toEqual(['a', 'b']);
  });
});

describe('the markup', () => {
  const text = (value: string) => ({ type: 'text', text: value });
  const paragraph = (...children: unknown[]) => ({ type: 'paragraph', children });

  test('reads paragraphs, quotes, lists, headings and code', () => {
    expect(readMarkup('One\ntwo\n\n## Head\n> said\n\n- a\n- b\n\n1. c\n```\nx  y\n```')).toEqual([
      paragraph(text('One'), { type: 'break' }, text('two')),
      { type: 'heading', level: 3, children: [text('Head')] },
      { type: 'quote', children: [paragraph(text('said'))] },
      { type: 'list', ordered: false, items: [[paragraph(text('a'))], [paragraph(text('b'))]] },
      { type: 'list', ordered: true, items: [[paragraph(text('c'))]] },
      { type: 'code', text: 'x  y' },
    ]);
  });

  test('reads what stands inside a line', () => {
    expect(
      readMarkup('**a** *b* `c` [d](https://e.example/f), https://g.example/h. ![i](https://j.example/k)'),
    ).toEqual([
      paragraph(
        { type: 'strong', children: [text('a')] },
        text(' '),
        { type: 'emphasis', children: [text('b')] },
        text(' '),
        { type: 'code', text: 'c' },
        text(' '),
        { type: 'link', href: 'https://e.example/f', children: [text('d')] },
        text(', '),
        { type: 'link', href: 'https://g.example/h', children: [text('https://g.example/h')] },
        text('. '),
        { type: 'image', src: 'https://j.example/k', alt: 'i' },
      ),
    ]);
  });

  test('makes handles and tags links only where the platform does', () => {
    const links = {
      handle: (name: string) => `https://x.example/@${name}`,
      tag: (name: string) => `https://x.example/t/${name}`,
    };
    expect(readMarkup('@kit #vögel a@b.example', links)).toEqual([
      paragraph(
        { type: 'link', href: 'https://x.example/@kit', children: [text('@kit')] },
        text(' '),
        { type: 'link', href: 'https://x.example/t/vögel', children: [text('#vögel')] },
        text(' a@b.example'),
      ),
    ]);
    expect(readMarkup('@kit #x')).toEqual([paragraph(text('@kit #x'))]);
  });
});
