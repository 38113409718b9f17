import { type MessagePort, Worker } from 'node:worker_threads';
import { engineMemory } from '../engine-link/engine-memory.ts';
import type { EngineChild } from '../engine-link/supervisor.ts';
import type { FromEngine } from '../engine-link/messages.ts';

/** The engine in a thread of its own, so that a slow query never holds up the server. */
export function spawnWorkerEngine(entry: URL): EngineChild<MessagePort> {
  const worker = new Worker(entry, {
    name: 'earshot engine',
    // V8 makes a semi-space of a third of it.
    resourceLimits: { maxYoungGenerationSizeMb: 3 * engineMemory.semiSpaceMb },
  });
  let failure: Error | null = null;
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(String(error));
  });
  return {
    post: (message, port) => worker.postMessage({ message, port: port ?? null }, port ? [port] : []),
    onMessage: (listener) => void worker.on('message', (message: FromEngine) => listener(message)),
    onExit: (listener) =>
      void worker.on('exit', (code) => listener(failure ? failure.message : `exit ${code}`)),
    kill: () => void worker.terminate(),
  };
}
