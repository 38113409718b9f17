import { describe, expect, it } from 'vitest';
import { findMentionByKey } from '../../../electron/engine/store/queries/mentions.ts';
import {
  findSource,
  listSources,
  readCursor,
  removeSource,
  updateSource,
} from '../../../electron/engine/store/queries/sources.ts';
import { removeTracker } from '../../../electron/engine/store/queries/trackers.ts';
import { takeStep } from '../../../electron/engine/store/queries/triage.ts';
import { ingestPage } from '../../../electron/engine/ingest/ingest-page.ts';
import { createTrackerBook } from '../../../electron/engine/ingest/tracker-book.ts';
import type { WritableStore } from '../../../electron/engine/store/store.ts';
import type { ConversationId } from '../../../shared/model/ids.ts';
import { anInbox } from '../inbox/an-inbox.ts';
import { aStore } from '../store/a-store.ts';
import { expectConsistent } from '../store/consistency.ts';
import { anItem, aPage, aSource, aTracker, ingest, minuteMs, noon, plain, wordAnalyser } from './fixtures.ts';

const texts = (store: WritableStore): unknown[] =>
  store.all<{ text: string }>('SELECT text FROM mentions ORDER BY id').map(({ text }) => text);

describe('a page of a poll', () => {
  it('is stored with its cursor, and coming again changes nothing', () => {
    const store = aStore();
    const source = aSource(store);
    aTracker(store, 'acme');
    const items = [anItem('two', { text: 'Acme is good' }), anItem('one')];

    expect(ingest(store, source, items, noon, { page: 2 })).toEqual({
      fetched: 2,
      inserted: 2,
      updated: 0,
      matched: 1,
      rejected: 0,
      conversationIds: ['1', '2'],
      replyIds: [],
    });
    const before = dump(store);
    expect(ingest(store, source, items, noon + minuteMs, { page: 2 })).toEqual({
      fetched: 2,
      inserted: 0,
      updated: 0,
      matched: 1,
      rejected: 0,
      conversationIds: [],
      replyIds: [],
    });
    expect(dump(store)).toEqual(before);
    expect(readCursor(store, source)).toEqual({ page: 2 });
    expect(findSource(store, source)).toMatchObject({ mentionCount: 2 });
    expectConsistent(store);
  });

  it('leaves neither rows nor cursor behind when storing it fails', () => {
    const store = aStore();
    const source = aSource(store);
    ingest(store, source, [anItem('one')], noon, 'first');
    const before = dump(store);
    store.exec(`CREATE TEMP TRIGGER fails BEFORE UPDATE OF cursor ON sources
      BEGIN SELECT RAISE(ABORT, 'no more today'); END`);

    expect(() => ingest(store, source, [anItem('two')], noon, 'second')).toThrow('no more today');

    store.exec('DROP TRIGGER fails');
    expect(dump(store)).toEqual(before);
    expectConsistent(store);
  });

  it('keeps what nothing matches when the source is followed whole, and leaves it out otherwise', () => {
    const store = aStore();
    aTracker(store, 'acme');
    const whole = aSource(store, { followsWhole: true });
    const search = aSource(store, { followsWhole: false });
    expect(ingest(store, search, [anItem('a', { text: 'acme' }), anItem('b')])).toMatchObject({
      inserted: 1,
      matched: 1,
    });
    expect(ingest(store, whole, [anItem('c')])).toMatchObject({ inserted: 1, matched: 0 });
    expect(texts(store)).toEqual(['acme', 'Words about c']);
  });

  it('listens only for the trackers that the source names, and notes the matches of all', () => {
    const store = aStore();
    const acme = aTracker(store, 'acme');
    const rival = aTracker(store, 'rival');
    const source = aSource(store, { followsWhole: false, trackerIds: [acme] });
    expect(
      ingest(store, source, [anItem('a', { text: 'acme or rival' }), anItem('b', { text: 'rival' })]),
    ).toMatchObject({ inserted: 1, matched: 1 });
    expect(store.all('SELECT tracker_id FROM mention_matches ORDER BY 1')).toEqual([
      { tracker_id: Number(acme) },
      { tracker_id: Number(rival) },
    ]);
  });

  it('listens for nothing when the only tracker it names was removed', () => {
    const store = aStore();
    const acme = aTracker(store, 'acme');
    aTracker(store, 'rival');
    const source = aSource(store, { followsWhole: false, trackerIds: [acme] });
    removeTracker(store, acme, noon);
    expect(ingest(store, source, [anItem('a', { text: 'acme or rival' })])).toMatchObject({ inserted: 0 });
  });

  it('does not lose the others to an item that cannot be stored', () => {
    const store = aStore();
    const source = aSource(store);
    const broken = { ...anItem('x'), document: [{ type: 'paragraph' }] } as never;
    const fussy = {
      analyse: (text: string, language: string | null) => {
        if (text.includes('poison')) throw new Error('cannot read that');
        return wordAnalyser.analyse(text, language);
      },
    };
    const result = ingestPage(store, {
      source: findSource(store, source),
      page: aPage([anItem(''), broken, anItem('p', { text: 'poison' }), anItem('a'), anItem('b')]),
      trackers: createTrackerBook(),
      analyser: fussy,
      now: noon,
    });
    expect(result).toMatchObject({ fetched: 5, inserted: 2, rejected: 3 });
    expectConsistent(store);
  });

  it('takes an item that stands twice on it once', () => {
    const store = aStore();
    const source = aSource(store);
    expect(ingest(store, source, [anItem('a'), anItem('a', { text: 'changed' })])).toMatchObject({
      inserted: 1,
      updated: 0,
    });
  });

  it('of a source that was removed while it was polled is not taken in', () => {
    const store = aStore();
    const source = aSource(store);
    const record = findSource(store, source);
    removeSource(store, source, noon);
    const result = ingestPage(store, {
      source: record,
      page: aPage([anItem('a')]),
      trackers: createTrackerBook(),
      analyser: wordAnalyser,
      now: noon,
    });
    expect(result).toMatchObject({ fetched: 1, inserted: 0 });
    expect(texts(store)).toEqual([]);
  });

  it('brings the name the far end has, unless the user gave one, and the address it moved to', () => {
    const store = aStore();
    const found = aSource(store, { name: 'town.example', isNameGiven: false });
    const given = aSource(store, { name: 'My town', isNameGiven: true });
    for (const source of [found, given]) {
      ingestPage(store, {
        source: findSource(store, source),
        page: {
          ...aPage([]),
          source: { name: ' Town Crier ', url: 'https://town.example/' },
          settings: { url: 'https://town.example/new' },
        },
        trackers: createTrackerBook(),
        analyser: wordAnalyser,
        now: noon,
      });
    }
    expect(listSources(store).map(({ name, url, settings }) => [name, url, settings])).toEqual([
      ['Town Crier', 'https://town.example/', { url: 'https://town.example/new' }],
      ['My town', 'https://town.example/', { url: 'https://town.example/new' }],
    ]);
    updateSource(store, found, { name: 'Mine' });
    expect(findSource(store, found)).toMatchObject({ name: 'Mine', isNameGiven: true });
  });
});

