import { describe, expect, it } from 'vitest';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { SourceId } from '../../../shared/model/ids.ts';
import { fakeClock } from './fake-clock.ts';
import { anItem, failing, fakePlatform, type FakePoll, hanging, onePage } from './fake-connector.ts';
import { pollingBench } from './polling-bench.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

describe('the ticker', () => {
  it('polls a new source at once, and again when its time has come', async () => {
    const { poller, platform, clock, add, look } = pollingBench();
    const sourceId = add('blog');
    poller.start();
    await clock.advance(0);
    expect(platform.polls).toEqual(['blog']);
    const { nextPollAt, state, lastSuccessAt } = look(sourceId);
    expect({ state, lastSuccessAt }).toEqual({ state: 'ok', lastSuccessAt: clock.now() });
    await clock.advance(nextPollAt! - clock.now() - second);
    expect(platform.polls).toHaveLength(1);
    await clock.advance(2 * second);
    expect(platform.polls).toHaveLength(2);
  });

  it('stores what a poll brings, its cursor and its plan, and tells', async () => {
    const { poller, platform, clock, add, look, events } = pollingBench();
    platform.answer('blog', onePage([anItem('1'), anItem('2')], 7));
    const sourceId = add('blog');
    poller.start();
    await clock.advance(0);
    expect(look(sourceId)).toMatchObject({ cursor: 7, mentionCount: 2, failCount: 0, lastError: null });
    expect(events).toContainEqual({ name: 'sources.changed', sourceIds: [sourceId] });
    expect(events).toContainEqual(expect.objectContaining({ name: 'conversations.changed', inserted: 2 }));
  });

  it('polls six sources at a time and no more', async () => {
    const { poller, platform, clock, add } = pollingBench();
    for (let n = 0; n < 20; n++) {
      platform.answer(`blog${n}`, async function* ({ signal }) {
        await clock.sleep(10 * second, signal);
        yield { items: [], cursor: 1 };
      });
      add(`blog${n}`);
    }
    poller.start();
    await clock.advance(0);
    expect(platform.running()).toBe(6);
    await clock.advance(40 * second);
    expect(new Set(platform.polls).size).toBe(20);
    expect(platform.mostRunning()).toBe(6);
  });

  it('polls one source of a host at a time, while other hosts go on', async () => {
    const { poller, platform, clock, add } = pollingBench();
    for (const name of ['a', 'b', 'c']) {
      platform.answer(name, async function* ({ signal }) {
        await clock.sleep(10 * second, signal);
        yield { items: [], cursor: 1 };
      });
      add(name, { host: 'videos.example' });
    }
    add('other');
    poller.start();
    await clock.advance(0);
    expect(platform.polls.sort()).toEqual(['a', 'other']);
    await clock.advance(31 * second);
    expect(platform.polls.sort()).toEqual(['a', 'b', 'c', 'other']);
    expect(platform.mostRunning()).toBe(2);
  });

  it('has no such limit for a private host', async () => {
    const { poller, platform, clock, add } = pollingBench();
    for (const name of ['a', 'b']) {
      platform.answer(name, hanging());
      add(name, { host: '127.0.0.1' });
    }
    poller.start();
    await clock.advance(0);
    expect(platform.polls).toEqual(['a', 'b']);
  });

  it('never polls a source that is still being polled', async () => {
    const { poller, platform, clock, add } = pollingBench();
    platform.answer('slow', hanging());
    add('slow');
    poller.start();
    await clock.advance(90 * second);
    expect(platform.polls).toEqual(['slow']);
  });

  it('ends a poll that hangs after two minutes and goes on', async () => {
    const { poller, platform, clock, add, look } = pollingBench();
    platform.answer('slow', hanging());
    const sourceId = add('slow');
    add('good');
    poller.start();
    await clock.advance(121 * second);
    expect(look(sourceId)).toMatchObject({ state: 'failing', failCount: 1, lastError: { code: 'timeout' } });
    expect(platform.polls).toContain('good');
  });

  it('lets a long poll go on as long as pages come, up to ten minutes', async () => {
    const { poller, platform, clock, add, look } = pollingBench();
    platform.answer('archive', async function* ({ signal }) {
      for (let page = 1; ; page++) {
        await clock.sleep(minute, signal);
        yield { items: [anItem(String(page))], cursor: page };
      }
    });
    const sourceId = add('archive');
    poller.start();
    await clock.advance(9 * minute + second);
    expect(look(sourceId)).toMatchObject({ state: 'new', mentionCount: 9 });
    await clock.advance(minute);
    expect(look(sourceId)).toMatchObject({ state: 'failing', cursor: 9, lastError: { code: 'timeout' } });
  });

  it('goes on when a source fails, in whatever way', async () => {
    const { poller, platform, clock, add, look } = pollingBench();
    platform.answer('gone', failing(new EarshotError('gone', 'It is gone.')));
    platform.answer('broken', failing(new TypeError('a bug')));
    platform.answer('strange', failing('not even an error'));
    platform.answer('closed', failing(new EarshotError('private-address', 'no')));
    const [gone, broken, strange, closed, good] = ['gone', 'broken', 'strange', 'closed', 'good'].map(
      (name) => add(name),
    );
    poller.start();
    await clock.advance(0);
    expect(look(gone!)).toMatchObject({ state: 'gone', nextPollAt: null, lastError: { code: 'gone' } });
    expect(look(broken!)).toMatchObject({ state: 'failing', nextPollAt: clock.now() + 5 * minute });
    expect(look(broken!).lastError).toMatchObject({ code: 'internal' });
    expect(look(broken!).lastError?.message).not.toContain('bug');
    expect(look(strange!)).toMatchObject({ state: 'failing', lastError: { code: 'internal' } });
    expect(look(closed!)).toMatchObject({ state: 'blocked', nextPollAt: clock.now() + 24 * hour });
    expect(look(good!)).toMatchObject({ state: 'ok' });
    platform.answer('broken', onePage([anItem('1')]));
    await clock.advance(5 * minute + second);
    expect(look(broken!)).toMatchObject({ state: 'ok', failCount: 0, lastError: null, mentionCount: 1 });
    expect(platform.polls.filter((name) => name === 'gone')).toHaveLength(1);
  });

  it('keeps the pages that came before a failure, with the cursor behind them', async () => {
    const { poller, platform, clock, add, look } = pollingBench();
    platform.answer('half', async function* () {
      yield { items: [anItem('1')], cursor: 1 };
      throw new EarshotError('server-error', 'It broke.');
    });
    const sourceId = add('half');
    poller.start();
    await clock.advance(0);
    expect(look(sourceId)).toMatchObject({ state: 'failing', cursor: 1, mentionCount: 1 });
  });

  it('shows a warning without counting it as a failure', async () => {
    const { poller, platform, clock, add, look } = pollingBench();
    platform.answer('cut', async function* () {
      yield { items: [anItem('1')], cursor: 1, warning: new EarshotError('bad-response', 'It was cut off.') };
    });
    const sourceId = add('cut');
    poller.start();
    await clock.advance(0);
    expect(look(sourceId)).toMatchObject({ state: 'ok', failCount: 0, lastError: { code: 'bad-response' } });
  });

  it('starts a source over whose stored cursor no longer parses', async () => {
    const { poller, platform, clock, add, store } = pollingBench();
    const cursors: unknown[] = [];
    platform.answer('blog', async function* ({ cursor }) {
      cursors.push(cursor);
      yield { items: [], cursor: 5 };
    });
    const sourceId = add('blog');
    store.run(`UPDATE sources SET cursor = '{"of":"another version"}' WHERE id = ?`, Number(sourceId));
    poller.start();
    await clock.advance(0);
    expect(cursors).toEqual([null]);
  });

  it('blocks a source whose settings or connector this version does not know', async () => {
    const { poller, clock, add, look, store } = pollingBench();
    const [settings, connector] = [add('a'), add('b')];
    store.run(`UPDATE sources SET settings = '{}' WHERE id = ?`, Number(settings));
    store.run(`UPDATE sources SET connector = 'tomorrow' WHERE id = ?`, Number(connector));
    poller.start();
    await clock.advance(0);
    expect(look(settings)).toMatchObject({ state: 'blocked', lastError: { code: 'invalid-input' } });
    expect(look(connector)).toMatchObject({ state: 'blocked', lastError: { code: 'unsupported' } });
  });

  it('does not hammer a source whose outcome cannot be stored', async () => {
    const { poller, platform, clock, add, store } = pollingBench();
    add('blog');
    store.exec(
      `CREATE TRIGGER no_space BEFORE UPDATE OF last_poll_at ON sources BEGIN SELECT RAISE(ABORT, 'full'); END`,
    );
    poller.start();
    await clock.advance(minute);
    expect(platform.polls).toHaveLength(1);
    store.exec('DROP TRIGGER no_space');
    await clock.advance(5 * minute);
    expect(platform.polls).toHaveLength(2);
  });
});

