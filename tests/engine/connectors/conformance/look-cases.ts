import { expect } from 'vitest';
import type {
  OutboxContext,
  PerformAction,
  ReplyTarget,
  ThreadNow,
} from '../../../../electron/engine/connectors/connector.ts';
import { arrived, targetToAnswer } from './answering.ts';
import { checkMention } from './check-page.ts';
import { type ConformanceCase, withLook } from './conformance-case.ts';
import { account, failureOf, type Play, prepareReply, replySupport, targetOfSent, textOf } from './play.ts';

function contextFor(play: Play, target: ReplyTarget): OutboxContext {
  return { ...play.call(), account: account(play), target };
}

async function look(play: Play, target: ReplyTarget): Promise<ThreadNow> {
  const support = replySupport(play);
  if (!support.look) throw new Error('Not without looking.');
  const thread = await support.look(contextFor(play, target));
  for (const item of thread.items) checkMention(play, item);
  if (thread.target) checkMention(play, thread.target);
  return thread;
}

function actionOf(play: Play, action: string): PerformAction {
  const actions = play.platform.connector.actions as Readonly<Record<string, PerformAction>> | undefined;
  const perform = actions?.[action];
  if (!perform) throw new Error(`It does not ${action}.`);
  return perform;
}

const actionsOn = (platform: Play['platform'], on: 'mention' | 'own-reply'): string[] =>
  platform.connector.info.capabilities.actions
    .filter((each) => each.on.includes(on))
    .map(({ action }) => action);

export const lookCases: readonly ConformanceCase[] = [
  {
    name: 'a look shows what is about to be answered as a poll gave it',
    applies: withLook,
    async run(play) {
      const target = await targetToAnswer(play);
      const { target: now, closed } = await look(play, target);
      expect(now).toMatchObject({ key: target.key, externalId: target.externalId, author: target.author });
      expect(textOf(now!)).toContain(target.text);
      expect(closed).toBeUndefined();
    },
  },
  {
    name: 'a look shows that it was edited',
    applies: withLook,
    async run(play) {
      const target = await targetToAnswer(play);
      play.standIn.edit(target.externalId, 'changed my mind about earshot');
      expect(textOf((await look(play, target)).target!)).toContain('changed my mind');
    },
  },
  {
    name: 'a look shows that it was deleted',
    applies: withLook,
    async run(play) {
      const target = await targetToAnswer(play);
      play.standIn.remove(target.externalId);
      expect((await look(play, target)).target).toBeNull();
    },
  },
  {
    name: 'a look shows what others and we have answered meanwhile',
    applies: withLook,
    async run(play) {
      const target = await targetToAnswer(play);
      const other = play.publish('me too', { author: 'someone', inReplyTo: target.externalId });
      const own = play.publish('from elsewhere', { byAccount: true, inReplyTo: target.externalId });
      const { items } = await look(play, target);
      const found = new Map(items.map((item) => [item.externalId, item]));
      expect([...found.keys()]).toEqual(expect.arrayContaining([other, own]));
      expect(found.get(own)?.author.key).toBe(account(play).identity.authorKey);
      expect(found.get(other)?.author.key).not.toBe(account(play).identity.authorKey);
    },
  },
  {
    name: 'a look that fails is no deletion',
    applies: withLook,
    async run(play) {
      const target = await targetToAnswer(play);
      for (const fault of ['server-error', 'malformed', 'cut-off'] as const) {
        play.standIn.failNext('read', fault);
        await failureOf(play, look(play, target));
      }
      expect((await look(play, target)).target).not.toBeNull();
    },
  },
  {
    name: 'what is done to a mention may be done twice',
    applies: (platform) => actionsOn(platform, 'mention').length > 0,
    async run(play) {
      for (const action of actionsOn(play.platform, 'mention')) {
        const target = await targetToAnswer(play, `something to ${action}`);
        const context = {
          ...contextFor(play, target),
          idempotencyKey: crypto.randomUUID(),
          createdAt: play.now(),
        };
        await actionOf(play, action)(context);
        await actionOf(play, action)(context);
      }
    },
  },
  {
    name: 'our own reply can be taken away, also twice',
    applies: (platform) => actionsOn(platform, 'own-reply').includes('delete'),
    async run(play) {
      const target = await targetToAnswer(play);
      const sent = await (await prepareReply(play, target, 'A mistake')).send();
      const own = targetOfSent(play, sent, target, 'A mistake');
      const context = {
        ...contextFor(play, own),
        idempotencyKey: crypto.randomUUID(),
        createdAt: play.now(),
      };
      await actionOf(play, 'delete')(context);
      expect(arrived(play, 'A mistake')).toEqual([]);
      await actionOf(play, 'delete')(context);
    },
  },
  {
    name: 'an action whose credential was revoked asks for signing in again',
    applies: (platform) => actionsOn(platform, 'mention').length > 0,
    async run(play) {
      const [action = ''] = actionsOn(play.platform, 'mention');
      const target = await targetToAnswer(play);
      play.standIn.failNext('write', 'revoked');
      const context = {
        ...contextFor(play, target),
        idempotencyKey: crypto.randomUUID(),
        createdAt: play.now(),
      };
      expect((await failureOf(play, Promise.resolve(actionOf(play, action)(context)))).code).toBe(
        'unauthorized',
      );
    },
  },
];
