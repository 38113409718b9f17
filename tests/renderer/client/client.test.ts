import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { EarshotError } from '../../../shared/contract/errors.ts';
import { createClient } from '../../../renderer/client/client.ts';
import { createMemoryTransport } from '../../../renderer/client/transports/memory.ts';

interface Asked {
  readonly method: string;
  readonly params: unknown;
  readonly signal: AbortSignal | undefined;
  answer(result: unknown): void;
  fail(error: unknown): void;
}

/** An engine whose answers the test gives by hand. */
function setUp(options: { checksOutputs?: boolean } = {}) {
  const asked: Asked[] = [];
  const events = new Subject<unknown>();
  const transport = createMemoryTransport({
    call: (method, params, signal) =>
      new Promise((answer, fail) => asked.push({ method, params, signal, answer, fail })),
    events$: events,
  });
  return { asked, events, transport, client: createClient(transport, options) };
}

const outcome = (promise: Promise<unknown>) =>
  promise.then(
    (value) => ({ value }),
    (error: unknown) => (error instanceof EarshotError ? { code: error.code } : { error }),
  );

describe('calls', () => {
  it('answers each call with its own result, in whatever order they come', async () => {
    const { asked, client } = setUp();
    const first = client.call('trackers.list', {});
    const second = client.call('sources.list', {});
    asked[1]?.answer({ sources: [] });
    expect(await second).toEqual({ sources: [] });
    asked[0]?.answer({ trackers: [] });
    expect(await first).toEqual({ trackers: [] });
    expect(asked.map(({ method }) => method)).toEqual(['trackers.list', 'sources.list']);
  });

  it('gives a failure back as the error it was, with its details', async () => {
    const { asked, client } = setUp();
    const call = client.call('trackers.create', { name: 'Acme', query: '"acme' });
    asked[0]?.fail(new EarshotError('invalid-query', 'The quote is not closed.', { position: 0, length: 5 }));
    const error = await call.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(EarshotError);
    expect((error as EarshotError).toFailure()).toEqual({
      code: 'invalid-query',
      message: 'The quote is not closed.',
      details: { position: 0, length: 5 },
    });
  });

  it('tells the engine when nobody waits any more', async () => {
    const { asked, client } = setUp();
    const controller = new AbortController();
    const call = client.call('trackers.preview', { query: 'acme' }, { signal: controller.signal });
    expect(asked[0]?.signal?.aborted).toBe(false);
    controller.abort();
    await expect(call).rejects.toBe(controller.signal.reason);
    expect(asked[0]?.signal?.aborted).toBe(true);
  });

  it('asks nothing for a caller that gave up before', async () => {
    const { asked, client } = setUp();
    await expect(client.call('sources.list', {}, { signal: AbortSignal.abort() })).rejects.toThrow();
    expect(asked).toEqual([]);
  });

  it('holds answers against the contract in development', async () => {
    const { asked, client } = setUp({ checksOutputs: true });
    const call = client.call('trackers.list', {});
    asked[0]?.answer({ trackers: [{ name: 'no id' }] });
    await expect(call).rejects.toThrow(/trackerId/);
  });
});

describe('a lost connection', () => {
  it('lets reads wait and asks them when it is back', async () => {
    const { asked, transport, client } = setUp();
    transport.setConnected(false);
    const call = client.call('sources.list', {});
    expect(asked).toEqual([]);
    transport.setConnected(true);
    asked[0]?.answer({ sources: [] });
    expect(await call).toEqual({ sources: [] });
  });

  it('asks a read again whose answer was lost on the way', async () => {
    const { asked, transport, client } = setUp();
    const call = client.call('sources.list', {});
    transport.setConnected(false);
    expect(asked[0]?.signal?.aborted).toBe(true);
    transport.setConnected(true);
    asked[0]?.answer('too late');
    asked[1]?.answer({ sources: [] });
    expect(await call).toEqual({ sources: [] });
  });

  it('refuses a change at once, as nothing was done', async () => {
    const { asked, transport, client } = setUp();
    transport.setConnected(false);
    expect(await outcome(client.call('trackers.remove', { trackerId: '1' as never }))).toEqual({
      code: 'unreachable',
    });
    transport.setConnected(true);
    expect(asked).toEqual([]);
  });

  it('says of a change under way that its outcome is unknown, and never repeats it', async () => {
    const { asked, transport, client } = setUp();
    const call = outcome(client.call('trackers.create', { name: 'Acme', query: 'acme' }));
    transport.setConnected(false);
    transport.setConnected(true);
    expect(await call).toEqual({ code: 'outcome-unknown' });
    expect(asked).toHaveLength(1);
  });

  it('fails waiting reads when only the user can restore it', async () => {
    const { transport, client } = setUp();
    transport.setConnected(false);
    const waiting = outcome(client.call('sources.list', {}));
    transport.signOut();
    expect(await waiting).toEqual({ code: 'unauthorized' });
    expect(await outcome(client.call('sources.list', {}))).toEqual({ code: 'unauthorized' });
  });
});

describe('events', () => {
  it('reach those who asked for that name, until they stop', () => {
    const { events, client } = setUp();
    const heard: unknown[] = [];
    const stop = client.on('sources.changed', (event) => heard.push(event.sourceIds));
    events.next({ name: 'sources.changed', sourceIds: ['7'] });
    events.next({ name: 'trackers.changed' });
    stop();
    events.next({ name: 'sources.changed', sourceIds: ['8'] });
    expect(heard).toEqual([['7']]);
  });

  it('of an unknown kind or shape are ignored', () => {
    const { events, client } = setUp();
    const heard: unknown[] = [];
    client.on('sources.changed', (event) => heard.push(event));
    events.next({ name: 'sources.changed', sourceIds: 'all' });
    events.next({ name: 'weather.changed' });
    expect(heard).toEqual([]);
  });
});

it('fails every open call when it is closed', async () => {
  const { client } = setUp();
  const call = outcome(client.call('sources.list', {}));
  client.close();
  expect(await call).toEqual({ code: 'unreachable' });
});
