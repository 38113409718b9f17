import type { z } from 'zod';
import { contract, type MethodName } from '../../../shared/contract/contract.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { Logger } from '../ports/logger.ts';
import type { Handlers } from './handlers.ts';

export type Dispatch = (method: string, params: unknown, signal?: AbortSignal) => Promise<unknown>;

export interface DispatcherOptions {
  /** Read at every call: another workspace brings other handlers. */
  readonly handlers: () => Handlers | Promise<Handlers>;
  readonly logger: Logger;
  /** Checks what handlers return; for tests and development. */
  readonly checksOutputs?: boolean;
}

/**
 * The one place where a call becomes an answer, whatever transport brought it: the method is looked up, the
 * input parsed, the handler run. Throws EarshotError and nothing else; a bug becomes `internal` with the id
 * that its stack has in the log.
 */
export function createDispatcher(options: DispatcherOptions): Dispatch {
  return async (method, params, signal = new AbortController().signal) => {
    if (!isMethodName(method)) {
      throw new EarshotError('invalid-input', `There is no method “${method.slice(0, 100)}”.`, { method });
    }
    try {
      const input = parseInput(method, params);
      const handlers = await options.handlers();
      const handler = handlers[method] as (input: unknown, context: { signal: AbortSignal }) => unknown;
      const output = await handler(input, { signal });
      return options.checksOutputs ? contract[method].output.parse(output) : output;
    } catch (error) {
      if (error instanceof EarshotError) throw error;
      const errorId = crypto.randomUUID();
      options.logger.error('call-failed', { method, errorId, error: describeBug(error) });
      throw new EarshotError(
        'internal',
        `Something in Earshot broke (${errorId} in the log).`,
        { errorId },
        error,
      );
    }
  };
}

function isMethodName(method: string): method is MethodName {
  return Object.hasOwn(contract, method);
}

function parseInput(method: MethodName, params: unknown): unknown {
  const parsed = contract[method].input.safeParse(params ?? {});
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue: z.core.$ZodIssue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
  }));
  const first = issues[0];
  const where = first?.path ? `${first.path}: ` : '';
  throw new EarshotError(
    'invalid-input',
    `${method} cannot take that: ${where}${first?.message ?? 'not valid'}.`,
    {
      issues: issues.slice(0, 20),
    },
  );
}

function describeBug(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
