import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureNode, projectDirectory } from '../electron/node-runtime.mjs';
import { findChromium } from './helpers/find-chromium.mjs';

/**
 * `npm test`: everything, in the order in which a mistake is cheapest to hear of. A browser is found, or
 * installed where that can be done without asking (root on Debian); without one the tests that need it are
 * SKIPPED, loudly. EARSHOT_REQUIRE_BROWSER=1 and EARSHOT_REQUIRE_ELECTRON=1 make a skip a failure.
 * The last line is `N passed, N failed`, with `, N skipped` where there are any.
 */

/** These open a browser. */
const browserTests = ['tests/e2e', 'tests/harness'];
const artifacts = join(projectDirectory, 'tests', '.artifacts');

await ensureNode(fileURLToPath(import.meta.url));
const totals = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const summary = [];
mkdirSync(artifacts, { recursive: true });

await step('types', 'tsc', ['-b']);
await step('lint', 'oxlint', ['--type-aware', '--deny-warnings']);
await step('format', 'biome', ['format', '.']);
await step('unused code', 'knip', ['--no-config-hints']);
const isBuilt = await step('build', process.execPath, [join('electron', 'build.mjs')]);
await vitest('unit and integration', [], ['--exclude', 'tests/{e2e,harness}/**']);
if (isBuilt) await browserSteps();
else record('end to end', { passed: 0, failed: 1, skipped: 0 }, 'not run: the build failed');

console.log(`\n${'─'.repeat(78)}\n${summary.join('\n')}\n`);
const skippedPart = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
console.log(`${totals.passed} passed, ${totals.failed} failed${skippedPart}`);
process.exitCode = totals.failed > 0 ? 1 : 0;

async function browserSteps() {
  if ((await findOrInstallChromium()) === null) {
    if (process.env.EARSHOT_REQUIRE_BROWSER === '1') {
      return record(
        'end to end',
        { passed: 0, failed: 1, skipped: 0 },
        'no Chromium (EARSHOT_REQUIRE_BROWSER)',
      );
    }
    shout(
      'SKIPPED: the end-to-end tests. No Chromium was found.',
      'Install Chromium, Chrome or Edge, or name one with EARSHOT_CHROMIUM=/path/to/it.',
    );
    return record('end to end', { passed: 0, failed: 0, skipped: 1 }, 'SKIPPED: no Chromium was found');
  }
  const { availableHosts } = await import('./helpers/launch.ts');
  for (const host of availableHosts()) {
    if (host.skipped === null) continue;
    if (process.env.EARSHOT_REQUIRE_ELECTRON === '1' && host.name === 'electron') {
      record(
        'host electron',
        { passed: 0, failed: 1, skipped: 0 },
        `${host.skipped} (EARSHOT_REQUIRE_ELECTRON)`,
      );
      continue;
    }
    shout(`SKIPPED: the host “${host.name}”. ${host.skipped}`);
    record(`host ${host.name}`, { passed: 0, failed: 0, skipped: 1 }, `SKIPPED: ${host.skipped}`);
  }
  await vitest('end to end', browserTests, []);
}

async function findOrInstallChromium() {
  const found = findChromium();
  if (found !== null) return found;
  const isRootOnDebian =
    process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (!isRootOnDebian) return null;
  console.log('\n▸ no Chromium was found; installing it with apt-get');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], env);
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], env);
  return findChromium();
}

/**
 * A step that passes or fails as a whole.
 *
 * @param {string} name
 * @param {string} program
 * @param {string[]} args
 */
async function step(name, program, args) {
  console.log(`\n▸ ${name}`);
  const startedAt = performance.now();
  const isGood = (await run(program, args)) === 0;
  record(name, { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, skipped: 0 }, secondsSince(startedAt));
  return isGood;
}

/**
 * @param {string} name
 * @param {string[]} filters
 * @param {string[]} args
 */
async function vitest(name, filters, args) {
  console.log(`\n▸ ${name}`);
  const report = join(artifacts, `${name.replaceAll(' ', '-')}.json`);
  rmSync(report, { force: true });
  const startedAt = performance.now();
  const status = await run('vitest', [
    'run',
    '--config',
    'tests/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    '--passWithNoTests',
    ...args,
    ...filters,
  ]);
  const counts = { passed: 0, failed: 0, skipped: 0 };
  if (existsSync(report)) {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    counts.passed = result.numPassedTests;
    counts.failed = result.numFailedTests;
    counts.skipped = result.numPendingTests + result.numTodoTests;
  }
  // A file that cannot be loaded, or an error outside a test, fails no test but the run.
  if (status !== 0 && counts.failed === 0) counts.failed = 1;
  record(name, counts, `${counts.passed} tests, ${secondsSince(startedAt)}`);
}

/**
 * @param {string} name
 * @param {{ passed: number, failed: number, skipped: number }} counts
 * @param {string} remark
 */
function record(name, counts, remark) {
  totals.passed += counts.passed;
  totals.failed += counts.failed;
  totals.skipped += counts.skipped;
  const mark = counts.failed > 0 ? '✗' : counts.passed > 0 ? '✓' : '○';
  const failures = counts.failed > 0 ? `${counts.failed} failed, ` : '';
  summary.push(`${mark} ${name.padEnd(22)} ${failures}${remark}`);
}

/** @param {number} startedAt */
function secondsSince(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}

/** @param {string[]} lines */
function shout(...lines) {
  const frame = '!'.repeat(78);
  console.log(`\n${frame}\n${lines.map((line) => `! ${line}`).join('\n')}\n${frame}`);
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>}
 */
function run(program, args, env = {}) {
  // The project's tools and its Node come first, whoever started this.
  const path = [
    join(projectDirectory, 'node_modules', '.bin'),
    dirname(process.execPath),
    process.env.PATH ?? '',
  ];
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: projectDirectory,
      stdio: 'inherit',
      shell: process.platform === 'win32',
      env: { ...process.env, PATH: path.join(delimiter), ...env },
    });
    child.once('error', (error) => {
      console.error(`${program} could not be started: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
