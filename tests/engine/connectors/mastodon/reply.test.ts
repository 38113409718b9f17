import { describe, expect, it, onTestFinished } from 'vitest';
import { actions } from '../../../../electron/engine/connectors/mastodon/actions.ts';
import { replySupport } from '../../../../electron/engine/connectors/mastodon/reply.ts';
import {
  account,
  failureOf,
  type Play,
  prepareReply,
  startPlay,
  targetOf,
  targetOfSent,
} from '../conformance/play.ts';
import type { ReplyTarget } from '../../../../electron/engine/connectors/connector.ts';
import { tagWithAccount } from './platform.ts';
import type { PlayedStatus } from './server-state.ts';
import { type MastodonStandIn, startMastodon } from './stand-in.ts';

async function start(): Promise<{ play: Play; standIn: MastodonStandIn }> {
  const play = await startPlay(tagWithAccount as never);
  return { play, standIn: play.standIn as MastodonStandIn };
}

/** A mention of the account, as it is answered. */
async function mentioned(
  { play, standIn }: Awaited<ReturnType<typeof start>>,
  more: Partial<PlayedStatus> = {},
): Promise<ReplyTarget> {
  const { id } = standIn.write({ text: '@brand hello', ...more });
  const { items } = await play.listener({ settings: { what: 'mentions' }, usesAccount: true }).poll();
  return targetOf(items.find(({ externalId }) => externalId === id)!);
}

const newest = ({ statuses }: MastodonStandIn): PlayedStatus => statuses.at(-1)!;

describe('an answer', () => {
  it.each([
    ['public', 'unlisted'],
    ['unlisted', 'unlisted'],
    ['private', 'private'],
    ['direct', 'direct'],
  ])('to what is %s is %s, names its author and keeps the content warning', async (visibility, expected) => {
    const world = await start();
    const target = await mentioned(world, { visibility, spoilerText: 'food' });
    await (await prepareReply(world.play, target, 'Thanks!')).send();
    expect(newest(world.standIn)).toMatchObject({
      text: '@fan@other.example Thanks!',
      inReplyToId: target.externalId,
      visibility: expected,
      spoilerText: 'food',
    });
  });

  it('that goes on under itself names the same people, though it answers ourselves', async () => {
    const world = await start();
    const target = await mentioned(world, { visibility: 'direct' });
    const first = await (await prepareReply(world.play, target, 'One')).send();
    const next = targetOfSent(world.play, first, target, 'One');
    await (await prepareReply(world.play, next, 'Two')).send();
    expect(newest(world.standIn)).toMatchObject({
      text: '@fan@other.example Two',
      inReplyToId: first.externalId,
      visibility: 'direct',
    });
  });

  it('that is too long only with the name in front says by how much', async () => {
    const world = await start();
    const target = await mentioned(world);
    // “@fan ” and 496 letters: the server of a name does not count.
    const failure = await failureOf(world.play, prepareReply(world.play, target, 'x'.repeat(496)));
    expect(failure).toMatchObject({
      code: 'rejected',
      message: expect.stringContaining('With @fan@other.example in front it has 501 characters'),
    });
    await (await prepareReply(world.play, target, 'x'.repeat(495))).send();
    expect(world.standIn.written()).toHaveLength(1);
  });

  it('that goes on and fills a whole post leaves out the names that the first part had', async () => {
    const world = await start();
    const target = await mentioned(world);
    const first = await (await prepareReply(world.play, target, 'One')).send();
    const next = targetOfSent(world.play, first, target, 'One');
    await (await prepareReply(world.play, next, 'y'.repeat(500))).send();
    expect(newest(world.standIn)).toMatchObject({ text: 'y'.repeat(500), inReplyToId: first.externalId });
  });

  it('has its pictures with what they show', async () => {
    const world = await start();
    const target = await mentioned(world);
    const bytes = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a);
    const media = [{ name: 'a"b.png', type: 'image/png', alt: 'A cat, “asleep”', bytes }];
    await (await prepareReply(world.play, target, 'Look', { media })).send();
    expect(newest(world.standIn).mediaIds).toEqual([world.standIn.media[0]?.id]);
    const body = Buffer.from(world.standIn.media[0]!.body, 'latin1');
    expect(body.includes(Buffer.from(bytes))).toBe(true);
    expect(body.toString()).toContain('name="description"\r\n\r\nA cat, “asleep”\r\n');
    expect(body.toString()).toContain('filename="a_b.png"\r\nContent-Type: image/png\r\n\r\n');
  });

  it('is repeated without harm for an hour, and not a moment longer', async () => {
    const world = await start();
    const attempt = await prepareReply(world.play, await mentioned(world), 'Once');
    const repeatableForMs = replySupport.repeatableForMs?.(
      account(world.play) as never,
      attempt.prepared as never,
    );
    await attempt.send();
    world.play.advance(repeatableForMs ?? 0);
    await attempt.send();
    expect(world.standIn.written()).toHaveLength(1);
    world.play.advance(10 * 60_000);
    await attempt.send();
    expect(world.standIn.written()).toHaveLength(2);
  });

  it('with addresses and several lines is found by its text', async () => {
    const world = await start();
    const target = await mentioned(world);
    const text = 'See https://a.example/a/long/path/to/it & <this>\n\nBye';
    const attempt = await prepareReply(world.play, target, text);
    world.standIn.failNext('write', 'drop-after-commit');
    await failureOf(world.play, attempt.send());
    expect(await attempt.find()).toMatchObject({ externalId: newest(world.standIn).id });
    // The HTML said enough.
    expect(world.standIn.requests.filter(({ path }) => path.endsWith('/source'))).toEqual([]);
  });

  it('is found by what was typed where the server made something else of it', async () => {
    const world = await start();
    const target = await mentioned(world);
    const attempt = await prepareReply(world.play, target, 'Some **words**');
    await attempt.send();
    // Servers that know Markdown show it without its signs.
    const own = newest(world.standIn);
    own.shownText = own.text.replaceAll('*', '');
    expect(await attempt.find()).toMatchObject({ externalId: own.id });
    expect(world.standIn.requests.some(({ path }) => path.endsWith('/source'))).toBe(true);
  });
});

