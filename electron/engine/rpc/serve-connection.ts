import { clientMessageSchema, type ServerMessage } from '../../../shared/contract/envelope.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { Engine } from '../engine.ts';

/** What every transport comes down to: messages in, messages out, an end. */
export interface MessageChannelEnd {
  post(message: ServerMessage): void;
  /** `close` is for a peer that does not speak the protocol. */
  close(): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
}

/** Speaks the contract over one connection until it closes; calls still running are then aborted. */
export function serveConnection(engine: Engine, end: MessageChannelEnd): void {
  const running = new Map<number, AbortController>();
  const events = engine.events$.subscribe((event) => end.post({ type: 'event', event }));

  end.onMessage((raw) => {
    const parsed = clientMessageSchema.safeParse(raw);
    if (!parsed.success) return end.close();
    const message = parsed.data;
    if (message.type === 'cancel') return running.get(message.id)?.abort();
    if (running.has(message.id)) return end.close();
    const controller = new AbortController();
    running.set(message.id, controller);
    void engine
      .call(message.method, message.params, controller.signal)
      .then((result): ServerMessage => ({ type: 'result', id: message.id, result }))
      .catch((error: unknown): ServerMessage => ({ type: 'error', id: message.id, error: toFailure(error) }))
      .then((answer) => {
        if (running.delete(message.id)) end.post(answer);
      });
    return undefined;
  });

  end.onClose(() => {
    events.unsubscribe();
    for (const controller of running.values()) controller.abort();
    running.clear();
  });
}

function toFailure(error: unknown) {
  return error instanceof EarshotError
    ? error.toFailure()
    : { code: 'internal' as const, message: 'Something in Earshot broke.' };
}
