import { describe, expect, it } from 'vitest';
import type { blueskyActions } from '../../../../electron/engine/connectors/bluesky/actions.ts';
import type { PerformAction, ReplyTarget } from '../../../../electron/engine/connectors/connector.ts';
import type { TestSession } from '../conformance/account-session.ts';
import {
  connector,
  failureOf,
  outbox,
  type Playing,
  prepare,
  send,
  startPlaying,
  targetOf,
} from './playing.ts';

const picture = { name: 'dot.png', type: 'image/png', alt: 'One dot', bytes: Buffer.alloc(1_000) };
const threadgate = 'app.bsky.feed.threadgate';

async function start(text = 'hello') {
  const playing = await startPlaying();
  const session = await playing.signIn();
  const uri = playing.standIn.publish({ text });
  return { playing, session, uri, target: targetOf(playing, uri), ...playing.standIn };
}

async function act(
  playing: Playing,
  account: TestSession,
  action: keyof typeof blueskyActions,
  target: ReplyTarget,
): Promise<void> {
  const perform = connector.actions?.[action] as PerformAction;
  await perform({ ...outbox(playing, account, target), idempotencyKey: 'key', createdAt: playing.now() });
}

const look = (playing: Playing, session: TestSession, target: ReplyTarget) =>
  connector.reply.look(outbox(playing, session, target));

