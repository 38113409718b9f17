import './zod-without-eval.ts';
import {
  contract,
  type MethodInput,
  type MethodName,
  type MethodOutput,
} from '../../shared/contract/contract.ts';
import { serverMessageSchema } from '../../shared/contract/envelope.ts';
import { EarshotError } from '../../shared/contract/errors.ts';
import { type EngineEvent, engineEventSchema } from '../../shared/contract/events.ts';
import { createListeners } from './listeners.ts';
import type { ConnectionState, Transport } from './transport.ts';

export type EventNamed<N extends EngineEvent['name']> = Extract<EngineEvent, { name: N }>;

/** The engine as the window sees it. */
export interface Client {
  readonly transport: Transport['kind'];
  /** Rejects with EarshotError, or with the signal's reason when it aborts. */
  call<M extends MethodName>(
    method: M,
    input: MethodInput<M>,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<MethodOutput<M>>;
  on<N extends EngineEvent['name']>(name: N, listener: (event: EventNamed<N>) => void): () => void;
  connectionState(): ConnectionState;
  onConnectionState(listener: (state: ConnectionState) => void): () => void;
  /** Tries to reconnect now instead of at the planned time. */
  reconnect(): void;
  close(): void;
}

export interface ClientOptions {
  /** Holds answers against the contract; for tests and development. */
  readonly checksOutputs?: boolean;
}

/** Methods that change nothing: asked again after a lost connection, and waiting while there is none. */
const reads: ReadonlySet<MethodName> = new Set<MethodName>([
  'accounts.getSignIn',
  'accounts.list',
  'app.info',
  'attachments.get',
  'connectors.list',
  'conversations.get',
  'drafts.list',
  'inbox.counts',
  'inbox.list',
  'replies.counts',
  'replies.get',
  'replies.list',
  'savedReplies.list',
  'settings.get',
  'sources.list',
  'sources.test',
  'trackers.list',
  'trackers.preview',
]);

interface PendingCall {
  readonly method: MethodName;
  readonly input: unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Request and event bookkeeping over any transport. */
export function createClient(transport: Transport, options: ClientOptions = {}): Client {
  const pending = new Map<number, PendingCall>();
  const events = createListeners<EngineEvent>();
  let lastId = 0;
  let wasConnected = transport.state().kind === 'connected';

  const send = (id: number, call: PendingCall): void =>
    transport.send({ type: 'request', id, method: call.method, params: call.input });

  const stopMessages = transport.onMessage((raw) => {
    const parsed = serverMessageSchema.safeParse(raw);
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.type === 'event') {
      // An event that this window does not know comes from a newer engine; it concerns nothing shown here.
      const event = engineEventSchema.safeParse(message.event);
      if (event.success) events.tell(event.data);
      return;
    }
    const call = pending.get(message.id);
    if (call === undefined) return;
    pending.delete(message.id);
    if (message.type === 'result') call.resolve(message.result);
    else call.reject(new EarshotError(message.error.code, message.error.message, message.error.details));
  });

  const stopStates = transport.onState((state) => {
    const isConnected = state.kind === 'connected';
    if (isConnected && !wasConnected) for (const [id, call] of pending) send(id, call);
    if (!isConnected && wasConnected) rejectCommands();
    if (state.kind === 'signed-out') rejectAll(signedOut);
    wasConnected = isConnected;
  });

  const rejectCommands = (): void => {
    for (const [id, call] of pending) {
      if (reads.has(call.method)) continue;
      pending.delete(id);
      call.reject(
        new EarshotError(
          'outcome-unknown',
          'The connection to Earshot’s engine broke before it answered. Look whether the change is there before you repeat it.',
          { method: call.method },
        ),
      );
    }
  };
  const rejectAll = (reason: () => EarshotError): void => {
    const calls = [...pending.values()];
    pending.clear();
    for (const call of calls) call.reject(reason());
  };

  return {
    transport: transport.kind,
    call(method, input, { signal } = {}) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const state = transport.state();
        if (state.kind === 'signed-out') return reject(signedOut());
        if (state.kind !== 'connected' && !reads.has(method)) return reject(disconnected());

        lastId += 1;
        const id = lastId;
        const abort = (): void => {
          if (!pending.delete(id)) return;
          transport.send({ type: 'cancel', id });
          reject(signal?.reason);
        };
        const settle = (): void => signal?.removeEventListener('abort', abort);
        const call: PendingCall = {
          method,
          input,
          resolve(result) {
            settle();
            const broken = options.checksOutputs
              ? contract[method].output.safeParse(result).error
              : undefined;
            if (broken) reject(broken);
            else resolve(result as MethodOutput<typeof method>);
          },
          reject(error) {
            settle();
            reject(error);
          },
        };
        signal?.addEventListener('abort', abort, { once: true });
        pending.set(id, call);
        if (state.kind === 'connected') send(id, call);
        return undefined;
      });
    },
    on(name, listener) {
      return events.add((event) => {
        if (event.name === name) listener(event as EventNamed<typeof name>);
      });
    },
    connectionState: () => transport.state(),
    onConnectionState: (listener) => transport.onState(listener),
    reconnect: () => transport.reconnect(),
    close() {
      stopMessages();
      stopStates();
      events.clear();
      rejectAll(disconnected);
      transport.close();
    },
  };
}

function signedOut(): EarshotError {
  return new EarshotError(
    'unauthorized',
    'This page’s key is no longer valid. Open the link that the start command printed.',
    { by: 'engine' },
  );
}

function disconnected(): EarshotError {
  return new EarshotError(
    'unreachable',
    'Earshot’s engine does not answer right now. Nothing was changed; try again when it is back.',
    { reason: 'engine' },
  );
}
