import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { smallerPng } from './smaller-png.ts';

/** An RGB picture whose rows use the given filter, written by hand. */
function aPng(width: number, height: number, colourAt: (x: number, y: number) => number, filter = 0): Buffer {
  const bytesOf = (x: number, y: number): number[] => {
    if (x < 0 || y < 0) return [0, 0, 0];
    const colour = colourAt(x, y);
    return [colour >> 16, (colour >> 8) & 255, colour & 255];
  };
  const rows = Array.from({ length: height }, (_, y) => [
    filter,
    ...Array.from({ length: width }, (_, x) =>
      bytesOf(x, y).map((byte, channel) => {
        const left = bytesOf(x - 1, y)[channel] ?? 0;
        const up = bytesOf(x, y - 1)[channel] ?? 0;
        const by = [0, left, up, Math.floor((left + up) / 2)][filter] ?? 0;
        return (byte - by) & 255;
      }),
    ).flat(),
  ]).flat();
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, body: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type), body]);
    const out = Buffer.alloc(named.length + 8);
    out.writeUInt32BE(body.length, 0);
    named.copy(out, 4);
    out.writeUInt32BE(crc32(named), named.length + 4);
    return out;
  };
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Reads back what smallerPng writes: a palette and one index per pixel. */
function colours(png: Buffer): number[] {
  const parts = new Map<string, Buffer>();
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    const end = at + 8 + png.readUInt32BE(at);
    expect(png.readUInt32BE(end)).toBe(crc32(png.subarray(at + 4, end)));
    parts.set(png.toString('latin1', at + 4, at + 8), png.subarray(at + 8, end));
  }
  const width = png.readUInt32BE(16);
  const palette = parts.get('PLTE') ?? Buffer.alloc(0);
  return [...inflateSync(parts.get('IDAT') ?? Buffer.alloc(0))]
    .filter((_, index) => index % (width + 1) !== 0)
    .map((index) => palette.readUIntBE(index * 3, 3));
}

describe('a smaller picture', () => {
  test.each([0, 1, 2, 3])(
    'has the same colours when there are few, whatever the row filter (%i)',
    (filter) => {
      const colourAt = (x: number, y: number): number => [0x102030, 0xfffefd, 0x00ff80][(x * 2 + y) % 3] ?? 0;
      const wanted = Array.from({ length: 7 * 5 }, (_, at) => colourAt(at % 7, Math.floor(at / 7)));
      expect(colours(smallerPng(aPng(7, 5, colourAt, filter)))).toEqual(wanted);
    },
  );

  test('has colours close to the first ones when there are many', () => {
    const colourAt = (x: number, y: number): number => (x << 16) | (y << 8) | 0x40;
    const found = colours(smallerPng(aPng(64, 64, colourAt)));
    for (const [at, colour] of found.entries()) {
      expect(Math.abs((colour >> 16) - (at % 64))).toBeLessThan(16);
      expect(Math.abs(((colour >> 8) & 255) - Math.floor(at / 64))).toBeLessThan(16);
    }
  });

  test('refuses what it cannot read', () => {
    const other = aPng(2, 2, () => 0);
    other[25] = 3;
    expect(() => smallerPng(other)).toThrow('not a PNG of 8-bit RGB');
  });
});
