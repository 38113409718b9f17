import { describe, expect, it } from 'vitest';
import {
  findSource,
  listDueSources,
  listSources,
  pollTimes,
  readCursor,
  removeSource,
  saveCursor,
  savePollFailure,
  savePollSuccess,
  updateSource,
} from '../../../electron/engine/store/queries/sources.ts';
import type { SourceId, TrackerId } from '../../../shared/model/ids.ts';
import { anItem, aSource, aTracker, ingest, minuteMs, noon } from '../ingest/fixtures.ts';
import { aStore } from './a-store.ts';

describe('a source', () => {
  it('is given back as it was put in', () => {
    const store = aStore();
    const tracker = aTracker(store, 'acme');
    const source = aSource(store, {
      settings: { url: 'https://town.example/feed' },
      trackerIds: [tracker, tracker],
      followsWhole: false,
      nextPollAt: noon,
    });
    expect(findSource(store, source)).toEqual({
      sourceId: source,
      connector: 'feeds',
      accountId: null,
      name: 'Town news',
      isNameGiven: false,
      settings: { url: 'https://town.example/feed' },
      trackerIds: [tracker],
      followsWhole: false,
      url: null,
      isPaused: false,
      createdAt: noon - 24 * 60 * minuteMs,
      state: 'new',
      lastPollAt: null,
      lastSuccessAt: null,
      lastError: null,
      failCount: 0,
      nextPollAt: noon,
      intervalMs: null,
      mentionCount: 0,
    });
  });

  it('is not made for a tracker that does not exist', () => {
    const store = aStore();
    expect(() => aSource(store, { trackerIds: ['7' as TrackerId] })).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
    expect(listSources(store)).toEqual([]);
  });

  it('is due when its time has come, the longest overdue first, and not while it is paused or removed', () => {
    const store = aStore();
    const [late, later, paused, removed, future] = [3, 2, 1, 4, -1].map((minutes) =>
      aSource(store, { nextPollAt: noon - minutes * minuteMs }),
    ) as [SourceId, SourceId, SourceId, SourceId, SourceId];
    updateSource(store, paused, { isPaused: true });
    removeSource(store, removed, noon);
    expect(listDueSources(store, noon, 10).map(({ sourceId }) => sourceId)).toEqual([late, later]);
    expect(listDueSources(store, noon, 1).map(({ sourceId }) => sourceId)).toEqual([late]);
    expect(listDueSources(store, noon + 5 * minuteMs, 10).map(({ sourceId }) => sourceId)).toContain(future);
    expect(pollTimes(store)).toEqual({ nextPollAt: noon - 3 * minuteMs, lastPollAt: null });
  });

  it('remembers how its polls went; a success ends a failure and keeps a warning', () => {
    const store = aStore();
    const source = aSource(store);
    savePollFailure(store, source, {
      at: noon,
      failure: { code: 'timeout', message: 'no answer' },
      state: 'failing',
      failCount: 2,
      nextPollAt: noon + minuteMs,
    });
    expect(findSource(store, source)).toMatchObject({
      state: 'failing',
      failCount: 2,
      lastPollAt: noon,
      lastSuccessAt: null,
      lastError: { code: 'timeout', message: 'no answer', at: noon },
    });
    const success = { at: noon + minuteMs, nextPollAt: noon + 9 * minuteMs, intervalMs: 8 * minuteMs };
    savePollSuccess(store, source, { ...success, warning: { code: 'too-large', message: 'cut' } });
    expect(findSource(store, source)).toMatchObject({
      state: 'ok',
      failCount: 0,
      lastSuccessAt: noon + minuteMs,
      lastError: { code: 'too-large', at: noon + minuteMs },
      nextPollAt: noon + 9 * minuteMs,
      intervalMs: 8 * minuteMs,
    });
    savePollSuccess(store, source, success);
    expect(findSource(store, source).lastError).toBeNull();
    expect(pollTimes(store)).toEqual({ nextPollAt: noon + 9 * minuteMs, lastPollAt: noon + minuteMs });
  });

  it('forgets what it read and how it failed when it starts afresh at another address', () => {
    const store = aStore();
    const source = aSource(store);
    ingest(store, source, [], noon, { etag: 'x' });
    savePollFailure(store, source, {
      at: noon,
      failure: { code: 'gone', message: 'gone' },
      state: 'gone',
      failCount: 1,
      nextPollAt: null,
    });
    updateSource(store, source, { settings: { url: 'b' }, startsAfresh: true, nextPollAt: noon });
    expect(findSource(store, source)).toMatchObject({
      settings: { url: 'b' },
      state: 'new',
      failCount: 0,
      lastError: null,
      nextPollAt: noon,
    });
    expect(readCursor(store, source)).toBeNull();
    ingest(store, source, [], noon, { etag: 'y' });
    expect(readCursor(store, source)).toEqual({ etag: 'y' });
    saveCursor(store, source, null);
    expect(readCursor(store, source)).toBeNull();
  });

  it('is listed without its cursor, which after a thousand items is longer than all the rest', () => {
    const store = aStore();
    aSource(store, { nextPollAt: noon });
    // To read it would be to fail.
    store.run('UPDATE sources SET cursor = ?', 'no JSON');
    expect(listSources(store)).toHaveLength(1);
    expect(listDueSources(store, noon, 10)).toHaveLength(1);
  });

  it('that is removed is found no more; its mentions stay', () => {
    const store = aStore();
    const source = aSource(store);
    ingest(store, source, [anItem('a')]);
    removeSource(store, source, noon);
    expect(listSources(store)).toEqual([]);
    expect(() => findSource(store, source)).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(() => updateSource(store, source, { name: 'x' })).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
    savePollSuccess(store, source, { at: noon, nextPollAt: noon, intervalMs: 1 });
    expect(listDueSources(store, noon, 10)).toEqual([]);
    expect(store.get('SELECT count(*) AS n FROM mentions')).toEqual({ n: 1 });
    expect(aSource(store)).not.toBe(source);
  });
});
