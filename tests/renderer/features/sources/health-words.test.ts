import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../../shared/contract/errors.ts';
import type { Source, SourceHealth } from '../../../../shared/model/source.ts';
import {
  byUrgency,
  healthWords,
  needsAttention,
  type PollingState,
  pollResultWords,
} from '../../../../renderer/features/sources/health-words.ts';

const now = Date.UTC(2026, 5, 15, 12);
const minute = 60_000;
const hour = 60 * minute;

const source = (health: Partial<SourceHealth>, name = 'Forum'): Source => ({
  sourceId: '1' as Source['sourceId'],
  connector: 'feeds',
  accountId: null,
  name,
  settings: {},
  trackerIds: [],
  followsWhole: true,
  url: null,
  createdAt: now - hour,
  mentionCount: 3,
  health: {
    state: 'ok',
    lastPollAt: now - 5 * minute,
    lastSuccessAt: now - 5 * minute,
    lastError: null,
    failCount: 0,
    nextPollAt: now + 4 * minute,
    intervalMs: 10 * minute,
    ...health,
  },
});
const error = (code: Failure['code'], at: number, details = {}) => ({ code, message: '', details, at });

describe('the health of a source in words', () => {
  it.each([
    {
      title: 'works',
      health: {},
      expected: {
        label: 'Works',
        tone: 'positive',
        lastSuccess: 'Last worked 5 min ago',
        nextTry: 'Next check in 4 min',
        problem: null,
        pastTrouble: null,
      },
    },
    {
      title: 'has not been asked yet',
      health: { state: 'new', lastPollAt: null, lastSuccessAt: null, nextPollAt: now },
      expected: {
        label: 'First check ahead',
        tone: 'plain',
        lastSuccess: 'Has not worked yet',
        nextTry: 'Next check any moment',
        problem: null,
        pastTrouble: null,
      },
    },
    {
      title: 'did not work once',
      health: {
        state: 'failing',
        failCount: 1,
        lastError: error('timeout', now - minute),
        nextPollAt: now + 20_000,
      },
      expected: {
        label: 'Did not work once',
        tone: 'caution',
        lastSuccess: 'Last worked 5 min ago',
        nextTry: 'Next check in a minute',
        problem: {
          happened: 'It did not answer in time.',
          next: 'Often this passes by itself. Try again in a minute.',
          since: '1 min ago',
        },
        pastTrouble: null,
      },
    },
    {
      title: 'keeps failing',
      health: {
        state: 'failing',
        failCount: 4,
        lastSuccessAt: now - 26 * hour,
        lastError: error('server-error', now - minute, { status: 503 }),
        nextPollAt: now + 2 * hour,
      },
      expected: {
        label: 'Failed 4 times',
        tone: 'negative',
        lastSuccess: 'Last worked 1 day ago',
        nextTry: 'Next check in 2 h',
        problem: {
          happened: 'Its server has trouble (503).',
          next: 'Nothing to do on your side. Earshot keeps trying, less and less often.',
          since: '1 min ago',
        },
        pastTrouble: null,
      },
    },
    {
      title: 'needs the user',
      health: {
        state: 'blocked',
        lastError: error('unauthorized', now, { status: 401 }),
        nextPollAt: now + 23 * hour,
      },
      expected: {
        label: 'Needs you',
        tone: 'negative',
        lastSuccess: 'Last worked 5 min ago',
        nextTry: 'Next check in 23 h',
        problem: {
          happened: 'It wants a sign-in (401).',
          next: 'Check the address, or find a public one: Earshot has no credentials for it.',
          since: 'just now',
        },
        pastTrouble: null,
      },
    },
    {
      title: 'is gone',
      health: {
        state: 'gone',
        lastSuccessAt: now - 40 * 24 * hour,
        lastError: error('gone', now - 3 * 24 * hour, { status: 410 }),
        nextPollAt: null,
      },
      expected: {
        label: 'Gone',
        tone: 'negative',
        lastSuccess: 'Last worked on May 6, 2026',
        nextTry: 'Not checked any more',
        problem: {
          happened: 'It is gone for good and says so (410).',
          next: 'Look for its new address, or remove the source. Its mentions stay.',
          since: '3 days ago',
        },
        pastTrouble: null,
      },
    },
    {
      title: 'is paused',
      health: { state: 'paused', nextPollAt: null },
      expected: {
        label: 'Paused',
        tone: 'plain',
        lastSuccess: 'Last worked 5 min ago',
        nextTry: 'Not checked until you resume it',
        problem: null,
        pastTrouble: null,
      },
    },
    {
      title: 'works again after trouble',
      health: { lastError: error('tls', now - hour) },
      expected: {
        label: 'Works',
        tone: 'positive',
        lastSuccess: 'Last worked 5 min ago',
        nextTry: 'Next check in 4 min',
        problem: null,
        pastTrouble: 'Last trouble 1 h ago: Its certificate is not valid, so who answers cannot be known.',
      },
    },
    {
      title: 'works but was cut off',
      health: { lastError: error('too-large', now - 5 * minute, { limitBytes: 10_000_000 }) },
      expected: {
        label: 'Works, in part',
        tone: 'caution',
        lastSuccess: 'Last worked 5 min ago',
        nextTry: 'Next check in 4 min',
        problem: {
          happened: 'The answer is larger than 10 MB, where Earshot stops reading.',
          next: 'What came before that point was kept. Look for a shorter feed of the same site.',
          since: '5 min ago',
        },
        pastTrouble: null,
      },
    },
  ] satisfies { title: string; health: Partial<SourceHealth>; expected: object }[])(
    'of one that $title',
    ({ health, expected }) => {
      expect(healthWords(source(health), 'running', now)).toEqual(expected);
    },
  );

  it.each([
    ['offline', 'Checked again when the network is back'],
    ['asleep', 'Checked again when the computer wakes'],
    ['paused', 'All checks are paused'],
    ['stopped', 'Checks are stopped'],
  ] satisfies [PollingState, string][])('while polling is %s', (polling, nextTry) => {
    expect(healthWords(source({}), polling, now).nextTry).toBe(nextTry);
    expect(healthWords(source({ state: 'gone' }), polling, now).nextTry).toBe('Not checked any more');
  });
});