describe('a reply on Bluesky', () => {
  it('names the root of the thread that its parent names', async () => {
    const { playing, session, uri, publish, network } = await start();
    const answer = publish({ text: 'an answer', author: 'other', inReplyTo: uri });
    const deeper = publish({ text: 'another', author: 'fan', inReplyTo: answer });
    // The root was replaced meanwhile: the thread goes on under the one that everybody named.
    const rootThen = { uri, cid: network.records.get(uri)!.cid };
    playing.standIn.edit(uri, 'changed');
    const target = targetOf(playing, deeper);
    const prepared = await prepare(playing, session, target, 'Hello');
    expect(prepared.record['reply']).toEqual({
      root: rootThen,
      parent: { uri: deeper, cid: network.records.get(deeper)!.cid },
    });
    await send(playing, session, target, prepared);
  });

  it('has facets for links, tags and the handles that exist, and the language of what it answers', async () => {
    const { playing, session, target, network, authorOf } = await start();
    const { did, handle } = authorOf('kate');
    const text = `👋 @${handle} and @nobody.example.com, see https://acme.example/a #größe`;
    const sent = await send(playing, session, target, await prepare(playing, session, target, text));
    expect(network.records.get(sent.externalId)?.value).toMatchObject({
      text,
      langs: ['en'],
      facets: [
        { features: [{ $type: 'app.bsky.richtext.facet#mention', did }] },
        { features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://acme.example/a' }] },
        { features: [{ $type: 'app.bsky.richtext.facet#tag', tag: 'größe' }] },
      ],
    });
  });

  it('is made once: the same moment and key give the same place, and a second record is refused', async () => {
    const { playing, session, target, written } = await start();
    const same = { idempotencyKey: 'one-and-the-same', createdAt: playing.now() };
    const first = await prepare(playing, session, target, 'Hello', same);
    await send(playing, session, target, first);
    playing.advance(5_000);
    // Prepared anew, with a later time in the record: it is there already.
    const again = await prepare(playing, session, target, 'Hello', same);
    expect(again.rkey).toBe(first.rkey);
    await send(playing, session, target, again);
    const other = await prepare(playing, session, target, 'Something else', same);
    expect((await failureOf(send(playing, session, target, other))).code).toBe('conflict');
    expect(written().map(({ text }) => text)).toEqual(['Hello']);
  });

  it.each([
    ['300 characters that are 1,200 bytes and more', '👩‍👩‍👧‍👦'.repeat(100) + 'a'.repeat(200), null],
    ['301 characters', 'a'.repeat(301), /301 characters, and 300/],
    ['300 characters of more than 3,000 bytes', '👩‍👩‍👧‍👦'.repeat(300), /7500 bytes, and 3000/],
  ])('of %s', async (_, text, message) => {
    const { playing, session, target, written } = await start();
    const preparing = prepare(playing, session, target, text);
    if (message === null) await send(playing, session, target, await preparing);
    else expect(await failureOf(preparing)).toMatchObject({ code: 'rejected', message });
    expect(written()).toHaveLength(message === null ? 1 : 0);
  });

  it('has pictures with their descriptions, in order', async () => {
    const { playing, session, target, network } = await start();
    const media = [picture, { ...picture, name: 'b.jpg', type: 'image/jpeg', alt: '' }];
    const prepared = await prepare(playing, session, target, 'Look', { media });
    expect(playing.standIn.written(), 'nothing is shown yet').toEqual([]);
    const sent = await send(playing, session, target, prepared);
    expect(network.records.get(sent.externalId)?.value['embed']).toMatchObject({
      images: [
        { alt: 'One dot', image: { mimeType: 'image/png', size: 1_000 } },
        { alt: '', image: { mimeType: 'image/jpeg' } },
      ],
    });
  });

  it.each([
    ['five', Array.from({ length: 5 }, () => picture), /4 pictures at most/],
    ['a video', [{ ...picture, type: 'video/mp4' }], /pictures alone/],
    ['a large one', [{ ...picture, bytes: Buffer.alloc(1_000_001) }], /larger than the 1 MB/],
  ])('refuses %s before anything is uploaded', async (_, media, message) => {
    const { playing, session, target, network } = await start();
    expect(await failureOf(prepare(playing, session, target, 'Look', { media }))).toMatchObject({
      code: 'rejected',
      message,
    });
    expect(network.blobs.size).toBe(0);
  });

  it('whose picture the server has forgotten says what to do', async () => {
    const { playing, session, target, network } = await start();
    const prepared = await prepare(playing, session, target, 'Look', { media: [picture] });
    network.blobs.clear();
    const failure = await failureOf(send(playing, session, target, prepared));
    expect(failure).toMatchObject({ code: 'rejected', message: /Attach it again/ });
  });

  it('to a mention that was stored without its context says so', async () => {
    const { playing, session, target } = await start();
    const failure = await failureOf(prepare(playing, session, { ...target, context: { uri: 1 } }, 'Hello'));
    expect(failure.code).toBe('unsupported');
  });
});

describe('looking at a thread', () => {
  it('says that the author has blocked the account', async () => {
    const { playing, session, target, blockedBy } = await start();
    blockedBy.add(target.author.key!);
    // The post is there, and not gone.
    expect(await failureOf(look(playing, session, target))).toMatchObject({
      code: 'rejected',
      message: /have blocked one another/,
    });
  });

  it('says that the author lets nobody answer', async () => {
    const { playing, session, target, uri, network } = await start();
    const gate = {
      $type: threadgate,
      post: uri,
      allow: [],
      createdAt: new Date(playing.now()).toISOString(),
    };
    network.store(uri.replace('app.bsky.feed.post', threadgate), gate, playing.now());
    expect((await look(playing, session, target)).closed).toMatch(/lets only some people answer/);
  });

  it('brings what is above and below', async () => {
    const { playing, session, uri, publish } = await start();
    const middle = publish({ text: 'middle', author: 'other', inReplyTo: uri });
    const below = publish({ text: 'below', author: 'third', inReplyTo: middle });
    const { items, target } = await look(playing, session, targetOf(playing, middle));
    expect(target?.key).toBe(middle);
    expect(items.map(({ key }) => key)).toEqual([uri, below]);
  });
});

describe('acting on Bluesky', () => {
  it('likes what was liked in another app not a second time, and takes that like back', async () => {
    const { playing, session, target, uri, network, put } = await start();
    const subject = { uri, cid: network.records.get(uri)!.cid };
    put('brand', { $type: 'app.bsky.feed.like', subject, createdAt: new Date(playing.now()).toISOString() });
    const likes = () => [...network.records.keys()].filter((key) => key.includes('feed.like'));
    await act(playing, session, 'like', target);
    expect(likes()).toHaveLength(1);
    await act(playing, session, 'unlike', target);
    expect(likes()).toEqual([]);
  });

  it('likes nothing that is gone', async () => {
    const { playing, session, target, uri, remove } = await start();
    remove(uri);
    expect((await failureOf(act(playing, session, 'like', target))).code).toBe('not-found');
  });

  it('hides beside what is hidden already, and leaves the rest of the gate as it is', async () => {
    const { playing, session, publish, network } = await start();
    const opening = publish({ text: 'Good morning', byAccount: true });
    const [first, second] = [1, 2].map(() => publish({ text: 'rude', inReplyTo: opening }));
    const place = opening.replace('app.bsky.feed.post', threadgate);
    const gate = {
      $type: threadgate,
      post: opening,
      allow: [{ $type: 'app.bsky.feed.threadgate#mentionRule' }],
      createdAt: '2026-01-01T00:00:00.000Z',
      hiddenReplies: [first],
    };
    network.store(place, gate, playing.now());
    await act(playing, session, 'hide', targetOf(playing, second!));
    expect(network.records.get(place)?.value).toEqual({ ...gate, hiddenReplies: [first, second] });
    await act(playing, session, 'unhide', targetOf(playing, first!));
    expect(network.records.get(place)?.value).toEqual({ ...gate, hiddenReplies: [second] });
  });

  it('loses nothing where two answers are hidden at the same moment', async () => {
    const { playing, session, publish, network } = await start();
    const opening = publish({ text: 'Good morning', byAccount: true });
    const rude = [1, 2, 3].map(() => publish({ text: 'rude', inReplyTo: opening }));
    await Promise.all(rude.map((uri) => act(playing, session, 'hide', targetOf(playing, uri))));
    const gate = network.records.get(opening.replace('app.bsky.feed.post', threadgate));
    expect(new Set(gate?.value['hiddenReplies'] as string[] | undefined)).toEqual(new Set(rude));
  });

  it('opens no gate that closes the thread', async () => {
    const { playing, session, publish, network } = await start();
    const opening = publish({ text: 'Good morning', byAccount: true });
    const rude = publish({ text: 'rude', inReplyTo: opening });
    await act(playing, session, 'hide', targetOf(playing, rude));
    const gate = network.records.get(opening.replace('app.bsky.feed.post', threadgate));
    expect(gate?.value).not.toHaveProperty('allow');
  });

  it('hides nothing in somebody else’s thread, and deletes nothing of somebody else', async () => {
    const { playing, session, uri, publish } = await start();
    const answer = targetOf(playing, publish({ text: 'rude', inReplyTo: uri }));
    expect((await failureOf(act(playing, session, 'hide', answer))).code).toBe('forbidden');
    expect((await failureOf(act(playing, session, 'delete', answer))).code).toBe('forbidden');
  });

  it('mutes and blocks the author', async () => {
    const { playing, session, target, muted, network } = await start();
    await act(playing, session, 'mute', target);
    await act(playing, session, 'block', target);
    expect([...muted]).toEqual([target.author.key]);
    const blocks = [...network.records.values()].filter(
      ({ value }) => value['$type'] === 'app.bsky.graph.block',
    );
    expect(blocks.map(({ value }) => value['subject'])).toEqual([target.author.key]);
  });
});
