import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { watch } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { build, buildIfNeeded } from './build.mjs';
import { projectDirectory } from './node-runtime.mjs';

/** Editors write a file in several steps; one build answers them all. */
const settleMs = 150;

/**
 * `npm run dev`: builds, starts, and does both again at every change. The same for both hosts and the same
 * build as `npm start`, so that no path of the app exists only in development. The address stays the same, so an
 * open page connects again by itself; load it anew to see changes of the window.
 *
 * @param {string} script start.mjs
 * @param {import('./start-options.mjs').StartOptions} options
 * @returns {Promise<number>}
 */
export async function runDevelopment(script, options) {
  await buildIfNeeded();
  const port = options.port || (await findFreePort());
  const token = randomBytes(32).toString('base64url');
  let app = startApp(options.opensBrowser);
  let isEnding = false;
  /** @type {Promise<void>} */
  let work = Promise.resolve();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;

  const watchers = ['shared', 'electron', 'renderer'].map((folder) =>
    watch(join(projectDirectory, folder), { recursive: true }, (_event, name) => {
      if (name === null || !/\.(ts|tsx|css|html|mjs)$/.test(name) || /\.config\.ts\.\d+/.test(name)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        work = work.then(rebuild);
      }, settleMs);
    }),
  );

  return new Promise((resolve) => {
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => {
        if (isEnding) return;
        isEnding = true;
        clearTimeout(timer);
        for (const watcher of watchers) watcher.close();
        void work.then(stopApp).then(() => resolve(0));
      });
    }
  });

  async function rebuild() {
    if (isEnding) return;
    const startedAt = performance.now();
    try {
      await build();
    } catch {
      return console.error('Waiting for the next change.');
    }
    await stopApp();
    if (isEnding) return;
    app = startApp(false);
    console.error(`Built and restarted in ${Math.round(performance.now() - startedAt)} ms.`);
  }

  /** @param {boolean} opensBrowser */
  function startApp(opensBrowser) {
    const args = [
      script,
      '--port',
      String(port),
      ...(options.forced === null ? [] : [`--${options.forced}`]),
      ...(opensBrowser ? [] : ['--no-open']),
      ...(options.dataDirectory === null ? [] : ['--data-dir', options.dataDirectory]),
      ...(options.isSample ? ['--sample'] : []),
    ];
    return spawn(process.execPath, args, {
      stdio: 'inherit',
      env: { ...process.env, EARSHOT_DEV_TOKEN: token },
    });
  }

  async function stopApp() {
    if (app.exitCode !== null || app.signalCode !== null) return;
    const gone = new Promise((resolve) => app.once('exit', resolve));
    app.kill('SIGTERM');
    await gone;
  }
}

/** @returns {Promise<number>} */
function findFreePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
