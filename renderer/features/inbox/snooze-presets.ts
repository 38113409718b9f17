export interface SnoozePreset {
  readonly id: string;
  readonly label: string;
  readonly until: number;
}

const hourMs = 3_600_000;
const eveningHour = 18;
const morningHour = 9;

/**
 * The choices of the snooze menu in local time. A wall-clock time that a change to summer time skips moves
 * forward, which is what Date does with it. Choices that are past or say the same moment twice are left out.
 */
export function snoozePresets(now: number): SnoozePreset[] {
  const presets: SnoozePreset[] = [
    { id: 'hour', label: 'In 1 hour', until: now + hourMs },
    { id: 'later', label: 'Later today', until: now + 3 * hourMs },
    { id: 'evening', label: 'This evening', until: atHour(now, 0, eveningHour) },
    { id: 'tomorrow', label: 'Tomorrow', until: tomorrowMorning(now) },
    { id: 'workday', label: 'Next working day', until: atHour(now, daysToWorkday(now), morningHour) },
    { id: 'monday', label: 'Monday', until: atHour(now, daysToMonday(now), morningHour) },
  ];
  const seen = new Set<number>();
  return presets.filter(({ id, until }) => {
    if (id === 'later' && !isSameDay(until, now)) return false;
    // An evening less than an hour away is no snooze worth offering.
    if (id === 'evening' && until < now + hourMs) return false;
    if (seen.has(until)) return false;
    seen.add(until);
    return true;
  });
}

export function tomorrowMorning(now: number): number {
  return atHour(now, 1, morningHour);
}

function atHour(now: number, days: number, hour: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, hour).getTime();
}

function daysToWorkday(now: number): number {
  const weekday = new Date(now).getDay();
  if (weekday === 5) return 3;
  if (weekday === 6) return 2;
  return 1;
}

function daysToMonday(now: number): number {
  return (8 - new Date(now).getDay()) % 7 || 7;
}

function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}
