import { describe, expect, it } from 'vitest';
import { failureOfStatus } from '../../../../electron/engine/connectors/http/failure-of-status.ts';
import { retryAtOf } from '../../../../electron/engine/connectors/http/retry-after.ts';

const now = Date.UTC(2026, 10, 21, 12, 0, 0);
const clock = { now: () => now };
const url = 'https://blog.example/feed?token=secret';
const html = { 'content-type': 'text/html; charset=utf-8' };

const failure = (status: number, headers: Record<string, string> = {}, bodyText = '') =>
  failureOfStatus({ status, url, headers, bodyText }, clock);

describe('the failure that a status means', () => {
  it.each([
    [400, 'rejected'],
    [401, 'unauthorized'],
    [402, 'rejected'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [405, 'rejected'],
    [406, 'rejected'],
    [410, 'gone'],
    [418, 'rejected'],
    [429, 'rate-limited'],
    [451, 'rejected'],
    [500, 'server-error'],
    [502, 'server-error'],
    [503, 'rate-limited'],
    [504, 'server-error'],
    [599, 'server-error'],
    [300, 'bad-response'],
    [305, 'bad-response'],
  ])('%i is %s', (status, code) => {
    expect(failure(status)).toMatchObject({ code, details: { status } });
  });

  it('keeps the query of an address, which is often a secret, out of every message', () => {
    for (const status of [300, 400, 401, 403, 404, 410, 429, 500, 503]) {
      expect(failure(status).message).toContain('blog.example/feed');
      expect(failure(status).message).not.toContain('secret');
    }
  });

  it('waits as long as Retry-After says, in seconds or as a date', () => {
    expect(failure(429, { 'retry-after': '120' }).details).toMatchObject({
      retryAt: now + 120_000,
      isRetryAtGuessed: false,
    });
    expect(failure(503, { 'retry-after': 'Sat, 21 Nov 2026 13:00:00 GMT' }).details).toMatchObject({
      retryAt: now + 3_600_000,
    });
  });

  it('guesses ten minutes where Retry-After is missing or unreadable', () => {
    for (const headers of [{}, { 'retry-after': 'soon' }, { 'retry-after': '-5' }] as Record<
      string,
      string
    >[]) {
      expect(failure(429, headers).details).toMatchObject({ retryAt: now + 600_000, isRetryAtGuessed: true });
    }
  });

  it('lets no server send it away for more than a day', () => {
    const day = now + 86_400_000;
    expect(retryAtOf('99999999999999999999', clock)).toBe(day);
    expect(retryAtOf('Fri, 21 Nov 2036 12:00:00 GMT', clock)).toBe(day);
  });

  it('takes a date that has passed as leave to ask now', () => {
    expect(retryAtOf('Fri, 20 Nov 2026 12:00:00 GMT', clock)).toBe(now);
  });

  it('names the bot check in a refusal', () => {
    const page = '<html><title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/x.js">';
    expect(failure(403, html, page)).toMatchObject({
      code: 'forbidden',
      details: { challenge: 'Cloudflare' },
    });
    expect(failure(503, html, page)).toMatchObject({
      code: 'forbidden',
      details: { challenge: 'Cloudflare' },
    });
    expect(failure(403, { 'cf-mitigated': 'challenge' }).details).toMatchObject({ challenge: 'Cloudflare' });
    expect(failure(403, html, '<html>Please solve this captcha').details).toMatchObject({
      challenge: 'bot check',
    });
  });

  it('does not take an ordinary refusal for a bot check', () => {
    expect(failure(403, html, '<html><h1>403 Forbidden</h1>nginx').details).not.toHaveProperty('challenge');
    expect(failure(403, { 'content-type': 'text/plain' }, 'captcha').details).not.toHaveProperty('challenge');
    expect(failure(503, { ...html, 'retry-after': '60' }, '<html>checking your browser').code).toBe(
      'rate-limited',
    );
  });

  it('passes on the sentence that an API gives with its refusal', () => {
    const json = { 'content-type': 'application/json' };
    const refused = failure(400, json, '{"message":"invalid numericFilters","status":400}');
    expect(refused.details).toEqual({ status: 400, said: 'invalid numericFilters' });
    expect(refused.message).toContain('invalid numericFilters');
    expect(failure(400, json, '{"message":').details).toEqual({ status: 400 });
    expect(failure(400, json, 'null').details).toEqual({ status: 400 });
  });
});
