import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { EarshotError } from '../../../shared/contract/errors.ts';

/** Makes the folder that everything is kept in, for its owner alone. Throws EarshotError when there can be none. */
export function makeDataDirectory(directory: string): void {
  try {
    make(resolve(directory));
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? reasons[String(error.code)] : undefined;
    throw new EarshotError(
      'unsupported',
      `Earshot cannot keep its data in ${directory}: ${reason ?? String(error)}. Choose another folder with --data-dir.`,
      { directory },
      error,
    );
  }
}

/** One folder at a time: `recursive` never returns where the system refuses new folders with ENOENT, as in /proc. */
function make(path: string): void {
  if (!existsSync(path)) {
    if (dirname(path) !== path) make(dirname(path));
    try {
      mkdirSync(path, { mode: 0o700 });
    } catch (error) {
      // Another process was as quick, or a link leads nowhere: told apart below.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
  if (!statSync(path).isDirectory()) {
    throw Object.assign(new Error(`${path} is not a folder`), { code: 'ENOTDIR' });
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOTDIR: 'a file is in the way, not a folder',
  ENOENT: 'there can be no such folder',
  EACCES: 'you may not make folders there',
  EPERM: 'you may not make folders there',
  EROFS: 'it can only be read',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'its name is too long',
};
