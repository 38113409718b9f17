import type { ClientMessage, ServerMessage } from './envelope.ts';

/**
 * What the preload script puts on `window.earshot` in Electron, and all of it. Its absence means that the page
 * runs in a browser and speaks over a WebSocket (browser-session.ts). Functions, never the port or ipcRenderer.
 */
export interface DesktopBridge {
  readonly kind: 'electron';
  /**
   * Sends one message to the engine. Throws when the message is not of the contract. Requests sent before the
   * first `connected` wait; those sent while the connection is lost are dropped: ask again when it is back.
   */
  request(message: ClientMessage): void;
  onMessage(listener: (message: ServerMessage) => void): () => void;
  /**
   * Tells the state at once and at every change. `lost`: the engine stopped and every call that was under way
   * will stay unanswered; it is being restarted and `connected` follows.
   */
  onConnection(listener: (state: DesktopConnection) => void): () => void;
}

export type DesktopConnection = 'connecting' | 'connected' | 'lost';
