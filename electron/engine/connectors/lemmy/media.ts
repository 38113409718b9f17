import { EarshotError } from '../../../../shared/contract/errors.ts';
import type { MediaLimit } from '../../../../shared/contract/methods/connectors.ts';
import type { OutgoingMedia } from '../connector.ts';
import { multipart } from '../http/multipart.ts';
import { singleLine } from '../text/clean-text.ts';
import type { AccountServer } from './account.ts';
import { imageWindowMs } from './api.ts';
import { newerUploadSchema, uploadSchema } from './wire.ts';

/** What the web server that Lemmy is shipped with lets through, the form round the picture left out. */
export const mediaLimit: MediaLimit = {
  // Six uploads an hour is what servers allow as they come.
  mostFiles: 4,
  types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
  mostBytes: 20_000_000,
  mostAlt: 1_500,
};

/** Megabytes over a slow line. */
const uploadTimeoutMs = 120_000;

/** The answer with its pictures below it. Uploaded ones are shown nowhere until a comment names them. */
export async function withPictures(
  place: AccountServer,
  text: string,
  media: readonly OutgoingMedia[],
): Promise<string> {
  const blocks = text === '' ? [] : [text];
  for (const each of media) blocks.push(`![${altOf(each)}](${await upload(place, each)})`);
  return blocks.join('\n\n');
}

/** One line, with nothing that would end it early. */
const altOf = ({ alt }: OutgoingMedia): string => singleLine(alt).replaceAll(/[\\[\]]/g, '\\$&');

async function upload({ server, generation, ask }: AccountServer, media: OutgoingMedia): Promise<string> {
  const form = multipart([
    { field: 'images[]', type: media.type, fileName: media.name || 'picture', content: media.bytes },
  ]);
  const common = { method: 'POST', form, timeoutMs: uploadTimeoutMs, windowMs: imageWindowMs } as const;
  if (generation === 4) {
    const { image_url: url } = await ask({ ...common, path: '/image', schema: newerUploadSchema });
    return url;
  }
  const { files } = await ask({ ...common, path: '/pictrs/image', isOutsideApi: true, schema: uploadSchema });
  const file = files?.[0]?.file;
  if (file) return `${server.server}/pictrs/image/${encodeURIComponent(file)}`;
  throw new EarshotError(
    'rejected',
    'The server did not take this picture. Try another one or a smaller one.',
  );
}
