import { type MessagePort, parentPort } from 'node:worker_threads';
import type { MessagePortMain } from 'electron';
import type { MessageChannelEnd } from '../engine/rpc/serve-connection.ts';
import type { FromEngine, ToEngine } from './messages.ts';

/** The engine's side of the line to the shell that started it. */
export interface ParentPort {
  post(message: FromEngine): void;
  /** `connection` comes with `connect` alone. */
  onMessage(listener: (message: ToEngine, connection: MessageChannelEnd | null) => void): void;
}

/** Electron's utility process has `process.parentPort`, whose messages come wrapped; a worker thread gets them bare. */
export function openParentPort(): ParentPort {
  const electron = process.parentPort as typeof process.parentPort | undefined;
  if (electron) {
    return {
      post: (message) => electron.postMessage(message),
      onMessage: (listener) =>
        void electron.on('message', ({ data, ports }) =>
          listener(data as ToEngine, ports[0] ? electronPort(ports[0]) : null),
        ),
    };
  }
  const worker = parentPort;
  if (!worker) throw new Error('The engine’s process is started by a shell, not by hand.');
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) =>
      void worker.on('message', ({ message, port }: { message: ToEngine; port: MessagePort | null }) =>
        listener(message, port ? workerPort(port) : null),
      ),
  };
}

function workerPort(port: MessagePort): MessageChannelEnd {
  return {
    post: (message) => port.postMessage(message),
    close: () => port.close(),
    onMessage: (listener) => void port.on('message', listener),
    onClose: (listener) => void port.on('close', listener),
  };
}

function electronPort(port: MessagePortMain): MessageChannelEnd {
  return {
    post: (message) => port.postMessage(message),
    close: () => port.close(),
    onMessage(listener) {
      port.on('message', ({ data }: { data: unknown }) => listener(data));
      port.start();
    },
    onClose: (listener) => void port.on('close', listener),
  };
}
