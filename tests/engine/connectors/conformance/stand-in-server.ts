import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault, FaultyKind, StandIn } from './stand-in.ts';

export interface StandInRequest {
  readonly method: string;
  /** The path alone; `url` has the query. */
  readonly path: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** The body as JSON; undefined when it is none. */
  readonly json: () => unknown;
  /** The body as form fields. */
  readonly form: () => URLSearchParams;
}

export interface StandInAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text and bytes as they are, all else as JSON. */
  readonly body?: unknown;
}

export interface StandInPlay {
  /** Which faults this request can meet; null for what is neither (sign-in pages, discovery). */
  kindOf(request: StandInRequest): FaultyKind | null;
  /** Does what the platform does, at once, and gives its answer. */
  answer(request: StandInRequest): StandInAnswer;
  /** How the platform words its refusals. */
  readonly refusals: {
    readonly 'rate-limited': (request: StandInRequest) => StandInAnswer;
    readonly 'missing-permission': (request: StandInRequest) => StandInAnswer;
    readonly refused: (request: StandInRequest) => StandInAnswer;
    /** 502 with a proxy's page unless told. */
    readonly 'server-error'?: (request: StandInRequest) => StandInAnswer;
    /** 200 with half a page of HTML unless told. */
    readonly malformed?: (request: StandInRequest) => StandInAnswer;
  };
  /** From now on `answer` refuses the access credential as the platform does; one made by renewing it holds. */
  expire?(): void;
  /** From now on `answer` refuses every credential there is. */
  revoke?(): void;
}

export interface StandInServer extends Pick<StandIn, 'requests' | 'failNext' | 'close'> {
  /** Without a slash at the end. */
  readonly url: string;
}

/** The part that all stand-ins share: a real HTTP server on this machine, and everything that can go wrong with it. */
export async function standInServer(play: StandInPlay): Promise<StandInServer> {
  const requests: { method: string; path: string }[] = [];
  const faults: { readonly kind: FaultyKind; readonly fault: Fault; left: number }[] = [];

  const takeFault = (kind: FaultyKind | null): Fault | null => {
    const found = faults.find((each) => each.kind === kind && each.left > 0);
    if (!found) return null;
    found.left -= 1;
    return found.fault;
  };
  const server = createServer((incoming, response) => {
    incoming.on('error', () => {});
    void readRequest(incoming).then((request) => {
      requests.push({ method: request.method, path: incoming.url ?? '/' });
      try {
        meet(play, takeFault(play.kindOf(request)), request, incoming, response);
      } catch (error) {
        // A mistake in the stand-in: nobody waits for its answer, and the run fails with it.
        incoming.socket.destroy();
        throw error;
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    failNext: (kind, fault, count = 1) => void faults.push({ kind, fault, left: count }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function meet(
  play: StandInPlay,
  fault: Fault | null,
  request: StandInRequest,
  incoming: IncomingMessage,
  response: ServerResponse,
): void {
  const { refusals } = play;
  switch (fault) {
    case 'rate-limited':
    case 'missing-permission':
    case 'refused':
      return send(response, refusals[fault](request));
    case 'server-error':
      return send(response, refusals['server-error']?.(request) ?? proxyError);
    case 'malformed':
      return send(response, refusals.malformed?.(request) ?? notTheAnswer);
    case 'expired':
      play.expire?.();
      return send(response, play.answer(request));
    case 'revoked':
      play.revoke?.();
      return send(response, play.answer(request));
    case 'cut-off':
      return sendHalf(response, play.answer(request));
    case 'dropped':
      return void incoming.socket.destroy();
    case 'drop-after-commit':
      play.answer(request);
      return void incoming.socket.destroy();
    case 'error-after-commit':
      play.answer(request);
      return send(response, refusals['server-error']?.(request) ?? proxyError);
    case 'late-commit':
      // The client gives up by closing; what it asked for is done only then.
      return void incoming.socket.once('close', () => play.answer(request));
    case 'none':
    case null:
      return send(response, play.answer(request));
  }
}

const proxyError: StandInAnswer = {
  status: 502,
  headers: { 'content-type': 'text/html' },
  body: '<html><body><h1>502 Bad Gateway</h1></body></html>',
};
const notTheAnswer: StandInAnswer = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><html><head><title>Welcome</title><body><p>We will be back',
};

function encode({ body, headers }: StandInAnswer): { bytes: Buffer; headers: Record<string, string> } {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  const bytes = Buffer.from(body === undefined ? '' : isRaw ? body : JSON.stringify(body));
  return {
    bytes,
    headers: {
      ...(isRaw || body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      'content-length': String(bytes.length),
      ...headers,
    },
  };
}

function send(response: ServerResponse, answer: StandInAnswer): void {
  const { bytes, headers } = encode(answer);
  response.writeHead(answer.status, headers).end(bytes);
}

function sendHalf(response: ServerResponse, answer: StandInAnswer): void {
  const { bytes, headers } = encode(answer);
  response.writeHead(answer.status, headers);
  response.write(bytes.subarray(0, Math.max(1, Math.floor(bytes.length / 2))), () =>
    response.socket?.destroy(),
  );
}

async function readRequest(incoming: IncomingMessage): Promise<StandInRequest> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  const body = Buffer.concat(pieces);
  const url = new URL(incoming.url ?? '/', 'http://stand-in');
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    url,
    headers: incoming.headers as Record<string, string | undefined>,
    body,
    json: () => {
      try {
        return JSON.parse(body.toString()) as unknown;
      } catch {
        // Whoever asked sent no JSON: the stand-in refuses it as its platform does.
        return undefined;
      }
    },
    form: () => new URLSearchParams(body.toString()),
  };
}
