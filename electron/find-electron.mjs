import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Looks for the program without importing `electron`: in plain Node that starts a download.
 *
 * @param {string} project
 * @param {Record<string, string | undefined>} env
 * @returns {import('./choose-host.mjs').ElectronFindings}
 */
export function findElectron(project, env) {
  const folder = join(project, 'node_modules', 'electron');
  const manifest = read(join(folder, 'package.json'));
  const programName = read(join(folder, 'path.txt'));
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  const dist = override || join(folder, 'dist');
  const executable = override
    ? join(dist, programName ?? 'electron')
    : programName && join(dist, programName);
  return {
    version: manifest === null ? null : String(JSON.parse(manifest).version),
    executable: executable || null,
    isExecutableThere: Boolean(executable) && existsSync(String(executable)),
    distVersion: read(join(dist, 'version')),
  };
}

/**
 * @param {string} path
 * @returns {string | null}
 */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // Not there, which is the answer.
  }
}
