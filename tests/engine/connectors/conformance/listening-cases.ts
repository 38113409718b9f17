import { expect } from 'vitest';
import type { IncomingMention } from '../../../../electron/engine/connectors/connector.ts';
import { type ConformanceCase, withAccount } from './conformance-case.ts';
import { account, type Listener, type Play, textOf } from './play.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export const externalIds = (items: Iterable<IncomingMention>): string[] =>
  [...items].map(({ externalId }) => externalId).sort();

function one(items: readonly IncomingMention[], externalId: string): IncomingMention {
  const found = items.filter((item) => item.externalId === externalId);
  expect(found, `the items with the id ${externalId}`).toHaveLength(1);
  return found[0]!;
}

function publishMany(play: Play, count: number, what: string): string[] {
  return Array.from({ length: count }, (_, index) => play.publish(`${what} ${index + 1}`));
}

/** Polls a few times with time between, until `isThere`: platforms look again for what they gave in turns. */
async function pollUntil(
  play: Play,
  listener: Listener,
  isThere: (polled: Awaited<ReturnType<Listener['poll']>>) => boolean,
): Promise<boolean> {
  for (let turn = 0; turn < 3; turn += 1) {
    play.advance(play.platform.recheckAfterMs ?? 5 * minuteMs);
    if (isThere(await listener.poll())) return true;
  }
  return false;
}

