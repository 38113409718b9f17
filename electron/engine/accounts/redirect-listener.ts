import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EarshotError } from '../../../shared/contract/errors.ts';

export interface RedirectListener {
  /** What the platform is told to send the user back to. */
  readonly redirectUri: string;
  close(): void;
}

export interface RedirectListenerOptions {
  /** 0: any that is free. */
  readonly port: number;
  /** What the redirect must bring back, letter for letter. */
  readonly state: string;
  /** Called once, with everything that came in the query. */
  readonly onAnswer: (answer: Readonly<Record<string, string>>) => void;
}

const host = '127.0.0.1';
const path = '/callback';
/** A browser, its look for an icon, and nothing else has business here. */
const mostConnections = 16;
const requestTimeoutMs = 10_000;

/**
 * Waits on this computer alone for the one redirect that ends a sign-in. Any other request is refused and changes
 * nothing. Rejects with `conflict` when the port that the platform insists on is taken.
 */
export async function listenForRedirect(options: RedirectListenerOptions): Promise<RedirectListener> {
  const { port, state, onAnswer } = options;
  let isAnswered = false;
  const server = createServer({ requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs });
  server.maxConnections = mostConnections;
  await listening(server, port);
  const ownHost = `${host}:${(server.address() as AddressInfo).port}`;

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    // Any page of any site can send a request here: only the redirect itself, once, means anything.
    if (request.headers.host !== ownHost) return reply(response, 400, pages.foreign);
    if (request.method !== 'GET') return reply(response, 405, pages.foreign, { allow: 'GET' });
    const url = URL.parse(request.url ?? '', `http://${ownHost}`);
    if (url?.pathname !== path) return reply(response, 404, pages.foreign);
    const answer = readOnce(url.searchParams);
    if (!answer || !isSameText(answer['state'] ?? '', state)) return reply(response, 400, pages.foreign);
    if (isAnswered) return reply(response, 410, pages.used);
    isAnswered = true;
    // Also when the browser went away before the page had reached it.
    response.once('close', () => onAnswer(answer));
    return reply(response, 200, 'error' in answer ? pages.refused : pages.done);
  });

  return {
    redirectUri: `http://${ownHost}${path}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listening(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(
        new EarshotError(
          isTaken ? 'conflict' : 'internal',
          isTaken
            ? `The platform sends its answer to port ${port} of this computer, and another program has it. Close that program, or sign in in another way.`
            : `Earshot could not wait for the platform’s answer on this computer (${error.code ?? 'unknown'}).`,
          { port },
          error,
        ),
      );
    });
    server.listen({ port, host, exclusive: true }, resolve);
  });
}

/** Null when something is said twice: nobody should have to guess which of them counts. */
function readOnce(query: URLSearchParams): Record<string, string> | null {
  const pairs = [...query];
  const answer = Object.fromEntries(pairs);
  return Object.keys(answer).length === pairs.length ? answer : null;
}

/** In the same time wherever they differ. */
function isSameText(given: string, wanted: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(wanted);
  return left.length === right.length && timingSafeEqual(left, right);
}

const pages = {
  done: 'Earshot has the answer. You can close this window and go back to Earshot.',
  refused:
    'The platform answered that you did not allow it. You can close this window and go back to Earshot.',
  used: 'This answer has been used. You can close this window and go back to Earshot.',
  foreign: 'Nothing is waiting for this. You can close this window.',
} as const;

function reply(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    connection: 'close',
    ...headers,
  });
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Earshot</title><p>${text}</p></html>`,
  );
}