describe('the order of mentions', () => {
  it('is that of their time; ids carry it, eight to a second', () => {
    const store = aStore();
    const source = aSource(store);
    ingest(store, source, [
      anItem('late', { publishedAt: noon + 2000 }),
      anItem('early', { publishedAt: noon - 2000 }),
      anItem('middle'),
    ]);
    expect(texts(store)).toEqual(['Words about early', 'Words about middle', 'Words about late']);
    expect(findMentionByKey(store, 'town', 'middle')?.row).toBe((noon / 1000 - 1_577_836_800) * 8);
  });

  it('holds for more mentions in one second than ids, in whatever pages they come', () => {
    const store = aStore();
    const source = aSource(store);
    const burst = (from: number) =>
      Array.from({ length: 150 }, (_, index) => anItem(`${from + index}`, { publishedAt: noon }));
    ingest(store, source, burst(0));
    ingest(store, source, [...burst(1000), anItem('after', { publishedAt: noon + 60_000 })]);
    expect(store.get('SELECT count(*) AS n FROM mentions')).toEqual({ n: 301 });
    expect(texts(store).at(-1)).toBe('Words about after');
    expectConsistent(store);
  });

  it('puts the first of a page on top where the platform gives no time', () => {
    const store = aStore();
    const source = aSource(store);
    ingest(store, source, [anItem('newest', { publishedAt: null }), anItem('older', { publishedAt: null })]);
    expect(texts(store)).toEqual(['Words about older', 'Words about newest']);
  });

  it('takes mentions from before 2020', () => {
    const store = aStore();
    const source = aSource(store);
    ingest(store, source, [anItem('old', { publishedAt: Date.UTC(2011, 1, 1) }), anItem('new')]);
    expect(texts(store)).toEqual(['Words about old', 'Words about new']);
    expect(findMentionByKey(store, 'town', 'old')?.row).toBeLessThan(0);
    expectConsistent(store);
  });

  it.each([
    ['a missing date', null, true],
    ['a date two hours ahead', noon + 120 * minuteMs, true],
    ['a date half an hour ahead', noon + 30 * minuteMs, false],
    ['the start of 1970', 0, true],
    ['not a number', Number.NaN, true],
  ])('for %s uses the time it was first seen when the date cannot be', (_name, publishedAt, isGuessed) => {
    const store = aStore();
    const source = aSource(store);
    ingest(store, source, [anItem('a', { publishedAt })], noon);
    expect(store.get('SELECT published_at, is_time_guessed, first_seen_at FROM mentions')).toEqual({
      published_at: isGuessed ? noon : publishedAt,
      is_time_guessed: Number(isGuessed),
      first_seen_at: noon,
    });
  });
});

