import { constants, generateKeyPair, privateDecrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { EarshotError } from '../../../../shared/contract/errors.ts';

export interface KeyPair {
  /** PEM. */
  readonly publicKey: string;
  readonly privateKey: string;
}

/** The forum encrypts the key with the public half, so that nobody else can use what its page shows. */
export async function createKeyPair(): Promise<KeyPair> {
  return promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

const payloadSchema = z.object({ key: z.string().min(1), nonce: z.string() });

/** The key in what the forum's page shows. Throws `invalid-input` for anything else. */
export function readPayload(
  pasted: string,
  { privateKey, nonce }: { readonly privateKey: string; readonly nonce: string },
): string {
  const message =
    'This is not the text that the forum has just shown. Copy all of it, from the page that Earshot opened last.';
  const refuse = (): never => {
    throw new EarshotError('invalid-input', message, { issues: [{ path: 'pasted', message }] });
  };
  const text = pasted.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return refuse();
  const plain = decrypt(Buffer.from(text, 'base64'), privateKey);
  const payload = payloadSchema.safeParse(plain === null ? null : parseJson(plain.toString('utf8')));
  // Another nonce: the answer to another request than this one.
  if (!payload.success || payload.data.nonce !== nonce) return refuse();
  return payload.data.key;
}

/**
 * PKCS #1 v1.5, whose padding Node refuses to take away since CVE-2023-46809: an attacker who may ask again and again
 * learns from the refusals. Here a person pastes one text once, so the raw block is decrypted and the padding is
 * taken off by hand: 00 02, at least eight bytes that are not 00, 00, then the text.
 */
function decrypt(encrypted: Buffer, privateKey: string): Buffer | null {
  let block: Buffer;
  try {
    block = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, encrypted);
  } catch {
    // Of another length than the key's: not made for it.
    return null;
  }
  if (block[0] !== 0 || block[1] !== 2) return null;
  const end = block.indexOf(0, 2);
  return end < 10 ? null : block.subarray(end + 1);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Encrypted for somebody else: the bytes that come out mean nothing.
    return null;
  }
}
