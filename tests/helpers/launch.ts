import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { _electron, type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { buildIfNeeded } from '../../electron/build.mjs';
import { chooseHost } from '../../electron/choose-host.mjs';
import { findElectron } from '../../electron/find-electron.mjs';
import { launchHarness } from '../harness/launch-harness.ts';
import { findChromium } from './find-chromium.mjs';

export type HostName = 'browser' | 'harness' | 'electron';

export interface Host {
  readonly name: HostName;
  /** Why this host cannot run here; null when it can. */
  readonly skipped: string | null;
}

export interface LaunchOptions {
  readonly host: HostName;
  readonly dataDirectory: string;
  /** As for `npm start`, such as `--sample`. */
  readonly args?: readonly string[];
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** Earshot as a user has it on the screen. */
export interface LaunchedApp {
  /** Another one after `restart`. */
  readonly page: Page;
  /** In the browser host: the address that was printed. */
  readonly url?: string;
  /** Ends the app properly and starts it again on the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

interface Running {
  readonly page: Page;
  readonly url?: string;
  end(): Promise<void>;
}

export const projectDirectory = fileURLToPath(new URL('../..', import.meta.url));
const startPatienceMs = 60_000;

export function availableHosts(): readonly Host[] {
  const noBrowser = findChromium() === null ? 'no Chromium was found (EARSHOT_CHROMIUM names one)' : null;
  const electron = chooseElectron();
  return [
    { name: 'browser', skipped: noBrowser },
    { name: 'harness', skipped: noBrowser },
    { name: 'electron', skipped: electron.host === 'electron' ? null : electron.reason },
  ];
}

export async function launchApp(options: LaunchOptions): Promise<LaunchedApp> {
  await buildIfNeeded();
  const start = { browser: startInBrowser, harness: startInHarness, electron: startInElectron }[options.host];
  let running = await start(options);
  return {
    get page() {
      return running.page;
    },
    get url() {
      return running.url ?? '';
    },
    async restart() {
      await running.end();
      running = await start(options);
    },
    close: () => running.end(),
  };
}

/** The browser of the tests. Its own sandbox is off only for root, with whom it does not work. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('No Chromium was found; EARSHOT_CHROMIUM names one.');
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
}

async function openContext(options: LaunchOptions): Promise<[Browser, BrowserContext]> {
  const browser = await launchChromium();
  const viewport = options.viewport ?? { width: 1360, height: 860 };
  return [browser, await browser.newContext({ viewport: { ...viewport } })];
}

async function startInBrowser(options: LaunchOptions): Promise<Running> {
  const server = await startServer(options);
  const [browser, context] = await openContext(options);
  const page = await context.newPage();
  await page.goto(server.url);
  return {
    page,
    url: server.url,
    async end() {
      await browser.close();
      await server.end();
    },
  };
}

export interface Server {
  readonly url: string;
  /** What it printed so far on standard output. */
  output(): string;
  /** As Ctrl-C would; answers the exit status. */
  end(): Promise<number | null>;
  /** SIGKILL: it gets no chance to tidy up. */
  kill(): Promise<void>;
}

/** `npm start -- --browser`, up to the line with the address. */
export async function startServer(options: Pick<LaunchOptions, 'dataDirectory' | 'args'>): Promise<Server> {
  const script = fileURLToPath(new URL('../../electron/start.mjs', import.meta.url));
  const args = [
    script,
    '--browser',
    '--no-open',
    '--data-dir',
    options.dataDirectory,
    ...(options.args ?? []),
  ];
  const server = spawn(process.execPath, args, { cwd: projectDirectory, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let complaints = '';
  const ended = once(server, 'exit') as Promise<[number | null]>;
  const url = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => {
      server.kill('SIGKILL');
      reject(new Error(`Earshot was not ready in ${startPatienceMs} ms:\n${complaints}${output}`));
    }, startPatienceMs);
    server.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const [, address] = /^Earshot is ready at (\S+)\n/m.exec(output) ?? [];
      if (address === undefined) return;
      clearTimeout(late);
      resolve(address);
    });
    server.stderr.on('data', (chunk: Buffer) => {
      complaints += chunk.toString('utf8');
    });
    server.once('exit', (status) => {
      clearTimeout(late);
      reject(new Error(`Earshot ended with status ${status}:\n${complaints}${output}`));
    });
  });
  return {
    url,
    output: () => output,
    async end() {
      server.kill('SIGTERM');
      return (await ended)[0];
    },
    async kill() {
      server.kill('SIGKILL');
      await ended;
    },
  };
}

async function startInHarness(options: LaunchOptions): Promise<Running> {
  const [browser, context] = await openContext(options);
  try {
    const harness = await launchHarness({
      context,
      appDirectory: projectDirectory,
      args: shellArgs(options),
    });
    return {
      page: harness.page,
      async end() {
        await harness.quit();
        await browser.close();
      },
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

async function startInElectron(options: LaunchOptions): Promise<Running> {
  const choice = chooseElectron();
  if (choice.host !== 'electron') throw new Error(choice.reason);
  // Without the path Playwright would import `electron`, which starts a download.
  const app = await _electron.launch({
    executablePath: choice.executable,
    args: [projectDirectory, ...shellArgs(options)],
  });
  return { page: await app.firstWindow(), end: () => app.close() };
}

function shellArgs({ dataDirectory, args = [] }: LaunchOptions): string[] {
  return [`--data-dir=${dataDirectory}`, ...args];
}

function chooseElectron() {
  return chooseHost({
    forced: 'electron',
    platform: process.platform,
    userId: process.getuid?.() ?? null,
    hasDisplay: Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY),
    electron: findElectron(projectDirectory, process.env),
  });
}
