import type { MethodName } from '../../../shared/contract/contract.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { HandlersOf } from './handlers.ts';

/** Answers for methods whose part is not joined on: every call fails and says so. */
export function notYet<M extends MethodName>(methods: readonly M[]): HandlersOf<M> {
  const refuse = (): never => {
    throw new EarshotError('unsupported', 'This build of Earshot cannot do that yet.');
  };
  return Object.fromEntries(methods.map((method) => [method, refuse])) as unknown as HandlersOf<M>;
}
