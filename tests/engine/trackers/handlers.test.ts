import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../../electron/engine/store/open-store.ts';
import { createTrackersHandlers } from '../../../electron/engine/trackers/handlers.ts';
import { trackersMethods } from '../../../shared/contract/methods/trackers.ts';
import type { EngineEvent } from '../../../shared/contract/events.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';
import { aSource, anItem, ingest, minuteMs, noon } from '../ingest/fixtures.ts';
import type { Clock } from '../../../electron/engine/ports/clock.ts';

const dayMs = 24 * 60 * minuteMs;
const context = { signal: new AbortController().signal };

function setUp() {
  const store = openStore({ path: join(temporaryDirectory(), 'trackers.sqlite'), now: () => noon });
  onTestFinished(() => store.close());
  const events: EngineEvent[] = [];
  const counts = { rematches: 0 };
  const handlers = createTrackersHandlers({
    store,
    clock: { now: () => noon } as Clock,
    emit: (event) => events.push(event),
    rematch: () => counts.rematches++,
  });
  const create = (name: string, query: string) => handlers['trackers.create']({ name, query }, context);
  const list = () => handlers['trackers.list']({}, context);
  const preview = async (query: string, limit = 10) => {
    const answer = await handlers['trackers.preview']({ query, limit }, context);
    return trackersMethods['trackers.preview'].output.parse(answer);
  };
  return { store, handlers, events, counts, create, list, preview };
}

/** What a handler throws, also when it does so at once. */
async function failureOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

describe('making a tracker', () => {
  it('stores it, announces it and has what is stored matched again', async () => {
    const { create, list, events, counts } = setUp();
    const tracker = await create('Acme', '"acme phone" OR acmephone');
    expect(tracker).toMatchObject({ name: 'Acme', query: '"acme phone" OR acmephone', createdAt: noon });
    expect(await list()).toEqual({ trackers: [tracker] });
    expect(events).toEqual([{ name: 'trackers.changed' }]);
    expect(counts.rematches).toBe(1);
  });

  it('refuses a query with a mistake, says where it is, and changes nothing', async () => {
    const { create, list, events, counts } = setUp();
    expect(await failureOf(() => create('Acme', 'acme (phone'))).toMatchObject({
      code: 'invalid-query',
      message: expect.stringContaining('never closed'),
      details: { position: 5, length: 1 },
    });
    expect(await list()).toEqual({ trackers: [] });
    expect([events.length, counts.rematches]).toEqual([0, 0]);
  });

  it('counts the position of a mistake in the query as it was written, and stores it without its spaces', async () => {
    const { create } = setUp();
    expect(await failureOf(() => create('Acme', '  acme OR '))).toMatchObject({
      details: { position: 7, length: 2 },
    });
    expect(await failureOf(() => create('Acme', ' '))).toMatchObject({ code: 'invalid-query' });
    const parsed = trackersMethods['trackers.create'].input.parse({ name: 'Acme', query: '  acme ' });
    expect(parsed.query).toBe('  acme ');
    expect(await create('Acme', parsed.query)).toMatchObject({ query: 'acme' });
  });

  it('refuses a name that is taken', async () => {
    const { create, list } = setUp();
    await create('Acme', 'acme');
    expect(await failureOf(() => create('acme', 'phone'))).toMatchObject({ code: 'conflict' });
    expect((await list()).trackers).toHaveLength(1);
  });
});

describe('changing a tracker', () => {
  it('changes name and query, each by itself, and matches again for the query alone', async () => {
    const { create, handlers, counts, events } = setUp();
    const { trackerId } = await create('Acme', 'acme');
    const update = handlers['trackers.update'];
    expect(await update({ trackerId, name: 'Acme phones' }, context)).toMatchObject({
      name: 'Acme phones',
      query: 'acme',
    });
    expect(await update({ trackerId, query: 'acme phone' }, context)).toMatchObject({
      name: 'Acme phones',
      query: 'acme phone',
    });
    expect(counts.rematches).toBe(2);
    expect(events).toHaveLength(3);
  });

  it('refuses a query with a mistake and leaves the old one', async () => {
    const { create, handlers, list } = setUp();
    const { trackerId } = await create('Acme', 'acme');
    const failure = await failureOf(() =>
      handlers['trackers.update']({ trackerId, name: 'New', query: '-acme' }, context),
    );
    expect(failure).toMatchObject({ code: 'invalid-query', details: { position: 0, length: 5 } });
    expect((await list()).trackers).toMatchObject([{ name: 'Acme', query: 'acme' }]);
  });

  it('knows no tracker that was removed, whose name is free again', async () => {
    const { create, handlers, list } = setUp();
    const { trackerId } = await create('Acme', 'acme');
    expect(await handlers['trackers.remove']({ trackerId }, context)).toEqual({});
    expect(await list()).toEqual({ trackers: [] });
    for (const call of [
      () => handlers['trackers.remove']({ trackerId }, context),
      () => handlers['trackers.update']({ trackerId, name: 'x' }, context),
    ])
      expect(await failureOf(call)).toMatchObject({ code: 'not-found' });
    await create('Acme', 'acme');
  });
});

