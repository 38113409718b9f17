import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Tried together; a newer one of either may want another of the other. */
const packages = {
  private: true,
  type: 'module',
  dependencies: { '@atproto/dev-env': '0.6.7', '@atproto/pds': '0.5.35' },
  // Its Node-API build runs on every Node from 22 on, and needs no compiler.
  overrides: { 'better-sqlite3': '13.2.0' },
};
const readyWithinMs = 120_000;
const loopback = '127.0.0.1';

export interface Network {
  /** With the part that indexes: searches, notifications, threads. */
  readonly isWhole: boolean;
  readonly pds: string;
  /** Empty without it. */
  readonly appView: string;
  readonly directory: string;
  readonly adminPassword: string;
  readonly jwtSecret: string;
  close(): Promise<void>;
}

/**
 * The servers' packages, in a folder of their own outside the project; kept for the next run. Throws with npm's last
 * words when they cannot be had.
 */
export function installServers(): string {
  const folder = process.env['EARSHOT_BLUESKY_SERVERS'] ?? join(tmpdir(), 'earshot-bluesky-servers');
  const wanted = JSON.stringify(packages, null, 2);
  const manifest = join(folder, 'package.json');
  const mark = join(folder, '.installed');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== wanted) {
    console.log(`Installing the servers in ${folder} (about 500 MB, a minute) …`);
    writeFileSync(manifest, wanted);
    const { status, stderr, error } = spawnSync(
      'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund'],
      { cwd: folder, env: withOwnNode(), encoding: 'utf8', shell: process.platform === 'win32' },
    );
    if (status !== 0) {
      throw new Error(`npm could not install them: ${(error?.message ?? stderr ?? '').trim().slice(-2_000)}`);
    }
    writeFileSync(mark, wanted);
  }
  copyFileSync(join(dirname(fileURLToPath(import.meta.url)), 'network.mjs'), join(folder, 'network.mjs'));
  return folder;
}

/** npm and the servers run with the Node that runs this. */
function withOwnNode(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}` };
}

export async function startNetwork(folder: string): Promise<Network> {
  const storage = await startStorage();
  const child = spawn(process.execPath, ['network.mjs'], {
    cwd: folder,
    env: { ...process.env, LOG_ENABLED: 'false', ...storage?.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  try {
    const said = await readyLine(child);
    return {
      ...(JSON.parse(said) as Omit<Network, 'close'>),
      async close() {
        await ended(child);
        await storage?.close();
      },
    };
  } catch (error) {
    child.kill('SIGKILL');
    await storage?.close();
    throw error;
  }
}

function readyLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = '';
    let errors = '';
    const timer = setTimeout(
      () => reject(new Error(`The servers were not ready in time. ${errors}`)),
      readyWithinMs,
    );
    child.stderr?.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-4_000);
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      out = (out + chunk.toString()).slice(-100_000);
      const line = /READY (.*)\n/.exec(out)?.[1];
      if (line === undefined) return;
      clearTimeout(timer);
      resolve(line);
    });
    child.once('exit', (status) => {
      clearTimeout(timer);
      reject(new Error(`The servers ended with ${status}. ${errors}`));
    });
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), 8_000);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.stdin?.end();
  });
}

interface Storage {
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Postgres and Redis, in a folder of their own. Null where this machine has not both. */
async function startStorage(): Promise<Storage | null> {
  const redis = process.env['EARSHOT_REDIS_SERVER'] ?? findProgram('redis-server');
  const initdb = findProgram('initdb');
  const pgCtl = findProgram('pg_ctl');
  if (redis === null || initdb === null || pgCtl === null) return null;
  const [postgresPort, redisPort] = [await freePort(), await freePort()];
  const folder = mkdtempSync(join(tmpdir(), 'earshot-bluesky-storage-'));
  // Postgres refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  const run = (program: string, args: readonly string[]): void => {
    const [command, ...rest] = isRoot
      ? ['runuser', '-u', 'postgres', '--', program, ...args]
      : [program, ...args];
    execFileSync(command as string, rest, { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder });
  };
  if (isRoot) execFileSync('chown', ['postgres', folder]);
  const data = join(folder, 'data');
  run(initdb, ['-D', data, '-U', 'pg', '--auth=trust']);
  const options = `-p ${postgresPort} -h ${loopback} -k ${folder}`;
  run(pgCtl, ['-D', data, '-o', options, '-l', join(folder, 'log'), '-w', 'start']);
  const redisServer = spawn(redis, ['--port', String(redisPort), '--bind', loopback, '--save', ''], {
    cwd: folder,
    stdio: 'ignore',
  });
  return {
    env: {
      DB_POSTGRES_URL: `postgresql://pg@${loopback}:${postgresPort}/postgres`,
      DB_POSTGRES_SCHEMA: 'earshot',
      REDIS_HOST: `${loopback}:${redisPort}`,
    },
    async close() {
      redisServer.kill();
      run(pgCtl, ['-D', data, '-m', 'immediate', 'stop']);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function findProgram(name: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, loopback, () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No port.')),
      );
    });
  });
}
