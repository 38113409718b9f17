import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  app,
  BrowserWindow,
  dialog,
  Menu,
  type MessagePortMain,
  powerMonitor,
  protocol,
  safeStorage,
  session,
} from 'electron';
import ElectronStore from 'electron-store';
import { EarshotError } from '../shared/contract/errors.ts';
import type { Settings } from '../shared/model/settings.ts';
import { dataDirectory } from './data-directory.ts';
import { type Supervisor, superviseEngine } from './engine-link/supervisor.ts';
import { systemClock } from './engine/system-clock.ts';
import { openLogFile } from './log-file.ts';
import { listWindowFiles } from './serving/window-files.ts';
import { openSettingsFile } from './settings-file.ts';
import { registerAppScheme, serveWindow } from './shell/app-protocol.ts';
import { openExternalLink } from './shell/external-links.ts';
import { openKeychainDataKey } from './shell/keychain-data-key.ts';
import { menuTemplate } from './shell/menu.ts';
import { restrictNavigation } from './shell/navigation.ts';
import { restrictPermissions } from './shell/permissions.ts';
import { readShellOptions } from './shell/shell-options.ts';
import { spawnUtilityEngine } from './shell/utility-engine.ts';
import { connectWindows } from './shell/window-connection.ts';
import { openWindow } from './shell/window.ts';

/**
 * Earshot in Electron: starts the engine in its own process, opens the window, joins the two. Everything up to
 * `whenReady` has to happen before the first `await`, or Electron is ready without it.
 */
const built = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** start.mjs takes this as: the user has been told, do not try the browser. */
const toldExitStatus = 3;

const options = readShellOptions(process.argv.slice(1));
const directory = dataDirectory(options.dataDirectory);
const logger = openLogFile(directory);
// Chromium's own files stay apart from the user's, and the lock of the single instance is one per data directory.
const chromiumDirectory = join(directory, 'electron');
mkdirSync(chromiumDirectory, { recursive: true, mode: 0o700 });
app.setPath('userData', chromiumDirectory);
app.enableSandbox();
registerAppScheme();
restrictNavigation(app, (address) => void openExternalLink(address, logger));

if (app.requestSingleInstanceLock()) {
  void app.whenReady().then(run);
} else {
  process.stderr.write('Earshot is already open on this data directory; its window comes to the front.\n');
  app.exit(0);
}

async function run(): Promise<void> {
  restrictPermissions(session.defaultSession);
  serveWindow(protocol, listWindowFiles(built('../renderer')));
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, app.isPackaged)));

  const supervisor = superviseEngine<MessagePortMain>({
    spawn: () => spawnUtilityEngine(built('./engine-process.js')),
    clock: systemClock,
    logger,
    settings: openSettingsFile({
      directory,
      openWriter: (settings) => new ElectronStore<Settings>({ ...settings, name: settings.configName ?? '' }),
      onSetAside: (keptAt) => logger.warn('settings-set-aside', { keptAt }),
    }),
    dataKey: openKeychainDataKey({ directory, platform: process.platform, safeStorage, logger }),
    start: {
      dataDirectory: directory,
      version: app.getVersion(),
      host: 'electron',
      hostReason: null,
      settings: 'parent',
      dataKey: 'parent',
      ...(options.isSample ? { workspace: 'sample' } : {}),
    },
  });
  stopBeforeQuit(supervisor);
  connectWindows(supervisor);
  powerMonitor.on('suspend', () => supervisor.setConditions({ asleep: true }));
  powerMonitor.on('resume', () => supervisor.setConditions({ asleep: false }));

  try {
    await supervisor.started;
  } catch (error) {
    if (!(error instanceof EarshotError)) throw error;
    process.stderr.write(`${error.message}\n`);
    dialog.showErrorBox('Earshot cannot start', error.message);
    return app.exit(toldExitStatus);
  }
  showWindow();
  app.on('second-instance', showWindow);
  app.on('activate', showWindow);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  return undefined;
}

function showWindow(): void {
  const [window = openWindow(built('../preload/preload.cjs'), logger)] = BrowserWindow.getAllWindows();
  if (window.isMinimized()) window.restore();
  if (window.isVisible()) window.focus();
}

/** Quitting waits until the engine has closed its database. */
function stopBeforeQuit(supervisor: Supervisor<MessagePortMain>): void {
  let isStopped = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
  app.on('will-quit', (event) => {
    if (isStopped) return;
    event.preventDefault();
    void supervisor.stop().finally(() => {
      isStopped = true;
      app.quit();
    });
  });
}
