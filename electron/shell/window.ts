import { BrowserWindow } from 'electron';
import type { Logger } from '../engine/ports/logger.ts';
import { windowAddress } from './app-address.ts';
import { windowOptions } from './window-options.ts';

/** Reloading a page that dies at once would only make it die again, for ever. */
const leastBetweenReloadsMs = 10_000;

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
