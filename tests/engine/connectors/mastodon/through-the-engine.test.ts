import { expect, it, onTestFinished, vi } from 'vitest';
import { temporaryDirectory } from '../../../helpers/temporary-directory.ts';
import { testEngine } from '../../../helpers/test-engine.ts';
import { startMastodon } from './stand-in.ts';

it('a token is pasted, a mention comes in, and its answer is on the server once', async () => {
  const standIn = await startMastodon(() => Date.now());
  onTestFinished(() => standIn.close());
  const engine = await testEngine(temporaryDirectory(), { startsPolling: true });
  const { accountId, displayName } = await engine.ask('accounts.add', {
    connector: 'mastodon',
    way: 'token',
    credentials: { token: standIn.token },
    settings: { server: standIn.url, allowPrivateNetwork: true },
  });
  expect(displayName).toBe('BRAND');
  const asked = standIn.write({ text: '@brand is earshot any good?' });
  const { sourceId } = await engine.ask('sources.add', {
    connector: 'mastodon',
    settings: { what: 'mentions' },
    accountId,
  });
  await engine.ask('sources.pollNow', { sourceIds: [sourceId] });
  const { items } = await engine.ask('inbox.list', { limit: 10 });
  const { replyId } = await engine.ask('replies.queue', {
    conversationId: items[0]!.conversationId,
    text: 'Yes!',
    holdMs: 0,
  });
  await vi.waitFor(
    async () => expect(await engine.ask('replies.get', { replyId })).toMatchObject({ state: 'sent' }),
    { timeout: 10_000, interval: 20 },
  );
  expect(standIn.written()).toEqual([
    { externalId: expect.any(String), text: '@fan@other.example Yes!', inReplyTo: asked.id },
  ]);
});
