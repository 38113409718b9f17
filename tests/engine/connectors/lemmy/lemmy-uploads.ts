import type { StandInAnswer, StandInRequest } from '../conformance/stand-in-server.ts';
import { readMultipart } from '../http/read-multipart.ts';
import { refuse } from './lemmy-lists.ts';

/** How files of these kinds begin. */
const pictures = [
  { ending: 'png', starts: '\x89PNG\r\n\x1a\n' },
  { ending: 'jpg', starts: '\xff\xd8\xff' },
];

/** Keeps what is uploaded in `uploads`, by its address. */
export function takePicture(
  { headers, body }: StandInRequest,
  generation: 3 | 4,
  server: string,
  uploads: Map<string, Buffer>,
): StandInAnswer {
  // The web server before it.
  if (body.length > 20 * 1024 * 1024) return { status: 413, body: '<html><h1>413</h1></html>' };
  const invalid = (): StandInAnswer =>
    generation === 3
      ? { status: 400, body: { msg: 'Error in upload', code: 'upload-error' } }
      : refuse('invalid_image_upload');
  const parts = readMultipart(headers['content-type'], body) ?? [];
  const [part] = parts;
  if (!part || parts.some(({ name, fileName }) => name !== 'images[]' || fileName === null)) return invalid();
  const kind = pictures.find(({ starts }) => part.content.indexOf(starts, 0, 'latin1') === 0);
  if (!kind) return invalid();
  const file = `0b5e9a2c-${uploads.size + 1}.${kind.ending}`;
  const address = `${server}/pictrs/image/${file}`;
  uploads.set(address, part.content);
  return generation === 3
    ? { status: 201, body: { msg: 'ok', files: [{ file, delete_token: 'b1946ac9' }] } }
    : { status: 200, body: { image_url: address, filename: file } };
}
