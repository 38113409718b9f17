import { describe, expect, it } from 'vitest';
import type { BlueskyCursor } from '../../../../electron/engine/connectors/bluesky/settings.ts';
import { connector, failureOf, startPlaying } from './playing.ts';

const minuteMs = 60_000;
const search = { what: 'search' } as const;

const keys = (pages: readonly { items: readonly { key: string }[] }[]): string[] =>
  pages.flatMap(({ items }) => items.map(({ key }) => key));

describe('listening on Bluesky', () => {
  it('reads a search that is too long for one poll to its end, newer posts first', async () => {
    const playing = await startPlaying();
    const { standIn } = playing;
    const account = await playing.signIn();
    const ids: string[] = [];
    for (let n = 0; n < 6_500; n += 1) {
      ids.push(standIn.publish({ text: `acme ${n}`, at: playing.now() - 24 * 60 * minuteMs + n * 1_000 }));
    }
    const first = await playing.poll(search, { account, queries: ['acme'] });
    expect(new Set(keys(first)).size).toBe(6_000);
    ids.push(standIn.publish({ text: 'acme, just now' }));
    const cursor = first.at(-1)!.cursor;
    const second = await playing.poll(search, { account, queries: ['acme'], cursor });
    expect(new Set([...keys(first), ...keys(second)])).toEqual(new Set(ids));
    expect(second.at(-1)?.cursor.streams['search acme']).not.toHaveProperty('gap');
  }, 60_000);

  it('goes on where a poll was cut off in the middle', async () => {
    const playing = await startPlaying();
    const account = await playing.signIn();
    const ids = Array.from({ length: 350 }, (_, n) =>
      // Most of them of one instant, so that the page ends within it.
      playing.standIn.publish({ text: `acme ${n}`, at: playing.now() - (n < 60 ? 0 : 180) * minuteMs }),
    );
    const pages = await playing.poll(search, { account, queries: ['acme'] });
    // Only the first page was stored.
    const cursor = JSON.parse(JSON.stringify(pages[0]!.cursor));
    const rest = await playing.poll(search, { account, queries: ['acme'], cursor });
    expect(new Set([...keys(pages.slice(0, 1)), ...keys(rest)])).toEqual(new Set(ids));
  });

  it('goes on where two polls were cut off, one above the other, and loses none of one instant', async () => {
    const playing = await startPlaying();
    const account = await playing.signIn();
    const write = (count: number, at = playing.now()) =>
      Array.from({ length: count }, () => playing.standIn.publish({ text: `acme ${Math.random()}`, at }));
    // Hours below the newest, so that nothing but the cursor leads there; of one instant, which no page holds whole.
    const ids = [...write(100), ...write(150, playing.now() - 180 * minuteMs)];
    const brought: string[] = [];
    const pollPages = async (most: number, cursor: BlueskyCursor | null): Promise<BlueskyCursor> => {
      const pages = (await playing.poll(search, { account, queries: ['acme'], cursor })).slice(0, most);
      brought.push(...keys(pages));
      return pages.at(-1)!.cursor;
    };
    const first = await pollPages(2, null);
    playing.advance(60 * minuteMs);
    ids.push(...write(150));
    const second = await pollPages(1, first);
    await pollPages(100, second);
    expect(new Set(brought)).toEqual(new Set(ids));
  });

  it('keeps only what a query matches', async () => {
    const playing = await startPlaying();
    const account = await playing.signIn();
    const wanted = playing.standIn.publish({ text: 'acme phone' });
    playing.standIn.publish({ text: 'acme phone jobs' });
    const pages = await playing.poll(search, { account, queries: ['acme phone -jobs'] });
    expect(keys(pages)).toEqual([wanted]);
  });

  it('brings a post that two searches find once', async () => {
    const playing = await startPlaying();
    const account = await playing.signIn();
    const both = playing.standIn.publish({ text: 'acme and widget' });
    const pages = await playing.poll(search, { account, queries: ['acme', 'widget'] });
    expect(keys(pages)).toEqual([both]);
  });

  it('begins a new word with the last week, and goes on with the old one', async () => {
    const playing = await startPlaying();
    const account = await playing.signIn();
    const old = playing.standIn.publish({ text: 'widget', at: playing.now() - 5 * 24 * 60 * minuteMs });
    const first = await playing.poll(search, { account, queries: ['acme'] });
    const second = await playing.poll(search, {
      account,
      queries: ['acme', 'widget'],
      cursor: first.at(-1)!.cursor,
    });
    expect(keys(second)).toEqual([old]);
  });

  it('tells of a tracker that names nothing to search for, and searches for the others', async () => {
    const playing = await startPlaying();
    const account = await playing.signIn();
    const pages = await playing.poll(search, { account, queries: ['from:kate', 'acme'] });
    expect(pages[0]?.warning?.code).toBe('unsupported');
    const alone = playing.poll(search, { account, queries: ['from:kate'] });
    expect((await failureOf(alone)).code).toBe('unsupported');
    expect((await failureOf(playing.poll(search, { account }))).code).toBe('unsupported');
  });

  it('hears an author without an account, and nobody else so', async () => {
    const playing = await startPlaying();
    const { url, publish } = playing.standIn;
    const own = publish({ text: 'my own', author: 'kate' });
    publish({ text: 'another', author: 'bo' });
    const settings = connector.settingsSchema.parse({
      what: 'author',
      author: 'https://bsky.app/profile/kate.example.com',
      apiUrl: url,
      allowPrivateNetwork: true,
    });
    const pages = await playing.poll(settings as never);
    expect(keys(pages)).toEqual([own]);
    expect(pages[0]?.source?.name).toBe('@kate.example.com on Bluesky');
    expect(connector.accountNeededFor?.(settings)).toBeNull();
    for (const what of ['mentions', 'search'] as const) {
      expect(connector.accountNeededFor?.({ what })).toMatch(/account/);
      expect((await failureOf(playing.poll({ what }, { queries: ['acme'] }))).code).toBe('unauthorized');
    }
  });

  it('hears a tag, however it is typed', async () => {
    const playing = await startPlaying();
    const account = await playing.signIn();
    const tagged = playing.standIn.publish({ text: 'see #Acme' });
    playing.standIn.publish({ text: 'acme without' });
    const settings = connector.settingsSchema.parse({ what: 'tag', tag: ' #acme ' });
    expect(keys(await playing.poll(settings as never, { account }))).toEqual([tagged]);
  });

  it('looks for what is gone among the newest posts alone, and only when they are not shown anyway', async () => {
    const playing = await startPlaying();
    const account = await playing.signIn();
    const ids = Array.from({ length: 60 }, (_, n) =>
      playing.standIn.publish({ text: 'acme', at: playing.now() - (60 - n) * minuteMs }),
    );
    const asked = () => playing.standIn.requests.filter(({ path }) => path.includes('getPosts')).length;
    const first = await playing.poll(search, { account, queries: ['acme'] });
    expect(asked()).toBe(0);
    for (const id of [ids[5]!, ids[20]!, ids[59]!]) playing.standIn.remove(id);
    playing.advance(4 * 60 * minuteMs);
    const cursor = first.at(-1)!.cursor;
    const pages = await playing.poll(search, { account, queries: ['acme'], cursor });
    // Fifty of them are remembered, and those of the last half hour are read again by the search itself.
    expect(pages.flatMap(({ removed }) => removed ?? []).sort()).toEqual([ids[20], ids[59]].sort());
    expect(asked()).toBeLessThanOrEqual(2);
  });

  it('does not take for gone what an author hides from the account', async () => {
    const playing = await startPlaying();
    const account = await playing.signIn();
    const id = playing.standIn.publish({ text: 'acme', author: 'kate' });
    const first = await playing.poll(search, { account, queries: ['acme'] });
    playing.standIn.blockedBy.add(playing.standIn.authorOf('kate').did);
    playing.advance(60 * minuteMs);
    playing.standIn.publish({ text: 'acme, later' });
    playing.advance(60 * minuteMs);
    const cursor = first.at(-1)!.cursor;
    const pages = await playing.poll(search, { account, queries: ['acme'], cursor });
    expect(keys(pages)).not.toContain(id);
    expect(pages.flatMap(({ removed }) => removed ?? [])).toEqual([]);
  });

  it('reads everything that is still there again after a rewinding, but no search', () => {
    const cursor = {
      streams: { notifications: { newest: 5 }, 'search acme': { newest: 7 } },
      recent: [{ uri: 'at://a', cid: 'b', at: 1 }],
    };
    expect(connector.rewind?.(cursor)).toEqual({
      streams: { 'search acme': { newest: 7 } },
      recent: cursor.recent,
    });
  });
});
