import { describe, expect, it } from 'vitest';
import type { ConversationId } from '../../../shared/model/ids.ts';
import { removeSource } from '../../../electron/engine/store/queries/sources.ts';
import { removeTracker } from '../../../electron/engine/store/queries/trackers.ts';
import { anItem, aSource, aTracker, ingest, minuteMs, noon, plain } from '../ingest/fixtures.ts';
import { aStore } from '../store/a-store.ts';
import { anInbox, walk } from './an-inbox.ts';

const ids = (...numbers: number[]) => numbers.map((number) => String(number) as ConversationId);

describe('inbox.list', () => {
  it('gives all there is to show of a conversation', () => {
    const store = aStore();
    const tracker = aTracker(store, 'acme');
    const source = aSource(store);
    ingest(store, source, [anItem('t3_x', { title: 'On Acme', text: 'acme is good' })]);
    expect(anInbox(store).call('inbox.list', {})).toEqual({
      items: [
        {
          conversationId: '1',
          mentionId: String((noon / 1000 - 1_577_836_800) * 8),
          externalId: 't3_x',
          platform: 'town',
          sourceId: source,
          sourceName: 'Town news',
          kind: 'post',
          author: { name: 'Ana Lima', handle: 'ana', url: null },
          title: 'On Acme',
          text: 'acme is good',
          url: 'https://town.example/t3_x',
          publishedAt: noon,
          sentiment: { label: 'positive', score: 0.5 },
          status: 'open',
          snoozedUntil: null,
          unread: true,
          mentionCount: 1,
          hasDraft: false,
          outbox: null,
          trackerIds: [tracker],
          spans: [
            { field: 'title', start: 3, end: 7 },
            { field: 'text', start: 0, end: 4 },
          ],
        },
      ],
      nextCursor: null,
      total: 1,
    });
  });

  it('walks every view newest first, page by page, without a gap or a double, also while more arrives', () => {
    const store = aStore();
    aTracker(store, 'acme');
    const source = aSource(store);
    const at = (index: number) => noon - index * minuteMs;
    ingest(
      store,
      source,
      Array.from({ length: 45 }, (_, index) => anItem(`k${index}`, { text: 'acme', publishedAt: at(index) })),
    );
    const inbox = anInbox(store);
    inbox.call('conversations.setStatus', { conversationIds: ids(1, 2, 3, 4, 5), status: 'done' });
    inbox.call('conversations.setStatus', {
      conversationIds: ids(6, 7),
      status: 'snoozed',
      snoozedUntil: noon + minuteMs,
    });
    for (const [view, count] of Object.entries({
      inbox: 38,
      done: 5,
      snoozed: 2,
      all: 45,
      'source:1': 38,
      'tracker:1': 38,
    })) {
      for (const search of [undefined, 'acme']) {
        const pages = walk(inbox, { view, limit: 7, ...(search && { search }) });
        const shown = pages.flatMap(({ items }) => items.map(({ publishedAt }) => publishedAt));
        expect(shown).toHaveLength(count);
        expect(shown).toEqual([...new Set(shown)].sort((a, b) => b - a));
        expect(pages.map(({ total }) => total)).toEqual(pages.map(() => count));
      }
    }

    const first = inbox.call('inbox.list', { limit: 7 });
    ingest(store, source, [anItem('newer', { publishedAt: noon + minuteMs })]);
    const second = inbox.call('inbox.list', { limit: 7, cursor: first.nextCursor ?? '' });
    expect(second.items[0]?.externalId).toBe('k7');
  });

  it('shows in the list of a tracker and a source what belongs to them, whichever mention it was', () => {
    const store = aStore();
    const acme = aTracker(store, 'acme');
    const first = aSource(store);
    const second = aSource(store);
    ingest(store, first, [anItem('a', { text: 'acme' })]);
    ingest(store, second, [anItem('b', { rootKey: 'a', text: 'and more', publishedAt: noon + minuteMs })]);
    const inbox = anInbox(store);
    for (const view of [`tracker:${acme}`, `source:${first}`, `source:${second}`]) {
      expect(inbox.call('inbox.list', { view }).items).toMatchObject([
        { externalId: 'b', mentionCount: 2, trackerIds: [acme] },
      ]);
    }
  });

  it('shows at most 2,000 characters, never half of one, and no mark beyond them', () => {
    const store = aStore();
    aTracker(store, 'acme');
    ingest(store, aSource(store), [anItem('a', { text: `acme ${'😀'.repeat(1500)} acme` })]);
    const [item] = anInbox(store).call('inbox.list', {}).items;
    expect(item?.text).toBe(`acme ${'😀'.repeat(997)}`);
    expect(item?.spans).toEqual([{ field: 'text', start: 0, end: 4 }]);
  });

  it('refuses a cursor that it did not give', () => {
    // Its count would be no whole number any more.
    expect(() => anInbox(aStore()).call('inbox.list', { cursor: '1.9999999999999999' })).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    );
    expect(() => anInbox(aStore()).call('inbox.list', { cursor: '12; DROP' })).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    );
  });
});

