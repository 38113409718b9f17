import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { browserSession } from '../../../shared/contract/browser-session.ts';
import { type Client, createClient } from '../../../renderer/client/client.ts';
import type { BrowserSurroundings } from '../../../renderer/client/transports/browser-surroundings.ts';
import { createWebSocketTransport } from '../../../renderer/client/transports/web-socket.ts';

const token = 'a'.repeat(43);

/** A loopback server that speaks the envelope as the browser host does. */
async function startHost(port = 0, keys = new Set<string>()) {
  const asked: unknown[] = [];
  const server: Server = createServer((request, response) => {
    if (request.url === browserSession.sessionPath && request.method === 'POST') {
      if (request.headers[browserSession.tokenHeader] !== token) return response.writeHead(401).end();
      const key = `key-${keys.size + 1}`;
      keys.add(key);
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ key }));
    }
    return response.writeHead(200).end();
  });
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (protocols) =>
      protocols.has(browserSession.protocol) ? browserSession.protocol : false,
  });
  server.on('upgrade', (request, socket, head) => {
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    const key = offered.find((name) => name.startsWith(browserSession.keyProtocolPrefix))?.slice(2);
    if (request.url !== browserSession.enginePath || key === undefined || !keys.has(key)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (open) => {
      open.on('message', (data) => {
        const message = JSON.parse((data as Buffer).toString('utf8')) as { id: number; method: string };
        asked.push(message);
        open.send(JSON.stringify({ type: 'result', id: message.id, result: { trackers: [] } }));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    asked,
    keys,
    port: (server.address() as AddressInfo).port,
    tell: (event: unknown) => {
      for (const open of sockets.clients) open.send(JSON.stringify({ type: 'event', event }));
    },
    stop: () =>
      new Promise<void>((resolve) => {
        for (const open of sockets.clients) open.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The page: its address bar, its session storage, and the moments when the user comes back. */
function startPage(port: number, page: { token: string | null; key: string | null }) {
  const wakers = new Set<() => void>();
  const tokenListeners = new Set<() => void>();
  const surroundings: BrowserSurroundings = {
    origin: `http://127.0.0.1:${port}`,
    takeToken() {
      const taken = page.token;
      page.token = null;
      return taken;
    },
    loadKey: () => page.key,
    saveKey(key) {
      page.key = key;
    },
    fetch,
    openSocket: (address, protocols) => new WebSocket(address, protocols),
    onWake: (listener) => {
      wakers.add(listener);
      return () => wakers.delete(listener);
    },
    onToken: (listener) => {
      tokenListeners.add(listener);
      return () => tokenListeners.delete(listener);
    },
    now: Date.now,
  };
  return {
    page,
    wakers,
    tokenListeners,
    openLink: (again: string) => {
      page.token = again;
      for (const listener of tokenListeners) listener();
    },
    client: createClient(createWebSocketTransport(surroundings)),
  };
}

function whenState(client: Client, kind: string): Promise<void> {
  return new Promise((resolve) => {
    if (client.connectionState().kind === kind) return resolve();
    const stop = client.onConnectionState((state) => {
      if (state.kind !== kind) return;
      stop();
      resolve();
    });
    return undefined;
  });
}

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function setUp(page: { token: string | null; key: string | null }, keys = new Set<string>()) {
  const host = await startHost(0, keys);
  const window = startPage(host.port, page);
  open.push(() => window.client.close(), host.stop);
  return { host, ...window };
}

describe('getting in', () => {
  it('trades the token of the link for a key and keeps only the key', async () => {
    const { client, page } = await setUp({ token, key: null });
    expect(await client.call('trackers.list', {})).toEqual({ trackers: [] });
    expect(page).toEqual({ token: null, key: 'key-1' });
  });

  it('comes back with its key after a reload, without the token', async () => {
    const { client, host } = await setUp({ token: null, key: 'kept' }, new Set(['kept']));
    await client.call('trackers.list', {});
    expect([...host.keys]).toEqual(['kept']);
  });

  it('says that it was opened without its link', async () => {
    const { client } = await setUp({ token: null, key: null });
    await whenState(client, 'signed-out');
    expect(client.connectionState()).toEqual({ kind: 'signed-out', reason: 'no-link' });
  });

  it.each(['of-an-earlier-start', 'no key at all'])(
    'says that its key has expired, and forgets it: %s',
    async (key) => {
      const { client, page } = await setUp({ token: null, key });
      await whenState(client, 'signed-out');
      expect(client.connectionState()).toEqual({ kind: 'signed-out', reason: 'expired' });
      expect(page.key).toBeNull();
    },
  );

  it('says so for a link of an earlier start too', async () => {
    const { client } = await setUp({ token: 'b'.repeat(43), key: null });
    await whenState(client, 'signed-out');
    expect(client.connectionState()).toEqual({ kind: 'signed-out', reason: 'expired' });
  });

  it('gets in when the right link is opened in the same tab', async () => {
    const { client, openLink } = await setUp({ token: null, key: null });
    await whenState(client, 'signed-out');
    openLink(token);
    await whenState(client, 'connected');
    expect(await client.call('trackers.list', {})).toEqual({ trackers: [] });
  });
});

describe('staying in', () => {
  it('reconnects by itself, and a read made meanwhile is answered', async () => {
    const { client, host } = await setUp({ token, key: null });
    await whenState(client, 'connected');
    await host.stop();
    await whenState(client, 'lost');
    const call = client.call('trackers.list', {});
    const again = await startHost(host.port, host.keys);
    open.push(again.stop);
    expect(await call).toEqual({ trackers: [] });
    expect(host.asked).toEqual([]);
  });

  it('tries at once when the user comes back', async () => {
    const { client, host, wakers } = await setUp({ token, key: null });
    await whenState(client, 'connected');
    await host.stop();
    const waitsFor = (): number => {
      const state = client.connectionState();
      return state.kind === 'lost' && state.retryAt !== null ? state.retryAt - Date.now() : 0;
    };
    await expect.poll(waitsFor, { timeout: 10_000, interval: 20 }).toBeGreaterThan(800);
    const plannedAt = Date.now() + waitsFor();
    open.push((await startHost(host.port, host.keys)).stop);
    const back = whenState(client, 'connected');
    for (const wake of wakers) wake();
    await back;
    expect(Date.now()).toBeLessThan(plannedAt);
  });

  it('asks for the new link when Earshot was started again', async () => {
    const { client, host } = await setUp({ token, key: null });
    await whenState(client, 'connected');
    await host.stop();
    open.push((await startHost(host.port)).stop);
    await whenState(client, 'signed-out');
    expect(client.connectionState()).toEqual({ kind: 'signed-out', reason: 'expired' });
  });

  it('passes events on', async () => {
    const { client, host } = await setUp({ token, key: null });
    await whenState(client, 'connected');
    const heard = new Promise((resolve) => client.on('trackers.changed', resolve));
    host.tell({ name: 'trackers.changed' });
    expect(await heard).toEqual({ name: 'trackers.changed' });
  });

  it('leaves nothing behind when closed', async () => {
    const { client, host, wakers, tokenListeners } = await setUp({ token, key: null });
    await whenState(client, 'connected');
    client.close();
    expect([wakers.size, tokenListeners.size]).toEqual([0, 0]);
    await expect.poll(() => host.keys.size).toBe(1);
  });
});
