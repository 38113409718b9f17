import { useState } from 'react';

/**
 * The width of a pane: what is stored, or the design's; while it is dragged, where the pointer is. `set(null, true)`
 * gives the design's width back.
 */
export function usePaneWidth(
  stored: number | null,
  design: number,
  store: (width: number | null) => void,
): readonly [width: number, set: (width: number | null, isFinal: boolean) => void] {
  const [dragged, setDragged] = useState<number | null>(null);
  return [
    dragged ?? stored ?? design,
    (width, isFinal) => {
      setDragged(isFinal ? null : width);
      if (isFinal) store(width);
    },
  ];
}
