/** Gathers keys and hands them over together: the first at once, later ones at most every `intervalMs`. */
export interface Coalescer {
  add(key: readonly unknown[]): void;
  stop(): void;
}

export function createCoalescer(
  intervalMs: number,
  flush: (keys: readonly (readonly unknown[])[]) => void,
): Coalescer {
  const waiting = new Map<string, readonly unknown[]>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const release = (): void => {
    timer = null;
    if (waiting.size === 0) return;
    const keys = [...waiting.values()];
    waiting.clear();
    timer = setTimeout(release, intervalMs);
    flush(keys);
  };
  return {
    add(key) {
      waiting.set(JSON.stringify(key), key);
      // A task of its own, so that events of one burst go together even when nothing was waiting.
      timer ??= setTimeout(release, 0);
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      waiting.clear();
    },
  };
}
