import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectDirectory = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Node's own cache of compiled code; emptied by every build. */
export const compiledCode = join(projectDirectory, 'node_modules', '.cache', 'earshot', 'compiled');

/** better-sqlite3 ends the process with a segmentation fault on Node 20, so nothing is tried there. */
const leastVersion = Object.freeze([22, 12]);
const guard = 'EARSHOT_NODE_CHOSEN';
const parentWatchMs = 500;

/**
 * @param {string} version As in process.versions.node.
 * @returns {boolean}
 */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = leastVersion;
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

/**
 * The Node that comes with the project (optionalDependencies), or null.
 *
 * @param {{ platform: string, arch: string, project: string, exists: (path: string) => boolean }} where
 * @returns {string | null}
 */
export function findProjectNode({ platform, arch, project, exists }) {
  const modules = join(project, 'node_modules');
  const system = platform === 'win32' ? 'win' : platform;
  const program = platform === 'win32' ? 'node.exe' : 'node';
  const candidates = [
    // On Windows .bin/node is a script for a shell.
    ...(platform === 'win32' ? [] : [join(modules, '.bin', 'node')]),
    join(modules, `node-${system}-${arch}`, 'bin', program),
    join(modules, `node-bin-${system}-${arch}`, 'bin', program),
  ];
  return candidates.find((path) => exists(path)) ?? null;
}

/**
 * Runs the script again with the project's Node when this one is too old. Resolves, to go on here, only when it
 * is not; otherwise this process stays behind the other one and takes its exit status.
 *
 * @param {string} script The file that was started.
 * @returns {Promise<void>}
 */
export async function ensureNode(script) {
  endWithParent();
  if (isNewEnough(process.versions.node)) {
    // The engine is megabytes of code: compiled once per build, not once per call.
    module.enableCompileCache(compiledCode);
    return;
  }
  const found =
    process.env[guard] === undefined
      ? findProjectNode({
          platform: process.platform,
          arch: process.arch,
          project: projectDirectory,
          exists: existsSync,
        })
      : null;
  if (found === null) {
    console.error(
      `Earshot needs Node ${leastVersion.join('.')} or newer; this is ${process.versions.node}. ` +
        'Run "npm ci", which brings a fitting one (do not leave out optional packages).',
    );
    process.exit(1);
  }
  process.exit(
    await runInstead(found, [...process.execArgv, script, ...process.argv.slice(2)], { [guard]: '1' }),
  );
}

/**
 * Runs a program in this one's place: its input and output, its signals, its exit status.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>}
 */
export function runInstead(program, args, env = {}) {
  return new Promise((resolve, reject) => {
    // The channel carries nothing; it breaks when this process is killed, and the other one then ends too.
    const child = spawn(program, args, {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, ...env },
    });
    // A terminal sends Ctrl-C to both; only what is sent to this process alone has to be handed on.
    const ignore = () => {};
    const handOn = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    process.on('SIGINT', ignore);
    process.on('SIGTERM', handOn);
    process.on('SIGHUP', handOn);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', handOn);
      process.off('SIGHUP', handOn);
      resolve(code ?? (signal === null ? 1 : 128 + (signal === 'SIGINT' ? 2 : 15)));
    });
  });
}

/**
 * Whoever started this process is gone, so nobody waits for it and nobody could end it: the process that stayed
 * behind in runInstead, or npm, which dies of a `kill` without handing it on to what it runs.
 */
function endWithParent() {
  const end = () => void process.kill(process.pid, 'SIGTERM');
  if (process.channel) {
    process.once('disconnect', end);
    process.channel.unref();
  } else if (process.env.npm_lifecycle_event !== undefined && process.platform !== 'win32') {
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      end();
    }, parentWatchMs);
    watch.unref();
  }
}
