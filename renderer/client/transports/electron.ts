import type { EarshotBridge } from '../../../shared/contract/bridge.ts';
import { createListeners } from '../listeners.ts';
import type { ConnectionState, Transport } from '../transport.ts';

/** Over the bridge that the preload exposes. The preload asks for a new port by itself when one is lost. */
export function createElectronTransport(bridge: EarshotBridge): Transport {
  const states = createListeners<ConnectionState>();
  let state: ConnectionState = { kind: 'connecting' };
  const stop = bridge.onState((next) => {
    if (next === state.kind) return;
    state = next === 'connected' ? { kind: 'connected' } : { kind: 'lost', since: Date.now(), retryAt: null };
    states.tell(state);
  });
  return {
    kind: 'electron',
    state: () => state,
    send(message) {
      if (state.kind === 'connected') bridge.send(message);
    },
    onMessage: (listener) => bridge.onMessage(listener),
    onState: (listener) => states.add(listener),
    reconnect() {},
    close() {
      stop();
      states.clear();
    },
  };
}
