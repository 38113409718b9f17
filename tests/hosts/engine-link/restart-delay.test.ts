import { expect, it } from 'vitest';
import { planRestart } from '../../../electron/engine-link/restart-delay.ts';

it('waits twice as long after every crash in a row, up to half a minute', () => {
  const delays = [0, 1, 2, 3, 4, 5, 6, 7, 50].map((before) => planRestart(before, 1_000).delayMs);
  expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

it('starts from the shortest delay again when the engine had run well', () => {
  expect(planRestart(6, 60_000)).toEqual({ crashes: 1, delayMs: 500 });
  expect(planRestart(6, 59_999)).toEqual({ crashes: 7, delayMs: 30_000 });
});