describe('pauses', () => {
  it.each([
    ['offline', { online: false }],
    ['asleep', { asleep: true }],
    ['paused', { pollingPaused: true }],
  ] as const)('polls nothing while %s, and goes on afterwards', async (state, change) => {
    const { poller, platform, clock, add, conditions$, events } = pollingBench();
    const normal = conditions$.value;
    conditions$.next({ ...normal, ...change });
    add('blog');
    poller.start();
    await clock.advance(hour);
    expect(platform.polls).toEqual([]);
    expect(poller.info()).toMatchObject({ state, since: clock.now() - hour });
    events.length = 0;
    conditions$.next(normal);
    await clock.advance(0);
    expect(platform.polls).toEqual(['blog']);
    expect(poller.info()).toMatchObject({ state: 'running', since: clock.now() });
    expect(events).toContainEqual({ name: 'app.changed' });
  });

  it('goes on, while offline, with what stands on this computer', async () => {
    const { poller, platform, clock, add, conditions$ } = pollingBench();
    conditions$.next({ ...conditions$.value, online: false });
    add('own', { host: '127.0.0.1' });
    add('blog');
    poller.start();
    await clock.advance(0);
    expect(platform.polls).toEqual(['own']);
  });

  it('spreads what has become overdue in the meantime over a few minutes', async () => {
    const chances = Array.from({ length: 1_000 }, (_, n) => ((n * 7919) % 1_000) / 1_000);
    const clock = fakeClock(undefined, () => chances.pop() ?? 0.5);
    const { poller, platform, add, conditions$ } = pollingBench({ clock });
    const names = Array.from({ length: 60 }, (_, n) => `blog${n}`);
    for (const name of names)
      add(name, { nextPollAt: clock.now() - hour, lastPollAt: clock.now() - 2 * hour });
    add('new');
    poller.start();
    await clock.advance(0);
    expect(platform.polls.length).toBeLessThan(6);
    expect(platform.polls).toContain('new');
    await clock.advance(minute);
    expect(platform.polls.length).toBeGreaterThan(20);
    expect(platform.polls.length).toBeLessThan(45);
    await clock.advance(minute + 2 * second);
    expect(new Set(platform.polls)).toEqual(new Set([...names, 'new']));

    // The same after a sleep.
    platform.polls.length = 0;
    conditions$.next({ ...conditions$.value, asleep: true });
    await clock.advance(12 * hour);
    conditions$.next({ ...conditions$.value, asleep: false });
    await clock.advance(second);
    expect(platform.polls.length).toBeLessThan(12);
  });

  it('notices a sleep that nobody told it of', async () => {
    const { poller, platform, clock, add } = pollingBench();
    for (let n = 0; n < 50; n++) add(`blog${n}`, { nextPollAt: clock.now() + hour, lastPollAt: clock.now() });
    poller.start();
    await clock.advance(second);
    clock.jump(8 * hour);
    await clock.advance(second);
    expect(platform.polls.length).toBeLessThan(6);
    await clock.advance(2 * minute);
    expect(platform.polls).toHaveLength(50);
  });

  it('asks again for a plan that a clock running ahead has made', async () => {
    const { poller, platform, clock, add } = pollingBench();
    add('blog', { nextPollAt: clock.now() + 30 * 24 * hour, lastPollAt: clock.now() + 29 * 24 * hour });
    poller.start();
    await clock.advance(3 * second);
    expect(platform.polls).toEqual(['blog']);
  });

  it('does so also when the clock is set back while it runs', async () => {
    // Sleeps do not go by the time of day.
    const running = fakeClock();
    let setBackMs = 0;
    const clock = { ...running, now: () => running.now() - setBackMs };
    const { poller, platform, add } = pollingBench({ clock });
    add('blog', { nextPollAt: clock.now() + hour, lastPollAt: clock.now() });
    poller.start();
    await clock.advance(second);
    setBackMs = 30 * 24 * hour;
    await clock.advance(2 * second);
    expect(platform.polls).toEqual(['blog']);
  });
});

