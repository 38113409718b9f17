import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { EarshotError } from '../shared/contract/errors.ts';
import type { WorkspaceName } from '../shared/contract/methods/app.ts';
import { createLaunchToken } from './browser-host/launch-token.ts';
import { startLoopbackServer } from './browser-host/loopback-server.ts';
import { spawnWorkerEngine } from './browser-host/worker-engine.ts';
import { dataDirectory } from './data-directory.ts';
import { superviseEngine } from './engine-link/supervisor.ts';
import { systemClock } from './engine/system-clock.ts';
import { openLogFile } from './log-file.ts';
import { listWindowFiles } from './serving/window-files.ts';

export interface BrowserHostOptions {
  readonly port?: number;
  readonly dataDirectory?: string;
  readonly workspace?: WorkspaceName;
  readonly version: string;
  /** Why it is a browser and not Electron, in words; the window shows it too. */
  readonly reason: string;
  /** Shows an address to the user; absent when nobody would see it. */
  readonly opener?: { readonly command: string; readonly args: readonly string[] };
  /** Kept over restarts by `npm run dev`, so that the open page goes on. */
  readonly token?: string;
}

/** Runs Earshot as a server for a browser on this computer until it is told to end. Answers the exit status. */
export async function runBrowserHost(options: BrowserHostOptions): Promise<number> {
  const directory = dataDirectory(options.dataDirectory);
  const launchToken = createLaunchToken(options.token);
  const supervisor = superviseEngine({
    spawn: () => spawnWorkerEngine(new URL('./engine-process.js', import.meta.url)),
    clock: systemClock,
    logger: openLogFile(directory),
    start: {
      dataDirectory: directory,
      version: options.version,
      host: 'browser',
      hostReason: options.reason,
      settings: 'file',
      dataKey: 'file',
      ...(options.workspace ? { workspace: options.workspace } : {}),
    },
  });
  const end = whenToldToEnd();
  try {
    const isTold = await Promise.race([supervisor.started.then(() => false), end.then(() => true)]);
    if (isTold) return 0;
    const server = await startLoopbackServer({
      port: options.port ?? 0,
      files: listWindowFiles(fileURLToPath(new URL('../renderer', import.meta.url))),
      launchToken,
      engine: supervisor,
    });
    const address = `http://127.0.0.1:${server.port}/#`;
    console.log(`Earshot is ready at ${address}${launchToken.token}`);
    if (options.opener) show(options.opener, address + launchToken.issueTicket());
    await end;
    await server.close();
    return 0;
  } catch (error) {
    if (!(error instanceof EarshotError)) throw error;
    console.error(error.message);
    return 1;
  } finally {
    await supervisor.stop();
  }
}

/** Ctrl-C, `kill` and a closed terminal; a second Ctrl-C does not wait for anything. */
function whenToldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    let isEnding = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (isEnding) process.exit(130);
        isEnding = true;
        resolve();
      });
    }
  });
}

function show(opener: NonNullable<BrowserHostOptions['opener']>, address: string): void {
  const shown = spawn(opener.command, [...opener.args, address], { stdio: 'ignore', detached: true });
  // The address stands in the terminal: a browser that cannot be opened is no failure.
  shown.on('error', () => undefined);
  shown.unref();
}
