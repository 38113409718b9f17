import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { onTold, tell } from './browser-side.ts';

/** Electron's MessagePortMain over Node's port: quiet until `start`, messages come wrapped with their ports. */
export class MessagePortMain extends EventEmitter {
  readonly inner: MessagePort;

  constructor(inner: MessagePort) {
    super();
    this.inner = inner;
    inner.on('close', () => this.emit('close'));
  }

  postMessage(message: unknown): void {
    this.inner.postMessage(message);
  }

  start(): void {
    this.inner.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
  }

  close(): void {
    this.inner.close();
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MessagePortMain(port1);
    this.port2 = new MessagePortMain(port2);
  }
}

const portsOfPages = new Map<number, MessagePortMain>();
let lastPortId = 0;

/** Hands a port to a page: from here on what it gets is passed to the browser's side and back. */
export function passToPage(port: MessagePortMain): number {
  lastPortId += 1;
  const portId = lastPortId;
  portsOfPages.set(portId, port);
  port.on('message', ({ data }: { data: unknown }) => tell({ type: 'port-message', portId, data }));
  port.on('close', () => {
    portsOfPages.delete(portId);
    tell({ type: 'port-close', portId });
  });
  port.start();
  return portId;
}

onTold('port-message', ({ portId, data }) => portsOfPages.get(portId)?.postMessage(data));
onTold('port-close', ({ portId }) => portsOfPages.get(portId)?.close());
