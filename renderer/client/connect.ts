/// <reference types="vite/client" />
import type { EarshotBridge } from '../../shared/contract/bridge.ts';
import { type Client, createClient } from './client.ts';
import { browserSurroundings } from './transports/browser-surroundings.ts';
import { createElectronTransport } from './transports/electron.ts';
import { createWebSocketTransport } from './transports/web-socket.ts';

declare global {
  interface Window {
    /** Only in Electron. */
    readonly earshot?: EarshotBridge;
  }
}

/** Never fails: a connection that cannot be made is a state of the client, which the frame shows. */
export function connect(): Promise<Client> {
  const transport = window.earshot
    ? createElectronTransport(window.earshot)
    : createWebSocketTransport(browserSurroundings());
  return Promise.resolve(createClient(transport, { checksOutputs: import.meta.env.DEV }));
}
