import { EarshotError } from '../../../shared/contract/errors.ts';
import type { ServerMessage } from '../../../shared/contract/envelope.ts';
import { createListeners } from '../listeners.ts';
import type { ConnectionState, Transport } from '../transport.ts';

/** As much of the engine as a client needs; the engine itself fits. */
export interface EngineLike {
  call(method: string, params: unknown, signal?: AbortSignal): Promise<unknown>;
  readonly events$?: { subscribe(listener: (event: unknown) => void): { unsubscribe(): void } };
}

export interface MemoryTransport extends Transport {
  /** Cuts and mends the line, as a restarted engine would: answers on their way are lost. */
  setConnected(isConnected: boolean): void;
  /** The user's key is no longer known. */
  signOut(): void;
}

/** Joins a client to an engine in the same process. For tests. */
export function createMemoryTransport(engine: EngineLike): MemoryTransport {
  const messages = createListeners<unknown>();
  const states = createListeners<ConnectionState>();
  let state: ConnectionState = { kind: 'connected' };
  let line = new Map<number, AbortController>();

  const post = (message: ServerMessage): void => {
    // Through JSON, so that nothing passes here that would not pass a real wire.
    messages.tell(JSON.parse(JSON.stringify(message)));
  };
  const events = engine.events$?.subscribe((event) => {
    if (state.kind === 'connected') post({ type: 'event', event });
  });
  const cut = (): void => {
    for (const controller of line.values()) controller.abort();
    line = new Map();
  };
  const become = (next: ConnectionState): void => {
    state = next;
    states.tell(state);
  };

  return {
    kind: 'memory',
    state: () => state,
    send(message) {
      if (state.kind !== 'connected') return;
      if (message.type === 'cancel') return line.get(message.id)?.abort();
      const running = line;
      const controller = new AbortController();
      running.set(message.id, controller);
      engine
        .call(message.method, message.params, controller.signal)
        .then((result): ServerMessage => ({ type: 'result', id: message.id, result }))
        .catch((error: unknown): ServerMessage => {
          const failure =
            error instanceof EarshotError
              ? error.toFailure()
              : { code: 'internal' as const, message: String(error) };
          return { type: 'error', id: message.id, error: failure };
        })
        .then((answer) => {
          if (running.delete(message.id) && running === line) post(answer);
        })
        .catch((error: unknown) => {
          throw error;
        });
      return undefined;
    },
    onMessage: (listener) => messages.add(listener),
    onState: (listener) => states.add(listener),
    reconnect() {},
    setConnected(isConnected) {
      if (!isConnected) cut();
      become(isConnected ? { kind: 'connected' } : { kind: 'lost', since: Date.now(), retryAt: null });
    },
    signOut() {
      cut();
      become({ kind: 'signed-out', reason: 'expired' });
    },
    close() {
      cut();
      events?.unsubscribe();
      messages.clear();
      states.clear();
    },
  };
}
