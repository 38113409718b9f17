import { expect, it, onTestFinished } from 'vitest';
import { temporaryDirectory } from '../../../helpers/temporary-directory.ts';
import { testEngine } from '../../../helpers/test-engine.ts';
import { startBluesky } from './stand-in.ts';

it('an answer to a post that was replaced meanwhile stops, and names the new version when it is sent all the same', async () => {
  const platform = await startBluesky(() => Date.now());
  onTestFinished(() => platform.close());
  const post = platform.publish({ text: `@${platform.brand.handle} is earshot green?` });
  const engine = await testEngine(temporaryDirectory());
  const { accountId } = await engine.ask('accounts.add', {
    connector: 'bluesky',
    credentials: { identifier: platform.brand.handle, password: platform.password },
    settings: { server: platform.url, directory: platform.url, allowPrivateNetwork: true },
  });
  await engine.ask('sources.add', { connector: 'bluesky', settings: { what: 'mentions' }, accountId });
  await engine.ask('sources.pollNow', {});
  const { conversationId } = (await engine.ask('inbox.list', {})).items[0]!;
  platform.edit(post, 'Is earshot blue?');

  const { replyId } = await engine.ask('replies.queue', { conversationId, text: 'It is.', holdMs: 0 });
  expect(await engine.ask('replies.get', { replyId })).toMatchObject({
    state: 'failed',
    error: { code: 'conflict', details: { change: 'edited' } },
  });
  expect(platform.written()).toEqual([]);
  expect(await engine.ask('replies.retry', { replyId })).toMatchObject({ state: 'sent' });
  expect(platform.written()).toMatchObject([{ text: 'It is.', inReplyTo: post }]);
}, 30_000);
