import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeFileWhole } from '../vault/write-file.ts';

const pattern = /^[\da-f]{32}$/;

/**
 * A random name for this data directory, 32 hex digits, the same for ever: no secret, and it says nothing of whose it
 * is. Kept in `path`; made when it is asked for first, and anew when the file is damaged.
 */
export function createInstallationId(path: string): () => Promise<string> {
  let known: Promise<string> | null = null;
  return () => {
    known ??= readOrMake(path);
    known.catch(() => {
      known = null;
    });
    return known;
  };
}

async function readOrMake(path: string): Promise<string> {
  const found = await readFile(path, 'utf8').catch(() => '');
  if (pattern.test(found.trim())) return found.trim();
  const made = randomBytes(16).toString('hex');
  await writeFileWhole(path, `${made}\n`);
  return made;
}
