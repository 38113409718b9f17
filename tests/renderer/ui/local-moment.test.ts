import { expect, it } from 'vitest';
import { localInputValue, momentOfInput } from '../../../renderer/ui/local-moment.ts';

it('writes a moment as the field does and reads it back', () => {
  const at = new Date(2026, 0, 5, 7, 3).getTime();
  expect(localInputValue(at)).toBe('2026-01-05T07:03');
  expect(momentOfInput('2026-01-05T07:03')).toBe(at);
});

it.each(['', '2026-01-05', '05.01.2026 07:03'])('takes %j for no moment', (value) => {
  expect(momentOfInput(value)).toBeNull();
});