export const listeningCases: readonly ConformanceCase[] = [
  {
    name: 'a first poll brings what was there before',
    async run(play) {
      const ids = publishMany(play, 3, 'earlier');
      play.advance(minuteMs);
      const { items, warnings } = await play.listener().poll();
      expect(externalIds(items)).toEqual([...ids].sort());
      expect(textOf(one(items, ids[1]!))).toContain('earlier 2 about earshot');
      expect(warnings).toEqual([]);
    },
  },
  {
    name: 'a first poll finds nothing, and the next one what came since',
    async run(play) {
      const listener = play.listener();
      expect((await listener.poll()).items).toEqual([]);
      const ids = publishMany(play, 2, 'later');
      play.advance(minuteMs);
      expect(externalIds((await listener.poll()).items)).toEqual([...ids].sort());
    },
  },
  {
    name: 'a first poll with more than one page brings the newest without a gap',
    async run(play) {
      const ids = publishMany(play, play.platform.morePagesThan + 5, 'backlog');
      play.advance(minuteMs);
      const known = await play.listener().pollAll();
      const brought = externalIds(known.values());
      expect(brought.length).toBeGreaterThan(0);
      expect(brought).toEqual(ids.slice(-brought.length).sort());
    },
  },
  {
    name: 'a poll with nothing new brings nothing and asks little',
    async run(play) {
      publishMany(play, 3, 'known');
      const listener = play.listener();
      await listener.poll();
      const first = play.standIn.requests.length;
      const before = new Map(listener.known);
      play.advance(minuteMs);
      const { items, removed } = await listener.poll();
      for (const item of items) expect(item).toEqual(before.get(item.key));
      expect(removed).toEqual([]);
      expect(play.standIn.requests.length - first).toBeLessThanOrEqual(Math.max(first, 3));
    },
  },
  {
    name: 'more items than a page, since the last poll, all come once',
    async run(play) {
      const listener = play.listener();
      const ids = publishMany(play, 2, 'first');
      await listener.poll();
      ids.push(...publishMany(play, play.platform.morePagesThan + 5, 'many'));
      play.advance(minuteMs);
      const { items } = await listener.poll();
      const keys = items.map(({ key }) => key);
      expect(new Set(keys).size, 'items given twice in one poll').toBe(keys.length);
      expect(externalIds((await listener.pollAll()).values())).toEqual([...ids].sort());
    },
  },
  {
    name: 'items that arrive while pages are read are not lost',
    async run(play) {
      const listener = play.listener();
      await listener.poll();
      const ids = publishMany(play, play.platform.morePagesThan + 5, 'many');
      await listener.poll((page) => {
        if (page <= 2) ids.push(play.publish(`meanwhile ${page}`));
      });
      play.advance(minuteMs);
      expect(externalIds((await listener.pollAll()).values())).toEqual([...ids].sort());
    },
  },
  {
    name: 'an edited item comes again with its new text',
    async run(play) {
      const id = play.publish('as it was');
      const listener = play.listener();
      const first = one((await listener.poll()).items, id);
      play.standIn.edit(id, 'as it is now about earshot');
      const came = await pollUntil(play, listener, ({ items }) =>
        items.some((item) => item.key === first.key && textOf(item).includes('as it is now')),
      );
      expect(came, 'it came with its new text').toBe(true);
    },
  },
  {
    name: 'a deleted item is told of',
    async run(play) {
      const [id, other] = publishMany(play, 2, 'here today');
      const listener = play.listener();
      const { items } = await listener.poll();
      const { key } = one(items, id!);
      play.standIn.remove(id!);
      const told: string[] = [];
      await pollUntil(play, listener, ({ removed }) => {
        told.push(...removed);
        return told.includes(key);
      });
      expect(told).toContain(key);
      expect(told).not.toContain(one(items, other!).key);
    },
  },
  {
    name: 'posts of the account itself can be told from others',
    applies: withAccount,
    async run(play) {
      const own = play.publish('our own', { byAccount: true });
      const other = play.publish('of somebody', { author: 'someone' });
      const { items } = await play.listener().poll();
      const { authorKey } = account(play).identity;
      expect(one(items, own).author.key).toBe(authorKey);
      expect(one(items, other).author.key).not.toBe(authorKey);
    },
  },
  {
    name: 'the same item through another source has the same key',
    applies: (platform) => platform.otherSource !== undefined,
    async run(play) {
      const ids = publishMany(play, 2, 'seen twice');
      const first = (await play.listener().poll()).items;
      const second = (await play.listener(play.platform.otherSource!(play.standIn)).poll()).items;
      for (const id of ids) {
        const { key, rootKey, parentKey, author } = one(first, id);
        expect(one(second, id)).toMatchObject({ key, rootKey, parentKey, author: { key: author.key } });
      }
    },
  },
  {
    name: 'items of one and the same moment all come',
    async run(play) {
      const listener = play.listener();
      await listener.poll();
      const at = play.now() + play.standIn.skewMs;
      const ids = [play.publish('equal 1', { at }), play.publish('equal 2', { at })];
      await listener.poll();
      ids.push(play.publish('equal 3', { at }));
      play.advance(minuteMs);
      expect(externalIds((await listener.pollAll()).values())).toEqual([...ids].sort());
    },
  },
  {
    name: 'an item that arrives late, dated before what is known, comes',
    async run(play) {
      const listener = play.listener();
      const at = play.now() + play.standIn.skewMs;
      const ids = [play.publish('in time')];
      play.advance(minuteMs);
      await listener.poll();
      ids.push(play.publish('late', { at: at - minuteMs }));
      play.advance(minuteMs);
      expect(externalIds((await listener.pollAll()).values())).toEqual([...ids].sort());
    },
  },
  {
    name: 'ids beyond 2^53 are kept to the digit',
    async run(play, skip) {
      if (!play.standIn.useHugeIds) skip('ids are no numbers here');
      play.standIn.useHugeIds?.();
      const ids = publishMany(play, 3, 'huge');
      const { items } = await play.listener().poll();
      expect(externalIds(items)).toEqual([...ids].sort());
      expect(new Set(items.map(({ key }) => key)).size).toBe(3);
    },
  },
  ...[
    { name: 'a server whose clock is an hour ahead is heard as well', skewMs: hourMs },
    { name: 'a server whose clock is an hour behind is heard as well', skewMs: -hourMs },
  ].map(
    ({ name, skewMs }): ConformanceCase => ({
      name,
      async run(play) {
        play.standIn.skewMs = skewMs;
        const listener = play.listener();
        const ids = publishMany(play, 2, 'before');
        await listener.poll();
        for (let turn = 0; turn < 3; turn += 1) {
          ids.push(...publishMany(play, 2, `turn ${turn}`));
          play.advance(minuteMs);
          await listener.poll();
        }
        expect(externalIds((await listener.pollAll()).values())).toEqual([...ids].sort());
      },
    }),
  ),
];
