import type { MethodName, MethodOutput, ParsedInput } from '../../../shared/contract/contract.ts';

export interface CallContext {
  /** Aborts when the caller gave up. */
  readonly signal: AbortSignal;
}

type Answer<T> = T | Promise<T>;

/** A handler for each of the named methods: a missing, misnamed or mistyped one does not compile. */
export type HandlersOf<M extends MethodName> = {
  readonly [K in M]: (input: ParsedInput<K>, context: CallContext) => Answer<MethodOutput<K>>;
};
export type Handlers = HandlersOf<MethodName>;

/** The handlers of one feature file of the contract: `FeatureHandlers<typeof inboxMethods>`. */
export type FeatureHandlers<T extends object> = HandlersOf<Extract<keyof T, MethodName>>;
