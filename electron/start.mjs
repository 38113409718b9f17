import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildIfNeeded } from './build.mjs';
import { chooseHost, chooseOpener } from './choose-host.mjs';
import { runDevelopment } from './dev.mjs';
import { findElectron } from './find-electron.mjs';
import { ensureNode, projectDirectory } from './node-runtime.mjs';
import { readStartOptions, startHelp } from './start-options.mjs';

/** @import { StartOptions } from './start-options.mjs' */

/**
 * `npm start`. Runs on Node 20.20 as far as the line that looks for a newer one, so: plain JavaScript, and
 * nothing imported above that needs more.
 */

/** An Electron that ends this soon and badly never got as far as a window (no sandbox, a library missing). */
const electronTrialMs = 8_000;
/** main.ts ends with this when it has told the user why; there is nothing to fall back from. */
const toldExitStatus = 3;

const script = fileURLToPath(import.meta.url);
const read = readStartOptions(process.argv.slice(2));
if (read.kind === 'help') {
  process.stdout.write(startHelp);
} else if (read.kind === 'mistake') {
  console.error(read.message);
  process.exitCode = 1;
} else {
  await ensureNode(script);
  process.exitCode = await start(read.options).catch((/** @type {Error} */ error) => {
    console.error(error.message);
    return 1;
  });
}

/**
 * @param {StartOptions} options
 * @returns {Promise<number>} The exit status.
 */
async function start(options) {
  if (options.isDevelopment) return runDevelopment(script, options);
  await buildIfNeeded();
  const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  const choice = chooseHost({
    forced: options.forced,
    platform: process.platform,
    userId: process.getuid?.() ?? null,
    hasDisplay,
    electron: findElectron(projectDirectory, process.env),
  });
  const howToGet = 'To get the desktop window: npm run electron:install';
  if (choice.host === 'none') {
    console.error(`${choice.reason}${choice.isElectronMissing ? `\n${howToGet}` : ''}`);
    return 1;
  }
  if (choice.host === 'browser') {
    return runBrowser(options, hasDisplay, choice.reason, choice.isElectronMissing ? howToGet : null);
  }
  const ended = await runElectron(choice.executable, options);
  if (ended.isStarted || options.forced === 'electron') return ended.status;
  return runBrowser(options, hasDisplay, `Electron did not start (it ended with ${ended.how}).`, null);
}

/**
 * @param {StartOptions} options
 * @param {boolean} hasDisplay
 * @param {string} reason
 * @param {string | null} advice
 */
async function runBrowser(options, hasDisplay, reason, advice) {
  /** @type {typeof import('./host.ts')} */
  const { runBrowserHost } = await import(pathToFileURL(join(projectDirectory, 'out/main/host.js')).href);
  console.log(
    options.forced === 'browser' ? reason : `Earshot runs in your browser, not in Electron. ${reason}`,
  );
  if (advice !== null) console.log(advice);
  const opener = chooseOpener({
    platform: process.platform,
    env: process.env,
    hasDisplay,
    isWanted: options.opensBrowser,
  });
  const token = process.env.EARSHOT_DEV_TOKEN;
  return runBrowserHost({
    version: JSON.parse(readFileSync(join(projectDirectory, 'package.json'), 'utf8')).version,
    reason,
    ...(options.port === null ? {} : { port: options.port }),
    ...(options.dataDirectory === null ? {} : { dataDirectory: options.dataDirectory }),
    ...(options.isSample ? { workspace: 'sample' } : {}),
    ...(opener === null ? {} : { opener }),
    ...(token ? { token } : {}),
  });
}

/**
 * @param {string} executable
 * @param {StartOptions} options
 * @returns {Promise<{ isStarted: boolean, status: number, how: string }>}
 */
function runElectron(executable, options) {
  const args = [
    projectDirectory,
    ...(options.dataDirectory === null ? [] : [`--data-dir=${options.dataDirectory}`]),
    ...(options.isSample ? ['--sample'] : []),
  ];
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const electron = spawn(executable, args, { stdio: 'inherit', cwd: process.cwd() });
    const handOn = (/** @type {NodeJS.Signals} */ signal) => electron.kill(signal);
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, handOn);
    electron.once('error', (error) => resolve({ isStarted: false, status: 1, how: error.message }));
    electron.once('exit', (code, signal) => {
      const status = code ?? 1;
      const isEarly = performance.now() - startedAt < electronTrialMs;
      const isFailure =
        status !== 0 && status !== toldExitStatus && signal !== 'SIGINT' && signal !== 'SIGTERM';
      resolve({ isStarted: !(isEarly && isFailure), status, how: signal ?? `status ${status}` });
    });
  });
}
