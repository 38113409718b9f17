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
    const timer = setTimeout(landFocus, settleMs);
    return () => clearTimeout(timer);
  }, [shown]);
}