describe('a search', () => {
  it('reads the tracker language over everything that the view holds', () => {
    const store = aStore();
    const town = aSource(store, { name: 'Town news' });
    const harbour = aSource(store, { name: 'Harbour' });
    ingest(store, town, [
      anItem('1', { title: 'Battery fire', text: 'The Acmé phone burns', publishedAt: noon - 4000 }),
      anItem('2', { text: 'acme jobs in town', language: 'de', publishedAt: noon - 3000 }),
    ]);
    ingest(store, harbour, [
      anItem('3', {
        text: 'phone of acme',
        url: 'https://news.sea.example/3',
        author: { key: 'bo', name: 'Bo Lund', handle: 'lima' },
        publishedAt: noon - 2000,
      }),
      anItem('4', { text: '東京でアクメの電話', publishedAt: noon - 1000 }),
    ]);
    const inbox = anInbox(store);
    const found = (search: string) => inbox.list({ view: 'all', search });
    expect({
      word: found('ACME'),
      phrase: found('"acme phone"'),
      not: found('acme -jobs'),
      or: found('jobs OR burns'),
      near: found('phone NEAR/1 acme'),
      prefix: found('batt*'),
      partial: found('batt'),
      title: found('title:battery'),
      titleOfText: found('title:acme'),
      from: found('from:lima'),
      site: found('acme site:sea.example'),
      lang: found('lang:de'),
      source: found('source:harbour phone'),
      japanese: found('アクメ'),
      none: found('source:nowhere'),
    }).toEqual({
      word: ['3', '2', '1'],
      phrase: ['1'],
      not: ['3', '1'],
      or: ['2', '1'],
      near: ['3', '1'],
      prefix: ['1'],
      partial: [],
      title: ['1'],
      titleOfText: [],
      from: ['4', '3', '2', '1'],
      site: ['3'],
      lang: ['2'],
      source: ['3'],
      japanese: ['4'],
      none: [],
    });
  });

  it('shows a conversation once, by the newest mention that it finds there, and marks the words', () => {
    const store = aStore();
    const source = aSource(store);
    ingest(store, source, [
      anItem('a1', { text: 'a red one', publishedAt: noon - 4000 }),
      anItem('a2', { rootKey: 'a1', text: 'still red', publishedAt: noon - 2000 }),
      anItem('a3', { rootKey: 'a1', text: 'now blue', publishedAt: noon }),
      anItem('b1', { text: 'red too', publishedAt: noon - 3000 }),
    ]);
    const inbox = anInbox(store);
    const pages = walk(inbox, { search: 'red', limit: 1 });
    expect(pages.map(({ items, total }) => [items.map((item) => item.externalId), total])).toEqual([
      [['a2'], 2],
      [['b1'], 2],
    ]);
    expect(pages[0]?.items[0]?.spans).toEqual([{ field: 'text', start: 6, end: 9 }]);
  });

  it('finds what stands far behind ten thousand matches that the view does not hold', () => {
    const store = aStore();
    const source = aSource(store);
    const now = noon + 200 * 60 * minuteMs;
    ingest(store, source, [anItem('old', { text: 'acme' }), anItem('old-too', { text: 'acme' })], now);
    for (let page = 0; page < 11; page++) {
      const items = Array.from({ length: 1000 }, (_, index) =>
        anItem(`${page}-${index}`, { text: 'acme', publishedAt: noon + minuteMs + page * 1000 + index }),
      );
      ingest(store, source, items, now);
    }
    const inbox = anInbox(store);
    const others = store
      .all<{ id: number }>('SELECT id FROM conversations WHERE id > 2')
      .map(({ id }) => String(id) as ConversationId);
    inbox.call('conversations.setStatus', { conversationIds: others.slice(0, 6000), status: 'done' });
    inbox.call('conversations.setStatus', { conversationIds: others.slice(6000), status: 'done' });

    expect(new Set(inbox.list({ search: 'acme' }))).toEqual(new Set(['old', 'old-too']));
    expect(inbox.call('inbox.list', { view: 'all', search: 'acme', limit: 10 })).toMatchObject({
      total: 10_000,
      items: { length: 10 },
    });
  });

  it('says what is wrong with it and where', () => {
    expect(() => anInbox(aStore()).call('inbox.list', { search: 'acme (phone' })).toThrow(
      expect.objectContaining({
        code: 'invalid-query',
        details: { position: 5, length: expect.any(Number) },
      }),
    );
  });

  it('of blanks alone is no search', () => {
    const store = aStore();
    ingest(store, aSource(store), [anItem('a')]);
    expect(anInbox(store).list({ search: '  ' })).toEqual(['a']);
  });
});

