import { describe, expect, it } from 'vitest';
import type { CallContext, ReplyTarget } from '../../../../electron/engine/connectors/connector.ts';
import { lemmyConnector } from '../../../../electron/engine/connectors/lemmy/connector.ts';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { targetOf } from '../conformance/play.ts';
import { type LemmyStandIn, password } from './lemmy-stand-in.ts';
import { userName } from './lemmy-views.ts';
import { now, hour, start, signIn, settingsOf, session, poll } from './a-lemmy.ts';

const failure = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => null,
    (error: unknown) => (error instanceof EarshotError ? { code: error.code } : error),
  );

describe('signing in', () => {
  it('wants the code of an account that has one, and tells a wrong one', async () => {
    const { standIn, call } = await start();
    standIn.totp = '123456';
    const entered = { username: userName, password };
    expect(await failure(signIn(standIn, call, entered))).toEqual({ code: 'invalid-input' });
    expect(await failure(signIn(standIn, call, { ...entered, code: '000000' }))).toEqual({
      code: 'invalid-input',
    });
    const { identity } = await signIn(standIn, call, { ...entered, code: '123 456' });
    expect(identity).toMatchObject({ name: 'The Brand', handle: 'brand@lemmy.example' });
  });

  it('tells a wrong password, and asks nobody when there is none', async () => {
    const { standIn, call } = await start({ generation: 4 });
    expect(await failure(signIn(standIn, call, { username: userName, password: 'x' }))).toEqual({
      code: 'unauthorized',
    });
    expect(await failure(signIn(standIn, call, { username: userName }))).toEqual({ code: 'invalid-input' });
    expect(standIn.logins).toBe(1);
  });

  it('takes a pasted token, and refuses one that the server does not know', async () => {
    const { standIn, call } = await start();
    const { credentials, identity } = await signIn(standIn, call);
    const pasted = await signIn(standIn, call, { token: ` jwt=${credentials.jwt}\n` }, 'token');
    expect(pasted).toEqual({ credentials, identity });
    expect(await failure(signIn(standIn, call, { token: 'eyJother' }, 'token'))).toEqual({
      code: 'unauthorized',
    });
  });

  it.each([3, 4] as const)('is undone on the server by removing the account (v%i)', async (generation) => {
    const { standIn, call } = await start({ generation });
    const { credentials } = await signIn(standIn, call);
    await lemmyConnector.account?.revoke?.({ ...call, settings: settingsOf(standIn), credentials });
    expect(await failure(signIn(standIn, call, { token: credentials.jwt }, 'token'))).toEqual({
      code: 'unauthorized',
    });
  });
});

describe('a search', () => {
  it('keeps what the tracker matches of the near misses that the server gives', async () => {
    const { standIn, call } = await start();
    standIn.publish({ text: 'big words about a corp' });
    const id = standIn.publish({ text: 'Big Corp again' });
    const { items } = await poll(standIn, call, '"big corp"');
    expect(items.map(({ externalId }) => externalId)).toEqual([id]);
  });

  it('goes on at the next poll where its requests ended, and loses nothing', async () => {
    const { standIn, call } = await start();
    const ids = Array.from({ length: 2_100 }, (_, n) =>
      standIn.publish({ text: `acme ${n}`, at: now - (3_000 - n) * 1_000 }),
    );
    const first = await poll(standIn, call);
    expect(standIn.requests.filter(({ path }) => path.includes('/search'))).toHaveLength(20);
    const second = await poll(standIn, call, 'acme', first.cursor);
    const brought = new Set([...first.items, ...second.items].map(({ externalId }) => externalId));
    expect(brought).toEqual(new Set(ids));
  });

  it('does not tell what was only reworded as gone', async () => {
    const { standIn, call } = await start();
    const kept = standIn.publish({ text: 'acme one' });
    const gone = standIn.publish({ text: 'acme two' });
    const { cursor } = await poll(standIn, call);
    standIn.edit(kept, 'something else');
    standIn.remove(gone);
    expect((await poll(standIn, call, 'acme', cursor)).removed).toEqual([gone]);
  });
});