describe('a private post that the account is not shown', () => {
  it('is not taken for deleted: it may have been written to another account', async () => {
    const world = await start();
    const target = await mentioned(world, { visibility: 'direct' });
    world.standIn.remove(target.externalId);
    const context = { ...world.play.call(), account: account(world.play) as never, target };
    expect(await failureOf(world.play, replySupport.look!(context))).toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('another account'),
    });
  });
});

describe('a post that was heard on another server', () => {
  /** Read without an account on one server, answered from another one. */
  async function elsewhere(isKnownHere: boolean) {
    const world = await start();
    const there = await startMastodon(() => world.play.now());
    onTestFinished(() => there.close());
    // Ids of its own, as every server has.
    there.useHugeIds?.();
    const status = there.write({ text: 'I like #earshot' });
    const settings = { what: 'tag', tag: 'earshot', server: there.url, allowPrivateNetwork: true };
    const { items } = await world.play.listener({ settings, usesAccount: false }).poll();
    world.standIn.write({ text: 'something else' });
    const here = isKnownHere ? world.standIn.write({ text: status.text, uri: status.uri }) : null;
    return { ...world, target: targetOf(items[0]!), here };
  }

  it('is found on the account’s own server and answered under the id that it has there', async () => {
    const { play, standIn, target, here } = await elsewhere(true);
    expect(target.externalId).not.toBe(here?.id);
    const sent = await (await prepareReply(play, target, 'So do we')).send();
    expect(newest(standIn)).toMatchObject({ id: sent.externalId, inReplyToId: here?.id });
    expect(sent.context).toMatchObject({ server: standIn.url });
  });

  it('that the server cannot fetch is not answered', async () => {
    const { play, standIn, target } = await elsewhere(false);
    const failure = await failureOf(play, prepareReply(play, target, 'So do we'));
    expect(failure).toMatchObject({ code: 'not-found', message: expect.stringContaining('cannot fetch') });
    expect(standIn.written()).toEqual([]);
  });

  it('that the server cannot fetch is not taken for deleted', async () => {
    const { play, target } = await elsewhere(false);
    const looking = replySupport.look!({ ...play.call(), account: account(play) as never, target });
    expect(await failureOf(play, looking)).toMatchObject({ code: 'not-found' });
  });

  it('is liked, and its author muted, by the ids of the account’s own server', async () => {
    const { play, standIn, target, here } = await elsewhere(true);
    const context = {
      ...play.call(),
      account: account(play) as never,
      target,
      idempotencyKey: 'key',
      createdAt: play.now(),
    };
    await actions.like?.(context);
    await actions.mute?.(context);
    expect([...standIn.favourites]).toEqual([here?.id]);
    expect([...standIn.muted]).toEqual([here?.account.id]);
    await actions.unlike?.(context);
    expect([...standIn.favourites]).toEqual([]);
  });

  it('is reached by every account, unless it is private', async () => {
    const { play, standIn, target } = await elsewhere(true);
    const who = account(play) as never;
    expect(replySupport.reaches?.(who, target)).toBe(true);
    expect(replySupport.reaches?.(who, { ...target, isPrivate: true })).toBe(false);
    const context = { ...(target.context as object), server: standIn.url };
    expect(replySupport.reaches?.(who, { ...target, isPrivate: true, context })).toBe(true);
  });
});

describe('a sign-in that may only read', () => {
  it('writes nothing, and its failure says what to allow', async () => {
    const world = await start();
    const attempt = await prepareReply(world.play, await mentioned(world), 'Thanks');
    world.standIn.scopes = ['read'];
    const failure = await failureOf(world.play, attempt.send());
    expect(failure).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('outside the authorized scopes'),
    });
    expect(failure.message).toContain('Sign in again');
  });
});
