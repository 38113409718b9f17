import { lookup } from 'node:dns';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { platform } from 'node:process';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { classifyAddress, type Network } from '../../../../electron/engine/connectors/http/address-guard.ts';
import { createHttp, type HttpOptions } from '../../../../electron/engine/connectors/http/create-http.ts';
import type { Http, HttpRequest } from '../../../../electron/engine/ports/http.ts';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { loopbackServer, rawServer } from './loopback-server.ts';
import { realClock } from './real-clock.ts';
import { selfSignedCertificate } from './self-signed-certificate.ts';

const scriptAddress = ['javascript', 'alert(1)'].join(':');

let opened: Http[] = [];
afterEach(async () => {
  await Promise.all(opened.map((http) => http.close()));
  opened = [];
});

function aClient(options: Partial<HttpOptions> = {}): Http {
  const http = createHttp({
    version: '1.2.3',
    clock: realClock,
    limits: { connectMs: 2000, totalMs: 4000 },
    ...options,
  });
  opened.push(http);
  return http;
}

/** Loopback is what these tests have; the user allowed it. */
const get = (url: string, request: Partial<HttpRequest> = {}, http = aClient()) =>
  http.send({ url, allowPrivateNetwork: true, ...request });

async function text(url: string, request: Partial<HttpRequest> = {}): Promise<string> {
  return Buffer.from(await (await get(url, request)).bytes()).toString();
}

async function failureOf(work: Promise<unknown>): Promise<EarshotError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof EarshotError)) throw new Error(`expected an EarshotError, got ${String(error)}`);
  return error;
}

/** What a body gave before it threw, and what it threw. */
async function readToFailure(url: string, request: Partial<HttpRequest> = {}) {
  const answer = await get(url, request);
  let size = 0;
  let begin = '';
  const failure = await failureOf(
    (async () => {
      for await (const piece of answer.body) {
        size += piece.byteLength;
        if (begin.length < 100) begin += Buffer.from(piece).toString();
      }
    })(),
  );
  return { size, begin, failure };
}

describe('what a request says about itself', () => {
  it('names Earshot and its version, and asks for packed answers', async () => {
    const server = await loopbackServer((_, response) => response.end('hello'));
    const answer = await get(`${server.url}/feed#part`);
    expect(Buffer.from(await answer.bytes()).toString()).toBe('hello');
    expect(answer).toMatchObject({ status: 200, url: `${server.url}/feed`, redirects: [] });
    const { method, headers } = server.requests[0]!;
    expect(method).toBe('GET');
    expect(headers).toEqual({
      host: `127.0.0.1:${server.port}`,
      connection: 'close',
      accept: '*/*',
      'accept-encoding': 'gzip, deflate, br',
      'user-agent': 'Earshot/1.2.3 (feed poller)',
    });
  });

  it('asks caches to check, but never for the whole answer again, when it sends validators', async () => {
    const server = await loopbackServer((request, response) => {
      const isKnown =
        request.headers['if-none-match'] === 'W/"a"' && request.headers['cache-control'] === 'max-age=0';
      response.writeHead(isKnown ? 304 : 200, { etag: 'W/"a"' }).end();
    });
    const answer = await get(server.url, { headers: { 'If-None-Match': 'W/"a"' } });
    expect(answer.status).toBe(304);
    expect(answer.headers['etag']).toBe('W/"a"');
    expect(await answer.bytes()).toHaveLength(0);
    expect(server.requests[0]!.headers).not.toHaveProperty('pragma');
  });

  it('moves credentials from the address into a header', async () => {
    const server = await loopbackServer((_, response) => response.end());
    const answer = await get(`http://us%65r:p%40ss%@127.0.0.1:${server.port}/`);
    expect(server.requests[0]!.headers.authorization).toBe(`Basic ${btoa('user:p%40ss%')}`);
    expect(answer.url).toBe(`${server.url}/`);
  });

  it.each(['file:///etc/passwd', 'ftp://example.com/', scriptAddress, 'data:,x', 'feed', ''])(
    'refuses %j, which is no http address',
    async (url) => {
      expect((await failureOf(get(url))).code).toBe('invalid-input');
    },
  );
});