it('is told to the user after the second failure, or at once when only the user can help', () => {
  expect(
    [
      source({ state: 'failing', failCount: 1 }),
      source({ state: 'failing', failCount: 2 }),
      source({ state: 'blocked', failCount: 1 }),
      source({ state: 'gone' }),
      source({ state: 'paused', failCount: 9 }),
      source({}),
    ].map(needsAttention),
  ).toEqual([false, true, true, true, false, false]);
});

it('lists what needs the user first and the rest by name', () => {
  const list = [
    source({}, 'b'),
    source({ state: 'paused' }, 'a'),
    source({ state: 'failing' }, 'z'),
    source({}, 'a'),
    source({ state: 'gone' }, 'y'),
  ];
  expect(list.toSorted(byUrgency).map(({ name, health }) => `${name} ${health.state}`)).toEqual([
    'y gone',
    'z failing',
    'a ok',
    'b ok',
    'a paused',
  ]);
});

describe('the outcome of a check asked for by hand', () => {
  const result = { sourceId: source({}).sourceId, fetched: 20, inserted: 3, updated: 0, matched: 2 };
  it.each([
    [result, 'Checked: 20 items, 3 new.'],
    [{ ...result, inserted: 0 }, 'Checked: 20 items, none of them new.'],
    [{ ...result, fetched: 1, inserted: 0, updated: 1 }, 'Checked: 1 item, none of them new, 1 edited.'],
    [{ ...result, fetched: 0, inserted: 0 }, 'Checked: nothing new since the last time.'],
    [
      {
        ...result,
        error: { code: 'rate-limited' as const, message: '', details: { retryAt: now + 40_000 } },
      },
      'It was asked too often and wants a pause. Earshot asks again in a minute.',
    ],
  ])('%j', (given, words) => {
    expect(pollResultWords(given, now)).toBe(words);
  });
});
