import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { app } from './app.ts';
import { onTold, tell } from './browser-side.ts';
import { Menu } from './menu.ts';
import { MessageChannelMain } from './ports.ts';
import { protocol } from './protocol.ts';
import './questions.ts';
import { safeStorage } from './safe-storage.ts';
import { session } from './session.ts';
import { utilityProcess } from './utility-process.ts';
import { BrowserWindow, contentsOf } from './windows.ts';

/**
 * A stand-in for the module `electron` in the main process: what main.ts uses of it and no more, so that using
 * something else fails at once. README.md says what it does not prove.
 */
const powerMonitor = new EventEmitter();
const ipcMain = new EventEmitter();
let dialogAnswer: number | null = null;

const shell = {
  async openExternal(address: string): Promise<void> {
    tell({ type: 'did', deed: { kind: 'opened-external', address } });
  },
} satisfies Partial<Electron.Shell>;

const dialog = {
  async showMessageBox(options: { message: string; cancelId?: number }): Promise<{ response: number }> {
    tell({ type: 'did', deed: { kind: 'asked', message: options.message } });
    return { response: dialogAnswer ?? options.cancelId ?? 0 };
  },
  showErrorBox(title: string, content: string): void {
    tell({ type: 'did', deed: { kind: 'error-box', title, content } });
  },
};

onTold('dialog-answer', ({ response }) => {
  dialogAnswer = response;
});
onTold('power', ({ event }) => powerMonitor.emit(event));
onTold('ipc', ({ windowId, channel, sender }) => {
  const contents = contentsOf(windowId);
  if (contents) ipcMain.emit(channel, contents.eventOf(sender));
});

export {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  utilityProcess,
};

// electron-store imports the module as one object.
const electron: Record<'app' | 'ipcMain' | 'shell', unknown> = { app, ipcMain, shell };
// oxlint-disable-next-line import/no-default-export -- the shape of the module that it stands for
export default electron;
