import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { MessagePort } from 'node:worker_threads';
import { WebSocketServer } from 'ws';
import { browserSession } from '../../shared/contract/browser-session.ts';
import { EarshotError } from '../../shared/contract/errors.ts';
import { securityHeaders } from '../serving/content-policy.ts';
import type { WindowFiles } from '../serving/window-files.ts';
import type { LaunchToken } from './launch-token.ts';
import { isOwnHost, isOwnOrigin, keyInProtocols, ownHosts } from './request-checks.ts';
import { joinSocketToEngine } from './socket-connection.ts';

export interface LoopbackServerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly files: WindowFiles;
  readonly launchToken: LaunchToken;
  /** Where a page's messages go. An upgrade waits for the engine; a page cannot tell 503 from a wrong key. */
  readonly engine: { whenReady(): Promise<void>; connect(port: MessagePort): boolean };
}

export interface LoopbackServer {
  readonly port: number;
  close(): Promise<void>;
}

/** A picture travels as base64, up to 30 MB of it; only who has the key gets here. */
const maxMessageBytes = 32 * 1024 * 1024;
const maxWaitingUpgrades = 32;
const requestTimeoutMs = 10_000;

/** The only door of the browser host: 127.0.0.1 alone, three kinds of request, everything else refused. */
export async function startLoopbackServer(options: LoopbackServerOptions): Promise<LoopbackServer> {
  const { files, launchToken, engine } = options;
  const server = createServer({ requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols: () => browserSession.protocol,
  });
  const port = await listen(server, options.port);
  const headers = securityHeaders(ownHosts(port).map((host) => `ws://${host}`));
  let waitingUpgrades = 0;

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    request.resume();
    if (!isOwnHost(request.headers.host, port)) return refuse(response, 421);
    const path = pathOf(request);
    if (path === browserSession.sessionPath) return openSession(request, response);
    const file = files.get(path);
    if (!file) return refuse(response, 404);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
    response.writeHead(200, { 'content-type': file.contentType });
    if (request.method === 'HEAD') return void response.end();
    // A page that goes away while it loads is no news.
    return void pipeline(createReadStream(file.path), response).catch(() => response.destroy());
  });

  function openSession(request: IncomingMessage, response: ServerResponse): void {
    const { host = '', origin } = request.headers;
    if (request.method !== 'POST') return refuse(response, 405);
    if (!isOwnOrigin(origin, host)) return refuse(response, 403);
    const presented = request.headers[browserSession.tokenHeader];
    const key = typeof presented === 'string' ? launchToken.exchange(presented) : null;
    if (key === null) return refuse(response, 401);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ key }));
    return undefined;
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const { host, origin } = request.headers;
    if (!isOwnHost(host, port)) return refuseUpgrade(socket, '421 Misdirected Request');
    if (!isOwnOrigin(origin, host)) return refuseUpgrade(socket, '403 Forbidden');
    if (pathOf(request) !== browserSession.enginePath) return refuseUpgrade(socket, '404 Not Found');
    const key = keyInProtocols(request.headers['sec-websocket-protocol']);
    if (key === null || !launchToken.isKey(key)) return refuseUpgrade(socket, '401 Unauthorized');
    if (waitingUpgrades >= maxWaitingUpgrades) return refuseUpgrade(socket, '503 Service Unavailable');
    waitingUpgrades += 1;
    return void engine
      .whenReady()
      .then(
        () =>
          sockets.handleUpgrade(request, socket, head, (page) =>
            joinSocketToEngine(page, (port) => engine.connect(port)),
          ),
        () => refuseUpgrade(socket, '503 Service Unavailable'),
      )
      .finally(() => {
        waitingUpgrades -= 1;
      });
  });

  return {
    port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const page of sockets.clients) page.terminate();
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(describeListenError(error, port)));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function describeListenError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    const message = `Port ${port} is used by another program. Choose another with --port, or leave it out to take a free one.`;
    return new EarshotError('conflict', message, { port }, error);
  }
  if (error.code === 'EACCES') {
    const message = `Port ${port} is not open to this user. Choose one above 1023 with --port, or leave it out.`;
    return new EarshotError('forbidden', message, { port }, error);
  }
  return error;
}

/** The part before `?`, as it came: nothing is decoded, so nothing can be smuggled in. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? '';
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${status}\n`);
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
