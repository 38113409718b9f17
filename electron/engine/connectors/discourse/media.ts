import type { MediaLimit } from '../../../../shared/contract/methods/connectors.ts';
import type { OutgoingMedia } from '../connector.ts';
import { type FormPart, multipart } from '../http/multipart.ts';
import { singleLine } from '../text/clean-text.ts';
import type { AccountForum } from './account.ts';
import { uploadSchema } from './wire.ts';

/** As forums come; one may allow another size. */
export const mediaLimit: MediaLimit = {
  mostFiles: 4,
  types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
  mostBytes: 4_096 * 1_024,
  mostAlt: 1_500,
};

/** Megabytes over a slow line. */
const uploadTimeoutMs = 120_000;

/** The answer with its pictures below it. Uploaded ones are shown nowhere until a post names them. */
export async function withPictures(
  forum: AccountForum,
  text: string,
  media: readonly OutgoingMedia[],
  isPrivate: boolean,
): Promise<string> {
  const blocks = text === '' ? [] : [text];
  for (const each of media) blocks.push(await upload(forum, each, isPrivate));
  return blocks.join('\n\n');
}

async function upload({ ask }: AccountForum, media: OutgoingMedia, isPrivate: boolean): Promise<string> {
  const parts: FormPart[] = [
    { field: 'type', content: 'composer' },
    { field: 'synchronous', content: 'true' },
    // On forums that guard files, only those in the conversation can then open it.
    ...(isPrivate ? [{ field: 'for_private_message', content: 'true' }] : []),
    { field: 'file', type: media.type, fileName: fileNameOf(media), content: media.bytes },
  ];
  const uploaded = await ask({
    method: 'POST',
    path: '/uploads.json',
    form: multipart(parts),
    timeoutMs: uploadTimeoutMs,
    schema: uploadSchema,
  });
  const width = uploaded.thumbnail_width ?? uploaded.width;
  const height = uploaded.thumbnail_height ?? uploaded.height;
  const size = width && height ? `|${width}x${height}` : '';
  return `![${altOf(media)}${size}](${uploaded.short_url})`;
}

/** With the ending of its type: forums go by it. */
function fileNameOf({ name, type }: OutgoingMedia): string {
  const ending = type.replace('image/', '');
  const known = ending === 'jpeg' ? /\.jpe?g$/i : new RegExp(`\\.${ending}$`, 'i');
  return known.test(name) ? name : `${name || 'picture'}.${ending}`;
}

/** One line without the characters that have a meaning here; forums know no escape for a bar. */
const altOf = ({ alt }: OutgoingMedia): string =>
  singleLine(alt).replaceAll('[', '(').replaceAll(']', ')').replaceAll(/[|\\]/g, '/');
