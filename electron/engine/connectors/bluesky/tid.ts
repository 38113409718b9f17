import { createHash } from 'node:crypto';

const alphabet = '234567abcdefghijklmnopqrstuvwxyz';

/** 13 characters: microseconds since 1970 in 53 bits, then 10 bits that tell writers apart. */
function encodeTid(microseconds: bigint, clockId: bigint): string {
  let rest = (microseconds << 10n) | clockId;
  let text = '';
  for (let place = 0; place < 13; place++) {
    text = (alphabet[Number(rest & 31n)] as string) + text;
    rest >>= 5n;
  }
  return text;
}

/** About a minute: two replies of one moment, as the parts of a thread are, must not meet. */
const spread = 1n << 26n;

/** The same for the same reply, however often it is made: sending it twice writes to one place. `at`: epoch milliseconds. */
export function tidOfReply(at: number, idempotencyKey: string): string {
  const hash = hashOf(idempotencyKey);
  const microseconds = BigInt(Math.max(Math.trunc(at), 0)) * 1000n - (hash % spread);
  return encodeTid(microseconds < 0n ? 0n : microseconds, (hash >> 50n) & 1023n);
}

/** The one place for what can be done to a subject once: liking a post, blocking somebody. Its time means nothing. */
export function tidOfSubject(subject: string): string {
  const hash = hashOf(subject);
  // Below 2^50 microseconds is before 2006: no record of a real moment is there.
  return encodeTid(hash & ((1n << 50n) - 1n), (hash >> 50n) & 1023n);
}

function hashOf(text: string): bigint {
  return createHash('sha256').update(text).digest().readBigUInt64BE();
}
