import { describe, expect, it } from 'vitest';
import { snoozePresets } from '../../../../renderer/features/inbox/snooze-presets.ts';

const at = (text: string): number => new Date(text).getTime();
const choices = (now: string): Record<string, string> =>
  Object.fromEntries(
    snoozePresets(at(now)).map(({ label, until }) => {
      const day = new Date(until);
      const weekday = day.toLocaleDateString('en', { weekday: 'short' });
      return [
        label,
        `${weekday} ${String(day.getHours()).padStart(2, '0')}:${String(day.getMinutes()).padStart(2, '0')}`,
      ];
    }),
  );

describe('the choices of the snooze menu', () => {
  it('on a Wednesday morning', () => {
    expect(choices('2026-11-18T10:20')).toEqual({
      'In 1 hour': 'Wed 11:20',
      'Later today': 'Wed 13:20',
      'This evening': 'Wed 18:00',
      Tomorrow: 'Thu 09:00',
      Monday: 'Mon 09:00',
    });
  });

  it('on a Friday evening: nothing that is past, and Monday once', () => {
    expect(choices('2026-11-20T21:30')).toEqual({
      'In 1 hour': 'Fri 22:30',
      Tomorrow: 'Sat 09:00',
      'Next working day': 'Mon 09:00',
    });
  });

  it('on a Monday: Monday is the one of next week', () => {
    const monday = snoozePresets(at('2026-11-16T08:00')).find(({ id }) => id === 'monday');
    expect(monday?.until).toBe(at('2026-11-23T09:00'));
  });

  it('all lie ahead, at any minute of a week', () => {
    const start = at('2026-11-16T00:00');
    for (let minute = 0; minute < 7 * 24 * 60; minute += 7) {
      const now = start + minute * 60_000;
      for (const { until } of snoozePresets(now)) expect(until).toBeGreaterThan(now);
    }
  });
});