describe('statuses', () => {
  it.each([
    [400, 'rejected'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [405, 'rejected'],
    [406, 'rejected'],
    [410, 'gone'],
    [429, 'rate-limited'],
    [500, 'server-error'],
    [503, 'rate-limited'],
    [300, 'bad-response'],
  ])('%i ends as %s', async (status, code) => {
    const server = await loopbackServer((_, response) => response.writeHead(status).end('no'));
    expect((await failureOf(get(server.url))).code).toBe(code);
  });

  it('reads the page of a refusal far enough to see a bot check in it, packed or not', async () => {
    const server = await loopbackServer((_, response) => {
      response.writeHead(403, { 'content-type': 'text/html', 'content-encoding': 'gzip' });
      response.end(gzipSync('<html><title>Just a moment...</title>'));
    });
    expect((await failureOf(get(server.url))).details).toMatchObject({ challenge: 'Cloudflare' });
  });

  it('does not wait for the end of an endless refusal', async () => {
    const server = await loopbackServer((_, response) => {
      response.writeHead(404, { 'content-type': 'text/html' });
      const pour = (): void => {
        while (!response.destroyed && response.write('x'.repeat(16_384))) {
          // until the connection is full
        }
      };
      response.on('drain', pour);
      pour();
    });
    expect((await failureOf(get(server.url))).code).toBe('not-found');
    await expect.poll(() => server.openSockets()).toBe(0);
  });
});

describe('redirects', () => {
  const redirecting = (target: (path: string) => string | null, status = 302) =>
    loopbackServer((request, response) => {
      const location = target(request.url ?? '/');
      if (location === null) response.end('arrived');
      else response.writeHead(status, { location }).end();
    });

  it.each([301, 302, 303, 307, 308])('follows %i and tells what it was', async (status) => {
    const server = await redirecting((path) => (path === '/a' ? 'b?q=1#x' : null), status);
    const answer = await get(`${server.url}/a`);
    expect(answer.url).toBe(`${server.url}/b?q=1`);
    expect(answer.redirects).toEqual([{ status, from: `${server.url}/a`, to: `${server.url}/b?q=1` }]);
    expect(Buffer.from(await answer.bytes()).toString()).toBe('arrived');
  });

  it('reads an address with letters beyond ASCII as it is meant', async () => {
    const server = await rawServer((socket, head) => {
      const isThere = head.startsWith('GET /caf%C3%A9 ');
      const location = Buffer.from('HTTP/1.1 302 Found\r\nLocation: /café\r\nContent-Length: 0\r\n\r\n');
      socket.end(isThere ? 'HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\narrived' : location);
    });
    expect(await text(`${server.url}/a`)).toBe('arrived');
  });

  it('follows five redirects and refuses a sixth', async () => {
    const server = await redirecting((path) => (path === '/0' ? null : `/${Number(path.slice(1)) - 1}`));
    expect(await text(`${server.url}/5`)).toBe('arrived');
    const failure = await failureOf(get(`${server.url}/6`));
    expect(failure.code).toBe('redirect-loop');
    expect(server.requests).toHaveLength(12);
  });

  it('sees a circle as soon as it closes', async () => {
    const server = await redirecting((path) => (path === '/a' ? '/b' : '/a'));
    expect((await failureOf(get(`${server.url}/a`))).code).toBe('redirect-loop');
    expect(server.requests.map(({ url }) => url)).toEqual(['/a', '/b']);
  });

  it.each([
    ['without an address', undefined],
    ['to another protocol', 'ftp://127.0.0.1/'],
    ['to a script', scriptAddress],
    ['to nonsense', 'http://[::'],
  ])('refuses a redirect %s', async (_, location) => {
    const server = await loopbackServer((_, response) =>
      response.writeHead(302, location ? { location } : {}).end(),
    );
    expect(await failureOf(get(server.url))).toMatchObject({
      code: 'bad-response',
      details: { reason: 'redirect' },
    });
  });

  it('keeps credentials and private headers from another origin', async () => {
    const other = await loopbackServer((_, response) => response.end());
    const server = await loopbackServer((_, response) => {
      response.writeHead(302, { location: `http://x:y@127.0.0.1:${other.port}/` }).end();
    });
    const headers = { cookie: 'a=b', 'x-api-key': 'k', accept: 'text/xml', 'if-none-match': '"1"' };
    await get(`http://user:pass@127.0.0.1:${server.port}/`, { headers });
    expect(server.requests[0]!.headers).toMatchObject({
      'x-api-key': 'k',
      authorization: expect.any(String),
    });
    expect(other.requests[0]!.headers).toEqual({
      host: `127.0.0.1:${other.port}`,
      connection: 'close',
      accept: 'text/xml',
      'accept-encoding': 'gzip, deflate, br',
      'cache-control': 'max-age=0',
      'if-none-match': '"1"',
      'user-agent': 'Earshot/1.2.3 (feed poller)',
    });
  });

  it('keeps credentials for the same origin', async () => {
    const server = await redirecting((path) => (path === '/a' ? '/b' : null));
    await get(`http://user:pass@127.0.0.1:${server.port}/a`);
    expect(server.requests[1]!.headers.authorization).toBe(server.requests[0]!.headers.authorization);
  });
});

describe('the private network', () => {
  it.each(['127.0.0.1', 'localhost', '127.1', '2130706433', '0x7f.0.0.1', '[::ffff:127.0.0.1]', '0.0.0.0'])(
    'is refused at %s without leave, before anything is sent',
    async (host) => {
      const server = await loopbackServer((_, response) => response.end());
      const failure = await failureOf(aClient().send({ url: `http://${host}:${server.port}/` }));
      expect(failure.code).toBe('private-address');
      expect(failure.message).toContain('private network');
      expect(server.requests).toEqual([]);
      await expect.poll(() => server.openSockets()).toBe(0);
    },
  );

  it('is asked where the user allows it', async () => {
    const server = await loopbackServer((_, response) => response.end('mine'));
    expect(await text(`http://localhost:${server.port}/`)).toBe('mine');
  });

  it('holds addresses that are refused even with leave', async () => {
    const failure = await failureOf(get('http://169.254.169.254/latest/meta-data/'));
    expect(failure).toMatchObject({ code: 'private-address', details: { isPermitted: false } });
  });

  const aWorld = (names: Readonly<Record<string, string>>, publicAddress = '127.0.0.2'): Network => ({
    lookup: ((name: string, options: object, done: (...args: unknown[]) => void) => {
      const address = names[name];
      if (address === undefined) lookup(name, options, done as never);
      else done(null, [{ address, family: 4 }]);
    }) as typeof lookup,
    classify: (address) => (address === publicAddress ? 'public' : classifyAddress(address)),
  });

  it('is refused when a public name resolves into it', async () => {
    const server = await loopbackServer((_, response) => response.end());
    const http = aClient({ network: aWorld({ 'feeds.example': '127.0.0.1' }) });
    const failure = await failureOf(http.send({ url: `http://feeds.example:${server.port}/` }));
    expect(failure).toMatchObject({ code: 'private-address', details: { host: 'feeds.example' } });
    expect(server.requests).toEqual([]);
  });

  // Elsewhere than on Linux only 127.0.0.1 of the loopback network answers.
  describe.runIf(platform === 'linux')('behind a public server', () => {
    it.each([false, true])(
      'is refused when it redirects there (private network allowed: %s)',
      async (isAllowed) => {
        const inside = await loopbackServer((_, response) => response.end('secret'));
        const outside = await loopbackServer((_, response) => {
          response.writeHead(302, { location: `${inside.url}/admin` }).end();
        }, '127.0.0.2');
        const http = aClient({ network: aWorld({ 'feeds.example': '127.0.0.2' }) });
        const asked = { url: `http://feeds.example:${outside.port}/`, allowPrivateNetwork: isAllowed };
        expect((await failureOf(http.send(asked))).code).toBe('private-address');
        expect(outside.requests).toHaveLength(1);
        expect(inside.requests).toEqual([]);
      },
    );
  });
});

describe('connections that fail', () => {
  it('names a refused connection', async () => {
    const server = await rawServer(() => {});
    const closed = await loopbackServer(() => {});
    expect(server.port).not.toBe(closed.port);
    const failure = await failureOf(get('http://127.0.0.1:1/'));
    expect(failure).toMatchObject({ code: 'unreachable', details: { reason: 'refused' } });
  });

  it('names a name that nobody knows', async () => {
    const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    const network = {
      lookup: ((_: string, __: object, done: (error: Error) => void) => done(unknown)) as never,
      classify: classifyAddress,
    };
    const failure = await failureOf(aClient({ network }).send({ url: 'https://no-such-name.example/' }));
    expect(failure).toMatchObject({ code: 'unreachable', details: { reason: 'dns' } });
  });

  it('names a connection that is broken off before the answer', async () => {
    const server = await rawServer((socket) => socket.destroy());
    expect(await failureOf(get(server.url))).toMatchObject({
      code: 'unreachable',
      details: { reason: 'reset' },
    });
  });

  it.each([
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.7\r\n'],
    ['two different lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello'],
    ['a length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: lots\r\n\r\nhello'],
    ['endless headers', `HTTP/1.1 200 OK\r\n${'X-Pad: 0123456789abcdef\r\n'.repeat(5_000)}\r\n`],
  ])('names an answer with %s', async (_, bytes) => {
    const server = await rawServer((socket) => socket.end(bytes, 'latin1'));
    expect((await failureOf(get(server.url))).code).toBe('bad-response');
  });

  it('names a certificate that nobody vouches for', async () => {
    const server = createTlsServer(selfSignedCertificate(), (_, response) => response.end('secret'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const failure = await failureOf(get(`https://localhost:${port}/`));
    expect(failure).toMatchObject({ code: 'tls', details: { reason: 'self-signed' } });
  });

  it('names a server that speaks no TLS on an https address', async () => {
    const server = await loopbackServer((_, response) => response.end());
    const failure = await failureOf(get(`https://127.0.0.1:${server.port}/`));
    expect(failure).toMatchObject({ code: 'tls', details: { reason: 'protocol' } });
  });
});

describe('time', () => {
  const limits = { connectMs: 2000, totalMs: 300 };

  it('gives up on a server that never answers', async () => {
    const server = await loopbackServer(() => {});
    const failure = await failureOf(get(server.url, {}, aClient({ limits })));
    expect(failure.code).toBe('timeout');
    await expect.poll(() => server.openSockets()).toBe(0);
  });

  it('gives up on a slow drip at the limit of the whole, however alive it looks', async () => {
    const server = await loopbackServer((_, response) => {
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    });
    const answer = await get(server.url, {}, aClient({ limits }));
    let size = 0;
    const startedAt = Date.now();
    const failure = await failureOf(
      (async () => {
        for await (const piece of answer.body) size += piece.byteLength;
      })(),
    );
    expect(failure.code).toBe('timeout');
    expect(size).toBeGreaterThan(3);
    expect(Date.now() - startedAt).toBeLessThan(2_000);
  });

  it('counts all redirects into one limit', async () => {
    const server = await loopbackServer((request, response) => {
      setTimeout(() => response.writeHead(302, { location: `${request.url}x` }).end(), 120);
    });
    expect((await failureOf(get(`${server.url}/`, {}, aClient({ limits })))).code).toBe('timeout');
    expect(server.requests.length).toBeLessThan(5);
  });

  it('ends at once with the reason of whoever gives up', async () => {
    const server = await loopbackServer(() => {});
    const controller = new AbortController();
    const asked = get(server.url, { signal: controller.signal });
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    await expect(get(server.url, { signal: controller.signal })).rejects.toThrow('enough');
    await expect.poll(() => server.openSockets()).toBe(0);
  });
});

describe('bodies', () => {
  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['gzip, br', (body: string) => brotliCompressSync(gzipSync(body))],
    ['identity', (body: string) => Buffer.from(body)],
  ] as const)('unpacks %s', async (coding, pack) => {
    const body = 'ünïcödé '.repeat(20_000);
    const server = await loopbackServer((_, response) => {
      response.writeHead(200, { 'content-encoding': coding }).end(pack(body));
    });
    expect(await text(server.url)).toBe(body);
  });

  it('unpacks an empty packed answer into nothing', async () => {
    const server = await loopbackServer((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(),
    );
    expect(await text(server.url)).toBe('');
  });

  it('refuses a coding that it does not know', async () => {
    const server = await loopbackServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'compress' }).end('x');
    });
    expect((await failureOf(text(server.url))).code).toBe('bad-response');
  });

  it('gives what came before a damaged place, then names the damage', async () => {
    const packed = gzipSync('<item>kept</item>'.repeat(50_000), { level: 0 });
    packed[packed.length - 20_000]! ^= 0xff;
    packed.fill(0xaa, packed.length - 8);
    const server = await loopbackServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed);
    });
    const { begin, size, failure } = await readToFailure(server.url);
    expect(failure).toMatchObject({ code: 'bad-response', details: { reason: 'compression' } });
    expect(begin).toMatch(/^<item>kept/);
    expect(size).toBeGreaterThan(800_000);
  });

  it('gives what there is of a packed answer that ends too early', async () => {
    const packed = gzipSync(Array.from({ length: 20_000 }, (_, n) => `<item>${n * 7919}</item>`).join(''));
    const server = await loopbackServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed.subarray(0, packed.length / 2));
    });
    const { begin, size, failure } = await readToFailure(server.url);
    expect(failure.code).toBe('bad-response');
    expect(begin).toMatch(/^<item>0<\/item><item>7919/);
    expect(size).toBeGreaterThan(100_000);
  });

  it.each([
    ['shorter than its length', 'HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\nhello'],
    ['cut off between chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'],
    [
      'in chunks of nonsense',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nnonsense\r\n',
    ],
  ])('gives what there is of a body %s, then says so', async (_, bytes) => {
    const server = await rawServer((socket) => socket.end(bytes));
    const { begin, failure } = await readToFailure(server.url);
    expect(begin).toBe('hello');
    expect(failure).toMatchObject({ code: 'bad-response', details: { reason: 'cut-off' } });
  });

  it('reads a body without a length to the end of the connection', async () => {
    const server = await rawServer((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nhello'));
    expect(await text(server.url)).toBe('hello');
  });

  it('reads no further than the length that was announced', async () => {
    const server = await rawServer((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more'),
    );
    expect(await text(server.url)).toBe('hello');
  });

  it('stops at the ceiling of an endless body, having given all below it', async () => {
    const server = await loopbackServer((_, response) => {
      const pour = (): void => {
        while (!response.destroyed && response.write('x'.repeat(16_384))) {
          // until the connection is full
        }
      };
      response.on('drain', pour);
      pour();
    });
    const { size, failure } = await readToFailure(server.url, { maxBytes: 100_001 });
    expect(failure).toMatchObject({ code: 'too-large', details: { limitBytes: 100_001 } });
    expect(size).toBe(100_001);
    await expect.poll(() => server.openSockets()).toBe(0);
  });

  it('lets a body that is exactly as large as the ceiling pass', async () => {
    const server = await loopbackServer((_, response) => response.end('x'.repeat(1_000)));
    expect(await text(server.url, { maxBytes: 1_000 })).toHaveLength(1_000);
  });

  it('counts the ceiling after unpacking: a gzip bomb ends at it, in little memory', async () => {
    const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024), { level: 9 });
    const server = await loopbackServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    });
    const before = process.memoryUsage().rss;
    const { size, failure } = await readToFailure(server.url);
    expect(failure.code).toBe('too-large');
    expect(size).toBe(10 * 1024 * 1024);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('does not unfold a bomb inside a bomb', async () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(256 * 1024 * 1024)));
    const server = await loopbackServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end(bomb);
    });
    expect((await readToFailure(server.url, { maxBytes: 1_000_000 })).size).toBe(1_000_000);
  });

  const large = (): ReturnType<typeof loopbackServer> =>
    loopbackServer((_, response) => void response.end('x'.repeat(5_000_000)));

  it('leaves nothing behind when the reader stops early', async () => {
    const server = await large();
    for await (const piece of (await get(server.url)).body) {
      expect(piece.byteLength).toBeGreaterThan(0);
      break;
    }
    await expect.poll(() => server.openSockets()).toBe(0);
  });

  it('leaves nothing behind when a body is given up unread', async () => {
    const server = await large();
    (await get(server.url)).discard();
    await expect.poll(() => server.openSockets()).toBe(0);
  });

  it('leaves nothing behind when a body is simply forgotten', async () => {
    const server = await large();
    await get(server.url, {}, aClient({ limits: { totalMs: 200 } }));
    await expect.poll(() => server.openSockets()).toBe(0);
  });

  it('leaves nothing behind when it is closed under way', async () => {
    const server = await loopbackServer(() => {});
    const http = aClient({ limits: { totalMs: 60_000 } });
    const asked = failureOf(get(server.url, {}, http));
    await expect.poll(() => server.requests.length).toBe(1);
    await http.close();
    await asked;
    await expect.poll(() => server.openSockets()).toBe(0);
  });
});
