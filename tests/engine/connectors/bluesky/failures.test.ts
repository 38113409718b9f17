import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../../electron/engine/connectors/bluesky/failures.ts';

const now = Date.UTC(2026, 10, 21, 12);
const clock = { now: () => now };
const json = { 'content-type': 'application/json' };

function failure(status: number, body: unknown, headers: Record<string, string> = json) {
  const bodyText = typeof body === 'string' ? body : JSON.stringify(body);
  return failureOf({ status, headers, bodyText, url: 'https://pds.example/xrpc/x' }, clock);
}

describe('refusals of Bluesky', () => {
  it.each([
    [400, 'ExpiredToken', 'unauthorized', /run out/],
    [400, 'InvalidToken', 'unauthorized', /does not take this session/],
    [401, 'AuthMissing', 'unauthorized', /signed-in account/],
    [401, 'AuthenticationRequired', 'unauthorized', /handle and app password/],
    [401, 'AuthFactorTokenRequired', 'unauthorized', /Create an app password/],
    [401, 'AccountTakedown', 'forbidden', /suspended/],
    [401, 'AccountDeactivated', 'forbidden', /deactivated/],
    [400, 'RecordNotFound', 'not-found', /not on Bluesky any more/],
    [400, 'NotFound', 'not-found', /not on Bluesky any more/],
    [400, 'InvalidSwap', 'conflict', /same moment/],
    [403, 'ScopeMissingError', 'forbidden', /Sign in again/],
    [501, 'MethodNotImplemented', 'unsupported', /does not offer/],
    [502, 'UpstreamFailure', 'server-error', /behind your server/],
    [500, 'InternalServerError', 'server-error', /failed/],
    [400, 'SomethingNew', 'rejected', /does not take this: as it is\./],
  ])('%i %s is %s', (status, error, code, message) => {
    const found = failure(status, { error, message: 'as it is' });
    expect(found.code).toBe(code);
    expect(found.message).toMatch(message);
  });

  it('that name the length say so in words', () => {
    const message =
      'Invalid app.bsky.feed.post record: grapheme too big (maximum 300, got 301) at $.record.text';
    expect(failure(400, { error: 'InvalidRequest', message })).toMatchObject({
      code: 'rejected',
      message: expect.stringMatching(/300 characters .* Shorten it or split it\./),
    });
  });

  it('of the network in front of it go by their status', () => {
    expect(failure(403, '<html>403</html>', { 'content-type': 'text/html' }).code).toBe('forbidden');
    expect(failure(502, '<html>Bad Gateway</html>', {}).code).toBe('server-error');
  });

  it.each([
    ['retry-after in seconds', { 'retry-after': '290', 'ratelimit-reset': '1' }, 290_000],
    ['ratelimit-reset in unix seconds', { 'ratelimit-reset': String(now / 1000 + 120) }, 120_000],
    [
      'ratelimit-reset of a server whose clock is an hour ahead',
      {
        'ratelimit-reset': String(now / 1000 + 3_600 + 120),
        date: new Date(now + 3_600_000).toUTCString(),
      },
      120_000,
    ],
    ['a reset that has passed', { 'ratelimit-reset': String(now / 1000 - 5) }, 0],
    ['a reset in another century', { 'ratelimit-reset': '99999999999' }, 24 * 3_600_000],
    ['nothing', {}, 5 * 60_000],
    ['nonsense', { 'ratelimit-reset': 'soon' }, 5 * 60_000],
  ])('wait by %s', (_, headers, waitMs) => {
    const found = failure(429, { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' }, headers);
    expect(found.code).toBe('rate-limited');
    expect(found.details['retryAt']).toBe(now + waitMs);
  });
});
