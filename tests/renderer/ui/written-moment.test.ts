import { describe, expect, it } from 'vitest';
import { localInputValue } from '../../../renderer/ui/local-moment.ts';
import { readMoment } from '../../../renderer/ui/written-moment.ts';

/** A Wednesday. */
const now = new Date(2026, 10, 18, 10, 20).getTime();

describe('a moment that was written', () => {
  it.each([
    ['2h', '2026-11-18T12:20'],
    ['in 90 min', '2026-11-18T11:50'],
    ['1h 30m', '2026-11-18T11:50'],
    ['1.5 hours', '2026-11-18T11:50'],
    ['2d', '2026-11-20T10:20'],
    ['1 week', '2026-11-25T10:20'],
    ['tomorrow', '2026-11-19T09:00'],
    ['Tomorrow 14:00', '2026-11-19T14:00'],
    ['tmr 8', '2026-11-19T08:00'],
    ['tonight', '2026-11-18T18:00'],
    ['this evening', '2026-11-18T18:00'],
    ['tomorrow afternoon', '2026-11-19T14:00'],
    ['fri 9', '2026-11-20T09:00'],
    ['9:30 on Friday', '2026-11-20T09:30'],
    ['friday 3pm', '2026-11-20T15:00'],
    ['fri, 3 pm', '2026-11-20T15:00'],
    ['fri 12am', '2026-11-20T00:00'],
    ['noon', '2026-11-18T12:00'],
    ['wed', '2026-11-25T09:00'],
    ['wed 15', '2026-11-18T15:00'],
    ['wed 9', '2026-11-25T09:00'],
    ['next week', '2026-11-23T09:00'],
    ['9', '2026-11-19T09:00'],
    ['16.45', '2026-11-18T16:45'],
    ['3 dec', '2026-12-03T09:00'],
    ['Dec 3rd 14:00', '2026-12-03T14:00'],
    ['14:00 3 december', '2026-12-03T14:00'],
    ['3 march', '2027-03-03T09:00'],
    ['2026-12-24 18:00', '2026-12-24T18:00'],
    ['today 8', '2026-11-18T08:00'],
  ])('"%s" is %s', (text, expected) => {
    const until = readMoment(text, now);
    expect(until === null ? null : localInputValue(until)).toBe(expected);
  });

  it.each([
    '',
    '  ',
    'soon',
    'fri sat',
    '9 10',
    '25',
    '9:75',
    '13pm',
    '31 feb',
    '2026-02-31',
    '0h',
    '1.5d',
    'in',
  ])('"%s" is not understood', (text) => {
    expect(readMoment(text, now)).toBeNull();
  });
});
