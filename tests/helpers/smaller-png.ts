import { crc32, deflateSync, inflateSync } from 'node:zlib';

/**
 * The same picture in fewer bytes, for one that lives in the repository: browsers write PNG for speed. The
 * 256 most useful colours are kept and every other becomes the nearest of them, which nobody sees in a picture of
 * flat areas and text. Takes 8-bit RGB or RGBA without interlacing, as Chromium writes it.
 */
export function smallerPng(png: Buffer): Buffer {
  const { width, height, pixels } = readPixels(png);
  const { palette, indexOf } = choosePalette(pixels);
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = indexOf(pixels[y * width + x] ?? 0);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** Each pixel as 0xRRGGBB; what shows through is white. */
function readPixels(png: Buffer): { width: number; height: number; pixels: Uint32Array } {
  const packed: Buffer[] = [];
  for (let at = signature.length; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') {
      packed.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
    }
  }
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = { 2: 3, 6: 4 }[png[25] ?? 0];
  if (png[24] !== 8 || channels === undefined || png[28] !== 0)
    throw new Error('not a PNG of 8-bit RGB or RGBA');
  const bytes = inflateSync(Buffer.concat(packed));
  const stride = width * channels;
  const lines = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = bytes[y * (stride + 1)] ?? 0;
    for (let i = 0; i < stride; i += 1) {
      const left = i < channels ? 0 : (lines[y * stride + i - channels] ?? 0);
      const up = y === 0 ? 0 : (lines[(y - 1) * stride + i] ?? 0);
      const upLeft = y === 0 || i < channels ? 0 : (lines[(y - 1) * stride + i - channels] ?? 0);
      const raw = bytes[y * (stride + 1) + 1 + i] ?? 0;
      lines[y * stride + i] = raw + predicted(filter, left, up, upLeft);
    }
  }
  const pixels = new Uint32Array(width * height);
  for (let index = 0; index < pixels.length; index += 1) {
    const at = index * channels;
    const alpha = channels === 4 ? (lines[at + 3] ?? 255) / 255 : 1;
    const over = (value = 0): number => Math.round(value * alpha + 255 * (1 - alpha));
    pixels[index] = (over(lines[at]) << 16) | (over(lines[at + 1]) << 8) | over(lines[at + 2]);
  }
  return { width, height, pixels };
}

/** PNG's five row filters. */
function predicted(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const estimate = left + up - upLeft;
  const [toLeft, toUp, toUpLeft] = [left, up, upLeft].map((value) => Math.abs(estimate - value)) as [
    number,
    number,
    number,
  ];
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}

/** The frequent colours, but none so near to one already chosen that it would be a wasted place. */
function choosePalette(pixels: Uint32Array): {
  palette: number[];
  readonly indexOf: (colour: number) => number;
} {
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const byUse = [...counts].sort((a, b) => b[1] - a[1]).map(([colour]) => colour);
  const palette: number[] = [];
  // The exact colours of large areas first, then an ever finer net over the rest.
  palette.push(...byUse.slice(0, 64));
  for (let apart = 48; palette.length < 256 && apart >= 1; apart -= 4) {
    for (const colour of byUse) {
      if (palette.length >= 256) break;
      if (palette.every((chosen) => distance(chosen, colour) >= apart * apart)) palette.push(colour);
    }
  }
  const known = new Map(palette.map((colour, index) => [colour, index]));
  return {
    palette,
    indexOf(colour) {
      const found = known.get(colour);
      if (found !== undefined) return found;
      let nearest = 0;
      for (let index = 1; index < palette.length; index += 1) {
        if (distance(palette[index] ?? 0, colour) < distance(palette[nearest] ?? 0, colour)) nearest = index;
      }
      known.set(colour, nearest);
      return nearest;
    },
  };
}

function distance(a: number, b: number): number {
  const red = (a >> 16) - (b >> 16);
  const green = ((a >> 8) & 255) - ((b >> 8) & 255);
  const blue = (a & 255) - (b & 255);
  return red * red + green * green + blue * blue;
}