describe('polls by hand', () => {
  it('answer when they have ended, with what each source brought', async () => {
    const { poller, platform, clock, add } = pollingBench();
    platform.answer('a', async function* ({ signal }) {
      yield { items: [anItem('1'), anItem('2')], cursor: 1 };
      await clock.sleep(second, signal);
      yield { items: [anItem('2', 'edited'), anItem('3')], cursor: 2 };
    });
    platform.answer('b', failing(new EarshotError('not-found', 'Nothing there.')));
    const [a, b] = [add('a'), add('b')];
    const asked = poller.pollNow([a, b, a]);
    await clock.advance(second);
    expect(await asked).toEqual([
      { sourceId: a, fetched: 4, inserted: 3, updated: 1, matched: 0 },
      {
        sourceId: b,
        fetched: 0,
        inserted: 0,
        updated: 0,
        matched: 0,
        error: { code: 'not-found', message: 'Nothing there.', details: {} },
      },
    ]);
  });

  it('work while the ticker stands still or was never started', async () => {
    const { poller, platform, add, conditions$ } = pollingBench();
    conditions$.next({ ...conditions$.value, pollingPaused: true });
    const sourceId = add('blog', { nextPollAt: null });
    const [result] = await poller.pollNow([sourceId]);
    expect(result).not.toHaveProperty('error');
    expect(platform.polls).toEqual(['blog']);
    expect(poller.info()).toMatchObject({ state: 'stopped' });
  });

  it('ask all sources when none is named, but those that are paused or gone', async () => {
    const { poller, platform, add, store } = pollingBench();
    const [, paused, gone] = [add('a'), add('b'), add('c')];
    store.run('UPDATE sources SET is_paused = 1 WHERE id = ?', Number(paused));
    store.run(`UPDATE sources SET state = 'gone' WHERE id = ?`, Number(gone));
    expect(await poller.pollNow(null)).toHaveLength(1);
    expect(platform.polls).toEqual(['a']);
    // Who names it means it.
    await poller.pollNow([gone!]);
    expect(platform.polls).toEqual(['a', 'c']);
  });

  it('join a poll that is under way', async () => {
    const { poller, platform, clock, add } = pollingBench();
    platform.answer('blog', async function* ({ signal }) {
      await clock.sleep(second, signal);
      yield { items: [anItem('1')], cursor: 1 };
    });
    const sourceId = add('blog');
    poller.start();
    await clock.advance(0);
    const [first, second_] = [poller.pollNow([sourceId]), poller.pollNow([sourceId])];
    await clock.advance(2 * second);
    expect((await first)[0]).toMatchObject({ inserted: 1 });
    expect(await second_).toEqual(await first);
    expect(platform.polls).toEqual(['blog']);
  });

  it('keep to the limit of six and one a host', async () => {
    const { poller, platform, clock, add } = pollingBench();
    const ids: SourceId[] = [];
    for (let n = 0; n < 12; n++) {
      platform.answer(`blog${n}`, async function* ({ signal }) {
        await clock.sleep(second, signal);
        yield { items: [], cursor: 1 };
      });
      ids.push(add(`blog${n}`, n < 4 ? { host: 'same.example' } : {}));
    }
    const asked = poller.pollNow(ids);
    await clock.advance(10 * second);
    expect(await asked).toHaveLength(12);
    expect(platform.mostRunning()).toBe(6);
  });

  it('answer for a source that is not there', async () => {
    const { poller, add } = pollingBench();
    const results = await poller.pollNow(['4711' as SourceId, add('blog')]);
    expect(results.map(({ error }) => error?.code)).toEqual(['not-found', undefined]);
  });

  it('do not ask a public host twice within a minute', async () => {
    const { poller, platform, clock, add } = pollingBench();
    const sourceId = add('blog');
    await poller.pollNow([sourceId]);
    await clock.advance(59 * second);
    const [refused] = await poller.pollNow([sourceId]);
    expect(refused).toMatchObject({
      error: { code: 'rate-limited', details: { retryAt: clock.now() + second } },
    });
    await clock.advance(second);
    const [taken] = await poller.pollNow([sourceId]);
    expect(taken).not.toHaveProperty('error');
    expect(platform.polls).toHaveLength(2);
  });

  it.each(['127.0.0.1', 'localhost', '[::1]', null])('ask %s as often as one likes', async (host) => {
    const { poller, platform, add } = pollingBench();
    const sourceId = add('blog', { host });
    await poller.pollNow([sourceId]);
    await poller.pollNow([sourceId]);
    expect(platform.polls).toHaveLength(2);
  });

  it('wait for the end of the pause that a server has asked for, wherever it is', async () => {
    const { poller, platform, clock, add } = pollingBench();
    const retryAt = clock.now() + hour;
    platform.answer('blog', failing(new EarshotError('rate-limited', 'Slow down.', { retryAt })));
    const sourceId = add('blog', { host: '127.0.0.1' });
    await poller.pollNow([sourceId]);
    await clock.advance(30 * minute);
    const [refused] = await poller.pollNow([sourceId]);
    expect(refused).toMatchObject({ error: { code: 'rate-limited', details: { retryAt } } });
    expect(platform.polls).toHaveLength(1);
    platform.answer('blog', onePage());
    await clock.advance(30 * minute);
    expect((await poller.pollNow([sourceId]))[0]).not.toHaveProperty('error');
  });
});

