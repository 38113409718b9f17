import { describe, expect, it } from 'vitest';
import {
  hadItsTime,
  looksAfter,
  nextLookAt,
  usualTimings,
} from '../../../electron/engine/outbox/retry-policy.ts';
import type { Failure } from '../../../shared/contract/errors.ts';

const failure = (code: Failure['code'], details: Record<string, unknown> = {}): Failure => ({
  code,
  message: '',
  details,
});
const { lookAfterMs: slow, endedLookAfterMs: soon } = usualTimings;

describe('an attempt of unknown outcome', () => {
  it.each([
    ['whose connection the platform closed', failure('outcome-unknown', { reason: 'ended' }), soon],
    ['that was answered with nothing that makes sense', failure('bad-response'), soon],
    ['that the server broke down over', failure('server-error', { status: 500 }), soon],
    ['that a gateway gave up on', failure('server-error', { status: 504 }), slow],
    ['that was not answered in time', failure('outcome-unknown', { reason: 'timeout' }), slow],
    ['of which nothing is known', null, slow],
  ])('%s is looked for at its own pace', (_, known, expected) => {
    expect(looksAfter(known, usualTimings)).toBe(expected);
  });

  it('is looked for at each of those times, and then every few seconds', () => {
    expect(nextLookAt(1_000, 1_000, soon, usualTimings)).toBe(1_000 + (soon[0] ?? 0));
    expect(nextLookAt(1_000, 1_000 + (soon[0] ?? 0), soon, usualTimings)).toBe(1_000 + (soon[1] ?? 0));
    expect(nextLookAt(0, 999_999, soon, usualTimings)).toBe(999_999 + usualTimings.settleMs);
  });

  it('is given up for absent only when the last of them has passed', () => {
    const last = soon.at(-1) ?? 0;
    expect(hadItsTime(0, last - 1, soon)).toBe(false);
    expect(hadItsTime(0, last, soon)).toBe(true);
  });
});
