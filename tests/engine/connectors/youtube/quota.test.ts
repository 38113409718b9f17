import { describe, expect, it } from 'vitest';
import { nextMidnightPacific, spend } from '../../../../electron/engine/connectors/youtube/quota.ts';
import type { Http } from '../../../../electron/engine/ports/http.ts';

const someHttp = (): Http => ({
  send: () => Promise.reject(new Error('Nothing is sent here.')),
  close: () => Promise.resolve(),
});
const now = Date.UTC(2026, 10, 21, 12);
const midnight = Date.UTC(2026, 10, 22, 8);

describe('midnight in California', () => {
  it.each([
    ['2026-11-21T12:00:00.000Z', '2026-11-22T08:00:00.000Z'],
    ['2026-11-22T07:59:59.999Z', '2026-11-22T08:00:00.000Z'],
    ['2026-11-22T08:00:00.000Z', '2026-11-23T08:00:00.000Z'],
    ['2026-07-01T06:30:00.000Z', '2026-07-01T07:00:00.000Z'],
    // The clocks go back on 1 November and forward on 14 March.
    ['2026-11-01T07:30:00.000Z', '2026-11-02T08:00:00.000Z'],
    ['2027-03-14T08:30:00.000Z', '2027-03-15T07:00:00.000Z'],
    ['2027-03-14T23:30:00.000Z', '2027-03-15T07:00:00.000Z'],
  ])('after %s comes at %s', (at, next) => {
    expect(new Date(nextMidnightPacific(Date.parse(at))).toISOString()).toBe(next);
  });
});

describe('what is spent', () => {
  it('stops listening while there is enough left for answers', () => {
    const http = someHttp();
    const listen = () => spend(http, 'project', { bucket: 'units', units: 100 }, now);
    const answer = () => spend(http, 'project', { bucket: 'units', units: 50, isForAnswer: true }, now);
    for (let count = 0; count < 80; count += 1) listen();
    const refused = expect.objectContaining({ code: 'rate-limited', details: { retryAt: midnight } });
    expect(listen).toThrow(refused);
    for (let count = 0; count < 40; count += 1) answer();
    expect(answer).toThrow(refused);
  });

  it('counts searches by themselves, each project by itself, and begins anew every day', () => {
    const http = someHttp();
    const search = (project: string, at: number) =>
      spend(http, project, { bucket: 'searches', units: 1 }, at);
    for (let count = 0; count < 100; count += 1) search('one', now);
    expect(() => search('one', now)).toThrow(expect.objectContaining({ code: 'rate-limited' }));
    search('another', now);
    spend(http, 'one', { bucket: 'units', units: 1 }, now);
    search('one', midnight);
  });
});
