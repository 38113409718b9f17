import { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';
import { app } from './app.ts';
import { onTold } from './browser-side.ts';
import type { MessagePortMain } from './ports.ts';

/** Electron's utility process as a thread: its entry gets `process.parentPort`, as it would there. */
class UtilityProcess extends EventEmitter {
  readonly #worker: Worker;

  constructor(modulePath: string) {
    super();
    this.#worker = new Worker(new URL('./utility-entry.ts', import.meta.url), { workerData: { modulePath } });
    let hasFailed = false;
    this.#worker.on('error', (error) => {
      hasFailed = true;
      process.stderr.write(`The engine failed: ${error instanceof Error ? error.stack : String(error)}\n`);
    });
    this.#worker.on('message', (message: unknown) => this.emit('message', message));
    this.#worker.once('exit', (code) => this.emit('exit', hasFailed ? 1 : code));
  }

  postMessage(message: unknown, transfer: readonly MessagePortMain[] = []): void {
    const ports = transfer.map((port) => port.inner);
    this.#worker.postMessage({ data: message, ports }, ports);
  }

  kill(): boolean {
    void this.#worker.terminate();
    return true;
  }
}

const running = new Set<UtilityProcess>();

export const utilityProcess = {
  fork(modulePath: string): UtilityProcess {
    if (!app.isReady()) throw new Error('utilityProcess.fork is for after `ready`.');
    const child = new UtilityProcess(modulePath);
    running.add(child);
    child.once('exit', () => running.delete(child));
    return child;
  },
};

onTold('kill-engine', () => {
  for (const child of running) child.kill();
});
