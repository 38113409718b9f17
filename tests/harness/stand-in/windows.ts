import { EventEmitter } from 'node:events';
import type { SenderFacts } from '../messages.ts';
import { app, preventable } from './app.ts';
import { onTold, tell } from './browser-side.ts';
import { type MessagePortMain, passToPage } from './ports.ts';

type WindowOpenHandler = (details: { url: string }) => { action: string };

interface Options extends Record<string, unknown> {
  readonly show?: boolean;
  readonly webPreferences?: { readonly preload?: string };
}

class WebContents extends EventEmitter {
  readonly id: number;
  openHandler: WindowOpenHandler = () => ({ action: 'allow' });

  constructor(id: number) {
    super();
    this.id = id;
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.openHandler = handler;
  }

  send(channel: string): void {
    tell({ type: 'ipc', windowId: this.id, channel, portId: null });
  }

  /** What a listener of ipcMain gets; a frame that has gone is null, as in Electron. */
  eventOf(sender: SenderFacts | null): { sender: WebContents; senderFrame: object | null } {
    const postMessage = (channel: string, _message: unknown, [port]: readonly MessagePortMain[] = []) =>
      tell({ type: 'ipc', windowId: this.id, channel, portId: port ? passToPage(port) : null });
    return {
      sender: this,
      senderFrame: sender && { url: sender.url, parent: sender.isTop ? null : {}, postMessage },
    };
  }
}

let lastWindowId = 0;
const windows = new Map<number, BrowserWindow>();

export class BrowserWindow extends EventEmitter {
  readonly id: number;
  readonly options: Options;
  readonly webContents: WebContents;
  #isVisible: boolean;

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()];
  }

  constructor(options: Options = {}) {
    super();
    if (!app.isReady()) throw new Error('Windows are for after `ready`.');
    lastWindowId += 1;
    this.id = lastWindowId;
    this.options = options;
    this.#isVisible = options.show !== false;
    this.webContents = new WebContents(this.id);
    windows.set(this.id, this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  loadURL(address: string): Promise<void> {
    const preload = this.options.webPreferences?.preload ?? '';
    const loaded = new Promise<void>((resolve) => this.once('ready-to-show', resolve));
    tell({ type: 'load', windowId: this.id, address, preload });
    return loaded;
  }

  reload(): void {
    tell({ type: 'reload', windowId: this.id });
  }

  show(): void {
    this.#isVisible = true;
    tell({ type: 'did', deed: { kind: 'shown', windowId: this.id } });
  }

  focus(): void {
    tell({ type: 'did', deed: { kind: 'focused', windowId: this.id } });
  }

  isVisible(): boolean {
    return this.#isVisible;
  }

  isMinimized(): boolean {
    return false;
  }

  restore(): void {}

  close(): void {
    const event = preventable();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (!windows.delete(this.id)) return;
    tell({ type: 'destroy', windowId: this.id });
    this.emit('closed');
  }
}

export function contentsOf(windowId: number): WebContents | null {
  return windows.get(windowId)?.webContents ?? null;
}

app.closeWindows = () => {
  for (const window of windows.values()) window.close();
};
onTold('loaded', ({ windowId }) => windows.get(windowId)?.emit('ready-to-show'));
onTold('closed', ({ windowId }) => {
  windows.get(windowId)?.close();
  if (windows.size === 0) app.emit('window-all-closed');
});
