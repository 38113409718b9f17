import { describe, expect, it } from 'vitest';
import { failureCodes } from '../../../shared/contract/errors.ts';
import { failureLine, failureSentence } from '../../../renderer/client/failure-sentence.ts';

const now = Date.UTC(2026, 0, 1);

describe('the words for a failure', () => {
  it.each(failureCodes.map((code) => ({ code })))(
    '$code has a whole sentence, with or without details',
    ({ code }) => {
      const { happened, next } = failureSentence({ code, message: 'The engine’s own words.' }, now);
      for (const part of [happened, next]) {
        if (part !== null) expect(part).toMatch(/^[A-Z].{8,}\.$/);
        expect(part ?? '').not.toMatch(/undefined|null|NaN|\[object/);
      }
    },
  );

  it.each([
    ['rate-limited', { retryAt: now + 5 * 60_000 }, /asks again in 5 minutes/],
    ['rate-limited', { retryAt: now + 30_000 }, /asks again in a minute/],
    ['rate-limited', { retryAt: now + 6 * 3_600_000 }, /asks again in 6 hours/],
    ['rate-limited', { retryAt: now - 1 }, /asks again by itself/],
    ['too-large', { limitBytes: 16_000_000 }, /larger than 16 MB/],
    ['rejected', { status: 404 }, /nothing at this address \(404\)/],
    ['rejected', { status: 418 }, /\(418\)/],
    ['server-error', { status: 503 }, /trouble \(503\)/],
    ['unreachable', { reason: 'dns' }, /typing mistake/],
    ['unreachable', { reason: 'offline' }, /no network/],
    ['unreachable', { reason: 'engine' }, /Nothing was changed/],
    ['forbidden', { challenge: true }, /bot check/],
    ['unauthorized', { by: 'engine' }, /Open the link/],
    ['unauthorized', { status: 401 }, /sign-in/],
    ['internal', { errorId: 'abc-1' }, /abc-1/],
  ] as const)('%s %j says what its details mean', (code, details, expected) => {
    expect(failureLine({ code, message: '', details }, now)).toMatch(expected);
  });

  it('keeps what a connector says of its own platform', () => {
    const message = 'The app password was revoked. Make a new one and sign in again.';
    expect(failureLine({ code: 'unauthorized', message }, now)).toBe(message);
    expect(failureLine({ code: 'forbidden', message, details: { status: 403 } }, now)).not.toContain('app');
  });

  it('keeps the engine’s own sentence where it knows the object', () => {
    expect(failureLine({ code: 'conflict', message: 'There is already a tracker “Acme”.' }, now)).toBe(
      'There is already a tracker “Acme”.',
    );
  });
});
