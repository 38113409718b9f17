import { expect, it } from 'vitest';
import { sampleConnector } from '../../../../electron/engine/connectors/sample/connector.ts';
import type { OutgoingReply } from '../../../../electron/engine/connectors/connector.ts';
import { temporaryDirectory } from '../../../helpers/temporary-directory.ts';
import { testEngine } from '../../../helpers/test-engine.ts';
import { listen, someMorning } from './listen.ts';

const { info, account, reply, actions } = sampleConnector;

it('declares what it has', () => {
  expect(info.capabilities.canReply).toBe(reply !== undefined);
  expect(info.capabilities.actions.map(({ action }) => action).sort()).toEqual(
    Object.keys(actions ?? {}).sort(),
  );
  expect(info.signIn.map(({ id, kind }) => ({ id, kind }))).toEqual(
    account?.methods.map(({ id, kind }) => ({ id, kind })),
  );
});

it('reaches the people, and no newspaper', async () => {
  const reaches = async (channel: 'blurtle' | 'inkpond' | 'fivemoons' | 'widget'): Promise<Set<boolean>> => {
    const { items } = await listen(channel, someMorning);
    return new Set(
      items.map(({ key, url, kind }) =>
        reply?.reaches?.(
          { identity: {} as never, settings: {} },
          { key, url, kind, context: null, isPrivate: false },
        ),
      ) as boolean[],
    );
  };
  expect([
    await reaches('blurtle'),
    await reaches('inkpond'),
    await reaches('fivemoons'),
    await reaches('widget'),
  ]).toEqual([new Set([true]), new Set([true]), new Set([true]), new Set([false])]);
});

it('makes one post of one reply, however often it is sent or looked for', async () => {
  const outgoing: OutgoingReply = { text: 'Hi', media: [], idempotencyKey: 'a-uuid', createdAt: 1 };
  const prepared = await reply!.prepare({ reply: outgoing } as never);
  const sent = await reply!.send({ prepared } as never);
  expect(await reply!.send({ prepared } as never)).toEqual(sent);
  expect(await reply!.find!({ prepared } as never)).toEqual(sent);
});

it('is signed in from the start in the sample, without any secret, and signs in again with none', async () => {
  const engine = await testEngine(temporaryDirectory(), { workspace: 'sample' });
  const { accounts } = await engine.ask('accounts.list', {});
  expect(accounts.map(({ displayName, state, error }) => ({ displayName, state, error }))).toEqual([
    { displayName: 'Hawfinch desk', state: 'ok', error: null },
  ]);
  expect((await engine.ask('savedReplies.list', {})).savedReplies.length).toBeGreaterThan(2);
  const again = await engine.ask('accounts.add', { connector: 'sample', credentials: {} });
  expect(again).toEqual({ accountId: accounts[0]?.accountId, displayName: 'Hawfinch desk' });
});
