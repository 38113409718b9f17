import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compiledCode, ensureNode, projectDirectory } from './node-runtime.mjs';

/** What a build is made of. A change in any of them makes it old. */
const sources = ['shared', 'electron', 'renderer', 'package.json', 'package-lock.json'];
const isSource = (/** @type {string} */ name) => /\.(ts|tsx|css|html|json|svg|png|woff2|js|mjs)$/.test(name);
/** electron-vite puts its compiled configuration beside the original for a moment. */
const isPassing = (/** @type {string} */ name) => /\.config\.ts\.\d+/.test(name);

const out = join(projectDirectory, 'out');
const stampFile = join(out, '.built-from');

/**
 * Builds when `out` is missing or was made from other sources than those that are there now. `tells`: says so on
 * stderr while it takes its seconds.
 *
 * @param {{ tells?: boolean }} [options]
 * @returns {Promise<'there' | 'built'>}
 */
export async function buildIfNeeded({ tells = true } = {}) {
  if (readStamp() === fingerprintSources()) return 'there';
  if (tells) console.error('Building Earshot …');
  await build();
  return 'built';
}

/**
 * Builds beside `out` and swaps at the end: a failed build leaves the old one, and two at once do not mix.
 *
 * @param {{ isQuiet?: boolean }} [options]
 * @returns {Promise<void>}
 */
export async function build({ isQuiet = true } = {}) {
  const fingerprint = fingerprintSources();
  const workshop = join(projectDirectory, 'node_modules', '.cache', 'earshot', `build-${process.pid}`);
  const fresh = join(workshop, 'out');
  rmSync(workshop, { recursive: true, force: true });
  mkdirSync(workshop, { recursive: true });
  try {
    await runElectronVite(fresh, isQuiet);
    writeFileSync(join(fresh, '.built-from'), fingerprint);
    swap(fresh, join(workshop, 'old'));
    rmSync(compiledCode, { recursive: true, force: true });
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/**
 * @param {string} outDirectory
 * @param {boolean} isQuiet
 * @returns {Promise<void>}
 */
function runElectronVite(outDirectory, isQuiet) {
  const program = join(projectDirectory, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  if (!existsSync(program)) throw new Error('The tools to build with are not there. Run "npm ci" first.');
  const config = join('electron', 'electron.vite.config.ts');
  const args = [program, 'build', '--config', config, ...(isQuiet ? ['--logLevel', 'warn'] : [])];
  return new Promise((resolve, reject) => {
    // The command line keeps stdout for results and stderr for its failures: a quiet build speaks when it failed.
    const child = spawn(process.execPath, args, {
      cwd: projectDirectory,
      stdio: isQuiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2],
      env: { ...process.env, EARSHOT_OUT_DIR: outDirectory },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => (output += String(chunk)));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The build failed.\n${output}`.trim()));
    });
  });
}

/**
 * @param {string} fresh
 * @param {string} old
 */
function swap(fresh, old) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (existsSync(out)) renameSync(out, `${old}-${attempt}`);
      renameSync(fresh, out);
      return;
    } catch (error) {
      // Another build was swapped in between the two lines: put that one away too.
      if (attempt === 5) throw error;
    }
  }
}

/** @returns {string | null} */
function readStamp() {
  try {
    return readFileSync(stampFile, 'utf8');
  } catch {
    return null; // Never built, or by a build that did not finish.
  }
}

/** @returns {string} Changes with the name, size or time of any source. */
function fingerprintSources() {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = join(projectDirectory, source);
    if (statSync(path).isFile()) addFile(path);
    else {
      for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
        if (entry.isFile() && isSource(entry.name) && !isPassing(entry.name)) {
          addFile(join(entry.parentPath, entry.name));
        }
      }
    }
  }
  return hash.digest('hex');

  /** @param {string} path */
  function addFile(path) {
    const file = statSync(path, { throwIfNoEntry: false });
    if (file) hash.update(`${path}\0${file.size}\0${file.mtimeMs}\n`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await ensureNode(process.argv[1] ?? '');
  await build({ isQuiet: false }).catch((/** @type {Error} */ error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
