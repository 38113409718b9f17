import { describe, expect, it } from 'vitest';
import { failureOfAnswer, failureOfErrors } from '../../../../electron/engine/connectors/github/failures.ts';

const startsAt = Date.UTC(2026, 10, 21, 12);
const minute = 60_000;

describe('a refusal', () => {
  const refused = (status: number, message: string, headers: Record<string, string> = {}) =>
    failureOfAnswer({ status, headers, body: JSON.stringify({ message }) }, startsAt);

  it.each([
    [refused(429, 'slow', { 'retry-after': '30' }), 'rate-limited', /fewer/, startsAt + 30_000],
    [refused(403, 'You have exceeded a secondary rate limit.'), 'rate-limited', /fewer/, startsAt + minute],
    [refused(403, 'Must have admin rights'), 'forbidden', /public_repo/, undefined],
    [refused(403, 'x', { 'x-github-sso': 'required' }), 'forbidden', /single sign-on/, undefined],
    [refused(410, 'This issue was deleted'), 'gone', /deleted/, undefined],
    [refused(404, 'Not Found'), 'not-found', /deleted, or the account may not/, undefined],
    [refused(503, ''), 'server-error', /failed/, undefined],
    [refused(422, 'Validation Failed'), 'rejected', /Validation Failed/, undefined],
    [refused(422, 'was submitted too quickly'), 'rate-limited', /fewer/, startsAt + minute],
  ])('%s is what it is', (failure, code, words, retryAt) => {
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(words);
    expect(failure.details['retryAt']).toBe(retryAt);
  });
});

describe('an error of GraphQL', () => {
  it.each([
    [undefined, 'Something went wrong while executing your query. Please include `0401`.', 'server-error'],
    ['UNPROCESSABLE', 'was submitted too quickly', 'rate-limited'],
    ['UNPROCESSABLE', 'Body is too long', 'rejected'],
  ])('%s %s is %s', (type, message, code) => {
    expect(failureOfErrors([{ type, message }], {}, startsAt)?.code).toBe(code);
  });
});
