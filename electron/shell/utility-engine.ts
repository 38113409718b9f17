import { type MessagePortMain, utilityProcess } from 'electron';
import { engineMemory } from '../engine-link/engine-memory.ts';
import type { FromEngine } from '../engine-link/messages.ts';
import type { EngineChild } from '../engine-link/supervisor.ts';

/** The engine in a process of its own: neither a slow query nor a crash reaches the window. After `ready` only. */
export function spawnUtilityEngine(entry: string): EngineChild<MessagePortMain> {
  const child = utilityProcess.fork(entry, [], {
    serviceName: 'Earshot engine',
    stdio: 'inherit',
    execArgv: [`--max-semi-space-size=${engineMemory.semiSpaceMb}`],
  });
  return {
    post: (message, port) => child.postMessage(message, port ? [port] : []),
    onMessage: (listener) => void child.on('message', (message: FromEngine) => listener(message)),
    onExit: (listener) => void child.once('exit', (code) => listener(`status ${code}`)),
    kill: () => void child.kill(),
  };
}
