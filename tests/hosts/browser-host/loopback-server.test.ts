import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { createLaunchToken } from '../../../electron/browser-host/launch-token.ts';
import { startLoopbackServer } from '../../../electron/browser-host/loopback-server.ts';
import { listWindowFiles } from '../../../electron/serving/window-files.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

/** A server with a page of its own and an engine that is only a port. */
async function start() {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'index.html'), '<!doctype html><title>Earshot</title>');
  writeFileSync(join(directory, 'app.js'), 'export {};');
  writeFileSync(join(directory, 'licences.txt'), 'not served');
  const launchToken = createLaunchToken();
  const ports: MessagePort[] = [];
  let isReady = Promise.resolve();
  const server = await startLoopbackServer({
    port: 0,
    files: listWindowFiles(directory),
    launchToken,
    engine: {
      whenReady: () => isReady,
      connect: (port) => {
        ports.push(port);
        return true;
      },
    },
  });
  onTestFinished(() => server.close());
  const own = `127.0.0.1:${server.port}`;
  return {
    ...server,
    own,
    origin: `http://${own}`,
    token: launchToken.token,
    key: launchToken.exchange(launchToken.token) ?? '',
    ports,
    holdEngine(until: Promise<void>) {
      isReady = until;
    },
  };
}

type Server = Awaited<ReturnType<typeof start>>;

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

function ask(
  server: Server,
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString('utf8');
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

function openSocket(
  server: Server,
  changes: { protocols?: string[]; origin?: string; host?: string; path?: string } = {},
) {
  const { protocols = ['earshot.v1', `k.${server.key}`], path = '/engine' } = changes;
  const socket = new WebSocket(`ws://${server.own}${path}`, protocols, {
    origin: changes.origin ?? server.origin,
    ...(changes.host === undefined ? {} : { headers: { host: changes.host } }),
  });
  onTestFinished(() => socket.terminate());
  return socket;
}

/** `open`, or the status that an upgrade was refused with. */
function outcome(socket: WebSocket): Promise<number | 'open'> {
  return new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.once('open', () => resolve('open'));
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
  });
}

function closing(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => socket.once('close', resolve));
}

describe('what anybody on this computer may ask', () => {
  it('serves the window under a policy that lets nothing in from outside', async () => {
    const server = await start();
    const reply = await ask(server, '/');
    expect(reply.status).toBe(200);
    expect(reply.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    const policy = String(reply.headers['content-security-policy']);
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
      `connect-src 'self' ws://127.0.0.1:${server.port} ws://localhost:${server.port}`,
    ]) {
      expect(policy.split('; ')).toContain(part);
    }
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(reply.headers['set-cookie']).toBeUndefined();
  });

  it('serves the built files and nothing else', async () => {
    const server = await start();
    expect(await ask(server, '/app.js')).toMatchObject({ status: 200, body: 'export {};' });
    expect(await ask(server, '/app.js?x=1')).toMatchObject({ status: 200 });
    for (const path of [
      '/licences.txt',
      '/missing.js',
      '/../package.json',
      '/%2e%2e/package.json',
      '//app.js',
      '/app.js/',
      '/./app.js',
      '/engine',
      '/constructor',
    ]) {
      expect(await ask(server, path), path).toMatchObject({ status: 404 });
    }
  });

  it('knows GET and HEAD', async () => {
    const server = await start();
    expect(await ask(server, '/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await ask(server, '/', { method })).status).toBe(405);
    }
  });

  it('answers to the two names that it prints and to no other', async () => {
    const server = await start();
    expect((await ask(server, '/', { headers: { host: `localhost:${server.port}` } })).status).toBe(200);
    for (const host of [
      'localhost',
      '127.0.0.1',
      `earshot.example:${server.port}`,
      `127.0.0.1:${server.port + 1}`,
      `127.0.0.1.example:${server.port}`,
      `[::1]:${server.port}`,
    ]) {
      expect((await ask(server, '/', { headers: { host } })).status, host).toBe(421);
    }
  });
});

describe('a session', () => {
  const post = (server: Server, headers: Record<string, string>) =>
    ask(server, '/session', { method: 'POST', headers });

  it('is opened with the token, as often as it is presented', async () => {
    const server = await start();
    const headers = { origin: server.origin, 'x-earshot-token': server.token };
    const first = await post(server, headers);
    expect(JSON.parse(first.body)).toEqual({ key: server.key });
    expect(await post(server, headers)).toMatchObject({ status: 200, body: first.body });
    expect(first.headers['set-cookie']).toBeUndefined();
  });

  it('is refused to other pages, wrong tokens and other methods', async () => {
    const server = await start();
    const token = { 'x-earshot-token': server.token };
    expect((await post(server, token)).status).toBe(403);
    expect((await post(server, { ...token, origin: 'null' })).status).toBe(403);
    expect((await post(server, { ...token, origin: 'https://example.org' })).status).toBe(403);
    expect((await post(server, { ...token, origin: `http://localhost:${server.port}` })).status).toBe(403);
    expect((await post(server, { ...token, origin: server.origin, host: 'example.org' })).status).toBe(421);
    expect((await post(server, { origin: server.origin })).status).toBe(401);
    expect((await post(server, { origin: server.origin, 'x-earshot-token': server.key })).status).toBe(401);
    expect((await ask(server, '/session', { headers: { ...token, origin: server.origin } })).status).toBe(
      405,
    );
  });
});

