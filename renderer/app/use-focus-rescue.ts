import { useEffect, useRef } from 'react';
import { landFocus } from './panes.ts';

/** A dialog gives the focus back a frame after it has closed. */
const settleMs = 80;

/** When what is shown has changed and the focused element went with it, the focus goes to what took its place. */
export function useFocusRescue(shown: unknown): void {
  const former = useRef(shown);
  useEffect(() => {
    if (former.current === shown) return;
    former.current = shown;
    const timer = setTimeout(() => landFocus(), settleMs);
    return () => clearTimeout(timer);
  }, [shown]);
}

/**
 * Once, in the frame: what had the focus may go with its row, its file or its question. The focus then goes to the
 * nearest place around it that is still there, never to a button that a second press would work.
 */
export function useFocusKeeping(): void {
  useEffect(() => {
    let around: readonly Element[] = [];
    let timer: ReturnType<typeof setTimeout> | null = null;
    const remember = (event: FocusEvent): void => {
      around = event.composedPath().filter((each) => each instanceof Element);
    };
    const look = (): void => {
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(() => {
        const [last] = around;
        if (last === undefined || last.isConnected) return;
        landFocus(around.filter((element) => element.isConnected));
      }, settleMs);
    };
    document.addEventListener('focusin', remember);
    document.addEventListener('focusout', look);
    return () => {
      if (timer !== null) clearTimeout(timer);
      document.removeEventListener('focusin', remember);
      document.removeEventListener('focusout', look);
    };
  }, []);
}
