import { describe, expect, it } from 'vitest';
import type {
  CallContext,
  IncomingMention,
  OutgoingMedia,
} from '../../../../electron/engine/connectors/connector.ts';
import type { DiscourseCredentials } from '../../../../electron/engine/connectors/discourse/api.ts';
import { discourseConnector } from '../../../../electron/engine/connectors/discourse/connector.ts';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { targetOf } from '../conformance/play.ts';
import { type DiscourseStandIn, givenKey } from './discourse-stand-in.ts';
import { method, now, poll, session, settingsOf, start } from './a-discourse.ts';
const day = 86_400_000;

async function beginPaste(standIn: DiscourseStandIn, call: CallContext, installationId = '0a'.repeat(16)) {
  const way = method('browser');
  if (way.kind === 'enter') throw new Error('It is a way to paste.');
  const settings = settingsOf(standIn);
  const begun = await way.begin({
    ...call,
    settings,
    entered: {},
    redirectUri: '',
    installationId,
    state: 'unused',
  });
  const finish = (pasted: string) =>
    way.finish({ ...call, settings, pending: begun.pending, answer: { pasted } });
  return { ...begun, finish };
}

const failure = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => null,
    (error: unknown) => (error instanceof EarshotError ? error.code : error),
  );

async function prepareTo(
  standIn: DiscourseStandIn,
  call: CallContext,
  id: string,
  text: string,
  media: readonly OutgoingMedia[] = [],
) {
  const { items } = await poll(standIn, call);
  const mention = items.find(({ externalId }) => externalId === id);
  const support = discourseConnector.reply;
  if (!mention || !support?.find) throw new Error('There is nothing to answer.');
  const context = { ...call, account: await session(standIn, call), target: targetOf(mention) };
  const prepared = await support.prepare({
    ...context,
    reply: { text, media, idempotencyKey: 'k', createdAt: now },
  });
  return {
    send: () => support.send({ ...context, prepared, idempotencyKey: 'k' }),
    find: () =>
      support.find?.({ ...context, prepared, idempotencyKey: 'k', attemptedAt: now, taken: new Set() }),
  };
}

describe('signing in with a user API key', () => {
  it('reads the key that the forum encrypted for this sign-in', async () => {
    const { standIn, call } = await start();
    const { url, finish } = await beginPaste(standIn, call);
    const query = new URL(url).searchParams;
    expect(Object.fromEntries(query)).toMatchObject({ application_name: 'Earshot', scopes: 'read,write' });
    expect(query.has('auth_redirect')).toBe(false);
    const signedIn = await finish(`  ${standIn.authorize(url)}\n`);
    const clientId = query.get('client_id');
    expect(signedIn?.credentials).toEqual({ kind: 'user', key: `key-of-${clientId}`, clientId });
    expect(signedIn?.identity).toMatchObject({ name: 'The Brand', handle: 'Brand' });
  });

  it('refuses the answer to another request, and what is no answer at all', async () => {
    const { standIn, call } = await start();
    const { url, finish } = await beginPaste(standIn, call);
    const other = await beginPaste(standIn, call);
    for (const pasted of [
      standIn.authorize(url, 'another nonce'),
      standIn.authorize(other.url),
      standIn.authorize(url).slice(0, 200),
      'AAAA',
      'Thank you! Copy this key',
      '',
    ]) {
      expect(await failure(finish(pasted))).toBe('invalid-input');
    }
  });

  it('names the installation alike every time, so that a new key replaces the old one', async () => {
    const { standIn, call } = await start();
    const other = await start();
    const idOf = ({ url }: { readonly url: string }) => new URL(url).searchParams.get('client_id');
    const first = await beginPaste(standIn, call);
    const again = await beginPaste(standIn, call);
    await first.finish(standIn.authorize(first.url));
    const keys = standIn.keys.size;
    await again.finish(standIn.authorize(again.url));
    expect(standIn.keys.size).toBe(keys);
    expect(idOf(first)).toMatch(/^[\da-f]{32}$/);
    expect(idOf(again)).toBe(idOf(first));
    expect(idOf(await beginPaste(standIn, call, '0b'.repeat(16)))).not.toBe(idOf(first));
    // Forums cannot tell from it that they have the same member.
    expect(idOf(await beginPaste(other.standIn, other.call))).not.toBe(idOf(first));
  });

  it('never shows the private half of the pair in the address', async () => {
    const { standIn, call } = await start();
    const { url } = await beginPaste(standIn, call);
    expect(decodeURIComponent(url)).not.toContain('PRIVATE');
  });

  it('gives the key back when the account is removed', async () => {
    const { standIn, call } = await start();
    const credentials: DiscourseCredentials = { kind: 'user', key: givenKey };
    await discourseConnector.account?.revoke?.({ ...call, settings: settingsOf(standIn), credentials });
    expect([...standIn.keys.values()]).not.toContain(givenKey);
  });
});

