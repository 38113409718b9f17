import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { OutgoingMedia } from '../connector.ts';
import type { Caller } from './caller.ts';
import { mediaSchema } from './wire.ts';

/** Megabytes over a slow line. */
const uploadTimeoutMs = 120_000;

/** A picture on the server, shown to nobody until a post has it; its id. */
export async function uploadMedia(caller: Caller, media: OutgoingMedia, now: number): Promise<string> {
  const boundary = `earshot-${crypto.randomUUID()}`;
  const { data } = await caller.ask(
    {
      method: 'POST',
      path: '/api/v2/media',
      body: formOf(media, boundary),
      contentType: `multipart/form-data; boundary=${boundary}`,
      timeoutMs: uploadTimeoutMs,
    },
    mediaSchema,
  );
  // Its address is there when it is ready; a post with one that is not would be refused.
  if (data.url) return data.id;
  for (let turn = 0; turn < 3; turn += 1) {
    const { data: again } = await caller.ask(
      { path: `/api/v1/media/${encodeURIComponent(data.id)}` },
      mediaSchema,
    );
    if (again.url) return data.id;
  }
  throw new EarshotError('rate-limited', 'The server is still at work on the picture.', {
    retryAt: now + 15_000,
  });
}

function formOf({ name, type, alt, bytes }: OutgoingMedia, boundary: string): Uint8Array {
  const fileName = name.replaceAll(/["\\\r\n]/g, '_');
  const description =
    alt === '' ? '' : `--${boundary}\r\nContent-Disposition: form-data; name="description"\r\n\r\n${alt}\r\n`;
  return Buffer.concat([
    Buffer.from(
      `${description}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: ${type}\r\n\r\n`,
    ),
    bytes,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
}
