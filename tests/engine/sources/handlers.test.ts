import { describe, expect, it } from 'vitest';
import { createSourcesHandlers } from '../../../electron/engine/sources/handlers.ts';
import { insertTracker, removeTracker } from '../../../electron/engine/store/queries/trackers.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { SourceId, TrackerId } from '../../../shared/model/ids.ts';
import { sourceSchema } from '../../../shared/model/source.ts';
import { anItem, failing, fakePlatform, hanging, onePage } from '../polling/fake-connector.ts';
import { pollingBench } from '../polling/polling-bench.ts';

const context = { signal: new AbortController().signal };

function bench(platform = fakePlatform()) {
  const made = pollingBench({ platform });
  const handlers = createSourcesHandlers({ ...made.deps, poller: made.poller });
  const aTracker = (query: string): TrackerId =>
    insertTracker(made.store, { name: query, query, createdAt: made.clock.now() }).trackerId;
  const add = (settings: Record<string, unknown>, more: { trackerIds?: TrackerId[]; name?: string } = {}) =>
    handlers['sources.add']({ connector: 'fake', settings, ...more }, context);
  const update = (input: Parameters<(typeof handlers)['sources.update']>[0]) =>
    Promise.resolve().then(() => handlers['sources.update'](input, context));
  const list = async () => (await handlers['sources.list']({}, context)).sources;
  return { ...made, handlers, aTracker, addSource: add, update, list };
}

