import { contextBridge, ipcRenderer } from 'electron';
import type { EarshotBridge } from '../../shared/contract/bridge.ts';
import type { ClientMessage } from '../../shared/contract/envelope.ts';
import { engineChannels } from './channels.ts';

/** Names of the contract's methods, put in by the build: the schemas would load zod a second time. */
declare const EARSHOT_METHODS: readonly string[];

type State = Parameters<Parameters<EarshotBridge['onState']>[0]>[0];

const methods = new Set(EARSHOT_METHODS);
const messageListeners = new Set<(message: unknown) => void>();
const stateListeners = new Set<(state: State) => void>();
let port: MessagePort | null = null;
let state: State | null = null;

function become(next: State): void {
  if (state === next) return;
  state = next;
  for (const listener of stateListeners) listener(next);
}

/** Both the broken line and the word of the main process lead here, in either order; the second changes nothing. */
function lose(lost: MessagePort | null): void {
  if (lost === null || lost !== port) return;
  port = null;
  lost.close();
  become('lost');
  ipcRenderer.send(engineChannels.connect);
}

ipcRenderer.on(engineChannels.port, ({ ports }) => {
  const [next] = ports;
  if (!next) return;
  port?.close();
  port = next;
  next.onmessage = ({ data }: MessageEvent<unknown>) => {
    for (const listener of messageListeners) listener(data);
  };
  next.addEventListener('close', () => lose(next));
  next.start();
  become('connected');
});
ipcRenderer.on(engineChannels.lost, () => lose(port));
ipcRenderer.send(engineChannels.connect);

/** Only what the contract lists goes out, rebuilt field by field; the engine checks the params. */
function checked(message: ClientMessage): ClientMessage {
  const { type, id } = message;
  if (Number.isSafeInteger(id) && id >= 0) {
    if (type === 'cancel') return { type, id };
    if (type === 'request' && methods.has(message.method)) {
      return { type, id, method: message.method, params: message.params };
    }
  }
  throw new TypeError('That is not a message of the contract.');
}

const bridge: EarshotBridge = {
  kind: 'electron',
  send: (message) => port?.postMessage(checked(message)),
  onMessage(listener) {
    messageListeners.add(listener);
    return () => messageListeners.delete(listener);
  },
  onState(listener) {
    stateListeners.add(listener);
    if (state) listener(state);
    return () => stateListeners.delete(listener);
  },
};

contextBridge.exposeInMainWorld('earshot', Object.freeze(bridge));
