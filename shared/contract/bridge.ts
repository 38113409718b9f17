import type { ClientMessage } from './envelope.ts';

/**
 * What the Electron preload hands to the page as `window.earshot`, frozen, and all of it: messages of the
 * envelope in both directions and whether the engine is there. The port itself stays in the preload.
 */
export interface EarshotBridge {
  readonly kind: 'electron';
  /** Refuses (throws) what the envelope or the contract does not list. Messages sent while the port is lost are dropped. */
  send(message: ClientMessage): void;
  /** Answers and events as they arrive. Returns the unsubscribe. */
  onMessage(listener: (message: unknown) => void): () => void;
  /** Tells the current state at once, then every change. Returns the unsubscribe. */
  onState(listener: (state: 'connected' | 'lost') => void): () => void;
}