/** What a call refuses with, thrown or rejected. */
async function refusal(call: () => unknown): Promise<EarshotError> {
  try {
    await call();
  } catch (error) {
    if (error instanceof EarshotError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('a source whose tracker was removed', () => {
  it('can still be saved with what it holds, and takes another tracker', async () => {
    const { addSource, update, aTracker, store, clock } = bench();
    const gone = aTracker('acme');
    const { sourceId } = await addSource({ name: 'blog' }, { trackerIds: [gone] });
    removeTracker(store, gone, clock.now());
    expect(await update({ sourceId, name: 'Blog', trackerIds: [gone] })).toMatchObject({
      name: 'Blog',
      trackerIds: [gone],
      followsWhole: false,
    });
    const other = aTracker('apex');
    expect(await update({ sourceId, trackerIds: [other] })).toMatchObject({ trackerIds: [other] });
    expect(await refusal(() => update({ sourceId, trackerIds: [gone] }))).toMatchObject({
      code: 'not-found',
    });
  });
});

describe('adding a source', () => {
  it('stores it at once, without asking anybody, due now', async () => {
    const { addSource, list, clock, platform, events } = bench();
    const added = await addSource({ name: 'blog', unknown: 1 });
    expect(sourceSchema.parse(added)).toEqual({
      sourceId: added.sourceId,
      connector: 'fake',
      accountId: null,
      name: 'blog',
      settings: { name: 'blog' },
      trackerIds: [],
      followsWhole: true,
      url: 'https://blog.example/',
      createdAt: clock.now(),
      mentionCount: 0,
      health: {
        state: 'new',
        lastPollAt: null,
        lastSuccessAt: null,
        lastError: null,
        failCount: 0,
        nextPollAt: clock.now(),
        intervalMs: null,
      },
    });
    expect(await list()).toEqual([added]);
    expect(events).toEqual([{ name: 'sources.changed', sourceIds: [added.sourceId] }]);
    expect(platform.polls).toEqual([]);
  });

  it('has it polled at once where polling runs', async () => {
    const { addSource, poller, platform, clock } = bench();
    poller.start();
    await clock.advance(0);
    await addSource({ name: 'blog' });
    await clock.advance(0);
    expect(platform.polls).toEqual(['blog']);
  });

  it('names the setting that is wrong', async () => {
    const { addSource } = bench();
    const refused = await refusal(() => addSource({ name: '' }));
    expect(refused).toMatchObject({
      code: 'invalid-input',
      details: { issues: [{ path: 'settings.name' }] },
    });
  });

  it('refuses a connector that does not exist', async () => {
    const { handlers } = bench();
    const refused = await refusal(() =>
      handlers['sources.add']({ connector: 'nope', settings: {} }, context),
    );
    expect(refused).toMatchObject({ code: 'invalid-input', details: { issues: [{ path: 'connector' }] } });
  });

  it('refuses what is listened to already, and says which it is', async () => {
    const { addSource, aTracker, list } = bench();
    const [acme, hooli] = [aTracker('acme'), aTracker('hooli')];
    const first = await addSource({ name: 'blog', host: 'x.example' }, { trackerIds: [acme, hooli] });
    const refused = await refusal(() =>
      addSource({ host: 'x.example', name: 'blog' }, { trackerIds: [hooli, acme] }),
    );
    expect(refused).toMatchObject({ code: 'conflict', details: { sourceId: first.sourceId } });
    await addSource({ name: 'blog', host: 'x.example' }, { trackerIds: [acme] });
    await addSource({ name: 'blog', host: 'x.example' });
    await addSource({ name: 'other' });
    expect(await list()).toHaveLength(4);
  });

  it('refuses a tracker that is not there, and stores nothing then', async () => {
    const { addSource, aTracker, store, list } = bench();
    const gone = aTracker('acme');
    removeTracker(store, gone, 1);
    for (const trackerId of [gone, '4711' as TrackerId]) {
      expect((await refusal(() => addSource({ name: 'blog' }, { trackerIds: [trackerId] }))).code).toBe(
        'not-found',
      );
    }
    expect(await list()).toEqual([]);
  });

  it('follows whole only what publishes by itself and names no tracker', async () => {
    const feed = bench();
    const acme = feed.aTracker('acme');
    expect(await feed.addSource({ name: 'a' })).toMatchObject({ followsWhole: true });
    expect(await feed.addSource({ name: 'b' }, { trackerIds: [acme] })).toMatchObject({
      followsWhole: false,
    });
    const search = bench(fakePlatform({ listens: 'search' }));
    expect(await search.addSource({ name: 'a' })).toMatchObject({ followsWhole: false });
  });

  it('keeps the name that the user gave when the far end says another', async () => {
    const { addSource, handlers, platform, list } = bench();
    for (const name of ['a', 'b']) {
      platform.answer(name, async function* () {
        yield { items: [], cursor: 1, source: { name: 'Their own name', url: 'https://own.example/' } };
      });
    }
    await addSource({ name: 'a' }, { name: 'Mine' });
    await addSource({ name: 'b' });
    await handlers['sources.pollNow']({}, context);
    expect((await list()).map(({ name }) => name)).toEqual(['Mine', 'Their own name']);
  });
});

describe('changing a source', () => {
  it('renames, pauses and resumes it', async () => {
    const { addSource, update, platform, poller, clock } = bench();
    const { sourceId } = await addSource({ name: 'blog' });
    expect(await update({ sourceId, name: 'Blog', paused: true })).toMatchObject({
      name: 'Blog',
      health: { state: 'paused', nextPollAt: null },
    });
    poller.start();
    await clock.advance(60_000);
    expect(platform.polls).toEqual([]);
    expect(await update({ sourceId, paused: false })).toMatchObject({
      name: 'Blog',
      health: { state: 'new' },
    });
    await clock.advance(0);
    expect(platform.polls).toEqual(['blog']);
  });

  it('starts over at another address, and an old poll cannot write into it any more', async () => {
    const { addSource, update, look, platform, poller, clock, handlers } = bench();
    platform.answer('blog', onePage([anItem('1')], 7));
    const { sourceId } = await addSource({ name: 'blog' });
    await handlers['sources.pollNow']({ sourceIds: [sourceId] }, context);
    expect(look(sourceId)).toMatchObject({ cursor: 7, state: 'ok' });
    platform.answer('blog', async function* ({ signal }) {
      await clock.sleep(1_000, signal);
      yield { items: [], cursor: 8 };
    });
    await clock.advance(60_000);
    const asked = poller.pollNow([sourceId]);
    const after = await update({ sourceId, settings: { name: 'moved' } });
    expect(after).toMatchObject({
      settings: { name: 'moved' },
      url: 'https://moved.example/',
      health: { state: 'new' },
    });
    expect((await asked)[0]).toMatchObject({ error: { code: 'conflict' } });
    await clock.advance(10_000);
    expect(look(sourceId)).toMatchObject({ cursor: null, mentionCount: 1, nextPollAt: clock.now() - 10_000 });
  });

  it('leaves cursor and plan alone when nothing of substance changes', async () => {
    const { addSource, update, look, handlers, clock } = bench();
    const { sourceId } = await addSource({ name: 'blog', host: 'x.example' });
    await handlers['sources.pollNow']({}, context);
    const before = look(sourceId);
    await clock.advance(1_000);
    await update({ sourceId, settings: { host: 'x.example', name: 'blog' }, trackerIds: [], paused: false });
    expect(look(sourceId)).toEqual(before);
  });

  it('reads a feed anew for other trackers', async () => {
    const { addSource, update, look, handlers, aTracker, platform } = bench();
    platform.answer('blog', onePage([anItem('1', 'acme'), anItem('2', 'hooli')], 7));
    const [acme, hooli] = [aTracker('acme'), aTracker('hooli')];
    const { sourceId } = await addSource({ name: 'blog' }, { trackerIds: [acme] });
    await handlers['sources.pollNow']({}, context);
    expect(look(sourceId).mentionCount).toBe(1);
    await update({ sourceId, trackerIds: [acme, hooli] });
    expect(look(sourceId)).toMatchObject({ cursor: null, followsWhole: false });
    await update({ sourceId, trackerIds: [] });
    expect(look(sourceId)).toMatchObject({ followsWhole: true });
  });

  it('does not lift the pause that a server has asked for', async () => {
    const { addSource, update, look, handlers, aTracker, platform, clock } = bench();
    const retryAt = clock.now() + 3_600_000;
    platform.answer('blog', failing(new EarshotError('rate-limited', 'Slow down.', { retryAt })));
    const { sourceId } = await addSource({ name: 'blog' });
    await handlers['sources.pollNow']({}, context);
    await update({ sourceId, trackerIds: [aTracker('acme')] });
    expect(look(sourceId).nextPollAt).toBe(retryAt);
  });

  it('asks again for a source that was gone, once the user resumes it', async () => {
    const { addSource, update, look, handlers, platform, clock } = bench();
    platform.answer('blog', failing(new EarshotError('gone', 'Gone.')));
    const { sourceId } = await addSource({ name: 'blog' });
    await handlers['sources.pollNow']({}, context);
    expect(look(sourceId)).toMatchObject({ state: 'gone', nextPollAt: null });
    await update({ sourceId, paused: false });
    expect(look(sourceId).nextPollAt).toBe(clock.now());
  });

  it('refuses what would make it another source’s double, and bad settings', async () => {
    const { addSource, update, look } = bench();
    const first = await addSource({ name: 'a' });
    const { sourceId } = await addSource({ name: 'b' });
    const refused = await refusal(() => update({ sourceId, settings: { name: 'a' } }));
    expect(refused).toMatchObject({ code: 'conflict', details: { sourceId: first.sourceId } });
    expect((await refusal(() => update({ sourceId, settings: {} }))).code).toBe('invalid-input');
    expect((await refusal(() => update({ sourceId: '4711' as SourceId, name: 'x' }))).code).toBe('not-found');
    expect(look(sourceId).settings).toEqual({ name: 'b' });
  });
});

describe('removing a source', () => {
  it('calls its poll off, keeps what it brought and forgets the rest', async () => {
    const { addSource, handlers, list, platform, poller, clock, store } = bench();
    platform.answer('blog', onePage([anItem('1')]));
    const { sourceId } = await addSource({ name: 'blog' });
    await handlers['sources.pollNow']({}, context);
    platform.answer('blog', hanging());
    await clock.advance(60_000);
    const asked = poller.pollNow([sourceId]);
    expect(await handlers['sources.remove']({ sourceId }, context)).toEqual({});
    expect((await asked)[0]).toMatchObject({ error: { code: 'conflict' } });
    expect(await list()).toEqual([]);
    expect(store.get('SELECT count(*) AS n FROM mentions')).toEqual({ n: 1 });
    expect((await refusal(() => handlers['sources.remove']({ sourceId }, context))).code).toBe('not-found');
    // The same may be added again.
    await addSource({ name: 'blog' });
  });
});

describe('a dry run', () => {
  const run = (made: ReturnType<typeof bench>, settings: Record<string, unknown>, trackerIds?: TrackerId[]) =>
    made.handlers['sources.test'](
      { connector: 'fake', settings, ...(trackerIds ? { trackerIds } : {}) },
      context,
    );

  it('shows five items, matched ones first, and stores nothing', async () => {
    const made = bench();
    made.aTracker('acme');
    const at = made.clock.now();
    const items = Array.from({ length: 8 }, (_, n) =>
      anItem(String(n), n === 6 ? 'I like acme' : 'else', at - n * 1_000),
    );
    made.platform.answer('blog', async function* () {
      yield { items, cursor: 1, source: { name: 'A Blog', url: null } };
      throw new Error('only the first page is asked for');
    });
    const result = await run(made, { name: 'blog' });
    expect(result).toMatchObject({
      name: 'A Blog',
      settings: { name: 'blog' },
      fetched: 8,
      matched: 1,
      alternatives: [],
    });
    expect(result.items.map(({ text }) => text)).toEqual(['I like acme', 'else', 'else', 'else', 'else']);
    expect(result.items[0]).toEqual({
      title: null,
      text: 'I like acme',
      author: 'Kate',
      url: 'https://fake.example/6',
      publishedAt: at - 6_000,
      isMatched: true,
      spans: [{ field: 'text', start: 7, end: 11 }],
    });
    expect(result.items[1]).toMatchObject({ publishedAt: at, isMatched: false, spans: [] });
    expect(
      made.store.get('SELECT (SELECT count(*) FROM mentions) + (SELECT count(*) FROM sources) AS n'),
    ).toEqual({ n: 0 });
    expect(made.events).toEqual([]);
  });

  it('listens for the named trackers alone', async () => {
    const made = bench();
    const [acme] = [made.aTracker('acme'), made.aTracker('hooli')];
    made.platform.answer('blog', onePage([anItem('1', 'hooli'), anItem('2', 'acme')]));
    expect(await run(made, { name: 'blog' })).toMatchObject({ matched: 2 });
    expect(await run(made, { name: 'blog' }, [acme])).toMatchObject({ matched: 1 });
  });

  it('looks on where the first words of a search find nothing', async () => {
    const made = bench();
    made.platform.answer('blog', async function* () {
      yield { items: [], cursor: 1 };
      yield { items: [anItem('1')], cursor: 2 };
    });
    expect(await run(made, { name: 'blog' })).toMatchObject({ fetched: 1 });
  });

  it('fails as the poll would', async () => {
    const made = bench();
    made.platform.answer('blog', failing(new EarshotError('unauthorized', 'Who are you?')));
    expect((await refusal(() => run(made, { name: 'blog' }))).code).toBe('unauthorized');
    expect((await refusal(() => run(made, {}))).code).toBe('invalid-input');
    expect((await refusal(() => run(made, { name: 'blog' }, ['4711' as TrackerId]))).code).toBe('not-found');
  });

  it('ends when the caller gives up', async () => {
    const made = bench();
    made.platform.answer('blog', hanging());
    const controller = new AbortController();
    const asked = made.handlers['sources.test'](
      { connector: 'fake', settings: { name: 'blog' } },
      controller,
    );
    controller.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
  });

  it('shows no guessed time, and no mark beyond the text it shows', async () => {
    const made = bench();
    made.aTracker('acme');
    made.platform.answer('blog', onePage([anItem('1', `${'x '.repeat(2_000)}acme`)]));
    const { items } = await run(made, { name: 'blog' });
    expect(items[0]).toMatchObject({ publishedAt: null, isMatched: true, spans: [] });
    expect(items[0]!.text).toHaveLength(2_000);
  });
});
