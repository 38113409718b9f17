import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket as NodeSocket } from 'ws';
import { createLaunchToken } from '../../electron/browser-host/launch-token.ts';
import { startLoopbackServer } from '../../electron/browser-host/loopback-server.ts';
import { type MessageChannelEnd, serveConnection } from '../../electron/engine/rpc/serve-connection.ts';
import { type Client, createClient } from '../../renderer/client/client.ts';
import type { Transport } from '../../renderer/client/transport.ts';
import { createElectronTransport } from '../../renderer/client/transports/electron.ts';
import { createMemoryTransport } from '../../renderer/client/transports/memory.ts';
import { createWebSocketTransport } from '../../renderer/client/transports/web-socket.ts';
import type { EngineEvent } from '../../shared/contract/events.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';
import { type TestEngine, testEngine } from '../helpers/test-engine.ts';

/** The three ways the contract is spoken, each with the product's own code at both ends. */
const transports: Readonly<Record<string, (engine: TestEngine) => Promise<Transport>>> = {
  'in process': async (engine) => createMemoryTransport(engine),

  'a message port': async (engine) => {
    const { port1, port2 } = new MessageChannel();
    serveConnection(engine, endOf(port1));
    return createElectronTransport({
      kind: 'electron',
      send: (message) => port2.postMessage(message),
      onMessage: (listener) => {
        port2.on('message', listener);
        return () => port2.close();
      },
      onState: (listener) => {
        listener('connected');
        return () => port2.close();
      },
    });
  },

  'a WebSocket': async (engine) => {
    const launchToken = createLaunchToken();
    const server = await startLoopbackServer({
      port: 0,
      files: new Map(),
      launchToken,
      engine: {
        whenReady: async () => {},
        connect: (port) => {
          serveConnection(engine, endOf(port));
          return true;
        },
      },
    });
    onTestFinished(() => server.close());
    const origin = `http://127.0.0.1:${server.port}`;
    let key: string | null = null;
    let token: string | null = launchToken.token;
    return createWebSocketTransport({
      origin,
      takeToken: () => {
        const taken = token;
        token = null;
        return taken;
      },
      loadKey: () => key,
      saveKey: (next) => {
        key = next;
      },
      fetch: (address, init) => {
        const headers = new Headers(init.headers);
        headers.set('origin', origin);
        return fetch(address, { ...init, headers });
      },
      openSocket: (address, protocols) =>
        new NodeSocket(address, protocols, { origin }) as unknown as WebSocket,
      onWake: () => () => {},
      onToken: () => () => {},
      now: () => Date.now(),
    });
  },
};

describe.each(Object.entries(transports))('the contract over %s', (_name, open) => {
  async function start(): Promise<{ engine: TestEngine; client: Client }> {
    const engine = await testEngine(temporaryDirectory());
    const client = createClient(await open(engine), { checksOutputs: true });
    onTestFinished(() => client.close());
    // A read waits for the connection; a write would be refused until it is there.
    await client.call('app.info', {});
    return { engine, client };
  }

  test('answers calls, many at a time and each its own', async () => {
    const { client } = await start();
    const names = Array.from({ length: 20 }, (_, index) => `Tracker ${index}`);
    const made = await Promise.all(
      names.map((name) => client.call('trackers.create', { name, query: 'acme' })),
    );
    expect(made.map(({ name }) => name)).toEqual(names);
    expect((await client.call('trackers.list', {})).trackers).toHaveLength(20);
  });

  test('brings a failure across whole: code, message and details', async () => {
    const { client } = await start();
    await expect(client.call('trackers.create', { name: 'Acme', query: '"acme' })).rejects.toMatchObject({
      name: 'EarshotError',
      code: 'invalid-query',
      message: expect.stringMatching(/quot/i),
      details: { position: 0 },
    });
  });

  test('tells every connection what changed', async () => {
    const { client, engine } = await start();
    const heard = new Promise<EngineEvent>((resolve) => client.on('trackers.changed', resolve));
    await engine.ask('trackers.create', { name: 'Acme', query: 'acme' });
    expect(await heard).toEqual({ name: 'trackers.changed' });
  });

  test('carries text of every script unchanged', async () => {
    const { client } = await start();
    const name = 'Ünïcode 日本語 العربية 👩‍👩‍👧 \u2028 "quoted" \\';
    await client.call('trackers.create', { name, query: 'acme' });
    expect((await client.call('trackers.list', {})).trackers[0]?.name).toBe(name);
  });

  test('answers a call that was given up without harm to the next', async () => {
    const { client } = await start();
    const controller = new AbortController();
    const call = client.call('inbox.list', {}, { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toThrow();
    expect((await client.call('inbox.list', {})).total).toBe(0);
  });
});

function endOf(port: MessagePort): MessageChannelEnd {
  return {
    post: (message) => port.postMessage(message),
    close: () => port.close(),
    onMessage: (listener) => void port.on('message', listener),
    onClose: (listener) => void port.on('close', listener),
  };
}
