import type { ClientMessage } from '../../shared/contract/envelope.ts';

/** Where the connection to the engine stands. `lost` mends itself; `signed-out` needs the user. */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected' }
  /** `since` is when it was lost, `retryAt` when the next attempt is made; epoch milliseconds. */
  | { readonly kind: 'lost'; readonly since: number; readonly retryAt: number | null }
  /** `no-link`: the page was opened without its key · `expired`: the engine no longer knows the key. */
  | { readonly kind: 'signed-out'; readonly reason: 'no-link' | 'expired' };

/** Moves envelopes and says whether they would arrive; everything else is the client's. */
export interface Transport {
  readonly kind: 'browser' | 'electron' | 'memory';
  state(): ConnectionState;
  /** Only while connected; otherwise the message is dropped. */
  send(message: ClientMessage): void;
  onMessage(listener: (message: unknown) => void): () => void;
  onState(listener: (state: ConnectionState) => void): () => void;
  /** Tries again now, where there is something to try. */
  reconnect(): void;
  close(): void;
}
