import { expect, it } from 'vitest';
import type { ConnectorInfo } from '../../../../shared/contract/methods/connectors.ts';
import type { TrackerId } from '../../../../shared/model/ids.ts';
import type { Tracker } from '../../../../shared/model/tracker.ts';
import { listeningWords } from '../../../../renderer/features/sources/listening-words.ts';
import { foundAddress, offersOf, testWords } from '../../../../renderer/features/sources/test-words.ts';

const trackers = ['Acme', 'Brewly', 'Steam', 'Tea'].map((name, index) => ({
  trackerId: String(index) as TrackerId,
  name,
})) as Tracker[];
const search = { capabilities: { listens: 'search' } } as ConnectorInfo;
const ids = (...some: string[]) => some as TrackerId[];

it.each([
  [{ followsWhole: true, trackerIds: [] }, null, trackers, 'everything it publishes'],
  [{ followsWhole: false, trackerIds: [] }, search, trackers, 'what any tracker matches'],
  [{ followsWhole: false, trackerIds: [] }, search, [], 'waits for a tracker'],
  [{ followsWhole: false, trackerIds: ids('0') }, search, trackers, 'what Acme matches'],
  [
    { followsWhole: false, trackerIds: ids('0', '1', '2') },
    search,
    trackers,
    'what Acme, Brewly or Steam matches',
  ],
  [{ followsWhole: false, trackerIds: ids('0', '1', '2', '3') }, search, trackers, 'what 4 trackers match'],
  [{ followsWhole: false, trackerIds: ids('9') }, search, trackers, 'what a removed tracker matches'],
])('says of %j what comes to the inbox', (source, connector, known, words) => {
  expect(listeningWords(source, connector, known)).toBe(words);
});

it.each([
  [{ fetched: 0, matched: 0 }, 'It answers. There is nothing in it at the moment.'],
  [{ fetched: 1, matched: 0 }, '1 item. None of them matches a tracker.'],
  [{ fetched: 20, matched: 1 }, '20 items. 1 matches a tracker.'],
  [{ fetched: 20, matched: 3 }, '20 items. 3 match a tracker.'],
])('says of a test run %j', (result, words) => {
  const { headline, detail } = testWords(result, true);
  expect(`${headline} ${detail}`).toBe(words);
});

it('offers the feeds that a failure names and nothing that is none', () => {
  const details = {
    feeds: ['https://a/', { url: 'https://b/', title: 'B' }, { url: 7 }, null, { url: 'https://c/' }],
  };
  expect(offersOf({ code: 'not-a-feed', message: '', details })).toEqual([
    { url: 'https://a/', title: null },
    { url: 'https://b/', title: 'B' },
    { url: 'https://c/', title: null },
  ]);
  expect(offersOf({ code: 'timeout', message: '' })).toEqual([]);
});

it('says nothing about matches while there is no tracker', () => {
  expect(testWords({ fetched: 3, matched: 0 }, false)).toEqual({ headline: '3 items.', detail: '' });
});

it.each([
  [{ url: 'https://a.example/' }, { url: 'https://a.example/feed.xml' }, 'https://a.example/feed.xml'],
  [{ url: 'https://a.example/' }, { url: 'https://a.example/' }, null],
  [{ channel: 'forum' }, { channel: 'forum', seed: 'x' }, null],
])('of %j tells where %j was found', (typed, found, address) => {
  expect(foundAddress(typed, found)).toBe(address);
});
