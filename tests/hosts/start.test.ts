import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { buildIfNeeded } from '../../electron/build.mjs';
import { isNewEnough } from '../../electron/node-runtime.mjs';
import { startServer } from '../helpers/launch.ts';
import { runScript } from '../helpers/run-program.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

beforeAll(() => buildIfNeeded().then(() => undefined), 120_000);

async function start(dataDirectory: string, ...args: string[]) {
  const server = await startServer({ dataDirectory, args });
  let isEnded = false;
  const end = () => {
    isEnded = true;
    return server.end();
  };
  const kill = () => {
    isEnded = true;
    return server.kill();
  };
  onTestFinished(async () => {
    if (!isEnded) await server.end();
  });
  return { ...server, end, kill };
}

const startMjs = (...args: string[]) => runScript('electron/start.mjs', args);

describe('npm start', () => {
  it('says why it is a browser and, in one line, where; ends cleanly when told', async () => {
    const server = await start(temporaryDirectory());
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}$/);
    expect(server.output()).toBe(
      `You asked for the browser (--browser).\nEarshot is ready at ${server.url}\n`,
    );
    const page = await fetch(server.url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<title>Earshot</title>');
    expect(await server.end()).toBe(0);
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it('takes the port that it is given, and says so when it is taken', async () => {
    const first = await start(temporaryDirectory());
    const { port } = new URL(first.url);
    const second = await startMjs(
      '--browser',
      '--no-open',
      '--port',
      port,
      '--data-dir',
      temporaryDirectory(),
    );
    expect(second.status).toBe(1);
    expect(second.stderr).toBe(
      `Port ${port} is used by another program. Choose another with --port, or leave it out to take a free one.\n`,
    );
    await first.end();
    const third = await start(temporaryDirectory(), '--port', port);
    expect(new URL(third.url).port).toBe(port);
  });

  it('is alone on its data directory; a second one says so and does no harm', async () => {
    const directory = temporaryDirectory();
    const first = await start(directory);
    const second = await startMjs('--browser', '--no-open', '--data-dir', directory);
    expect(second.status).toBe(1);
    expect(second.stdout).not.toContain('ready');
    expect(second.stderr.trim()).not.toBe('');
    const call = await runScript('electron/cli.mjs', ['app.info', '--data-dir', directory]);
    expect({ status: call.status, stdout: call.stdout }).toEqual({ status: 1, stdout: '' });
    expect(JSON.parse(call.stderr)).toMatchObject({ error: { code: 'in-use' } });
    expect((await fetch(first.url)).status).toBe(200);
    await first.end();
    expect((await runScript('electron/cli.mjs', ['app.info', '--data-dir', directory])).status).toBe(0);
  });

  it('frees the data directory also when it is killed', async () => {
    const directory = temporaryDirectory();
    const server = await start(directory);
    await server.kill();
    const again = await start(directory);
    expect((await fetch(again.url)).status).toBe(200);
  });

  it.skipIf(process.platform === 'win32')(
    'ends when npm is killed, which does not hand the signal on',
    async () => {
      const args = ['start', '--', '--browser', '--no-open', '--data-dir', temporaryDirectory()];
      const npm = spawn('npm', args, { stdio: ['ignore', 'pipe', 'inherit'] });
      const url = await readAddress(npm.stdout);
      npm.kill('SIGTERM');
      await untilGone(url);
    },
  );

  it('keeps the token out of every file', async () => {
    const directory = temporaryDirectory();
    const server = await start(directory);
    const token = new URL(server.url).hash.slice(1);
    expect(readFileSync(join(directory, 'logs/earshot.log'), 'utf8')).not.toContain(token);
  });

  it('refuses Electron by name where it is not there, with the command to get it', async () => {
    const env = { ELECTRON_OVERRIDE_DIST_PATH: join(temporaryDirectory(), 'nothing') };
    const { status, stderr } = await runScript('electron/start.mjs', ['--electron'], { env });
    expect(status).toBe(1);
    expect(stderr).toBe(
      'The Electron program has not been downloaded.\nTo get the desktop window: npm run electron:install\n',
    );
  });

  it('lists its options, and refuses others', async () => {
    const help = await startMjs('--help');
    expect(help.status).toBe(0);
    for (const option of [
      '--browser',
      '--electron',
      '--no-open',
      '--port',
      '--data-dir',
      '--sample',
      '--dev',
    ]) {
      expect(help.stdout).toContain(option);
    }
    const mistake = await startMjs('--brwoser');
    expect({ status: mistake.status, stdout: mistake.stdout }).toEqual({ status: 1, stdout: '' });
    expect(mistake.stderr).toContain('--brwoser');
  });
});

const oldNode = findOldNode();

describe.skipIf(oldNode === null)('on a Node that is too old for the engine', () => {
  it('goes on with the one that the project brings', async () => {
    const directory = temporaryDirectory();
    const args = ['app.info', '--data-dir', directory];
    const { status, stdout, stderr } = await runScript('electron/cli.mjs', args, { node: oldNode ?? '' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ dataDirectory: directory });
  });

  it('takes the other one along when it is killed', async () => {
    const directory = temporaryDirectory();
    const args = ['electron/start.mjs', '--browser', '--no-open', '--data-dir', directory];
    const old = spawn(oldNode ?? '', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await readAddress(old.stdout);
    old.kill('SIGKILL');
    await once(old, 'exit');
    await untilGone(url);
  });

  it('says what to do when there is no other', async () => {
    const env = { EARSHOT_NODE_CHOSEN: '1' };
    const { status, stderr } = await runScript('electron/start.mjs', [], { node: oldNode ?? '', env });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Earshot needs Node 22\.12 or newer; this is .* Run "npm ci"/);
  });
});

function readAddress(output: Readable): Promise<string> {
  return new Promise((resolve) => {
    output.on('data', (chunk: Buffer) => {
      const [, address] = /ready at (\S+)/.exec(chunk.toString('utf8')) ?? [];
      if (address !== undefined) resolve(address);
    });
  });
}

function untilGone(url: string): Promise<void> {
  return vi.waitFor(() => expect(fetch(url)).rejects.toThrow(), { timeout: 10_000, interval: 50 });
}

/** The system's own, where that is an old one: the tests themselves run on a new one. */
function findOldNode(): string | null {
  for (const path of ['/usr/bin/node', '/usr/local/bin/node']) {
    const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' });
    if (stdout && !isNewEnough(stdout.slice(1))) return path;
  }
  return null;
}
