import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SquarePost } from '../engine/outbox/square.ts';

/** What the square does with one attempt to post. Whatever its name ends on, that is how it looks from outside. */
export const behaviours = [
  'answers',
  'answers-late',
  'commits-and-answers-500',
  'commits-and-drops',
  'drops',
  'commits-late-and-drops',
  'refuses-for-now',
] as const;
export type Behaviour = (typeof behaviours)[number];

/** The longest that the square takes to store what it was sent. */
export const latestCommitMs = 150;
/** How long an answer that comes late takes. */
const lateAnswerMs = 40;

export interface SquareServer {
  readonly port: number;
  /** Everything that ever became visible, in order. */
  readonly posts: readonly SquarePost[];
  /** How the next attempts are met; plain answers when there is no more. */
  behave(next: () => Behaviour): void;
  publish(id: string): void;
  /** Resolves when nothing is about to be stored any more. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** The square on loopback. With `hasIdempotency` it knows an idempotency key again, in every case. */
export async function startSquare(hasIdempotency: boolean): Promise<SquareServer> {
  const posts: SquarePost[] = [];
  const byKey = new Map<string, SquarePost>();
  const threads = new Set<string>();
  let next: () => Behaviour = () => 'answers';
  let committing = 0;
  const watchers: { readonly thread: string; readonly tell: () => void }[] = [];

  function commit(
    body: { text: string; inReplyTo: string; author: string },
    key: string | undefined,
  ): SquarePost {
    const known = hasIdempotency && key !== undefined ? byKey.get(key) : undefined;
    if (known) return known;
    const post = { id: `p${posts.length + 1}`, at: Date.now(), ...body };
    posts.push(post);
    if (key !== undefined) byKey.set(key, post);
    return post;
  }

  /** Right behind whoever looks first and trusts what is absent; after its time at the latest. */
  function lookedAtOrLate(thread: string): Promise<void> {
    return new Promise((resolve) => {
      watchers.push({ thread, tell: resolve });
      setTimeout(resolve, latestCommitMs);
    });
  }

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '', 'http://square').pathname;
    if (request.method === 'GET') {
      const id = path.slice('/threads/'.length);
      const post = threads.has(id)
        ? { id, text: `Words about ${id}`, author: 'ana', inReplyTo: null, at: 0 }
        : null;
      answer(response, 200, { post, answers: posts.filter(({ inReplyTo }) => inReplyTo === id) });
      for (const watcher of watchers) if (watcher.thread === id) watcher.tell();
      return;
    }
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const body = JSON.parse(text) as { text: string; inReplyTo: string; author: string };
    const key = request.headers['idempotency-key'] as string | undefined;
    if (!threads.has(body.inReplyTo) && !posts.some(({ id }) => id === body.inReplyTo)) {
      answer(response, 422, { error: 'no such post' });
      return;
    }
    const behaviour = next();
    switch (behaviour) {
      case 'answers':
        return answer(response, 200, commit(body, key));
      case 'answers-late': {
        const post = commit(body, key);
        await pause(lateAnswerMs);
        return answer(response, 200, post);
      }
      case 'commits-and-answers-500':
        commit(body, key);
        return answer(response, 500, { error: 'our fault' });
      case 'commits-and-drops':
        commit(body, key);
        request.socket.destroy();
        return;
      case 'drops':
        request.socket.destroy();
        return;
      case 'commits-late-and-drops':
        committing++;
        request.socket.destroy();
        await lookedAtOrLate(body.inReplyTo);
        commit(body, key);
        committing--;
        return;
      case 'refuses-for-now':
        return answer(response, 429, { retryInMs: 5 });
    }
  }

  const server = createServer((request, response) => {
    receive(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    posts,
    behave: (behave) => {
      next = behave;
    },
    publish: (id) => void threads.add(id),
    async settled() {
      while (committing > 0) await pause(5);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