describe('previewing a query', () => {
  it('has nothing to show where nothing is stored', async () => {
    const { preview } = setUp();
    expect(await preview('acme')).toEqual({ items: [], total: 0, searched: 0, perDay: null });
  });

  it('shows the newest that it finds, with what matched, how many there are and how many a day', async () => {
    const { store, preview } = setUp();
    const items = Array.from({ length: 40 }, (_, at) =>
      anItem(`post-${at}`, {
        text: at % 2 === 0 ? `The Acme phone, number ${at}` : 'Something else',
        publishedAt: noon - (at * dayMs) / 4,
        author: { key: `author-${at}`, name: `Author ${at}` },
      }),
    );
    ingest(store, aSource(store), items);
    const answer = await preview('acme', 3);
    expect(answer.items.map(({ externalId }) => externalId)).toEqual(['post-0', 'post-2', 'post-4']);
    expect(answer.items[0]?.spans).toEqual([{ field: 'text', start: 4, end: 8 }]);
    expect(answer).toMatchObject({ total: 20, searched: 40 });
    // Twenty over the nine and three quarter days from the first to the last.
    expect(answer.perDay).toBeCloseTo(20 / 9.75, 5);
  });

  it('shows a conversation once, by the newest mention that it finds there, and counts all', async () => {
    const { store, preview } = setUp();
    const items = ['acme one', 'acme two', 'other'].map((text, at) =>
      anItem(`post-${at}`, { text, rootKey: 'post-0', publishedAt: noon + at * minuteMs }),
    );
    ingest(store, aSource(store), items, noon + 10 * minuteMs);
    const answer = await preview('acme');
    expect(answer.items.map(({ externalId }) => externalId)).toEqual(['post-1']);
    expect(answer.total).toBe(2);
  });

  it('finds nothing, and says among how many', async () => {
    const { store, preview } = setUp();
    ingest(store, aSource(store), [anItem('one')]);
    expect(await preview('nowhere')).toEqual({ items: [], total: 0, searched: 1, perDay: null });
  });

  it('does not guess a rate from a few mentions or a short time', async () => {
    const { store, preview } = setUp();
    const items = Array.from({ length: 30 }, (_, at) =>
      anItem(`post-${at}`, { text: 'acme', publishedAt: noon - at * minuteMs }),
    );
    ingest(store, aSource(store), items);
    expect(await preview('acme')).toMatchObject({ total: 30, searched: 30, perDay: null });
  });

  it('is not misled by a lone mention of long ago', async () => {
    const { store, preview } = setUp();
    const items = Array.from({ length: 20 }, (_, at) =>
      anItem(`post-${at}`, { text: 'acme', publishedAt: noon - at * dayMs }),
    );
    ingest(store, aSource(store), [
      ...items,
      anItem('old', { text: 'acme', publishedAt: Date.UTC(1999, 0, 1) }),
    ]);
    const answer = await preview('acme', 50);
    expect(answer).toMatchObject({ total: 20, searched: 20 });
    expect(answer.perDay).toBeCloseTo(20 / 19, 5);
    expect(answer.items.map(({ externalId }) => externalId)).not.toContain('old');
  });

  it('refuses a query with a mistake', async () => {
    const { preview } = setUp();
    expect(await failureOf(() => preview('acme OR'))).toMatchObject({
      code: 'invalid-query',
      details: { position: 5, length: 2 },
    });
  });
});
