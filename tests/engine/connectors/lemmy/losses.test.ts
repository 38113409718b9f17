import { describe, expect, it } from 'vitest';
import type { ReplyTarget } from '../../../../electron/engine/connectors/connector.ts';
import { lemmyConnector } from '../../../../electron/engine/connectors/lemmy/connector.ts';
import { failureOfRefusal } from '../../../../electron/engine/connectors/lemmy/failures.ts';
import { type LemmyCursor, listen } from '../../../../electron/engine/connectors/lemmy/listen.ts';
import type { Stream } from '../../../../electron/engine/connectors/lemmy/streams.ts';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { targetOf } from '../conformance/play.ts';
import { now, hour, start, session, poll } from './a-lemmy.ts';

describe('many searches', () => {
  const empty = { seen: [], broken: 0, next: null, reaches: null };
  const streamOf = (key: string): Stream => ({
    key,
    request: () => ({ path: `/${key}`, schema: {} as never }),
    read: () => empty,
  });

  it('of which most find nothing are all made in turn', async () => {
    const streams = Array.from({ length: 25 }, (_, count) => streamOf(`word ${count}`));
    const asked = new Set<string>();
    let cursor: LemmyCursor | null = null;
    for (let turn = 0; turn < 2; turn += 1) {
      const pages = listen({
        streams,
        cursor,
        now: now + turn * hour,
        mostRequests: 20,
        ask: async ({ path }) => {
          asked.add(path);
          return {} as never;
        },
        isWanted: () => true,
      });
      for await (const page of pages) cursor = page.cursor;
    }
    expect(asked.size).toBe(25);
  });

  it('that were cut off begin anew where the server does not know the place any more', async () => {
    const places: (string | null)[] = [];
    const stream: Stream = {
      ...streamOf('word'),
      request: (at) => {
        places.push(at);
        return { path: '/word', query: { at }, schema: {} as never };
      },
    };
    const cursor: LemmyCursor = {
      streams: {
        word: { newest: now - hour, readAt: 0, recent: [], walk: { at: 'an old place', newest: now } },
      },
    };
    const pages = listen({
      streams: [stream],
      cursor,
      now,
      mostRequests: 20,
      ask: async ({ query }) => {
        if (query?.['at']) throw new EarshotError('rejected', 'invalid page cursor');
        return {} as never;
      },
      isWanted: () => true,
    });
    let last: LemmyCursor | null = null;
    for await (const page of pages) last = page.cursor;
    expect(places).toEqual(['an old place', null]);
    expect(last?.streams['word']?.walk).toBeUndefined();
  });
});

describe('what the server of the account cannot fetch', () => {
  it('is not taken for deleted', async () => {
    const { standIn, call } = await start();
    standIn.publish({ text: 'acme, a question' });
    const { items } = await poll(standIn, call);
    const target: ReplyTarget = {
      ...targetOf(items[0]!),
      key: 'https://other.example/comment/7',
      context: { server: 'https://other.example', postId: 1, commentId: 2, personId: 3 },
    };
    const context = { ...call, account: await session(standIn, call), target };
    const words = { code: 'not-found', message: expect.stringContaining('cannot fetch') };
    await expect(lemmyConnector.reply?.look?.(context)).rejects.toMatchObject(words);
    const reply = { text: 'Hello', media: [], idempotencyKey: 'k', createdAt: now };
    await expect(lemmyConnector.reply?.prepare({ ...context, reply })).rejects.toMatchObject(words);
  });
});

describe('an answer that is taken back', () => {
  it.each([3, 4] as const)('twice is taken back once (v%i)', async (generation) => {
    const { standIn, call } = await start({ generation });
    const account = await session(standIn, call);
    standIn.publish({ text: 'acme, a question' });
    const { items } = await poll(standIn, call);
    const context = { ...call, account, target: targetOf(items[0]!), idempotencyKey: 'k', createdAt: now };
    const reply = { text: 'Hello', media: [], idempotencyKey: 'k', createdAt: now };
    const prepared = await lemmyConnector.reply!.prepare({ ...context, reply });
    const sent = await lemmyConnector.reply!.send({ ...context, prepared });
    const target = { ...context.target, key: sent.key, externalId: sent.externalId, context: sent.context };
    for (let time = 0; time < 2; time += 1) await lemmyConnector.actions?.delete?.({ ...context, target });
    expect(standIn.written()).toEqual([]);
  });
});

describe('a refusal', () => {
  it('named like a part of every object is one that is not known', () => {
    const refused = { status: 400, error: 'constructor', host: 'lemmy.example' };
    expect(failureOfRefusal(refused, now)).toMatchObject({ code: 'rejected' });
  });
});
