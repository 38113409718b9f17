import { describe, expect, it, onTestFinished } from 'vitest';
import type {
  AccountSession,
  CallContext,
  IncomingMention,
} from '../../../../electron/engine/connectors/connector.ts';
import type { DiscourseCredentials } from '../../../../electron/engine/connectors/discourse/api.ts';
import {
  discourseConnector,
  type DiscourseCursor,
} from '../../../../electron/engine/connectors/discourse/connector.ts';
import type { DiscourseAccountSettings } from '../../../../electron/engine/connectors/discourse/settings.ts';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { parseQuery } from '../../../../shared/query/parse.ts';
import { targetOf } from '../conformance/play.ts';
import { realClock } from '../http/real-clock.ts';
import { discourseStandIn, type DiscourseStandIn, givenKey } from './discourse-stand-in.ts';

const now = Date.UTC(2026, 10, 21, 12);

async function start() {
  const standIn = await discourseStandIn(() => now, { tellsOfAll: true });
  const http = createHttp({ version: '0', clock: { ...realClock, now: () => now } });
  onTestFinished(() => standIn.close());
  onTestFinished(() => http.close());
  const call: CallContext = { http, now: () => now, signal: new AbortController().signal };
  return { standIn, call };
}

const settingsOf = ({ url }: DiscourseStandIn): DiscourseAccountSettings => ({
  server: url,
  allowPrivateNetwork: true,
});

function method(id: string) {
  const found = discourseConnector.account?.methods.find((each) => each.id === id);
  if (!found) throw new Error('There is no such way.');
  return found;
}

async function session(
  standIn: DiscourseStandIn,
  call: CallContext,
): Promise<AccountSession<DiscourseCredentials, DiscourseAccountSettings>> {
  const way = method('key');
  if (way.kind !== 'enter') throw new Error('It is a way to enter.');
  const settings = settingsOf(standIn);
  const { identity, credentials } = await way.signIn({ ...call, settings, entered: { key: givenKey } });
  return {
    identity,
    settings,
    credentials: async () => credentials,
    renewed: async () => {
      throw new EarshotError('unauthorized', 'Sign in again.');
    },
  };
}

async function poll(
  standIn: DiscourseStandIn,
  call: CallContext,
  query: string | null = null,
  cursor: DiscourseCursor | null = null,
): Promise<{ items: IncomingMention[]; cursor: DiscourseCursor | null }> {
  const parsed = query === null ? null : parseQuery(query);
  if (parsed?.isValid === false) throw new Error(parsed.mistake.message);
  const items: IncomingMention[] = [];
  let last = cursor;
  for await (const page of discourseConnector.poll({
    ...call,
    settings: { what: 'posts', ...settingsOf(standIn) },
    cursor,
    queries: parsed === null ? [] : [{ text: query ?? '', root: parsed.root }],
    account: null,
  })) {
    items.push(...page.items);
    last = page.cursor;
  }
  return { items, cursor: last };
}

describe('an answer in a busy topic', () => {
  it('is found behind everything that others wrote meanwhile', async () => {
    const { standIn, call } = await start();
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
    const { standIn, call } = await start();
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
    const { standIn, call } = await start();
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
