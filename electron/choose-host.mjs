/**
 * @typedef {object} ElectronFindings What is known of the `electron` package and its downloaded program.
 * @property {string | null} version Of the package; null when it is not installed.
 * @property {string | null} executable Path of the program, from path.txt or ELECTRON_OVERRIDE_DIST_PATH; null when neither names one.
 * @property {boolean} isExecutableThere
 * @property {string | null} distVersion What `dist/version` says; null when there is no such file.
 */

/**
 * @typedef {object} HostQuestion
 * @property {'browser' | 'electron' | null} forced
 * @property {string} platform
 * @property {number | null} userId Null where there is no such thing (Windows).
 * @property {boolean} hasDisplay
 * @property {ElectronFindings} electron
 */

/**
 * @typedef {{ host: 'electron', executable: string }
 *   | { host: 'browser', reason: string, isElectronMissing: boolean }
 *   | { host: 'none', reason: string, isElectronMissing: boolean }} HostChoice
 */

/**
 * Electron where everything it needs is there, else the browser host and why. Asked for Electron by name, the
 * answer is Electron or nothing.
 *
 * @param {HostQuestion} question
 * @returns {HostChoice}
 */
export function chooseHost(question) {
  if (question.forced === 'browser') {
    return { host: 'browser', reason: 'You asked for the browser (--browser).', isElectronMissing: false };
  }
  const obstacle = whyNotElectron(question);
  if (obstacle === null && question.electron.executable !== null) {
    return { host: 'electron', executable: question.electron.executable };
  }
  const { reason, isElectronMissing } = obstacle ?? missing('The Electron program is not there.');
  return { host: question.forced === 'electron' ? 'none' : 'browser', reason, isElectronMissing };
}

/**
 * @param {HostQuestion} question
 * @returns {{ reason: string, isElectronMissing: boolean } | null}
 */
function whyNotElectron({ electron, platform, userId, hasDisplay }) {
  if (electron.version === null) return missing('The package “electron” is not installed.');
  if (electron.executable === null || !electron.isExecutableThere) {
    return missing('The Electron program has not been downloaded.');
  }
  const distVersion = electron.distVersion?.trim().replace(/^v/, '') ?? null;
  if (distVersion !== electron.version) {
    const found = distVersion === null ? 'of an unknown version' : distVersion;
    return missing(`The Electron program that is there is ${found}, and ${electron.version} is needed.`);
  }
  if (platform === 'linux' && !hasDisplay) {
    return present('There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set).');
  }
  // Chromium's sandbox does not work as root, and without it a page could do everything that root can.
  if (platform === 'linux' && userId === 0) return present('Electron does not run safely as root.');
  return null;
}

/** @param {string} reason */
function missing(reason) {
  return { reason, isElectronMissing: true };
}

/** @param {string} reason */
function present(reason) {
  return { reason, isElectronMissing: false };
}

/**
 * The program that shows an address in the user's browser; null when nobody would see it.
 *
 * @param {{ platform: string, env: Record<string, string | undefined>, hasDisplay: boolean, isWanted: boolean }} question
 * @returns {{ command: string, args: readonly string[] } | null}
 */
export function chooseOpener({ platform, env, hasDisplay, isWanted }) {
  if (!isWanted || env.CI) return null;
  if (platform === 'darwin') return { command: 'open', args: [] };
  // Not `start`: that is a word of the shell, and an address is nothing for a shell to read.
  if (platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler'] };
  return hasDisplay ? { command: 'xdg-open', args: [] } : null;
}
