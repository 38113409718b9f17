import { randomUUID } from 'node:crypto';

/** A field, or a file when it has a name. */
export interface FormPart {
  readonly field: string;
  /** Media type; none for a plain field. */
  readonly type?: string;
  readonly fileName?: string;
  readonly content: string | Uint8Array;
}

/** A multipart/form-data body, and the content type that names its boundary. */
export function multipart(parts: readonly FormPart[]): { readonly body: Uint8Array; readonly type: string } {
  const boundary = `earshot-${randomUUID()}`;
  const pieces = parts.flatMap(({ field, type, fileName, content }) => {
    const file = fileName === undefined ? '' : `; filename="${withoutMarks(fileName)}"`;
    const contentType = type === undefined ? '' : `Content-Type: ${withoutMarks(type)}\r\n`;
    const disposition = `Content-Disposition: form-data; name="${withoutMarks(field)}"${file}\r\n`;
    return [
      Buffer.from(`--${boundary}\r\n${disposition}${contentType}\r\n`),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ];
  });
  return {
    body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
    type: `multipart/form-data; boundary=${boundary}`,
  };
}

/** Nothing that would end the name, or the header that it stands in. */
function withoutMarks(text: string): string {
  return text.replaceAll(/["\\\p{Cc}]/gu, '_');
}
