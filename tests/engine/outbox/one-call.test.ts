import { expect, it, onTestFinished } from 'vitest';
import { startMastodon } from '../connectors/mastodon/stand-in.ts';
import { memoryDataKey } from '../../helpers/memory-data-key.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../../shared/contract/contract.ts';
import { testEngine } from '../../helpers/test-engine.ts';

const dataKey = memoryDataKey();

/** Every call in an engine of its own, as the command line runs them. */
async function once<M extends MethodName>(
  directory: string,
  method: M,
  input: MethodInput<M>,
): Promise<MethodOutput<M>> {
  const engine = await testEngine(directory, { dataKey });
  try {
    return await engine.ask(method, input);
  } finally {
    await engine.close();
  }
}

it('a process that runs one call sends what is due before it goes', async () => {
  const platform = await startMastodon(() => Date.now());
  onTestFinished(() => platform.close());
  const mention = platform.publish({ text: '@brand is it green?', author: 'kate' });
  const directory = temporaryDirectory();
  const settings = { server: platform.url, allowPrivateNetwork: true };
  await once(directory, 'accounts.add', {
    connector: 'mastodon',
    credentials: { token: platform.token },
    settings,
  });
  const { accounts } = await once(directory, 'accounts.list', {});
  const accountId = accounts[0]!.accountId;
  await once(directory, 'sources.add', { connector: 'mastodon', settings: { what: 'mentions' }, accountId });
  await once(directory, 'sources.pollNow', {});
  const { items } = await once(directory, 'inbox.list', {});
  const { conversationId } = items[0]!;

  const { replyId } = await once(directory, 'replies.queue', { conversationId, text: 'It is.', holdMs: 0 });
  expect(platform.written().map(({ inReplyTo }) => inReplyTo)).toEqual([mention]);
  expect(await once(directory, 'replies.get', { replyId })).toMatchObject({
    state: 'sent',
    platformId: platform.written()[0]?.externalId,
  });

  // What can still be taken back stays queued for a later call, and is no draft.
  const held = await once(directory, 'replies.queue', { conversationId, text: 'Later.', holdMs: 60_000 });
  expect(await once(directory, 'replies.get', { replyId: held.replyId })).toMatchObject({
    state: 'queued',
    waitsFor: 'undo',
  });
  expect(platform.written()).toHaveLength(1);

  // It goes first in its conversation, so it is taken back.
  await once(directory, 'replies.cancel', { replyId: held.replyId });

  // What a call was killed over is looked for by the next one.
  platform.failNext('write', 'drop-after-commit');
  const lost = await once(directory, 'replies.queue', { conversationId, text: 'Is it there?', holdMs: 0 });
  expect((await once(directory, 'replies.get', { replyId: lost.replyId })).state).toBe('sent');
  expect(platform.written()).toHaveLength(2);
}, 60_000);
