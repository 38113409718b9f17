import { expect } from 'vitest';
import {
  arrived,
  expectArrived,
  mentionToAnswer,
  refusalCodes,
  repeatableForMs,
  targetToAnswer,
} from './answering.ts';
import { type ConformanceCase, withFind, withReply } from './conformance-case.ts';
import { account, failureOf, prepareReply, replySupport, targetOf, targetOfSent } from './play.ts';

export const replyCases: readonly ConformanceCase[] = [
  {
    name: 'a reply is on the platform, under what it answers',
    applies: withReply,
    async run(play) {
      const target = await targetToAnswer(play);
      const attempt = await prepareReply(play, target, 'Thanks for asking');
      expect(arrived(play, 'Thanks for asking'), 'preparing shows nothing to anybody').toEqual([]);
      expectArrived(play, await attempt.send(), 'Thanks for asking', target);
    },
  },
  {
    name: 'a poll or a look that brings the reply back gives it the same key',
    applies: withReply,
    async run(play) {
      const id = play.publish('a question', { author: 'asker' });
      const listener = play.listener();
      const { items } = await listener.poll();
      const target = targetOf(items.find(({ externalId }) => externalId === id)!);
      // With the word, so that a search finds it too.
      const sent = await (await prepareReply(play, target, 'We make earshot')).send();
      play.advance(60_000);
      const polled = [...(await listener.poll()).items].filter(
        ({ externalId }) => externalId === sent.externalId,
      );
      const looked = await replySupport(play).look?.({ ...play.call(), account: account(play), target });
      const seen = [
        ...polled,
        ...(looked?.items ?? []).filter(({ externalId }) => externalId === sent.externalId),
      ];
      expect(seen.length, 'neither a poll nor a look brings it').toBeGreaterThan(0);
      for (const { key, author, parentKey, rootKey } of seen) {
        expect(key).toBe(sent.key);
        expect(author.key).toBe(account(play).identity.authorKey);
        if (parentKey !== null) expect(parentKey).toBe(target.key);
        expect([target.rootKey, target.key]).toContain(rootKey);
      }
    },
  },
  {
    name: 'a reply to our own reply goes under it',
    applies: withReply,
    async run(play) {
      const target = await targetToAnswer(play);
      const first = await (await prepareReply(play, target, 'The first part')).send();
      play.advance(5_000);
      const next = targetOfSent(play, first, target, 'The first part');
      const second = await (await prepareReply(play, next, 'The second part')).send();
      expectArrived(play, first, 'The first part', target);
      expectArrived(play, second, 'The second part', first);
    },
  },
  {
    name: 'a reply to an id beyond 2^53 goes under that very one',
    applies: withReply,
    async run(play, skip) {
      if (!play.standIn.useHugeIds) skip('ids are no numbers here');
      play.standIn.useHugeIds?.();
      play.publish('the one before');
      const target = await targetToAnswer(play);
      expectArrived(play, await (await prepareReply(play, target, 'To you')).send(), 'To you', target);
    },
  },
  {
    name: 'sending again makes no second one where the platform says so',
    applies: ({ connector }) => connector.reply?.repeatableForMs !== undefined,
    async run(play) {
      const target = await targetToAnswer(play);
      const attempt = await prepareReply(play, target, 'Only once');
      if (repeatableForMs(play, attempt.prepared) === 0) return;
      const first = await attempt.send();
      play.advance(1_000);
      const again = await attempt.send();
      expect(again.externalId).toBe(first.externalId);
      expect(again.key).toBe(first.key);
      expect(arrived(play, 'Only once')).toHaveLength(1);
    },
  },
  {
    name: 'two replies with the same text are two',
    applies: withReply,
    async run(play) {
      const target = await targetToAnswer(play);
      const first = await (await prepareReply(play, target, 'The same words')).send();
      play.advance(60_000);
      const second = await (await prepareReply(play, target, 'The same words')).send();
      expect(second.externalId).not.toBe(first.externalId);
      expect(arrived(play, 'The same words')).toHaveLength(2);
    },
  },
  {
    name: 'a reply that the platform does not take fails for good, and is not there',
    applies: withReply,
    async run(play) {
      const attempt = await prepareReply(play, await targetToAnswer(play), 'Not wanted');
      play.standIn.failNext('write', 'refused');
      const failure = await failureOf(play, attempt.send());
      expect(refusalCodes).toContain(failure.code);
      expect(failure.message).toMatch(/\w{3,} \w+.*\./);
      expect(arrived(play, 'Not wanted')).toEqual([]);
    },
  },
  {
    name: 'a reply to what was deleted fails for good',
    applies: withReply,
    async run(play) {
      const target = await targetToAnswer(play);
      play.standIn.remove(target.externalId);
      const attempt = prepareReply(play, target, 'Too late').then((prepared) => prepared.send());
      expect(refusalCodes).toContain((await failureOf(play, attempt)).code);
      expect(arrived(play, 'Too late')).toEqual([]);
    },
  },
  {
    name: 'a reply that is too long fails for good',
    applies: withReply,
    async run(play, skip) {
      const limit = account(play).identity.textLimit ?? play.platform.connector.info.capabilities.text;
      const most = limit?.most ?? 0;
      if (most > 1_000_000) skip('there is no limit that a reply meets');
      const text = 'word '.repeat(Math.ceil((most + 10) / 5)).trim();
      const attempt = prepareReply(play, await targetToAnswer(play), text).then((prepared) =>
        prepared.send(),
      );
      expect(refusalCodes).toContain((await failureOf(play, attempt)).code);
      expect(play.standIn.written().filter((each) => each.text.includes('word word'))).toEqual([]);
    },
  },
  {
    name: 'what was never sent is not found',
    applies: withFind,
    async run(play) {
      const mention = await mentionToAnswer(play);
      const attempt = await prepareReply(play, targetOf(mention), 'Never sent');
      expect(await attempt.find()).toBeNull();
    },
  },
  {
    name: 'an earlier reply of ours with the same text is not taken for this one',
    applies: withFind,
    async run(play) {
      const target = await targetToAnswer(play);
      const first = await (await prepareReply(play, target, 'The same words')).send();
      play.advance(60_000);
      const second = await prepareReply(play, target, 'The same words');
      const taken = new Set([first.externalId]);
      play.standIn.failNext('write', 'dropped');
      await failureOf(play, second.send());
      expect(await second.find(taken)).toBeNull();
      play.standIn.failNext('write', 'drop-after-commit');
      await failureOf(play, second.send());
      const there = arrived(play, 'The same words').map(({ externalId }) => externalId);
      expect(there).toHaveLength(2);
      expect(await second.find(taken)).toMatchObject({
        externalId: there.find((externalId) => externalId !== first.externalId),
      });
    },
  },
  {
    name: 'the same text from the account long before, or from somebody else, is not taken for it',
    applies: withFind,
    async run(play) {
      const target = await targetToAnswer(play);
      play.publish('Same', { byAccount: true, inReplyTo: target.externalId });
      play.advance(60 * 60_000);
      const attempt = await prepareReply(play, target, 'Same about earshot');
      play.publish('Same', { author: 'copycat', inReplyTo: target.externalId });
      expect(await attempt.find()).toBeNull();
    },
  },
  {
    name: 'of two replies with the same text on their way, each is found as itself',
    applies: withFind,
    async run(play) {
      const target = await targetToAnswer(play);
      const first = await prepareReply(play, target, 'The same words');
      const second = await prepareReply(play, target, 'The same words');
      const sent = await first.send();
      play.standIn.failNext('write', 'dropped');
      await failureOf(play, second.send());
      expect(await second.find(new Set([sent.externalId]))).toBeNull();
    },
  },
  {
    name: 'the same text of the account under another post is not taken for it',
    applies: withFind,
    async run(play) {
      const other = play.publish('another question', { author: 'asker' });
      const attempt = await prepareReply(play, await targetToAnswer(play), 'Same about earshot');
      play.publish('Same', { byAccount: true, inReplyTo: other });
      expect(await attempt.find()).toBeNull();
    },
  },
];
