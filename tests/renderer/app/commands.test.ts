import { expect, it } from 'vitest';
import { type Command, findCommands } from '../../../renderer/app/commands.ts';
import { windowTitle } from '../../../renderer/app/window-title.ts';

const command = (group: Command['group'], label: string): Command => ({
  id: label,
  group,
  label,
  run: () => undefined,
});
const commands = [
  command('Actions', 'Mark unread'),
  command('Actions', 'Snooze…'),
  command('Views', 'Snoozed'),
  command('Views', 'Inbox'),
  command('Trackers', 'Café Nord'),
];
const found = (text: string): string[] => findCommands(commands, text).map(({ label }) => label);

it('shows everything until something is typed', () => {
  expect(found('')).toHaveLength(commands.length);
});

it('finds by the beginning first, then within, then by scattered letters, whatever the case and accents', () => {
  expect(found('sno')).toEqual(['Snooze…', 'Snoozed']);
  expect(found('unread')).toEqual(['Mark unread']);
  expect(found('mu')).toEqual(['Mark unread']);
  expect(found('CAFE')).toEqual(['Café Nord']);
  expect(found('qqq')).toEqual([]);
});

it('asks for actions alone with >, for places alone with /', () => {
  expect(found('>sno')).toEqual(['Snooze…']);
  expect(found('/sno')).toEqual(['Snoozed']);
  expect(found('/')).toEqual(['Snoozed', 'Inbox', 'Café Nord']);
});

it.each([
  [0, 'Inbox - Earshot'],
  [12, '(12) Inbox - Earshot'],
  [99, '(99) Inbox - Earshot'],
  [100, '(99+) Inbox - Earshot'],
])('names the window with %d waiting: %s', (waiting, title) => {
  expect(windowTitle('Inbox', waiting)).toBe(title);
});
