import type { Clock } from '../../ports/clock.ts';

/** A limit for everything a request does, from the first hop to the last byte of the body. */
export interface Deadline {
  /** Aborts when the time is over or the caller gives up. */
  readonly signal: AbortSignal;
  readonly limitMs: number;
  /** True when it was the time that ended it. */
  isOver(): boolean;
  /** Waiting for one's turn is not the server's fault. */
  pause(): void;
  resume(): void;
  clear(): void;
}

export function createDeadline(clock: Clock, limitMs: number, outer: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  let remainingMs = limitMs;
  let startedAt = 0;
  let timer: AbortController | null = null;
  let isOver = false;

  const giveUp = (): void => controller.abort(outer?.reason);
  if (outer?.aborted) giveUp();
  else outer?.addEventListener('abort', giveUp, { once: true });

  const pause = (): void => {
    if (timer === null) return;
    timer.abort();
    timer = null;
    remainingMs -= clock.now() - startedAt;
  };

  return {
    signal: controller.signal,
    limitMs,
    isOver: () => isOver,
    pause,
    resume() {
      pause();
      const current = new AbortController();
      timer = current;
      startedAt = clock.now();
      void clock.sleep(Math.max(remainingMs, 0), current.signal).then(() => {
        if (current.signal.aborted) return;
        isOver = true;
        controller.abort(new Error('The time is over.'));
      });
    },
    clear() {
      pause();
      outer?.removeEventListener('abort', giveUp);
    },
  };
}
