import { useCallback, useEffect, useRef, useState } from 'react';
import type { MethodInput, MethodOutput } from '../../../shared/contract/contract.ts';
import type { Failure } from '../../../shared/contract/errors.ts';
import { asFailure } from '../../client/failure-center.ts';
import { useClient } from '../../client/hooks.ts';

export type TestResult = MethodOutput<'sources.test'>;
type TestInput = MethodInput<'sources.test'>;

export type TestState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly key: string }
  | {
      readonly kind: 'passed';
      readonly key: string;
      readonly input: TestInput;
      readonly at: number;
      readonly result: TestResult;
    }
  | { readonly kind: 'failed'; readonly key: string; readonly at: number; readonly failure: Failure };

/** Tells whether a test was made with this very input. */
export const testKey = (input: TestInput): string => JSON.stringify(input);

/** One dry run at a time: another one, `stop` or leaving the dialog ends the former. */
export function useSourceTest() {
  const client = useClient();
  const [state, setState] = useState<TestState>({ kind: 'idle' });
  const running = useRef<AbortController | null>(null);

  const stop = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setState({ kind: 'idle' });
  }, []);

  const run = useCallback(
    async (input: TestInput): Promise<void> => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      const key = testKey(input);
      setState({ kind: 'running', key });
      let next: TestState;
      try {
        const result = await client.call('sources.test', input, { signal: controller.signal });
        next = { kind: 'passed', key, input, at: Date.now(), result };
      } catch (error) {
        next = { kind: 'failed', key, at: Date.now(), failure: asFailure(error) };
      }
      if (!controller.signal.aborted) setState(next);
    },
    [client],
  );

  useEffect(() => () => running.current?.abort(), []);
  return { state, run, stop };
}
