import { EventEmitter } from 'node:events';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { MessagePortMain } from './ports.ts';

/** Runs a module as Electron's utility process would: `process.parentPort`, and no `electron` to import. */
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron') throw new Error('The engine’s process must not import electron.');
    return next(specifier, context);
  },
});

const port = parentPort;
if (!port) throw new Error('This file is started as a worker.');
const electronPort = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => port.postMessage(message),
});
port.on('message', ({ data, ports }: { data: unknown; ports: MessagePort[] }) => {
  electronPort.emit('message', { data, ports: ports.map((one) => new MessagePortMain(one)) });
});
Object.defineProperty(process, 'parentPort', { value: electronPort });

await import(pathToFileURL((workerData as { modulePath: string }).modulePath).href);
