import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readBody } from '../../../../electron/engine/connectors/http/read-body.ts';

async function* pieces(...all: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* all;
}

it('stops unpacking at the ceiling in the middle of one piece', async () => {
  const bomb = gzipSync(Buffer.alloc(512 * 1024 * 1024), { level: 9 });
  const before = process.memoryUsage().rss;
  let size = 0;
  let peak = 0;
  const reading = (async () => {
    const options = { url: 'https://a.example/', contentEncoding: 'gzip', maxBytes: 1_000_000 };
    for await (const piece of readBody(pieces(bomb), options)) {
      size += piece.byteLength;
      peak = Math.max(peak, process.memoryUsage().rss);
    }
  })();
  await expect(reading).rejects.toMatchObject({ code: 'too-large' });
  expect(size).toBe(1_000_000);
  expect(peak - before).toBeLessThan(64 * 1024 * 1024);
});

it('unpacks a stream that comes byte by byte', async () => {
  const packed = gzipSync('hello, hello, hello');
  let text = '';
  const options = { url: 'https://a.example/', contentEncoding: 'gzip', maxBytes: 100 };
  for await (const piece of readBody(pieces(...[...packed].map((byte) => Uint8Array.of(byte))), options)) {
    text += Buffer.from(piece).toString();
  }
  expect(text).toBe('hello, hello, hello');
});
