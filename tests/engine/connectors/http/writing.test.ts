import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttp } from '../../../../electron/engine/connectors/http/create-http.ts';
import type { Http, HttpRequest } from '../../../../electron/engine/ports/http.ts';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { loopbackServer, rawServer } from './loopback-server.ts';
import { realClock } from './real-clock.ts';

let http: Http | null = null;
afterEach(async () => {
  await http?.close();
  http = null;
});

function send(request: HttpRequest, totalMs = 4000) {
  http ??= createHttp({ version: '1.2.3', clock: realClock, limits: { connectMs: 1000, totalMs } });
  return http.send({ allowPrivateNetwork: true, ...request });
}

async function failureOf(work: Promise<unknown>): Promise<EarshotError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof EarshotError)) throw new Error(`expected an EarshotError, got ${String(error)}`);
  return error;
}

/** A port where nobody listens: it was free a moment ago. */
async function deadPort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a request that changes something', () => {
  it('carries its method, body and headers, and gives the answer', async () => {
    const seen: string[] = [];
    const server = await loopbackServer((request, response) => {
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => {
        seen.push(`${request.method} ${request.headers['content-type']} ${body}`);
        response.writeHead(201).end('{"id":"1"}');
      });
    });
    const headers = { 'content-type': 'application/json', 'user-agent': 'DiscordBot (x, 1)' };
    const answer = await send({ url: server.url, method: 'POST', headers, body: '{"text":"grüß"}' });
    expect([answer.status, Buffer.from(await answer.bytes()).toString()]).toEqual([201, '{"id":"1"}']);
    expect(seen).toEqual(['POST application/json {"text":"grüß"}']);
    expect(server.requests[0]?.headers['user-agent']).toBe('DiscordBot (x, 1)');
    await expect.poll(() => server.openSockets()).toBe(0);
  });

  it('whose connection ends without an answer may have been carried out', async () => {
    const server = await rawServer((socket) => socket.destroy());
    const failure = await failureOf(send({ url: `${server.url}/post`, method: 'POST', body: 'x' }));
    expect(failure.code).toBe('outcome-unknown');
  });

  it('that is not answered in time may have been carried out', async () => {
    const server = await loopbackServer(() => {});
    const failure = await failureOf(send({ url: server.url, method: 'PUT', body: 'x', timeoutMs: 50 }));
    expect(failure.code).toBe('outcome-unknown');
  });

  it('that is called off on the way may have been carried out', async () => {
    const called = new AbortController();
    const server = await loopbackServer(() => called.abort(new Error('closing')));
    const failure = await failureOf(send({ url: server.url, method: 'POST', signal: called.signal }));
    expect(failure.code).toBe('outcome-unknown');
  });

  it('was not carried out where nobody answered the call at all', async () => {
    const url = `http://127.0.0.1:${await deadPort()}/`;
    expect(await failureOf(send({ url, method: 'POST', body: 'x' }))).toMatchObject({
      code: 'unreachable',
      details: { reason: 'refused' },
    });
  });

  it('is not sent to a private address that nobody allowed', async () => {
    const server = await loopbackServer((_, response) => response.end());
    const asked = send({ url: server.url, method: 'POST', allowPrivateNetwork: false });
    expect((await failureOf(asked)).code).toBe('private-address');
    expect(server.requests).toHaveLength(0);
  });

  it('follows no redirect: nobody posts to an address that was not meant', async () => {
    const server = await loopbackServer((_, response) =>
      response.writeHead(307, { location: '/elsewhere' }).end(),
    );
    expect((await failureOf(send({ url: server.url, method: 'POST', body: 'x' }))).code).toBe('bad-response');
    expect(server.requests).toHaveLength(1);
  });

  it('fails as the platform’s status says', async () => {
    const server = await loopbackServer((_, response) => response.writeHead(403).end());
    expect((await failureOf(send({ url: server.url, method: 'DELETE' }))).code).toBe('forbidden');
  });
});

describe('a request whose refusals are answers', () => {
  it.each([400, 401, 403, 404, 422, 429, 500, 503])(
    'gives %i with its headers and its body',
    async (status) => {
      const server = await loopbackServer((_, response) =>
        response.writeHead(status, { 'x-why': 'because' }).end('{"error":"ExpiredToken"}'),
      );
      for (const method of ['GET', 'POST'] as const) {
        const answer = await send({ url: server.url, method, answersRefusals: true });
        expect(answer).toMatchObject({ status, headers: { 'x-why': 'because' } });
        expect(Buffer.from(await answer.bytes()).toString()).toBe('{"error":"ExpiredToken"}');
      }
    },
  );
});

describe('an address whose path is a secret', () => {
  it('is named by its host alone, whatever goes wrong', async () => {
    const server = await loopbackServer((request, response) => {
      if (request.url?.endsWith('/hang')) return;
      response.writeHead(Number(request.url?.split('/').pop())).end();
    });
    const dead = `http://127.0.0.1:${await deadPort()}`;
    const asked = [
      ...['401', '403', '404', '429', '500'].map((status) => `${server.url}/bot12:s3cret/${status}`),
      `${server.url}/bot12:s3cret/hang`,
      `${dead}/bot12:s3cret/getMe`,
    ];
    for (const url of asked) {
      for (const method of ['GET', 'POST'] as const) {
        const failure = await failureOf(send({ url, method, isPathSecret: true, timeoutMs: 60 }));
        expect(JSON.stringify([failure.message, failure.details, failure.stack])).not.toContain('s3cret');
      }
    }
  });
});