describe('a source that is changed while it is polled', () => {
  it('has its poll called off before the change, and none starts in between', async () => {
    const { poller, platform, clock, add, look, store } = pollingBench();
    platform.answer('blog', hanging());
    const sourceId = add('blog');
    poller.start();
    const asked = poller.pollNow([sourceId]);
    await clock.advance(0);
    const done = poller.withoutPolling(sourceId, () => {
      expect(platform.polls).toHaveLength(1);
      store.run('UPDATE sources SET next_poll_at = NULL WHERE id = ?', Number(sourceId));
      return 'changed';
    });
    expect(await done).toBe('changed');
    expect((await asked)[0]).toMatchObject({ error: { code: 'conflict' } });
    expect(look(sourceId)).toMatchObject({ state: 'new', lastPollAt: null });
    await clock.advance(10 * second);
    expect(platform.polls).toHaveLength(1);
  });

  it('is polled again when the change has failed', async () => {
    const { poller, platform, clock, add } = pollingBench();
    const sourceId = add('blog');
    poller.start();
    const failed = poller.withoutPolling(sourceId, () => {
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await clock.advance(second);
    expect(platform.polls).toEqual(['blog', 'blog']);
  });
});

describe('trackers that change', () => {
  it('have the sources asked again that are asked on their behalf, a feed from its beginning', async () => {
    const { poller, platform, clock, add, look, store } = pollingBench();
    const cursors: unknown[] = [];
    platform.answer('feed', async function* ({ cursor }) {
      cursors.push(cursor);
      yield { items: [], cursor: 5 };
    });
    const [feed, whole] = [add('feed'), add('whole')];
    store.run('UPDATE sources SET follows_whole = 0 WHERE id = ?', Number(feed));
    poller.start();
    await clock.advance(10 * minute);
    platform.polls.length = 0;
    const planned = look(whole!).nextPollAt;
    poller.heedTrackers();
    await clock.advance(0);
    expect(platform.polls).toEqual(['feed']);
    expect(cursors).toEqual([null, null]);
    expect(look(whole!).nextPollAt).toBe(planned);
    // Edited again at once: not before a minute has passed.
    poller.heedTrackers();
    await clock.advance(59 * second);
    expect(platform.polls).toEqual(['feed']);
    await clock.advance(2 * second);
    expect(platform.polls).toEqual(['feed', 'feed']);
  });

  it('have a feed read from its beginning also when its poll was under way, or waited for its turn', async () => {
    const { poller, platform, clock, add, look, store } = pollingBench();
    const cursors: unknown[] = [];
    const inTwoPages: FakePoll = async function* ({ cursor, signal }) {
      cursors.push(cursor);
      // What nobody listened for is not stored, and the last page's cursor would say that it has been read.
      yield { items: [anItem('1')], cursor: cursor ?? 1 };
      await clock.sleep(10 * second, signal);
      yield { items: [], cursor: 5 };
    };
    platform.answer('feed', inTwoPages);
    platform.answer('queued', inTwoPages);
    const [feed, queued] = [add('feed', { host: 'same.example' }), add('queued', { host: 'same.example' })];
    for (const id of [feed, queued]) {
      store.run(
        'UPDATE sources SET follows_whole = 0, next_poll_at = 9e15, cursor = 3 WHERE id = ?',
        Number(id),
      );
    }
    const asked = poller.pollNow([feed, queued]);
    await clock.advance(second);
    poller.heedTrackers();
    await clock.advance(10 * second);
    expect(look(feed)).toMatchObject({ cursor: null, nextPollAt: look(feed).lastPollAt! + minute });
    await clock.advance(10 * second);
    await asked;
    expect(cursors).toEqual([3, null]);
    expect(look(queued)).toMatchObject({ cursor: 5 });
  });

  it('leave what the connector needs to tell known items from new ones', () => {
    const played = fakePlatform();
    const platform = { ...played, connector: { ...played.connector, rewind: () => 100 } };
    const { poller, add, look, store } = pollingBench({ platform });
    const feed = add('feed');
    store.run('UPDATE sources SET follows_whole = 0, cursor = 5 WHERE id = ?', Number(feed));
    poller.heedTrackers();
    expect(look(feed).cursor).toBe(100);
  });

  it('keep the cursors of searches, and the pause that a server has asked for', async () => {
    const { poller, platform, clock, add, look } = pollingBench({
      platform: fakePlatform({ listens: 'search' }),
    });
    const retryAt = clock.now() + hour;
    platform.answer('limited', failing(new EarshotError('rate-limited', 'Slow down.', { retryAt })));
    const cursors: unknown[] = [];
    platform.answer('search', async function* ({ cursor }) {
      cursors.push(cursor);
      yield { items: [], cursor: 5 };
    });
    const limited = add('limited');
    add('search');
    poller.start();
    await clock.advance(2 * minute);
    poller.heedTrackers();
    await clock.advance(0);
    expect(cursors).toEqual([null, 5]);
    expect(look(limited).nextPollAt).toBeGreaterThanOrEqual(retryAt);
  });
});

describe('closing', () => {
  it('ends every poll at once, answers who waits, writes nothing more and leaves nothing asleep', async () => {
    const { poller, platform, clock, add, look, events } = pollingBench();
    platform.answer('hung', hanging());
    platform.answer('slow', async function* ({ signal }) {
      await clock.sleep(minute, signal);
      yield { items: [anItem('late')], cursor: 9 };
    });
    const [hung, slow] = [add('hung'), add('slow', { host: 'same.example' })];
    const queued = add('queued', { host: 'same.example' });
    poller.start();
    await clock.advance(0);
    const asked = poller.pollNow([hung, slow, queued]);
    events.length = 0;
    await poller.close();
    expect((await asked).map(({ error }) => error?.code)).toEqual([
      'unreachable',
      'unreachable',
      'unreachable',
    ]);
    expect(look(slow)).toMatchObject({ state: 'new', cursor: null, mentionCount: 0, lastPollAt: null });
    expect(events).toEqual([]);
    await clock.advance(hour);
    expect(clock.sleepers()).toBe(0);
    expect(platform.polls.sort()).toEqual(['hung', 'slow']);
    expect((await poller.pollNow([hung]))[0]).toMatchObject({ error: { code: 'unreachable' } });
  });
});

describe('the rhythm', () => {
  it('of a search is the shortest its connector allows, also when nothing comes', async () => {
    const { poller, platform, clock, add } = pollingBench({
      platform: fakePlatform({ listens: 'search', minimumIntervalMs: 3 * minute }),
    });
    add('search');
    poller.start();
    await clock.advance(30 * minute);
    expect(platform.polls.length).toBeGreaterThanOrEqual(10);
    expect(platform.polls.length).toBeLessThanOrEqual(11);
  });

  it('of a chat is the shortest its connector allows, however quiet it is', async () => {
    const { poller, platform, clock, add } = pollingBench({
      platform: fakePlatform({ isChat: true, minimumIntervalMs: minute }),
    });
    add('chat');
    poller.start();
    await clock.advance(30 * minute);
    expect(platform.polls.length).toBeGreaterThanOrEqual(27);
  });

  it('of a feed follows what it publishes', async () => {
    const { poller, platform, clock, add, look } = pollingBench();
    const start = clock.now();
    const items = Array.from({ length: 20 }, (_, n) =>
      anItem(String(n), 'text', start - (n + 1) * 30 * minute),
    );
    platform.answer('busy', onePage(items));
    platform.answer('quiet', onePage([anItem('old', 'text', start - 30 * 24 * hour)]));
    const [busy, quiet] = [add('busy'), add('quiet')];
    poller.start();
    await clock.advance(0);
    expect(look(busy).intervalMs).toBe(20 * minute);
    expect(look(quiet).intervalMs).toBe(6 * hour);
  });
});
