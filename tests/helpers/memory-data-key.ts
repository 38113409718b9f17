import { randomBytes } from 'node:crypto';
import type { DataKey } from '../../electron/engine/ports/data-key.ts';

/** A key that is gone with the test, unless told which. */
export function memoryDataKey(key: Uint8Array = randomBytes(32)): DataKey {
  return {
    load: async () => key,
    info: async () => ({ kind: 'key-file', note: 'A key for a test.' }),
  };
}
