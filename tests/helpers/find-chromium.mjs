import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'brave-browser',
];
const macPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const windowsPlaces = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * A Chromium for the tests: named by EARSHOT_CHROMIUM or CHROME_PATH, else one of the system, else one that
 * Playwright once downloaded. Nothing is downloaded here.
 *
 * @param {{ env?: Record<string, string | undefined>, platform?: string, home?: string, exists?: (path: string) => boolean, list?: (path: string) => string[] }} [where]
 * @returns {string | null}
 */
export function findChromium(where = {}) {
  const { env = process.env, platform = process.platform, home = homedir() } = where;
  const { exists = existsSync, list = listFolder } = where;
  const named = env.EARSHOT_CHROMIUM || env.CHROME_PATH;
  if (named) {
    if (exists(named)) return named;
    throw new Error(`There is no browser at ${named} (EARSHOT_CHROMIUM or CHROME_PATH).`);
  }
  return candidates(env, platform, home, list).find(exists) ?? null;
}

/**
 * @param {Record<string, string | undefined>} env
 * @param {string} platform
 * @param {string} home
 * @param {(path: string) => string[]} list
 */
function candidates(env, platform, home, list) {
  const cache =
    env.PLAYWRIGHT_BROWSERS_PATH ||
    (platform === 'darwin'
      ? join(home, 'Library', 'Caches', 'ms-playwright')
      : platform === 'win32'
        ? join(env.LOCALAPPDATA ?? home, 'ms-playwright')
        : join(home, '.cache', 'ms-playwright'));
  const programs = {
    darwin: ['chrome-mac/Chromium.app/Contents/MacOS/Chromium'],
    win32: ['chrome-win/chrome.exe', 'chrome-win64/chrome.exe'],
  }[platform] ?? ['chrome-linux/chrome', 'chrome-linux64/chrome'];
  const downloaded = list(cache)
    .filter((folder) => /^chromium-\d+$/.test(folder))
    .sort()
    .reverse()
    .flatMap((folder) => programs.map((program) => join(cache, folder, program)));
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((root) => root);
    return [...roots.flatMap((root) => windowsPlaces.map((place) => `${root}\\${place}`)), ...downloaded];
  }
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const installed = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...installed, ...(platform === 'darwin' ? macPlaces : []), ...downloaded];
}

/** @param {string} path */
function listFolder(path) {
  return existsSync(path) ? readdirSync(path) : [];
}