describe('an answer to a mention that was seen on another server', () => {
  async function seenElsewhere(standIn: LemmyStandIn, call: CallContext): Promise<ReplyTarget> {
    standIn.publish({ text: 'acme first' });
    standIn.publish({ text: 'acme, a question' });
    const { items } = await poll(standIn, call);
    const mention = items.find(({ kind }) => kind === 'comment');
    if (!mention) throw new Error('There is no comment.');
    const context = { server: 'https://other.example', postId: 1, commentId: 2, personId: 3 };
    return { ...targetOf(mention), context };
  }

  it('is written under the ids that the server of the account has for it', async () => {
    const { standIn, call } = await start();
    const target = await seenElsewhere(standIn, call);
    const account = await session(standIn, call);
    const context = { ...call, account, target };
    const prepared = await lemmyConnector.reply?.prepare({
      ...context,
      reply: { text: 'Hello', media: [], idempotencyKey: 'k', createdAt: now },
    });
    if (!prepared) throw new Error('It prepares nothing.');
    await lemmyConnector.reply?.send({ ...context, prepared, idempotencyKey: 'k' });
    expect(standIn.written()).toMatchObject([{ text: 'Hello', inReplyTo: target.externalId }]);
  });

  it('and a like and a block go to them too', async () => {
    const { standIn, call } = await start();
    const target = await seenElsewhere(standIn, call);
    const account = await session(standIn, call);
    const context = { ...call, account, target, idempotencyKey: 'k', createdAt: now };
    await lemmyConnector.actions?.like?.(context);
    expect(standIn.votesOf(target.externalId).get(userName)).toBe(1);
    await lemmyConnector.actions?.unlike?.(context);
    expect(standIn.votesOf(target.externalId).get(userName)).toBe(0);
    await lemmyConnector.actions?.block?.(context);
    expect([...standIn.blocked]).toEqual([2]);
  });
});

describe('an answer with pictures', () => {
  const png = Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1');

  async function prepareIn(standIn: LemmyStandIn, call: CallContext, bytes: Uint8Array, text: string) {
    const id = standIn.publish({ text: 'acme, a question' });
    const { items } = await poll(standIn, call);
    const target = targetOf(items.find(({ externalId }) => externalId === id)!);
    const context = { ...call, account: await session(standIn, call), target };
    const support = lemmyConnector.reply;
    const media = [{ name: 'a.png', type: 'image/png', alt: 'A [red] bar', bytes }];
    const reply = { text, media, idempotencyKey: 'k', createdAt: now };
    const prepared = await support?.prepare({ ...context, reply });
    if (!prepared) throw new Error('It prepares nothing.');
    return {
      send: () => support?.send({ ...context, prepared, idempotencyKey: 'k' }),
      find: () =>
        support?.find?.({ ...context, prepared, idempotencyKey: 'k', attemptedAt: now, taken: new Set() }),
    };
  }

  it.each([3, 4] as const)('uploads them first, and is found with them (v%i)', async (generation) => {
    const { standIn, call } = await start({ generation });
    const attempt = await prepareIn(standIn, call, png, 'Like this:');
    expect(standIn.written()).toEqual([]);
    const [[address, bytes] = []] = [...standIn.uploads];
    expect(bytes).toEqual(png);
    standIn.failNext('write', 'drop-after-commit');
    expect(await failure(attempt.send() ?? Promise.resolve())).toEqual({ code: 'outcome-unknown' });
    const [written] = standIn.written();
    expect(written?.text).toBe(`Like this:\n\n![A \\[red\\] bar](${address})`);
    // Servers that fetch pictures for their members rewrite where they come from.
    standIn.edit(written!.externalId, written!.text.replace(address!, 'https://lemmy.example/proxy?url=x'));
    expect(await attempt.find()).toMatchObject({ externalId: written?.externalId });
  });

  it.each([3, 4] as const)('may be a picture alone, and no other file (v%i)', async (generation) => {
    const { standIn, call } = await start({ generation });
    const other = Buffer.from('%PDF-1.7');
    expect(await failure(prepareIn(standIn, call, other, 'Look'))).toEqual({ code: 'rejected' });
    await (await prepareIn(standIn, call, png, '')).send();
    expect(standIn.written()).toHaveLength(1);
  });

  it('waits an hour where 0.19 takes no more pictures for now', async () => {
    const { standIn, call } = await start({ generation: 3 });
    standIn.failNext('write', 'rate-limited');
    await expect(prepareIn(standIn, call, png, 'Look')).rejects.toMatchObject({
      code: 'rate-limited',
      details: { retryAt: now + hour },
    });
  });
});

describe('a look', () => {
  it('says that a locked post takes no more comments', async () => {
    const { standIn, call } = await start();
    const id = standIn.publish({ text: 'acme', at: now - hour });
    const { items } = await poll(standIn, call);
    standIn.lock(id);
    const account = await session(standIn, call);
    const looked = await lemmyConnector.reply?.look?.({ ...call, account, target: targetOf(items[0]!) });
    expect(looked?.closed).toBe('The post is locked: it takes no more comments.');
  });
});
