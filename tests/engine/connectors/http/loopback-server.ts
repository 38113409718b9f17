import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import type { Server as TcpServer } from 'node:net';
import { onTestFinished } from 'vitest';

export interface LoopbackServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly requests: IncomingMessage[];
  /** Connections that are open right now. */
  openSockets(): number;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A real HTTP server on this machine, gone when the test ends. */
export async function loopbackServer(handler: Handler, host = '127.0.0.1'): Promise<LoopbackServer> {
  const requests: IncomingMessage[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push(request);
    handler(request, response);
  };
  return { ...(await listen(createServer(listener), host)), requests };
}

/** A server that answers with exactly these bytes, well formed or not. */
export async function rawServer(
  talk: (socket: Socket, head: string) => void,
): Promise<Omit<LoopbackServer, 'requests'>> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (head) => talk(socket, head.toString('latin1')));
  });
  return listen(server, '127.0.0.1');
}

async function listen(server: Server | TcpServer, host: string): Promise<Omit<LoopbackServer, 'requests'>> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://${host}:${port}`, port, openSockets: () => sockets.size };
}
