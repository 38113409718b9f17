import {
  BrowserWindow,
  ipcMain,
  type IpcMainEvent,
  MessageChannelMain,
  type MessagePortMain,
} from 'electron';
import type { Supervisor } from '../engine-link/supervisor.ts';
import { engineChannels } from '../preload/channels.ts';
import { isTrustedSender } from './trusted-sender.ts';

/** The only registration with ipcMain: no listener without the check of who speaks. */
function onTrusted(channel: string, listener: (event: IpcMainEvent) => void): void {
  ipcMain.on(channel, (event) => {
    if (isTrustedSender(event)) listener(event);
  });
}

/** Gives each page that asks its own line to the engine; the main process never sees what is said on it. */
export function connectWindows(supervisor: Supervisor<MessagePortMain>): void {
  onTrusted(engineChannels.connect, (event) => {
    supervisor.whenReady().then(
      () => {
        // The page may have been reloaded or closed while the engine was starting.
        if (!isTrustedSender(event)) return;
        const { port1, port2 } = new MessageChannelMain();
        if (supervisor.connect(port1)) event.senderFrame?.postMessage(engineChannels.port, null, [port2]);
      },
      () => undefined, // Earshot is closing, and the page with it.
    );
  });
  supervisor.onChange((isReady) => {
    if (isReady) return;
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(engineChannels.lost);
  });
}
