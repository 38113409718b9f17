import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import type { Logger } from '../engine/ports/logger.ts';
import { windowAddress } from './app-address.ts';

/** Reloading a page that dies at once would only make it die again, for ever. */
const leastBetweenReloadsMs = 10_000;

export function windowOptions(preload: string): BrowserWindowConstructorOptions {
  return {
    width: 1360,
    height: 860,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Earshot',
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      spellcheck: true,
    },
  };
}

export function openWindow(preload: string, logger: Logger): BrowserWindow {
  const window = new BrowserWindow(windowOptions(preload));
  let reloadedAt = -leastBetweenReloadsMs;
  window.once('ready-to-show', () => window.show());
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    logger.error('window-gone', { reason, exitCode });
    if (reason === 'clean-exit' || performance.now() - reloadedAt < leastBetweenReloadsMs) return;
    reloadedAt = performance.now();
    window.reload();
  });
  void window.loadURL(windowAddress).catch((error: unknown) => logger.error('window-not-loaded', { error }));
  return window;
}
