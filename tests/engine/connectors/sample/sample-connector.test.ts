import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IncomingMention } from '../../../../electron/engine/connectors/connector.ts';
import { listeningMs, sampleConnector } from '../../../../electron/engine/connectors/sample/connector.ts';
import { channelIds, type ChannelId } from '../../../../electron/engine/connectors/sample/story.ts';
import { connectorInfoSchema } from '../../../../shared/contract/methods/connectors.ts';
import { documentSchema } from '../../../../shared/model/document.ts';
import { mentionKindSchema } from '../../../../shared/model/mention.ts';
import { documentText } from '../../../../shared/text/document-text.ts';
import { listen, someMorning } from './listen.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

async function listenToAll(now: number, seed?: string): Promise<IncomingMention[]> {
  const heard = await Promise.all(
    channelIds.map((channel) => listen(channel, now, null, seed ? { seed } : {})),
  );
  return heard.flatMap(({ items }) => items);
}

describe('the first look', () => {
  test('finds three weeks of talk, a few hundred mentions over four platforms', async () => {
    const items = await listenToAll(someMorning);
    expect(items.length).toBeGreaterThanOrEqual(400);
    expect(items.length).toBeLessThanOrEqual(600);
    expect(new Set(items.map((item) => item.platform))).toEqual(new Set(channelIds));
    const oldest = Math.min(...items.map((item) => item.publishedAt ?? 0));
    expect(someMorning - oldest).toBeGreaterThan(20 * day);
    expect(someMorning - oldest).toBeLessThan(22.5 * day);
  });

  test('shows a bad week and a happy launch as the two busiest stretches', async () => {
    const items = await listenToAll(someMorning);
    const midnight = Date.UTC(2026, 10, 21);
    const mentionsOn = (daysAgo: number): number =>
      items.filter(({ publishedAt }) => Math.floor(((publishedAt ?? 0) - midnight) / day) === -daysAgo)
        .length;
    const quiet = [20, 19, 18, 17, 16, 15, 14, 13].map(mentionsOn);
    const usual = quiet.reduce((sum, count) => sum + count, 0) / quiet.length;
    expect(mentionsOn(12) + mentionsOn(11)).toBeGreaterThan(4 * usual);
    expect(mentionsOn(6) + mentionsOn(5)).toBeGreaterThan(4 * usual);
    const troubled = items.filter(({ document }) => /4\.2(?!\.1)/.test(documentText(document)));
    expect(
      troubled.every((item) => (item.publishedAt ?? 0) > midnight - 7 * day || item.platform === 'inkpond'),
    ).toBe(true);
  });

  test('is busier by day than by night', async () => {
    const hours = (await listenToAll(someMorning)).map((item) =>
      new Date(item.publishedAt ?? 0).getUTCHours(),
    );
    const between = (from: number, to: number): number => hours.filter((h) => h >= from && h < to).length;
    expect(between(9, 21)).toBeGreaterThan(3 * (between(0, 6) * 2));
  });

  test('speaks six languages and never says quite the same twice', async () => {
    const items = await listenToAll(someMorning);
    expect(new Set(items.map((item) => item.language))).toEqual(
      new Set(['en', 'es', 'de', 'fr', 'ja', 'ar', null]),
    );
    const texts = items.map((item) => documentText(item.document));
    expect(new Set(texts).size).toBeGreaterThan(items.length * 0.97);
  });

  test('holds threads of several people in which somebody writes again', async () => {
    const items = await listenToAll(someMorning);
    const byRoot = Map.groupBy(items, (item) => item.rootKey);
    const authors = [...byRoot.values()].map((thread) => thread.map((item) => item.author.key));
    expect(authors.filter((keys) => new Set(keys).size >= 3).length).toBeGreaterThan(15);
    expect(authors.filter((keys) => new Set(keys).size < keys.length).length).toBeGreaterThan(15);
  });

  test('tells the same story in the news and on the micro-blog', async () => {
    const items = await listenToAll(someMorning);
    const articles = items.filter((item) => item.platform === 'widget');
    const passedOn = articles.filter(({ title, url }) =>
      items.some((item) => item.platform === 'blurtle' && documentText(item.document) === `${title} ${url}`),
    );
    expect(passedOn.length).toBeGreaterThan(2);
  });
});