describe('a first poll', () => {
  it('adds what a search finds before the last days', async () => {
    const { standIn, call } = await start();
    const old = standIn.publish({ text: 'acme, long ago', at: now - 20 * day });
    const ancient = standIn.publish({ text: 'acme, very long ago', at: now - 60 * day });
    for (let n = 0; n < 120; n += 1) standIn.publish({ text: `other ${n}`, at: now - 10 * day });
    const recent = standIn.publish({ text: 'acme, today' });
    const ids = (await poll(standIn, call, 'acme')).items.map(({ externalId }) => externalId);
    expect(ids).toContain(recent);
    expect(ids).toContain(old);
    expect(ids).not.toContain(ancient);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('goes on over ids that are shown to nobody', async () => {
    const { standIn, call } = await start();
    const first = standIn.publish({ text: 'acme' });
    const { cursor } = await poll(standIn, call);
    const second = standIn.publish({ text: 'acme again' });
    for (let n = 0; n < 120; n += 1) standIn.remove(standIn.publish({ text: 'spam' }));
    const last = standIn.publish({ text: 'acme at last' });
    const { items } = await poll(standIn, call, null, cursor);
    expect(items.map(({ externalId }) => externalId).sort()).toEqual([second, last].sort());
    expect(first).not.toBe(second);
  });

  it('that found nothing yet does not make the next one read all there ever was', async () => {
    const { standIn, call } = await start();
    const hidden = Array.from({ length: 400 }, () =>
      standIn.publish({ text: 'long ago', at: now - 90 * day }),
    );
    for (const id of hidden.slice(-60)) standIn.remove(id);
    const { cursor, items } = await poll(standIn, call);
    expect(items).toEqual([]);
    const id = standIn.publish({ text: 'acme' });
    const before = standIn.requests.length;
    const second = await poll(standIn, call, null, cursor);
    expect(second.items.map(({ externalId }) => externalId)).toContain(id);
    expect(standIn.requests.length - before).toBeLessThan(5);
  });

  it('leaves out what no person wrote, and what was hidden', async () => {
    const { standIn, call } = await start();
    const shown = standIn.publish({ text: 'acme' });
    standIn.post(standIn.publish({ text: 'closed this' })).type = 3;
    standIn.post(standIn.publish({ text: 'whisper' })).type = 4;
    standIn.post(standIn.publish({ text: 'flagged' })).isHidden = true;
    expect((await poll(standIn, call)).items.map(({ externalId }) => externalId)).toEqual([shown]);
  });

  it('of a forum for members only asks for an account', async () => {
    const { standIn, call } = await start({ isLoginRequired: true });
    expect(await failure(poll(standIn, call))).toBe('forbidden');
  });
});

describe('an inbox', () => {
  it('brings at first what was said in the last month, with the title of its topic', async () => {
    const { standIn, call } = await start({ tellsOfAll: true });
    standIn.publish({ text: 'long ago', at: now - 40 * day });
    const id = standIn.publish({ text: 'lately', at: now - 20 * day });
    const items: IncomingMention[] = [];
    for await (const page of discourseConnector.poll({
      ...call,
      settings: { what: 'inbox' },
      cursor: null,
      queries: [],
      account: await session(standIn, call),
    })) {
      items.push(...page.items);
    }
    expect(items).toMatchObject([{ externalId: id, conversationTitle: 'Tool & talk' }]);
  });
});

describe('an answer', () => {
  it('that a moderator has to see first is held, found again, and not sent twice', async () => {
    const { standIn, call } = await start({ holdsPosts: true });
    const attempt = await prepareTo(standIn, call, standIn.publish({ text: 'a question' }), 'Our answer');
    standIn.failNext('write', 'drop-after-commit');
    expect(await failure(attempt.send())).toBe('outcome-unknown');
    expect(await attempt.find()).toMatchObject({ externalId: 'pending-1', key: `${standIn.url}/pending/1` });
  });

  it('has its pictures below the words, and is found with them', async () => {
    const { standIn, call } = await start();
    const id = standIn.publish({ text: 'a question' });
    const bytes = new Uint8Array([1, 13, 10, 0, 255]);
    const attempt = await prepareTo(standIn, call, id, 'Like this:', [
      { name: 'one', type: 'image/png', alt: 'A [red] bar | and\na dot', bytes },
      { name: 'two.JPG', type: 'image/jpeg', alt: '', bytes: new Uint8Array([2]) },
    ]);
    expect(standIn.written()).toEqual([]);
    expect(standIn.uploads.get('upload://q1Zx9.png')).toEqual({
      fields: { type: 'composer', synchronous: 'true' },
      bytes: Buffer.from(bytes),
    });
    standIn.failNext('write', 'drop-after-commit');
    expect(await failure(attempt.send())).toBe('outcome-unknown');
    expect(standIn.written()).toMatchObject([
      {
        text: 'Like this:\n\n![A (red) bar / and a dot|690x388](upload://q1Zx9.png)\n\n![|690x388](upload://q2Zx9.jpg)',
      },
    ]);
    expect(await attempt.find()).toMatchObject({ externalId: standIn.written()[0]?.externalId });
  });

  it('with a picture that the forum does not take is refused in its words before anything is sent', async () => {
    const { standIn, call } = await start();
    const id = standIn.publish({ text: 'a question' });
    const bytes = new Uint8Array(5 * 1024 * 1024);
    const attempt = prepareTo(standIn, call, id, 'Look', [
      { name: 'a.png', type: 'image/png', alt: '', bytes },
    ]);
    await expect(attempt).rejects.toThrow(/too big \(maximum size is 4 MB\)/);
    expect(standIn.written()).toEqual([]);
  });

  it('that is too short or too like the last one is refused in the words of the forum', async () => {
    const { standIn, call } = await start({ shortest: 20, uniqueMinutes: 5 });
    const id = standIn.publish({ text: 'a question' });
    expect(await failure((await prepareTo(standIn, call, id, 'Yes')).send())).toBe('rejected');
    const text = 'A long enough answer to this';
    await (await prepareTo(standIn, call, id, text)).send();
    const again = await prepareTo(standIn, call, id, text);
    await expect(again.send()).rejects.toThrow(/too similar to what you recently posted\./);
    expect(standIn.written()).toHaveLength(1);
  });

  it('is not started where the topic is closed', async () => {
    const { standIn, call } = await start();
    const id = standIn.publish({ text: 'a question' });
    const { items } = await poll(standIn, call);
    standIn.closeTopicOf(id);
    const account = await session(standIn, call);
    const looked = await discourseConnector.reply?.look?.({ ...call, account, target: targetOf(items[0]!) });
    expect(looked?.closed).toBe('The topic is closed: it takes no more answers.');
  });

  it('is for accounts of the same forum alone', async () => {
    const { standIn, call } = await start();
    standIn.publish({ text: 'a question' });
    const { items } = await poll(standIn, call);
    const { identity } = await session(standIn, call);
    const reaches = (server: string) =>
      discourseConnector.reply?.reaches?.({ identity, settings: { server } }, targetOf(items[0]!));
    expect([reaches(standIn.url), reaches('https://other.example')]).toEqual([true, false]);
  });
});
