import type { StandInAnswer, StandInRequest } from '../conformance/stand-in-server.ts';
import { readMultipart } from '../http/read-multipart.ts';

export interface Upload {
  readonly fields: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** Keeps what is uploaded in `uploads`, by the address that posts have for it. */
export function takeFile({ headers, body }: StandInRequest, uploads: Map<string, Upload>): StandInAnswer {
  const parts = readMultipart(headers['content-type'], body) ?? [];
  const fields = Object.fromEntries(
    parts.flatMap(({ name, fileName, content }) => (fileName === null ? [[name, content.toString()]] : [])),
  );
  if (!fields['type']) {
    return { status: 400, body: { errors: ['type'], error_type: 'invalid_parameters' } };
  }
  const refuse = (error: string): StandInAnswer => ({ status: 422, body: { errors: [error] } });
  const file = parts.find(({ name, fileName }) => name === 'file' && fileName !== null);
  if (!file) return refuse('Sorry, that file is missing.');
  const ending = /\.(jpe?g|png|gif|webp)$/i.exec(file.fileName ?? '')?.[1]?.toLowerCase();
  if (ending === undefined) return refuse('Sorry, the file you are trying to upload is not authorized.');
  if (file.content.length > 4_096 * 1_024) {
    return refuse('Sorry, the image you are trying to upload is too big (maximum size is 4 MB).');
  }
  // Without it the answer comes over another channel.
  if (fields['synchronous'] !== 'true') return { status: 200, body: {} };
  const short = `upload://q${uploads.size + 1}Zx9.${ending}`;
  uploads.set(short, { fields, bytes: file.content });
  return {
    status: 200,
    body: {
      id: uploads.size,
      url: `/uploads/default/original/1X/${uploads.size}.${ending}`,
      original_filename: file.fileName,
      width: 1_600,
      height: 900,
      thumbnail_width: 690,
      thumbnail_height: 388,
      short_url: short,
    },
  };
}
