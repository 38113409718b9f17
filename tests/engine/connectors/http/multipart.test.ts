import { describe, expect, it } from 'vitest';
import { multipart } from '../../../../electron/engine/connectors/http/multipart.ts';
import { readMultipart } from './read-multipart.ts';

describe('a form with files', () => {
  it('is read as it was made, byte by byte', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    const { body, type } = multipart([
      { field: 'text', content: 'Grüße\r\n--earshot' },
      { field: 'file', fileName: 'Bild ä.png', type: 'image/png', content: bytes },
    ]);
    const form = await new Response(Buffer.from(body), { headers: { 'content-type': type } }).formData();
    expect(form.get('text')).toBe('Grüße\r\n--earshot');
    const file = form.get('file') as File;
    expect([file.name, file.type]).toEqual(['Bild ä.png', 'image/png']);
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
    expect(readMultipart(type, Buffer.from(body))).toHaveLength(2);
  });

  it('has no header that a file name brought along', () => {
    const fileName = 'a"; name="chat_id"\r\nX-Evil: 1\r\n\r\n.png';
    const { body, type } = multipart([{ field: 'file', fileName, type: 'image/png', content: 'x' }]);
    expect(readMultipart(type, Buffer.from(body))).toMatchObject([{ name: 'file', type: 'image/png' }]);
    expect(Buffer.from(body).toString()).not.toMatch(/^X-Evil/m);
  });
});
