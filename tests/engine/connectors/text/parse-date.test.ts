import { describe, expect, it } from 'vitest';
import { parseDate } from '../../../../electron/engine/connectors/text/parse-date.ts';

function iso(text: string): string | null {
  const at = parseDate(text);
  return at === null ? null : new Date(at).toISOString().replace('.000Z', 'Z');
}

describe('dates of feeds', () => {
  it.each([
    // RFC 822 and its liberties
    ['Fri, 20 Nov 2026 10:00:00 GMT', '2026-11-20T10:00:00Z'],
    ['Fri, 20 Nov 26 10:00:00 EST', '2026-11-20T15:00:00Z'],
    ['20 Nov 99 10:00 +0000', '1999-11-20T10:00:00Z'],
    ['Fri,20 Nov 2026 10:00:00GMT', '2026-11-20T10:00:00Z'],
    ['Fri, 20 Nov 2026 10:00 +0200', '2026-11-20T08:00:00Z'],
    ['Fri, 20 Nov 2026 10:00:00 CEST', '2026-11-20T08:00:00Z'],
    ['Fri, 20 Nov 2026 10:00:00 +02:00 (CEST)', '2026-11-20T08:00:00Z'],
    ['Fri, 20 Nov 2026 10:00:00 GMT-01:01', '2026-11-20T11:01:00Z'],
    ['Mon, 26 January 2004 16:31:00 ET', '2004-01-26T21:31:00Z'],
    ['Thu, 30 Apr 2015 08:57:00 MET', '2015-04-30T07:57:00Z'],
    ['Fri, 31 Mar 2023 20:19:00 America/Los_Angeles', '2023-04-01T03:19:00Z'],
    ['Fri, 31 Jan 2023 20:19:00 America/Los_Angeles', '2023-02-01T04:19:00Z'],
    ['Wed, 19 Aug 2009 18:28:00 Etc/GMT', '2009-08-19T18:28:00Z'],
    ['Sun, 20 Nov 2026 10:00:00 GMT', '2026-11-20T10:00:00Z'],
    ['Thu, 01 Jan 2004', '2004-01-01T00:00:00Z'],
    ['Fri, 20 Nov 2026 24:00:00 GMT', '2026-11-21T00:00:00Z'],
    ['Sat, 31 Dec 2016 23:59:60 GMT', '2016-12-31T23:59:59Z'],
    ['Friday, November 20, 2026 10:00 PM', '2026-11-20T22:00:00Z'],
    ['20-Nov-2026 12:05 AM', '2026-11-20T00:05:00Z'],
    // month names in other languages
    ['Fr, 20 Okt 2026 10:00:00 +0200', '2026-10-20T08:00:00Z'],
    ['Dienstag, 3. März 2026 10:00', '2026-03-03T10:00:00Z'],
    ['mar., 03 févr. 2026 10:00:00 +0100', '2026-02-03T09:00:00Z'],
    ['vie, 20 ene 2026 10:00:00 +0100', '2026-01-20T09:00:00Z'],
    ['пт, 20 ноя 2026 10:00:00 +0300', '2026-11-20T07:00:00Z'],
    ['Κυρ, 11 Ιούλ 2004 12:00:00 EST', '2004-07-11T17:00:00Z'],
    ['2004-július-13T9:15-05:00', '2004-07-13T14:15:00Z'],
    ['20 listopada 2026', '2026-11-20T00:00:00Z'],
    ['2004년 05월 28일 01:31:15', '2004-05-27T16:31:15Z'],
    ['2004-05-25 오후 11:23:17', '2004-05-25T14:23:17Z'],
    // RFC 3339, ISO 8601, W3CDTF
    ['2026-11-20T10:00:00Z', '2026-11-20T10:00:00Z'],
    ['2026-11-20t10:00:00z', '2026-11-20T10:00:00Z'],
    ['2026-11-20T10:00:00.538+10:00', '2026-11-20T00:00:00.538Z'],
    ['2026-11-20T10:00:00+0100', '2026-11-20T09:00:00Z'],
    ['2026-11-20T10:00Z', '2026-11-20T10:00:00Z'],
    ['2026-11-20 10:00:00', '2026-11-20T10:00:00Z'],
    ['2004-07-08 23:56:58 -00:20', '2004-07-09T00:16:58Z'],
    ['2026-11', '2026-11-01T00:00:00Z'],
    ['2026', '2026-01-01T00:00:00Z'],
    ['2003-335', '2003-12-01T00:00:00Z'],
    ['2006/09/15 08:19:53 EDT', '2006-09-15T12:19:53Z'],
    // asctime
    ['Sun Jan  4 16:29:06 2004', '2004-01-04T16:29:06Z'],
    ['Sun Jul 15 01:16:00 +0000 2012', '2012-07-15T01:16:00Z'],
    ['Sat Nov 21 05:52:58 UTC 2026', '2026-11-21T05:52:58Z'],
    // compact, numeric, Unix
    ['20261120T081500Z', '2026-11-20T08:15:00Z'],
    ['20261120', '2026-11-20T00:00:00Z'],
    ['031231', '2003-12-31T00:00:00Z'],
    ['20/11/2026', '2026-11-20T00:00:00Z'],
    ['20.11.2026 10:00', '2026-11-20T10:00:00Z'],
    ['11/20/2026 10:00:00 PM', '2026-11-20T22:00:00Z'],
    ['1700000000', '2023-11-14T22:13:20Z'],
    ['1700000000000', '2023-11-14T22:13:20Z'],
  ])('%s is %s', (text, expected) => {
    expect(iso(text)).toBe(expected);
  });

  it.each([
    '',
    '   ',
    'yesterday',
    'Sun, 16 Dec 2012 1:2:3:4 GMT',
    'Sun, 16 zzz 2012 11:47:32 GMT',
    'Sun, 16 Dec 2012 11:47:32 +zz:00',
    'Sun, 99 Jun 2009 12:00:00 GMT',
    'Thu, 31 Jun 2009 12:00:00 GMT',
    '2026-02-29T00:00:00Z',
    '2003-12-31T25:14:55Z',
    '2003-12-31T10:61:55Z',
    '2003-12-31T10:14:61Z',
    '2013-01-27-01',
    '2013-01-28T11:30:00-06:00Textra',
    '2013-01-28T09:xx:00Z',
    'Fri, 31 Mar 2023 20:19:00 Mars/Olympus',
  ])('%j is no date', (text) => {
    expect(iso(text)).toBeNull();
  });

  it('does not depend on where the laptop stands', () => {
    const zone = process.env['TZ'];
    try {
      process.env['TZ'] = 'Pacific/Auckland';
      expect(new Date('2026-11-20 10:00:00').getTimezoneOffset()).not.toBe(0);
      expect(iso('2026-11-20 10:00:00')).toBe('2026-11-20T10:00:00Z');
      expect(iso('Fri, 20 Nov 2026 10:00:00')).toBe('2026-11-20T10:00:00Z');
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('answers at once for 60,000 digits and for anything else that is long', () => {
    const startedAt = performance.now();
    for (const text of ['1'.repeat(60_000), ' '.repeat(60_000), '1:'.repeat(30_000), 'Jan '.repeat(15_000)]) {
      expect(parseDate(text)).toBeNull();
    }
    for (const part of ['1', '1 ', '1:', 'a ', '-1', '+', '1-', 'jan ', '('])
      parseDate(part.repeat(99 / part.length));
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
