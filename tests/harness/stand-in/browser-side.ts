import type { FromMain, ToMain } from '../messages.ts';

type Listener<T extends ToMain['type']> = (message: Extract<ToMain, { type: T }>) => void;

/** The line to the process that has the browser. */
export function tell(message: FromMain): void {
  if (!process.send) throw new Error('The harness starts this process with a line to itself.');
  if (process.connected) process.send(message);
}

export function onTold<T extends ToMain['type']>(type: T, listener: Listener<T>): void {
  process.on('message', (message: ToMain) => {
    if (message.type === type) listener(message as Extract<ToMain, { type: T }>);
  });
}
