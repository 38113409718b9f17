import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { type RawData, WebSocket } from 'ws';
import { clientMessageSchema } from '../../shared/contract/envelope.ts';

/** A page that reads so slowly that this much waits for it is cut off; it connects again and asks anew. */
const maxWaitingBytes = 64 * 1024 * 1024;

// RFC 6455 section 7.4.1.
const closeCodes = { onlyText: 1003, badMessage: 1008, restarting: 1012 } as const;

/** Joins one page to the engine: checked JSON one way, answers and events the other. */
export function joinSocketToEngine(socket: WebSocket, connect: (port: MessagePort) => boolean): void {
  const { port1: ours, port2: theirs } = new MessageChannel();
  if (!connect(theirs)) return socket.close(closeCodes.restarting);

  socket.on('message', (data, isBinary) => {
    if (isBinary) return socket.close(closeCodes.onlyText, 'Earshot speaks text.');
    const message = clientMessageSchema.safeParse(parseJson(data));
    if (message.success) ours.postMessage(message.data);
    else socket.close(closeCodes.badMessage, 'That is not a message of the contract.');
    return undefined;
  });
  ours.on('message', (message: unknown) => {
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.send(JSON.stringify(message));
    if (socket.bufferedAmount > maxWaitingBytes) socket.terminate();
  });
  socket.on('close', () => ours.close());
  // ws closes the socket by itself after an error (a message over the limit, a broken frame).
  socket.on('error', () => undefined);
  ours.on('close', () => socket.close(closeCodes.restarting, 'The engine ended.'));
  return undefined;
}

function parseJson(data: RawData): unknown {
  try {
    return JSON.parse(data instanceof Buffer ? data.toString('utf8') : '');
  } catch {
    return undefined; // No message of the contract: the schema refuses it.
  }
}