describe('every item', () => {
  test('is a valid mention with a document of more than plain text here and there', async () => {
    const items = await listenToAll(someMorning);
    const shapes = new Set<string>();
    for (const item of items) {
      expect(documentSchema.safeParse(item.document).success).toBe(true);
      expect(mentionKindSchema.safeParse(item.kind).success).toBe(true);
      expect(item.url).toMatch(/^https:\/\/[a-z]+\.example\//);
      expect(documentText(item.document).trim()).not.toBe('');
      for (const text of [documentText(item.document), item.title ?? '', item.conversationTitle ?? '']) {
        expect(text).not.toMatch(/\{[^}]*\||\{=\}|\{title\}|\{link\}|\*\*|undefined|~[a-z] \d/);
      }
      for (const shape of JSON.stringify(item.document).matchAll(/"type":"(\w+)"/g))
        shapes.add(shape[1] ?? '');
    }
    expect([...shapes].sort()).toEqual([
      'break',
      'code',
      'emphasis',
      'heading',
      'image',
      'link',
      'list',
      'paragraph',
      'quote',
      'strong',
      'text',
    ]);
  });

  test('answers an item of its own thread, which came before it', async () => {
    const items = await listenToAll(someMorning);
    const byKey = new Map(items.map((item) => [item.key, item]));
    // What was said in the last minutes may answer something said before anybody listened.
    const settled = items.filter((item) => (item.publishedAt ?? 0) < someMorning - listeningMs);
    for (const item of settled) {
      if (item.parentKey === null) {
        expect(item.rootKey).toBe(item.key);
        continue;
      }
      const parent = byKey.get(item.parentKey);
      expect(parent?.rootKey).toBe(item.rootKey);
      expect(parent?.publishedAt).toBeLessThan(item.publishedAt ?? 0);
      expect(byKey.get(item.rootKey)?.parentKey).toBeNull();
    }
  });
});

describe('the simulated platform', () => {
  test('describes itself as the contract wants it', () => {
    expect(connectorInfoSchema.parse(sampleConnector.info)).toEqual(sampleConnector.info);
    expect(sampleConnector.info.platforms.map(({ id }) => id)).toEqual([...channelIds]);
    expect(sampleConnector.settingsSchema.parse({ channel: 'inkpond' })).toEqual({
      channel: 'inkpond',
      seed: 'hawfinch',
    });
    expect(sampleConnector.settingsSchema.safeParse({ channel: 'elsewhere' }).success).toBe(false);
  });

  test('gives the same for the same seed and time, and something else for another seed', async () => {
    const [once, again, other] = await Promise.all([
      listenToAll(someMorning),
      listenToAll(someMorning),
      listenToAll(someMorning, 'another'),
    ]);
    expect(again).toEqual(once);
    const keys = new Set(once.map((item) => item.key));
    expect(other.filter((item) => keys.has(item.key))).toEqual([]);
  });

  test('brings something new every 10 to 40 seconds while somebody listens', async () => {
    const from = someMorning;
    const times = (
      await Promise.all(
        channelIds.map(async (channel) => {
          let cursor = (await listen(channel, from)).cursor;
          const items: IncomingMention[] = [];
          for (let now = from; now <= from + 30 * minute; now += 20_000) {
            const heard = await listen(channel, now, cursor);
            cursor = heard.cursor;
            items.push(...heard.items);
          }
          return items.map((item) => item.publishedAt ?? 0);
        }),
      )
    )
      .flat()
      .sort((a, b) => a - b);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(40_000 + 1);
    // The ordinary talk goes on underneath, so that now and then two fall together.
    expect(gaps.filter((gap) => gap < 10_000).length).toBeLessThan(gaps.length * 0.1);
  });

  test('brings the ordinary pace, not the fast one, after a week away', async () => {
    const { cursor } = await listen('blurtle', someMorning);
    const { items } = await listen('blurtle', someMorning + 7 * day, cursor);
    expect(items.length).toBeGreaterThan(30);
    expect(items.length).toBeLessThan(140);
  });

  test('gives nothing again when the clock is set back, and goes on from where it was', async () => {
    const first = await listen('blurtle', someMorning);
    const back = await listen('blurtle', someMorning - 2 * hour, first.cursor);
    expect(back.items).toEqual([]);
    expect(back.cursor).toEqual(first.cursor);
    const on = await listen('blurtle', someMorning + 3 * minute, back.cursor);
    const before = new Set(first.items.map((item) => item.key));
    expect(on.items.length).toBeGreaterThan(0);
    expect(
      on.items.filter((item) => before.has(item.key) && (item.publishedAt ?? 0) < someMorning - 7 * day),
    ).toEqual([]);
  });

  test('stops between two pages when it is told to', async () => {
    const stop = new AbortController();
    const context = {
      settings: { channel: 'blurtle' as const, seed: 'hawfinch' },
      cursor: null,
      queries: [],
      account: null,
      http: { send: () => Promise.reject(new Error('asks nobody')), close: () => Promise.resolve() },
      now: () => someMorning,
      signal: stop.signal,
    };
    let pages = 0;
    for await (const _ of sampleConnector.poll(context)) {
      pages += 1;
      stop.abort();
    }
    expect(pages).toBe(1);
  });
});

/** What the far end would show: the newest version of everything, in the order of first sight. */
function newestVersions(items: readonly IncomingMention[]): Map<string, IncomingMention> {
  const newest = new Map<string, IncomingMention>();
  for (const item of items) newest.set(item.key, item);
  return new Map([...newest].sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('whatever the times of the polls', () => {
  const anyChannel = fc.constantFrom<ChannelId>(...channelIds);
  const anyStart = fc.integer({ min: Date.UTC(2021, 0, 1), max: Date.UTC(2035, 0, 1) });

  test('many polls within the listening time bring what one poll brings: nothing lost, nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyChannel,
        anyStart,
        fc.array(fc.integer({ min: 0, max: listeningMs / 12 }), { maxLength: 12 }),
        async (channel, start, steps) => {
          const first = await listen(channel, start);
          let { cursor } = first;
          let now = start;
          const bitByBit: IncomingMention[] = [];
          for (const step of steps) {
            now += step;
            const heard = await listen(channel, now, cursor);
            cursor = heard.cursor;
            bitByBit.push(...heard.items);
          }
          const atOnce = await listen(channel, now, first.cursor);
          expect(newestVersions(bitByBit)).toEqual(newestVersions(atOnce.items));
          // A key comes again only as an edit: with other words than before.
          const versions = [...first.items, ...bitByBit].map(
            (item) => `${item.key} ${JSON.stringify(item.document)}`,
          );
          expect(new Set(versions).size).toBe(versions.length);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('days apart they bring all the ordinary talk between them', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyChannel,
        anyStart,
        fc.array(fc.integer({ min: 0, max: 3 * day }), { minLength: 1, maxLength: 5 }),
        async (channel, start, steps) => {
          const first = await listen(channel, start);
          let { cursor } = first;
          let now = start;
          const apart: IncomingMention[] = [];
          for (const step of steps) {
            now += step;
            const heard = await listen(channel, now, cursor);
            cursor = heard.cursor;
            apart.push(...heard.items);
          }
          // Asked once at the end, the fast talk before the last five minutes is left out and all else is there.
          const heard = newestVersions(apart);
          for (const item of (await listen(channel, now, first.cursor)).items) {
            expect(heard.get(item.key)).toEqual(item);
          }
          const versions = apart.map((item) => `${item.key} ${JSON.stringify(item.document)}`);
          expect(new Set(versions).size).toBe(versions.length);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('a poll cut off after any page goes on from that page', async () => {
    const whole = await listen('blurtle', someMorning);
    expect(whole.pages.length).toBeGreaterThan(2);
    for (let pageLimit = 1; pageLimit < whole.pages.length; pageLimit += 1) {
      const part = await listen('blurtle', someMorning, null, { pageLimit });
      const rest = await listen('blurtle', someMorning, part.cursor);
      expect([...part.items, ...rest.items]).toEqual(whole.items);
    }
  });

  test('no page holds more than 100 items and none is dated after the poll', async () => {
    await fc.assert(
      fc.asyncProperty(anyChannel, anyStart, async (channel, now) => {
        const { items, pages } = await listen(channel, now);
        for (const page of pages) expect(page.size).toBeLessThanOrEqual(100);
        for (const item of items) expect(item.publishedAt).toBeLessThanOrEqual(now);
        for (const { cursor } of pages) expect(sampleConnector.cursorSchema.parse(cursor)).toEqual(cursor);
        expect(new Set(items.map((item) => item.key)).size).toBe(items.length);
        expect(new Set(items.map((item) => item.externalId)).size).toBe(items.length);
      }),
      { numRuns: 25 },
    );
  });

  test('an edited item keeps its key, its date and its first words', async () => {
    const now = someMorning;
    const edits: [IncomingMention, IncomingMention][] = [];
    for (const channel of ['fivemoons', 'inkpond'] as const) {
      let cursor = null;
      const seen = new Map<string, IncomingMention>();
      // The history is told from the first look: looking early and often sees the versions one by one.
      const { cursor: born } = await listen(channel, now);
      cursor = { ...born, through: born.anchorAt - 21 * day };
      for (let at = born.anchorAt - 20 * day; at <= now; at += 6 * hour) {
        const heard = await listen(channel, at, cursor);
        cursor = heard.cursor;
        for (const item of heard.items) {
          const before = seen.get(item.key);
          if (before) edits.push([before, item]);
          seen.set(item.key, item);
        }
      }
    }
    expect(edits.length).toBeGreaterThan(2);
    for (const [before, after] of edits) {
      const was = documentText(before.document);
      expect(after).toEqual({ ...before, document: after.document });
      expect(documentText(after.document).startsWith(was)).toBe(true);
      expect(documentText(after.document).length).toBeGreaterThan(was.length);
    }
  });
});
