import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { contract } from '../../shared/contract/contract.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';
import { testEngine } from '../helpers/test-engine.ts';

const feed = `<rss version="2.0"><channel><title>Widget Blog</title><link>https://blog.example/</link>
<item><title>Acme &amp; friends</title><link>https://blog.example/acme</link><guid>g-1</guid><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate><author>ann@example.org (Ann)</author><description>The Acme widget is great.</description></item>
<item><title>Weather</title><link>https://blog.example/rain</link><guid>g-2</guid><pubDate>Fri, 20 Nov 2026 11:00:00 GMT</pubDate><description>It rains.</description></item>
</channel></rss>`;

async function serveFeed(body = feed): Promise<string> {
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'application/rss+xml').end(body),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`;
}

describe('the engine, asked as an outside script would', () => {
  test('keeps of a feed what its trackers match', async () => {
    const engine = await testEngine(temporaryDirectory());
    const tracker = await engine.ask('trackers.create', { name: 'Acme', query: 'acme' });
    const source = await engine.ask('sources.add', {
      connector: 'feeds',
      settings: { url: await serveFeed(), allowPrivateNetwork: true },
      trackerIds: [tracker.trackerId],
    });

    expect(await engine.ask('sources.pollNow', {})).toEqual({
      results: [{ sourceId: source.sourceId, fetched: 2, inserted: 1, updated: 0, matched: 1 }],
    });

    const { items, nextCursor, total } = await engine.ask('inbox.list', {});
    expect({ total, nextCursor }).toEqual({ total: 1, nextCursor: null });
    expect(items[0]).toMatchObject({
      platform: 'feeds',
      sourceId: source.sourceId,
      sourceName: 'Widget Blog',
      externalId: 'g-1',
      title: 'Acme & friends',
      text: 'The Acme widget is great.',
      url: 'https://blog.example/acme',
      author: { name: 'Ann' },
      publishedAt: Date.UTC(2026, 10, 20, 10),
      status: 'open',
      unread: true,
      sentiment: { label: 'positive' },
      spans: [
        { field: 'title', start: 0, end: 4 },
        { field: 'text', start: 4, end: 8 },
      ],
    });
  });

  test('keeps everything of a feed that is followed whole, and says what matched', async () => {
    const engine = await testEngine(temporaryDirectory());
    await engine.ask('trackers.create', { name: 'Acme', query: 'acme' });
    await engine.ask('sources.add', {
      connector: 'feeds',
      settings: { url: await serveFeed(), allowPrivateNetwork: true },
    });
    const { results } = await engine.ask('sources.pollNow', {});
    expect(results[0]).toMatchObject({ fetched: 2, inserted: 2, matched: 1 });
    const again = await engine.ask('sources.pollNow', {});
    expect(again.results[0]).toMatchObject({ inserted: 0, updated: 0 });
  });

  test('refuses a feed on this computer unless it is allowed to, and says why', async () => {
    const engine = await testEngine(temporaryDirectory());
    const { sourceId } = await engine.ask('sources.add', {
      connector: 'feeds',
      settings: { url: await serveFeed() },
    });
    const { results } = await engine.ask('sources.pollNow', { sourceIds: [sourceId] });
    expect(results[0]?.error?.code).toBe('private-address');
    const { sources } = await engine.ask('sources.list', {});
    expect(sources[0]?.health).toMatchObject({
      state: 'blocked',
      lastSuccessAt: null,
      lastError: { code: 'private-address' },
    });
  });

  test('moves a conversation through done and back by undo, over a restart', async () => {
    const directory = temporaryDirectory();
    const first = await testEngine(directory);
    await first.ask('sources.add', {
      connector: 'feeds',
      settings: { url: await serveFeed(), allowPrivateNetwork: true },
    });
    await first.ask('sources.pollNow', {});
    const [newest] = (await first.ask('inbox.list', {})).items;
    const done = await first.ask('conversations.setStatus', {
      conversationIds: [newest!.conversationId],
      status: 'done',
    });
    expect(done).toMatchObject({ changed: 1, step: { kind: 'done' } });
    await first.close();

    const second = await testEngine(directory);
    expect((await second.ask('inbox.list', { view: 'done' })).total).toBe(1);
    expect((await second.ask('triage.undo', {})).step).toMatchObject({ kind: 'done' });
    expect((await second.ask('inbox.list', {})).total).toBe(2);
    expect((await second.ask('triage.undo', {})).step).toBeNull();
  });

  test('shows the place of a mistake in a query', async () => {
    const engine = await testEngine(temporaryDirectory());
    await expect(
      engine.call('trackers.create', { name: 'Acme', query: 'acme AND (phone' }),
    ).rejects.toMatchObject({
      code: 'invalid-query',
      details: { position: 9 },
    });
  });

  test('answers unknown methods and wrong input with the field that is wrong', async () => {
    const engine = await testEngine(temporaryDirectory());
    await expect(engine.call('inbox.burn', {})).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(engine.call('__proto__', {})).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(engine.call('inbox.list', { limit: 'many' })).rejects.toMatchObject({
      code: 'invalid-input',
      details: { issues: [{ path: 'limit' }] },
    });
  });

  test('lets one process at a time have a folder', async () => {
    const directory = temporaryDirectory();
    const engine = await testEngine(directory);
    await expect(testEngine(directory)).rejects.toMatchObject({ code: 'in-use' });
    await engine.close();
    await expect(testEngine(directory)).resolves.toBeDefined();
  });

  test('keeps the sample apart from what is the user’s own, and removes it', async () => {
    const directory = temporaryDirectory();
    const engine = await testEngine(directory);
    expect((await engine.ask('connectors.list', {})).connectors.map(({ id }) => id)).not.toContain('sample');
    await engine.ask('workspace.open', { workspace: 'sample' });
    await engine.ask('sources.pollNow', {});
    expect((await engine.ask('inbox.list', {})).total).toBeGreaterThan(100);
    expect((await engine.ask('app.info', {})).workspace).toBe('sample');
    await engine.ask('workspace.removeSample', {});
    expect((await engine.ask('app.info', {})).workspace).toBe('own');
    expect((await engine.ask('inbox.list', {})).total).toBe(0);
  });

  test('every method has a handler', async () => {
    const engine = await testEngine(temporaryDirectory());
    for (const method of Object.keys(contract)) {
      const answer = await engine.call(method, {}).catch((error: { code: string }) => error);
      expect(answer, method).not.toMatchObject({ code: 'internal' });
    }
  });
});
