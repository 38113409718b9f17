import { describe, expect, it } from 'vitest';
import { startPlaying } from './playing.ts';

const collection = 'app.bsky.feed.post';
const rkey = '3n2s5dn2rvk2t';

/** What the stand-in refuses is what the connector's tests rest on. */
describe('the stand-in of Bluesky', () => {
  async function start() {
    const { standIn, now } = await startPlaying();
    const { url, brand, password } = standIn;
    const post = async (nsid: string, json: unknown, token: string): Promise<string> => {
      const response = await fetch(`${url}/xrpc/${nsid}`, {
        method: 'POST',
        headers: { authorization: token, ...(json === null ? {} : { 'content-type': 'application/json' }) },
        ...(json === null ? {} : { body: JSON.stringify(json) }),
      });
      const { error } = (await response.json()) as { error?: string };
      return error === undefined ? String(response.status) : `${response.status} ${error}`;
    };
    const session = await fetch(`${url}/xrpc/com.atproto.server.createSession`, {
      method: 'POST',
      body: JSON.stringify({ identifier: brand.handle, password }),
    });
    const tokens = (await session.json()) as { accessJwt: string; refreshJwt: string };
    const access = `Bearer ${tokens.accessJwt}`;
    const record = { $type: collection, text: 'hello 👋', createdAt: new Date(now()).toISOString() };
    const write = (changes: object, more: object = {}, how = 'put'): Promise<string> =>
      post(
        `com.atproto.repo.${how}Record`,
        { repo: brand.did, collection, rkey, record: { ...record, ...changes }, ...more },
        access,
      );
    const link = (byteStart: number, byteEnd: number) => ({
      index: { byteStart, byteEnd },
      features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'hello' }],
    });
    return { standIn, post, write, link, access, refresh: `Bearer ${tokens.refreshJwt}` };
  }

  it('takes a record once, and refuses another one in its place', async () => {
    const { write } = await start();
    expect(await write({}, { rkey: 'not-a-tid' })).toBe('400 InvalidRequest');
    expect(await write({}, { swapRecord: null })).toBe('200');
    expect(await write({}, { swapRecord: null })).toBe('200');
    expect(await write({ text: 'other' }, { swapRecord: null })).toBe('400 InvalidSwap');
    expect(await write({}, {}, 'create')).toBe('500 InternalServerError');
    expect(await write({}, { repo: 'did:plc:somebody' })).toBe('401 AuthenticationRequired');
  });

  it('refuses facets that are no bytes of what they say, and texts that are too long', async () => {
    const { write, link } = await start();
    expect(await write({ facets: [link(0, 5)] })).toBe('200');
    for (const [from, to] of [
      [1, 6],
      [0, 99],
      [5, 0],
      [7, 8],
    ] as const) {
      expect(await write({ text: `hello 👋 ${from}`, facets: [link(from, to)] })).toBe('400 InvalidRequest');
    }
    expect(await write({ text: 'a'.repeat(301) })).toBe('400 InvalidRequest');
  });

  it('refuses a reply whose root is not that of its parent', async () => {
    const { standIn, write } = await start();
    const [root, other] = [standIn.publish({ text: 'one' }), standIn.publish({ text: 'two' })];
    const below = standIn.publish({ text: 'three', inReplyTo: root });
    const ref = (uri: string) => ({ uri, cid: standIn.network.records.get(uri)?.cid });
    expect(await write({ reply: { root: ref(below), parent: ref(below) } })).toBe('400 InvalidRequest');
    expect(await write({ reply: { root: ref(other), parent: ref(below) } })).toBe('400 InvalidRequest');
    expect(await write({ reply: { root: ref(root), parent: { ...ref(below), cid: 'x' } } })).toBe(
      '400 InvalidRequest',
    );
    expect(await write({ reply: { root: ref(root) } })).toBe('400 InvalidRequest');
    expect(await write({ reply: { root: ref(root), parent: ref(below) } })).toBe('200');
  });

  it('refuses tokens in each other’s place, and a body where none belongs', async () => {
    const { post, access, refresh } = await start();
    const renew = 'com.atproto.server.refreshSession';
    expect(await post('app.bsky.graph.muteActor', { actor: 'x' }, refresh)).toBe('400 InvalidToken');
    expect(await post(renew, null, access)).toBe('400 InvalidToken');
    expect(await post(renew, {}, refresh)).toBe('400 InvalidRequest');
    expect(await post(renew, null, refresh)).toBe('200');
  });

  it('refuses OAuth without a proof', async () => {
    const { standIn, post } = await start();
    expect(await post('app.bsky.graph.muteActor', { actor: 'x' }, 'DPoP at-made-up')).toBe(
      '401 invalid_dpop_proof',
    );
    const pushed = await fetch(`${standIn.url}/oauth/par`, { method: 'POST', body: new URLSearchParams() });
    expect([pushed.status, await pushed.json()]).toMatchObject([400, { error: 'invalid_dpop_proof' }]);
  });
});
