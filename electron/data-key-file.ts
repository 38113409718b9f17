import { randomBytes } from 'node:crypto';
import { createKeyFile, keyBytes, keyFailure, keyFilePath, readKeyFile } from './key-file.ts';
import type { DataKey } from './engine/ports/data-key.ts';

/** The vault's key in `<directory>/vault.key`, for the hosts that have no keychain at hand. */
export function openDataKeyFile(directory: string): DataKey {
  const path = keyFilePath(directory);
  return {
    async load() {
      const stored = readKeyFile(path);
      if (stored?.kind === 'plain') return stored.bytes;
      if (stored) throw lockedByKeychain(path);
      const bytes = randomBytes(keyBytes);
      createKeyFile(path, { kind: 'plain', bytes });
      return bytes;
    },
    async info() {
      return {
        kind: 'key-file',
        note: `What accounts sign in with is encrypted in vault.json, with the key in ${path}. Only your user on this computer may read both; whoever gets hold of both files can read everything.`,
      };
    },
  };
}

function lockedByKeychain(path: string) {
  return keyFailure(
    `The secrets were stored by Earshot’s desktop app: ${path} is locked by this computer’s keychain, which a browser or the command line cannot ask. Use the desktop app, or another --data-dir.`,
  );
}
