import { isAscii } from 'node:buffer';

/** What decides the encoding stands in the first bytes: a byte order mark, the XML declaration. */
const headLength = 1024;
/** How many bytes from the first that is not ASCII are looked at to tell UTF-8 from windows-1252. */
const sampleLength = 16_384;

export interface TextDecoding {
  write(bytes: Uint8Array): string;
  end(): string;
}

/**
 * Bytes to text, piece by piece. A byte order mark wins over the HTTP header, that over the XML declaration,
 * that over UTF-8. UTF-8 and windows-1252 are so often taken for each other that the bytes themselves decide
 * between the two; a few bad bytes are replaced and change nothing.
 */
export function createTextDecoding(httpCharset: string | null): TextDecoding {
  let head: Uint8Array<ArrayBufferLike> | null = new Uint8Array(0);
  let decoding: TextDecoding | null = null;

  function decide(): TextDecoding {
    const bytes = head ?? new Uint8Array(0);
    const marked = byteOrderMark(bytes) ?? zeroPattern(bytes);
    const declared = knownEncoding(declaredLabel(bytes));
    const encoding = marked ?? knownEncoding(httpCharset) ?? declared ?? 'utf-8';
    if (encoding === 'utf-32le' || encoding === 'utf-32be') return createUtf32(encoding === 'utf-32le');
    // A header that says UTF-8 of what is none was set for all files alike: the file knows better.
    const otherwise = declared === null || declared === 'utf-8' ? 'windows-1252' : declared;
    if (encoding === 'utf-8' || encoding === 'windows-1252') return createUtf8Or(otherwise, encoding);
    return fromDecoder(encoding);
  }

  return {
    write(bytes) {
      if (decoding !== null) return decoding.write(bytes);
      head = joined(head ?? new Uint8Array(0), bytes);
      if (head.length < headLength) return '';
      decoding = decide();
      const text = decoding.write(head);
      head = null;
      return text;
    },
    end() {
      if (decoding !== null) return decoding.end();
      decoding = decide();
      return decoding.write(head ?? new Uint8Array(0)) + decoding.end();
    },
  };
}

function declaredLabel(head: Uint8Array): string | null {
  const declaration = /^[\s\u00ef\u00bb\u00bf]*<\?xml[^>]{0,200}?encoding\s*=\s*["']?([\w.:-]+)/i.exec(
    latin(head),
  );
  return declaration?.[1] ?? null;
}

function byteOrderMark([a, b, c, d]: Uint8Array): string | null {
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return 'utf-32le';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return a === 0xef && b === 0xbb && c === 0xbf ? 'utf-8' : null;
}

/** Every document begins with an ASCII character; where its zero bytes stand tells its width and order. */
function zeroPattern(head: Uint8Array): string | null {
  if (head.length < 4) return null;
  const [a, b, c, d] = [...head.subarray(0, 4)].map((byte) => byte === 0);
  if (!a && b && c && d) return 'utf-32le';
  if (a && b && c && !d) return 'utf-32be';
  if (!a && b && !c) return 'utf-16le';
  return a && !b && c ? 'utf-16be' : null;
}

/** The decoder's own name of an encoding; null for labels that no decoder knows or that cannot be meant. */
function knownEncoding(label: string | null): string | null {
  if (label === null) return null;
  // ASCII is what servers say who do not know.
  if (/^(us-?)?ascii$/i.test(label.trim())) return null;
  try {
    const { encoding } = new TextDecoder(label.trim().replace(/^latin-(\d)$/i, 'latin$1'));
    // What could be read as ASCII so far is not in UTF-16, whatever it says.
    return encoding.startsWith('utf-16') ? null : encoding;
  } catch {
    return null; // A label that means nothing says nothing.
  }
}

function fromDecoder(encoding: string): TextDecoding {
  const decoder = new TextDecoder(encoding);
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

/** ASCII passes at once; from the first other byte on a sample is held back until it tells which it is. */
function createUtf8Or(otherwise: string, said: 'utf-8' | 'windows-1252'): TextDecoding {
  let held: Uint8Array | null = null;
  let decoding: TextDecoding | null = null;

  function decide(sample: Uint8Array): TextDecoding {
    const { valid, invalid } = countUtf8(sample);
    if (said === 'utf-8') return fromDecoder(invalid > valid ? otherwise : 'utf-8');
    return fromDecoder(valid > 0 && invalid === 0 ? 'utf-8' : said);
  }

  return {
    write(bytes) {
      if (decoding !== null) return decoding.write(bytes);
      let plain = '';
      if (held === null) {
        if (isAscii(bytes)) return latin(bytes);
        const first = bytes.findIndex((byte) => byte >= 0x80);
        plain = latin(bytes.subarray(0, first));
        held = bytes.slice(first);
      } else held = joined(held, bytes);
      if (held.length < sampleLength) return plain;
      decoding = decide(held);
      return plain + decoding.write(held);
    },
    end() {
      if (decoding !== null) return decoding.end();
      if (held === null) return '';
      decoding = decide(held);
      return decoding.write(held) + decoding.end();
    },
  };
}

function countUtf8(bytes: Uint8Array): { readonly valid: number; readonly invalid: number } {
  let valid = 0;
  let invalid = 0;
  let index = 0;
  while (index < bytes.length) {
    const byte = bytes[index] ?? 0;
    index += 1;
    if (byte < 0x80) continue;
    const length =
      byte >= 0xc2 && byte <= 0xdf
        ? 1
        : byte >= 0xe0 && byte <= 0xef
          ? 2
          : byte >= 0xf0 && byte <= 0xf4
            ? 3
            : 0;
    // Cut by the end of the sample: says nothing.
    if (length > 0 && index + length > bytes.length) break;
    const isWhole =
      length > 0 && bytes.subarray(index, index + length).every((next) => (next & 0xc0) === 0x80);
    if (isWhole) {
      valid += 1;
      index += length;
    } else invalid += 1;
  }
  return { valid, invalid };
}

/** No decoder of the platform knows UTF-32. */
function createUtf32(isLittleEndian: boolean): TextDecoding {
  let rest: Uint8Array = new Uint8Array(0);
  return {
    write(bytes) {
      const all = joined(rest, bytes);
      const view = new DataView(all.buffer, all.byteOffset, all.length);
      let text = '';
      let index = 0;
      for (; index + 4 <= all.length; index += 4) {
        const point = view.getUint32(index, isLittleEndian);
        if (point === 0xfeff && index === 0) continue;
        text += point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
      }
      rest = all.slice(index);
      return text.toWellFormed();
    },
    end: () => (rest.length === 0 ? '' : '\ufffd'),
  };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
