import type { Clock } from '../../../electron/engine/ports/clock.ts';

export interface FakeClock extends Clock {
  /** Moves time on; sleepers wake in the order of their times, with room for what they do in between. */
  advance(ms: number): Promise<void>;
  /** Moves time on with nobody awake, as when a laptop is shut. */
  jump(ms: number): void;
  /** How many are asleep. */
  sleepers(): number;
}

export function fakeClock(start = Date.UTC(2026, 10, 21, 12), random: () => number = () => 0.5): FakeClock {
  let now = start;
  const sleeping = new Set<{ readonly at: number; readonly wake: () => void }>();
  // A turn of the real event loop, so that sockets and promises get on.
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  return {
    now: () => now,
    random,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = {
          at: now + ms,
          wake: (): void => {
            sleeping.delete(sleeper);
            signal?.removeEventListener('abort', sleeper.wake);
            resolve();
          },
        };
        sleeping.add(sleeper);
        signal?.addEventListener('abort', sleeper.wake);
      }),
    async advance(ms) {
      const end = now + ms;
      for (let turns = 0; turns < 3; turns++) await turn();
      for (;;) {
        const [next] = [...sleeping].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        now = Math.max(now, next.at);
        next.wake();
        for (let turns = 0; turns < 3; turns++) await turn();
      }
      now = end;
      await turn();
    },
    jump: (ms) => {
      now += ms;
    },
    sleepers: () => sleeping.size,
  };
}
