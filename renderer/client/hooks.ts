import { keepPreviousData, QueryClientProvider, type UseQueryResult, useQuery } from '@tanstack/react-query';
import {
  createContext,
  createElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { MethodInput, MethodName, MethodOutput } from '../../shared/contract/contract.ts';
import type { EarshotError } from '../../shared/contract/errors.ts';
import type { EngineEvent } from '../../shared/contract/events.ts';
import type { Client, EventNamed } from './client.ts';
import { asFailure, failureCenter } from './failure-center.ts';
import { failureLine } from './failure-sentence.ts';
import { createQueryClient, keepFresh } from './keep-fresh.ts';
import type { ConnectionState } from './transport.ts';

const ClientContext = createContext<Client | null>(null);

/** Gives the tree its client and the cache of its answers, kept fresh by the engine's events. */
export function ClientProvider({ client, children }: { client: Client; children: ReactNode }) {
  const [queries] = useState(createQueryClient);
  useEffect(() => keepFresh(client, queries), [client, queries]);
  return createElement(
    ClientContext,
    { value: client },
    createElement(QueryClientProvider, { client: queries }, children),
  );
}

export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === null) throw new Error('useClient needs a ClientProvider above it');
  return client;
}

/** Key and function of a call's query, for `queryClient.prefetchQuery` and friends too. */
export function callQuery<M extends MethodName>(client: Client, method: M, input: MethodInput<M>) {
  return {
    queryKey: [method, input] as const,
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<MethodOutput<M>> =>
      client.call(method, input, { signal }),
  };
}

export interface CallOptions {
  /** False: do not ask yet. */
  readonly isEnabled?: boolean;
  /** Shows the former answer while a new input is being answered (typing). */
  readonly keepsPrevious?: boolean;
  /** False: ask again at every mount. For answers that no event makes stale. */
  readonly isCached?: boolean;
}

/** An answer of the engine, asked for when shown and refreshed when an event says that it changed. */
export function useCall<M extends MethodName>(
  method: M,
  input: MethodInput<M>,
  options: CallOptions = {},
): UseQueryResult<MethodOutput<M>, EarshotError> {
  const client = useClient();
  return useQuery<MethodOutput<M>, EarshotError, MethodOutput<M>>({
    ...callQuery(client, method, input),
    enabled: options.isEnabled ?? true,
    ...(options.keepsPrevious
      ? {
          placeholderData: keepPreviousData<MethodOutput<M>> as (
            previous: MethodOutput<M> | undefined,
          ) => never,
        }
      : {}),
    ...(options.isCached === false ? { staleTime: 0, gcTime: 0 } : {}),
  });
}

export interface Command<M extends MethodName> {
  /** Resolves with the answer, or with null when it failed; the failure has been shown by then. */
  readonly run: (input: MethodInput<M>) => Promise<MethodOutput<M> | null>;
  readonly isRunning: boolean;
  /** The last run's failure in words, for commands that show it in place. */
  readonly failureLine: string | null;
  clearFailure(): void;
}

export interface CommandOptions {
  /** Starts the message when it fails: "Could not add the source". */
  readonly failureTitle: string;
  /** The component shows `failureLine` where the action was; otherwise the failure center does. */
  readonly showsFailureInPlace?: boolean;
}

/** A change asked of the engine. The one way in which a failed change reaches the user. */
export function useCommand<M extends MethodName>(method: M, options: CommandOptions): Command<M> {
  const client = useClient();
  const [running, setRunning] = useState(0);
  const [line, setLine] = useState<string | null>(null);
  const { failureTitle, showsFailureInPlace = false } = options;
  const run = useCallback(
    async (input: MethodInput<M>): Promise<MethodOutput<M> | null> => {
      setRunning((count) => count + 1);
      setLine(null);
      try {
        return await client.call(method, input);
      } catch (error) {
        setLine(failureLine(asFailure(error), Date.now()));
        if (!showsFailureInPlace) failureCenter.getState().report(failureTitle, error);
        return null;
      } finally {
        setRunning((count) => count - 1);
      }
    },
    [client, method, failureTitle, showsFailureInPlace],
  );
  const clearFailure = useCallback(() => setLine(null), []);
  return { run, isRunning: running > 0, failureLine: line, clearFailure };
}

export function useConnectionState(): ConnectionState {
  const client = useClient();
  return useSyncExternalStore(
    useCallback((listener) => client.onConnectionState(listener), [client]),
    useCallback(() => client.connectionState(), [client]),
  );
}

/** Runs the newest `listener` at each event of that name while mounted. */
export function useEngineEvent<N extends EngineEvent['name']>(
  name: N,
  listener: (event: EventNamed<N>) => void,
): void {
  const client = useClient();
  const newest = useRef(listener);
  useEffect(() => {
    newest.current = listener;
  });
  useEffect(() => client.on(name, (event) => newest.current(event)), [client, name]);
}
