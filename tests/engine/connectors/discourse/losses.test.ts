import { describe, expect, it } from 'vitest';
import type { IncomingMention } from '../../../../electron/engine/connectors/connector.ts';
import { discourseConnector } from '../../../../electron/engine/connectors/discourse/connector.ts';
import { targetOf } from '../conformance/play.ts';
import { now, poll, session, start } from './a-discourse.ts';

describe('an answer in a busy topic', () => {
  it('is found behind everything that others wrote meanwhile', async () => {
    const { standIn, call } = await start({ tellsOfAll: true });
    const account = await session(standIn, call);
    standIn.publish({ text: 'a topic of its own to begin with' });
    const asked = standIn.publish({ text: 'a question for everybody' });
    const { items } = await poll(standIn, call);
    const target = targetOf(items.find(({ externalId }) => externalId === asked)!);
    const context = { ...call, account, target };
    const reply = {
      text: 'This is our answer to it.',
      media: [],
      idempotencyKey: 'k',
      createdAt: now,
    };
    const prepared = await discourseConnector.reply!.prepare({ ...context, reply });
    for (let count = 0; count < 45; count += 1) {
      standIn.publish({ text: `somebody else says this, number ${count}`, inReplyTo: asked });
    }
    standIn.failNext('write', 'drop-after-commit');
    const attempt = { ...context, prepared, idempotencyKey: 'k', attemptedAt: now, taken: new Set<string>() };
    await expect(discourseConnector.reply!.send(attempt)).rejects.toMatchObject({ code: 'outcome-unknown' });
    expect(await discourseConnector.reply!.find!(attempt)).toMatchObject({
      externalId: standIn.written()[0]?.externalId,
    });
  });
});

describe('a post that is shown to the account no more', () => {
  it('does not keep the rest of the inbox away', async () => {
    const { standIn, call } = await start({ tellsOfAll: true });
    const account = await session(standIn, call);
    const kept = standIn.publish({ text: 'something for the account to read' });
    const hidden = standIn.publish({ text: 'moved where the account may not look' });
    standIn.forbid(hidden);
    const items: IncomingMention[] = [];
    for await (const page of discourseConnector.poll({
      ...call,
      settings: { what: 'inbox' },
      cursor: null,
      queries: [],
      account,
    })) {
      items.push(...page.items);
    }
    expect(items.map(({ externalId }) => externalId)).toEqual([kept]);
  });
});

describe('a search that the forum is too busy for', () => {
  it('is made again', async () => {
    const { standIn, call } = await start({ tellsOfAll: true });
    const old = standIn.publish({ text: 'acme, weeks ago', at: now - 20 * 86_400_000 });
    for (let count = 0; count < 1_100; count += 1) standIn.publish({ text: `number ${count}` });
    standIn.searchesAreBusy = true;
    const first = await poll(standIn, call, 'acme');
    standIn.searchesAreBusy = false;
    let { cursor } = first;
    const found: IncomingMention[] = [...first.items];
    for (let turn = 0; turn < 3; turn += 1) {
      const next = await poll(standIn, call, 'acme', cursor);
      cursor = next.cursor;
      found.push(...next.items);
    }
    expect(found.map(({ externalId }) => externalId)).toContain(old);
  });
});