describe('a connection', () => {
  it('opens with the key and moves messages both ways', async () => {
    const server = await start();
    const socket = openSocket(server);
    expect(await outcome(socket)).toBe('open');
    expect(socket.protocol).toBe('earshot.v1');
    const [port] = server.ports;
    const asked = new Promise((resolve) => port?.once('message', resolve));
    socket.send(JSON.stringify({ type: 'request', id: 1, method: 'app.info', params: {}, extra: true }));
    expect(await asked).toEqual({ type: 'request', id: 1, method: 'app.info', params: {} });
    const answered = new Promise((resolve) =>
      socket.once('message', (data: Buffer) => resolve(data.toString())),
    );
    port?.postMessage({ type: 'result', id: 1, result: {} });
    expect(await answered).toBe('{"type":"result","id":1,"result":{}}');
  });

  it('carries the largest file that the contract takes, both ways', async () => {
    const server = await start();
    const socket = openSocket(server);
    await outcome(socket);
    const data = 'A'.repeat(30_000_000);
    const [port] = server.ports;
    port?.once('message', () => {
      port.postMessage({ type: 'result', id: 1, result: { data } });
      port.postMessage({ type: 'result', id: 2, result: {} });
    });
    const sizes: number[] = [];
    const answered = new Promise<void>((resolve) =>
      socket.on('message', (message: Buffer) => {
        sizes.push(message.length);
        if (sizes.length === 2) resolve();
      }),
    );
    const params = { name: 'Kettle.png', type: 'image/png', data };
    socket.send(JSON.stringify({ type: 'request', id: 1, method: 'attachments.add', params }));
    await answered;
    expect(sizes[0]).toBeGreaterThan(30_000_000);
  });

  it('is refused before the upgrade when anything about it is wrong', async () => {
    const server = await start();
    const key = `k.${server.key}`;
    expect(await outcome(openSocket(server, { protocols: ['earshot.v1', 'k.wrong'] }))).toBe(401);
    expect(await outcome(openSocket(server, { protocols: ['earshot.v1'] }))).toBe(401);
    expect(await outcome(openSocket(server, { protocols: [key] }))).toBe(401);
    expect(await outcome(openSocket(server, { protocols: ['earshot.v1', key, 'more'] }))).toBe(401);
    expect(await outcome(openSocket(server, { protocols: ['earshot.v1', `k.${server.token}`] }))).toBe(401);
    expect(await outcome(openSocket(server, { origin: 'https://example.org' }))).toBe(403);
    expect(await outcome(openSocket(server, { host: `example.org:${server.port}` }))).toBe(421);
    expect(await outcome(openSocket(server, { path: '/other' }))).toBe(404);
    expect(server.ports).toEqual([]);
  });

  it('is refused without an Origin', async () => {
    const server = await start();
    const socket = connect(server.port, '127.0.0.1');
    socket.write(
      `GET /engine HTTP/1.1\r\nHost: ${server.own}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n` +
        `Sec-WebSocket-Protocol: earshot.v1, k.${server.key}\r\n\r\n`,
    );
    const reply = await new Promise<string>((resolve) =>
      socket.once('data', (data) => resolve(data.toString())),
    );
    expect(reply).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('waits while the engine is being restarted', async () => {
    const server = await start();
    const engine = Promise.withResolvers<void>();
    server.holdEngine(engine.promise);
    const socket = openSocket(server);
    const result = outcome(socket);
    const winner = await Promise.race([
      result,
      new Promise((resolve) => setTimeout(resolve, 200, 'waiting')),
    ]);
    expect(winner).toBe('waiting');
    engine.resolve();
    expect(await result).toBe('open');
  });

  it.each([
    ['what is not JSON', 'hello', 1008],
    ['a message that the contract does not know', '{"type":"admin"}', 1008],
    ['a request without an id', '{"type":"request","method":"app.info","params":{}}', 1008],
    ['bytes', Buffer.from('{"type":"cancel","id":1}'), 1003],
    ['a message over 32 MB', JSON.stringify({ type: 'cancel', id: 1, pad: 'x'.repeat(34_000_000) }), 1009],
  ])('ends at %s', async (_case, message, code) => {
    const server = await start();
    const socket = openSocket(server);
    await outcome(socket);
    const closed = closing(socket);
    socket.send(message);
    expect(await closed).toBe(code);
  });

  it('ends, to be made anew, when the engine is gone', async () => {
    const server = await start();
    const socket = openSocket(server);
    await outcome(socket);
    const closed = closing(socket);
    server.ports[0]?.close();
    expect(await closed).toBe(1012);
  });

  it('is cut when the page does not read what is sent to it', async () => {
    const server = await start();
    const socket = openSocket(server);
    await outcome(socket);
    socket.pause();
    const [port] = server.ports;
    const cut = new Promise<void>((resolve) => port?.once('close', resolve));
    for (let count = 0; count < 80; count += 1) {
      port?.postMessage({ type: 'result', id: count, result: 'x'.repeat(1024 * 1024) });
    }
    await cut;
  });
});

it('says in words that a port is taken', async () => {
  const server = await start();
  const second = startLoopbackServer({
    port: server.port,
    files: new Map(),
    launchToken: createLaunchToken(),
    engine: { whenReady: () => Promise.resolve(), connect: () => false },
  });
  await expect(second).rejects.toMatchObject({
    code: 'conflict',
    message: `Port ${server.port} is used by another program. Choose another with --port, or leave it out to take a free one.`,
  });
});
