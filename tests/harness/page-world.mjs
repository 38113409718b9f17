/**
 * Runs in the page before everything else, as text: nothing from outside the function is there. It plays the
 * part of a sandboxed preload's `require('electron')`, and takes the line to the harness out of the page's sight.
 *
 * @param {string} lineName
 * @param {string} inboxName
 * @param {(require: (name: string) => unknown) => void} preload The real bundle.
 */
export function playPreload(lineName, inboxName, preload) {
  if (globalThis.top !== globalThis.self) return;
  /** @type {Record<string, any>} */
  const world = globalThis;
  const line = world[lineName];
  delete world[lineName];
  const tell = (/** @type {object} */ message) => void line(message);
  /** @type {Map<string, (event: { ports: MessagePort[] }) => void>} */
  const listeners = new Map();
  /** @type {Map<number, MessagePort>} */
  const farEnds = new Map();

  /** @param {number} portId */
  function makePort(portId) {
    const { port1, port2 } = new MessageChannel();
    farEnds.set(portId, port2);
    port2.onmessage = ({ data }) => tell({ type: 'port-message', portId, data });
    port2.addEventListener('close', () => tell({ type: 'port-close', portId }));
    return port1;
  }

  /** @param {import('./messages.ts').ForPage} message */
  function receive(message) {
    if (message.type === 'port-message') farEnds.get(message.portId)?.postMessage(message.data);
    else if (message.type === 'port-close') farEnds.get(message.portId)?.close();
    else {
      const ports = message.portId === null ? [] : [makePort(message.portId)];
      listeners.get(message.channel)?.({ ports });
    }
  }
  Object.defineProperty(world, inboxName, { value: receive });

  const electron = {
    ipcRenderer: {
      send: (/** @type {string} */ channel) => tell({ type: 'ipc', channel, url: location.href }),
      on: (
        /** @type {string} */ channel,
        /** @type {(event: { ports: MessagePort[] }) => void} */ listener,
      ) => void listeners.set(channel, listener),
    },
    contextBridge: {
      exposeInMainWorld: (/** @type {string} */ name, /** @type {object} */ api) =>
        Object.defineProperty(world, name, { value: Object.freeze({ ...api }), enumerable: true }),
    },
  };
  preload((name) => {
    if (name === 'electron') return electron;
    throw new Error(`A sandboxed preload cannot require “${name}”.`);
  });
}
