import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** One secret, encrypted. All in base64. */
export const sealedSchema = z.object({
  /** Which key it was encrypted with: see fingerprintOf. */
  key: z.string().min(1).max(100),
  iv: z.base64(),
  tag: z.base64(),
  data: z.base64(),
});
export type Sealed = z.infer<typeof sealedSchema>;

const algorithm = 'aes-256-gcm';
/** What GCM is specified for: other lengths are hashed first. */
const ivBytes = 12;
const tagBytes = 16;

/** Encrypts a text under its name: moved to another name it does not open any more. */
export function seal(key: Uint8Array, name: string, text: string): Sealed {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes });
  cipher.setAAD(boundTo(name));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return {
    key: fingerprintOf(key),
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
}

/** Throws when a bit of it is not as it was sealed. */
export function unseal(key: Uint8Array, name: string, sealed: Sealed): string {
  const decipher = createDecipheriv(algorithm, key, Buffer.from(sealed.iv, 'base64'), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(boundTo(name));
  decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
  const text = Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]);
  return text.toString('utf8');
}

/** Tells keys apart and nothing of them: they are random, so that nobody finds one by its hash. */
export function fingerprintOf(key: Uint8Array): string {
  return createHash('sha256').update('earshot vault key\0').update(key).digest('base64url').slice(0, 16);
}

function boundTo(name: string): Buffer {
  return Buffer.from(`earshot vault 1\0${name}`, 'utf8');
}