describe('conversations', () => {
  it('are one per root and person: two people under a post are two', () => {
    const store = aStore();
    const source = aSource(store);
    const bob = { key: 'bob', name: 'Bob' };
    ingest(store, source, [
      anItem('post'),
      anItem('ana-again', { rootKey: 'post', publishedAt: noon + 1000 }),
      anItem('bob-1', { rootKey: 'post', author: bob, publishedAt: noon + 2000 }),
    ]);
    ingest(store, source, [anItem('bob-2', { rootKey: 'post', author: bob, publishedAt: noon + 3000 })]);
    expect(store.all('SELECT counterpart_id, mention_count FROM conversations ORDER BY id')).toEqual([
      { counterpart_id: 1, mention_count: 2 },
      { counterpart_id: 2, mention_count: 2 },
    ]);
    expectConsistent(store);
  });

  it('do not take two people of one name in two feeds for one', () => {
    const store = aStore();
    const jane = { key: null, name: 'Jane', handle: null };
    ingest(store, aSource(store), [anItem('a', { author: jane })]);
    ingest(store, aSource(store), [anItem('b', { author: jane })]);
    expect(store.all('SELECT name FROM authors')).toEqual([{ name: 'Jane' }, { name: 'Jane' }]);
  });

  it.each(['done', 'snoozed'] as const)(
    'that were %s open again, unread, when something new arrives, and the log says so',
    (status) => {
      const store = aStore();
      const source = aSource(store);
      ingest(store, source, [anItem('a')]);
      const until = status === 'snoozed' ? noon + 60 * minuteMs : null;
      takeStep(
        store,
        status === 'done' ? 'done' : 'snooze',
        ['1' as ConversationId],
        () => ({ status, snoozedUntil: until, unread: false }),
        noon,
      );
      ingest(store, source, [anItem('b', { rootKey: 'a', publishedAt: noon + 1000 })]);
      expect(store.get('SELECT status, snoozed_until, unread FROM conversation_states')).toEqual({
        status: 'open',
        snoozed_until: null,
        unread: 1,
      });
      expect(store.all('SELECT kind, detail FROM activity').at(-1)).toEqual({
        kind: 'reopened',
        detail: JSON.stringify({
          from: status,
          mentionId: String(findMentionByKey(store, 'town', 'b')?.row),
        }),
      });
      expectConsistent(store);
    },
  );

  it('are shown by their newest mention, also when an older one is found later', () => {
    const store = aStore();
    const source = aSource(store);
    ingest(store, source, [anItem('a')]);
    ingest(store, source, [anItem('b', { rootKey: 'a', publishedAt: noon - 60 * minuteMs })]);
    expect(store.get('SELECT newest_mention_id AS id FROM conversation_states')).toEqual({
      id: findMentionByKey(store, 'town', 'a')?.row,
    });
    expectConsistent(store);
  });
});

describe('a mention that two sources bring', () => {
  it('is there once and counts for both', () => {
    const store = aStore();
    const first = aSource(store);
    const second = aSource(store);
    ingest(store, first, [anItem('a')]);
    expect(ingest(store, second, [anItem('a')])).toMatchObject({
      inserted: 0,
      updated: 0,
      conversationIds: ['1'],
      replyIds: [],
    });
    expect(ingest(store, second, [anItem('a')])).toMatchObject({ inserted: 0, conversationIds: [] });
    expect(listSources(store).map(({ mentionCount }) => mentionCount)).toEqual([1, 1]);
    expectConsistent(store);
  });

  it('is not linked to a search that would not have kept it', () => {
    const store = aStore();
    aTracker(store, 'acme');
    ingest(store, aSource(store), [anItem('a')]);
    ingest(store, aSource(store, { followsWhole: false }), [anItem('a')]);
    expect(store.all('SELECT * FROM mention_sources')).toEqual([]);
  });

  it('is not rewritten back and forth by two that cut it differently', () => {
    const store = aStore();
    const first = aSource(store);
    const second = aSource(store);
    ingest(store, first, [anItem('a', { text: 'the whole story' })]);
    expect(ingest(store, second, [anItem('a', { text: 'the whole…' })])).toMatchObject({ updated: 0 });
    expect(texts(store)).toEqual(['the whole story']);
  });
});

