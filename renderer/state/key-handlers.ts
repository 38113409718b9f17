import { useEffect, useRef } from 'react';
import { createStore } from 'zustand/vanilla';
import type { KeyAction } from './key-map.ts';

export type KeyHandlers = { readonly [A in KeyAction]?: (() => void) | undefined };

interface KeyHandlerState {
  /** What is on screen now, the newest last: it answers first. */
  readonly layers: readonly KeyHandlers[];
}

const store = createStore<KeyHandlerState>(() => ({ layers: [] }));

/** What a key does while this component is shown. Leave an action out (or undefined) while it makes no sense. */
export function useKeyHandlers(handlers: KeyHandlers): void {
  const newest = useRef(handlers);
  useEffect(() => {
    newest.current = handlers;
  });
  useEffect(() => {
    // Read through the ref at every press, so that a render does not re-register.
    const layer = new Proxy<KeyHandlers>({}, { get: (_, action) => newest.current[action as KeyAction] });
    store.setState(({ layers }) => ({ layers: [...layers, layer] }));
    return () => store.setState(({ layers }) => ({ layers: layers.filter((known) => known !== layer) }));
  }, []);
}

export function handlerOf(action: KeyAction): (() => void) | undefined {
  for (const layer of store.getState().layers.toReversed()) {
    const handler = layer[action];
    if (handler !== undefined) return handler;
  }
  return undefined;
}
