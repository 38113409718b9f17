import { execFile } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { extractAll, extractFile, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildIfNeeded } from '../../electron/build.mjs';
import { packageDirectory } from '../../electron/package-dir.mjs';
import { launchHarness } from '../harness/launch-harness.ts';
import { findChromium } from '../helpers/find-chromium.mjs';
import { launchChromium, projectDirectory } from '../helpers/launch.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const run = promisify(execFile);
/** Inside the project and never looked at by git. */
const output = 'tests/.artifacts/package';
const folder = join(projectDirectory, output);
const resources = join(folder, 'linux-unpacked', 'resources');
const archive = join(resources, 'app.asar');
const native = `node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`;

function packedFiles(): string[] {
  const paths = listPackage(archive, { isPack: false }).map((path) => path.slice(1));
  return paths.filter((path) => !paths.some((other) => other.startsWith(`${path}/`)));
}

// The stub stands for an Electron for Linux; other systems package with the real one.
describe.skipIf(process.platform !== 'linux')('the packaged application', () => {
  beforeAll(async () => {
    await buildIfNeeded();
    rmSync(folder, { recursive: true, force: true });
    await packageDirectory({ output, isStub: true });
  }, 240_000);

  it('holds what was built, the database driver, and nothing else', () => {
    const files = packedFiles();
    const unexpected = files.filter(
      (path) =>
        !path.startsWith('out/') &&
        !path.startsWith('node_modules/better-sqlite3/lib/') &&
        !['package.json', 'resources/LICENSE', native].includes(path) &&
        !/^node_modules\/better-sqlite3\/(package\.json|LICENSE)$/.test(path),
    );
    expect(unexpected).toEqual([]);
    for (const path of [
      'package.json',
      'resources/LICENSE',
      'out/main/index.js',
      'out/main/engine-process.js',
      'out/main/licences.txt',
      'out/preload/preload.cjs',
      'out/renderer/index.html',
      'out/renderer/licences.txt',
      'node_modules/better-sqlite3/package.json',
      'node_modules/better-sqlite3/LICENSE',
      'node_modules/better-sqlite3/lib/index.js',
    ]) {
      expect(files).toContain(path);
    }
  });

  it('has the one native file of its platform, outside the archive, and no Node runtime', () => {
    expect(packedFiles().filter((path) => path.endsWith('.node'))).toEqual([native]);
    const unpacked = readdirSync(join(resources, 'app.asar.unpacked'), { recursive: true, encoding: 'utf8' });
    expect(unpacked.filter((path) => path.endsWith('.node'))).toEqual([native]);
    const everything = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    expect(everything.filter((path) => /(^|\/)node(\.exe)?$|node-(linux|darwin|win)/.test(path))).toEqual([]);
  });

  it('is small: under 30 MB without Electron', () => {
    const bytes = [archive, join(resources, 'app.asar.unpacked', native)].reduce(
      (total, path) => total + statSync(path).size,
      0,
    );
    expect(bytes).toBeLessThan(30 * 1024 * 1024);
  });

  it('carries the licences of Electron and Chromium, and only the languages that we name', () => {
    const folderOfApp = join(folder, 'linux-unpacked');
    expect(existsSync(join(folderOfApp, 'LICENSE.electron.txt'))).toBe(true);
    expect(existsSync(join(folderOfApp, 'LICENSES.chromium.html'))).toBe(true);
    expect(readdirSync(join(folderOfApp, 'locales')).sort()).toEqual(['de.pak', 'en-US.pak']);
  });

  it('ships a manifest without the tools of development', () => {
    const manifest = JSON.parse(extractFile(archive, 'package.json').toString('utf8')) as object;
    expect(manifest).toMatchObject({ name: 'earshot', main: 'out/main/index.js', type: 'module' });
    expect(manifest).not.toHaveProperty('devDependencies');
  });

  it('has every fuse as the security checklist wants it', async () => {
    const wire = await getCurrentFuseWire(join(folder, 'linux-unpacked', 'earshot'));
    const { DISABLE, ENABLE } = FuseState;
    expect(wire).toMatchObject({
      [FuseV1Options.RunAsNode]: DISABLE,
      [FuseV1Options.EnableCookieEncryption]: ENABLE,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: DISABLE,
      [FuseV1Options.EnableNodeCliInspectArguments]: DISABLE,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ENABLE,
      [FuseV1Options.OnlyLoadAppFromAsar]: ENABLE,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: DISABLE,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: DISABLE,
    });
  });

  it('runs one call of the command line from what was unpacked', async () => {
    const app = unpack();
    const script = `
      const { runCommandLine } = await import(${JSON.stringify(`file://${app}/out/main/cli.js`)});
      await runCommandLine(['app.info', '--data-dir', ${JSON.stringify(temporaryDirectory())}], 'packaged');`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: app });
    expect(JSON.parse(stdout)).toMatchObject({ version: 'packaged', host: 'command-line' });
  });

  it.skipIf(findChromium() === null)('opens its window from what was unpacked', async () => {
    const browser = await launchChromium();
    onTestFinished(() => browser.close());
    const harness = await launchHarness({
      context: await browser.newContext(),
      appDirectory: unpack(),
      args: [`--data-dir=${temporaryDirectory()}`],
    });
    expect(await harness.page.title()).toContain('Earshot');
    await harness.page.waitForFunction(() => (document.getElementById('root')?.childElementCount ?? 0) > 0);
    expect(await harness.quit()).toBe(0);
  });
});

/** As Electron would see it: the archive, with the native file in its place. Outside the project, far from its node_modules. */
function unpack(): string {
  const directory = join(temporaryDirectory(), 'app');
  extractAll(archive, directory);
  expect(existsSync(join(directory, native))).toBe(true);
  return directory;
}
