import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findElectron } from './find-electron.mjs';
import { ensureNode, projectDirectory } from './node-runtime.mjs';
import { writeStubElectron } from './stub-electron.mjs';

/**
 * `npm run package:dir`: the unpacked application in release/. Where Electron's program is not there, a stub
 * takes its place, so that everything of ours can be packaged and looked at without a download; what comes out
 * then does not run, and the last line says so.
 *
 * @param {{ output?: string, isStub?: boolean, extra?: readonly string[] }} [options] Output is relative to the project.
 * @returns {Promise<{ isStub: boolean }>}
 */
export async function packageDirectory({ output = 'release', isStub, extra = [] } = {}) {
  const electron = findElectron(projectDirectory, process.env);
  const usesStub =
    isStub ?? !(electron.isExecutableThere && electron.distVersion?.includes(String(electron.version)));
  const workshop = mkdtempSync(join(tmpdir(), 'earshot-package-'));
  try {
    const args = ['--dir', '--publish', 'never', `-c.directories.output=${output}`, ...extra];
    if (usesStub) {
      const dist = join(workshop, 'electron-dist');
      writeStubElectron(dist, readVersion());
      args.push(`-c.electronDist=${dist}`);
    }
    await run(args);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
  return { isStub: usesStub };
}

function readVersion() {
  const manifest = readFileSync(join(projectDirectory, 'package.json'), 'utf8');
  return String(JSON.parse(manifest).devDependencies.electron);
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<void>}
 */
function run(args) {
  const program = join(projectDirectory, 'node_modules', 'electron-builder', 'cli.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: projectDirectory, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`electron-builder ended with status ${code}.`));
    });
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await ensureNode(process.argv[1] ?? '');
  const { isStub } = await packageDirectory({ extra: process.argv.slice(2) });
  if (isStub) {
    console.log(
      'Packaged with a stub in the place of Electron; it does not run. First: npm run electron:install',
    );
  }
}
