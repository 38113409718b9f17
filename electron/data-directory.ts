import { homedir } from 'node:os';
import { posix, resolve, win32 } from 'node:path';

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const here: Surroundings = { platform: process.platform, env: process.env, home: homedir() };

/** Where everything of the user lives; the same in every host, so that each finds what another wrote. */
export function dataDirectory(chosen: string | undefined, surroundings: Surroundings = here): string {
  return chosen === undefined ? defaultDataDirectory(surroundings) : resolve(chosen);
}

function defaultDataDirectory({ platform, env, home }: Surroundings): string {
  if (platform === 'win32') {
    return win32.join(env.APPDATA || win32.join(home, 'AppData', 'Roaming'), 'earshot');
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'earshot');
  // The XDG rules say that a relative path is to be ignored.
  const share = env.XDG_DATA_HOME;
  return posix.join(share?.startsWith('/') ? share : posix.join(home, '.local', 'share'), 'earshot');
}