describe('inbox.counts', () => {
  it('counts by status, and what is open by source and tracker that still live', () => {
    const store = aStore();
    const acme = aTracker(store, 'acme');
    const gone = aTracker(store, 'gone');
    const first = aSource(store);
    const second = aSource(store);
    ingest(store, first, [anItem('a', { text: 'acme gone' }), anItem('b'), anItem('c')]);
    ingest(store, second, [anItem('d')]);
    const inbox = anInbox(store);
    inbox.call('conversations.setStatus', { conversationIds: ids(1), status: 'done' });
    inbox.call('conversations.setUnread', { conversationIds: ids(2), unread: false });
    removeTracker(store, gone, noon);
    removeSource(store, second, noon);
    expect(inbox.call('inbox.counts', {})).toEqual({
      inbox: { total: 3, unread: 2 },
      snoozed: 0,
      done: 1,
      sources: [{ sourceId: first, total: 2, unread: 1 }],
      trackers: [{ trackerId: acme, total: 1, unread: 1 }],
    });
  });
});

describe('conversations.get', () => {
  it('gives the mentions oldest first, with document, matches, sources and what happened', () => {
    const store = aStore();
    const acme = aTracker(store, 'acme', 'Acme');
    const source = aSource(store);
    const rich = [...plain('Look:'), { type: 'code' as const, text: 'acme()' }];
    ingest(store, source, [
      anItem('a', { document: rich, conversationTitle: 'On Acme' }),
      anItem('b', { rootKey: 'a', text: 'good', publishedAt: noon + 1000 }),
    ]);
    const inbox = anInbox(store);
    inbox.call('conversations.setStatus', { conversationIds: ids(1), status: 'done' });
    expect(inbox.call('conversations.get', { conversationId: ids(1)[0] as string })).toMatchObject({
      title: 'On Acme',
      status: 'done',
      mentionCount: 2,
      mentions: [
        {
          externalId: 'a',
          text: 'Look:\nacme()',
          document: rich,
          matches: [{ trackerId: acme, trackerName: 'Acme', spans: [{ field: 'text', start: 6, end: 10 }] }],
          sources: [{ sourceId: source, name: 'Town news' }],
        },
        {
          externalId: 'b',
          document: plain('good'),
          sentiment: { label: 'positive', score: 0.5, words: [{ start: 0, end: 4, weight: 0.5 }] },
        },
      ],
      activity: [{ at: noon, kind: 'done', detail: { from: 'open', to: 'done' } }],
    });
  });

  it('says that there is none', () => {
    expect(() => anInbox(aStore()).call('conversations.get', { conversationId: '7' })).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
  });
});
