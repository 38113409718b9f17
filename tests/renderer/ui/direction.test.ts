import { expect, it } from 'vitest';
import { directionOf } from '../../../renderer/ui/direction.ts';

it.each([
  { text: 'Acme', direction: 'ltr' },
  { text: 'سريع', direction: 'rtl' },
  { text: '1. «שלום» Acme', direction: 'rtl' },
  { text: 'Acme سريع', direction: 'ltr' },
  { text: '日本語', direction: 'ltr' },
  { text: '12:30', direction: 'ltr' },
  { text: '', direction: 'ltr' },
])('begins "$text" on the side of its first letter', ({ text, direction }) => {
  expect(directionOf(text)).toBe(direction);
});