describe('an edit on the platform', () => {
  it('changes text, matches, sentiment and search, and makes nothing unread', () => {
    const store = aStore();
    const acme = aTracker(store, 'acme');
    const rival = aTracker(store, 'rival');
    const source = aSource(store);
    ingest(store, source, [anItem('a', { text: 'acme is good' })], noon);
    store.run('UPDATE conversation_states SET unread = 0');
    store.run('UPDATE conversation_counts SET unread = 0');

    expect(ingest(store, source, [anItem('a', { text: 'rival is bad' })], noon + minuteMs)).toMatchObject({
      inserted: 0,
      updated: 1,
      conversationIds: ['1'],
      replyIds: [],
    });

    expect(store.get('SELECT text, edited_at FROM mentions')).toEqual({
      text: 'rival is bad',
      edited_at: noon + minuteMs,
    });
    expect(store.all('SELECT tracker_id FROM mention_matches')).toEqual([{ tracker_id: Number(rival) }]);
    expect(store.get('SELECT label FROM mention_analysis')).toEqual({ label: 'negative' });
    expect(store.get('SELECT unread FROM conversation_states')).toEqual({ unread: 0 });
    expect(store.all('SELECT kind FROM activity')).toEqual([{ kind: 'edited' }]);
    expect(
      store.get('SELECT total FROM conversation_counts WHERE scope = ? AND ref = ?', 'tracker', acme),
    ).toEqual({ total: 0 });
    expectConsistent(store);
  });
});

describe('an edit after its source was removed', () => {
  it('is told by the source that was added in its place', () => {
    const store = aStore();
    const first = aSource(store);
    ingest(store, first, [anItem('a', { text: 'early' })]);
    removeSource(store, first, noon);
    const again = aSource(store);
    expect(ingest(store, again, [anItem('a', { text: 'early' })])).toMatchObject({ inserted: 0, updated: 0 });
    expect(ingest(store, again, [anItem('a', { text: 'late' })])).toMatchObject({ inserted: 0, updated: 1 });
    // One alone, whoever else brings it too.
    const other = aSource(store);
    expect(ingest(store, other, [anItem('a', { text: 'la…' })])).toMatchObject({ updated: 0 });
    expect(texts(store)).toEqual(['late']);
    expectConsistent(store);
  });
});

describe('keys that differ only in what is no character', () => {
  it('are one key, as they are in the database, and the rest of the page comes in', () => {
    const store = aStore();
    const items = [anItem('a\ud800'), anItem('a\udfff', { rootKey: 'b\udfff' }), anItem('c')];
    expect(ingest(store, aSource(store), items)).toMatchObject({ fetched: 3, inserted: 2 });
    expect(ingest(store, aSource(store), items)).toMatchObject({ inserted: 0, updated: 0 });
    expectConsistent(store);
  });
});

describe('too much text', () => {
  it('is cut at 200,000 characters, a title at 2,000, and never inside a character', () => {
    const store = aStore();
    const source = aSource(store);
    ingest(store, source, [
      anItem('a', { title: `x${'😀'.repeat(1500)}`, document: plain('y'.repeat(300_000)) }),
    ]);
    const row = store.get<{ title: string; text: string }>('SELECT title, text FROM mentions');
    expect(row?.title).toBe(`x${'😀'.repeat(999)}`);
    expect(row?.text.length).toBeLessThanOrEqual(200_000);
    expect(row?.text.length).toBeGreaterThan(199_990);
  });
});

describe('a text with a NUL in it', () => {
  it('is shown whole, in the list too', () => {
    const store = aStore();
    ingest(store, aSource(store), [anItem('a', { text: 'before\0after' })]);
    const inbox = anInbox(store);
    expect(inbox.call('inbox.list', {}).items[0]?.text).toBe('before\ufffdafter');
    expect(inbox.call('conversations.get', { conversationId: '1' }).mentions[0]?.document).toEqual(
      plain('before\ufffdafter'),
    );
  });
});

/** All that is stored of the domain. */
function dump(store: WritableStore): unknown {
  const tables = [
    'authors',
    'conversations',
    'mentions',
    'mention_documents',
    'mention_sources',
    'mention_matches',
    'mention_analysis',
    'mention_days',
    'conversation_states',
    'open_conversations',
    'conversation_counts',
    'activity',
    'sources',
  ];
  return Object.fromEntries(tables.map((table) => [table, store.all(`SELECT * FROM ${table}`)]));
}
