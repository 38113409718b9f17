import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, type Zlib } from 'node:zlib';
import type { Transform } from 'node:stream';
import { EarshotError } from '../../../../shared/contract/errors.ts';
import { describeUrl } from './describe-url.ts';
import { failureOfBody } from './failure-of-transport.ts';

/** Nobody honest packs more often. */
const maxCodings = 3;

export interface BodyOptions {
  readonly url: string;
  readonly contentEncoding: string | undefined;
  /** Of what comes out, so that a small answer cannot unfold into a large one. */
  readonly maxBytes: number;
}

/** The body, decompressed piece by piece. Whatever is wrong with it is thrown after the last good piece. */
export async function* readBody(
  raw: AsyncIterable<Uint8Array>,
  options: BodyOptions,
): AsyncGenerator<Uint8Array> {
  const codings = (options.contentEncoding ?? '')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > maxCodings) throw unknownCoding(options, codings.join(', '));

  let pieces: AsyncIterable<Uint8Array> = raw;
  for (const coding of codings.reverse()) pieces = inflate(pieces, coding, options);

  let size = 0;
  try {
    for await (const piece of pieces) {
      size += piece.byteLength;
      if (size > options.maxBytes) {
        const surplus = size - options.maxBytes;
        if (surplus < piece.byteLength) yield piece.subarray(0, piece.byteLength - surplus);
        throw tooLarge(options);
      }
      yield piece;
    }
  } catch (error) {
    throw failureOfBody(error, options.url);
  }
}

/**
 * A stream's own pipeline drops what it has decoded as soon as its source fails. Here every write is drained
 * before the next, so the good part of a cut-off answer survives, and the ceiling holds inside one write too.
 */
async function* inflate(
  source: AsyncIterable<Uint8Array>,
  coding: string,
  options: BodyOptions,
): AsyncGenerator<Uint8Array> {
  let inflater: (Transform & Zlib) | null = null;
  let decoded: Uint8Array[] = [];
  let size = 0;
  let failure: unknown = null;
  const start = (first: Uint8Array): Transform & Zlib => {
    const created = createInflater(coding, first, options);
    created.on('data', (piece: Uint8Array) => {
      decoded.push(piece);
      size += piece.byteLength;
      if (size > options.maxBytes) created.destroy();
    });
    created.on('error', (error) => {
      failure ??= error;
    });
    return created;
  };
  const take = (): Uint8Array[] => {
    const taken = decoded;
    decoded = [];
    return taken;
  };

  try {
    for await (const piece of source) {
      if (piece.byteLength === 0) continue;
      inflater ??= start(piece);
      const current = inflater;
      await settled(current, (done) => current.write(piece, done));
      yield* take();
      if (failure !== null) throw failure;
      if (size > options.maxBytes) throw tooLarge(options);
    }
    if (inflater !== null) {
      const current = inflater;
      // `end`'s own callback comes before the check of the checksum; `close` comes after everything.
      await settled(current, () => current.end());
      yield* take();
      if (failure !== null) throw failure;
    }
  } finally {
    inflater?.destroy();
  }
}

/** Waits for a write or the end of a stream that may also be destroyed meanwhile. */
function settled(stream: Transform, act: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('close', done);
      // Pieces that the write pushed are announced before this turn of the loop ends.
      setImmediate(resolve);
    };
    stream.once('close', done);
    act(done);
  });
}

function createInflater(coding: string, first: Uint8Array, options: BodyOptions): Transform & Zlib {
  if (coding === 'gzip' || coding === 'x-gzip') return createGunzip();
  if (coding === 'br') return createBrotliDecompress();
  // “deflate” means zlib's wrapping, but some servers send the bare stream.
  if (coding === 'deflate') return hasZlibHeader(first) ? createInflate() : createInflateRaw();
  throw unknownCoding(options, coding);
}

function hasZlibHeader(bytes: Uint8Array): boolean {
  const [method = 0, flags = 0] = bytes;
  return (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0;
}

function tooLarge({ url, maxBytes }: BodyOptions): EarshotError {
  const size = maxBytes >= 1_048_576 ? `${Math.round(maxBytes / 1_048_576)} MB` : `${maxBytes} bytes`;
  return new EarshotError(
    'too-large',
    `The answer of ${describeUrl(url)} is larger than ${size}; the rest is left unread.`,
    { limitBytes: maxBytes },
  );
}

function unknownCoding({ url }: BodyOptions, coding: string): EarshotError {
  return new EarshotError(
    'bad-response',
    `${describeUrl(url)} is packed in a way that Earshot does not know (${coding.slice(0, 40)}).`,
    { reason: 'compression' },
  );
}
