import { expect, it } from 'vitest';
import { hueOf, initialsOf } from '../../../renderer/ui/initials.ts';

it.each([
  ['Mara Lindqvist', 'ML'],
  ['João Pedro de Vasconcelos', 'JV'],
  ['dev_null', 'DN'],
  ['noor', 'N'],
  ['@acme', 'A'],
  ['山田 花子', '山花'],
  ['🎉 party', 'P'],
  ['…', '?'],
  ['', '?'],
])('%s: %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

it('gives the same seed the same hue, and different seeds different ones more often than not', () => {
  expect(hueOf('ada')).toBe(hueOf('ada'));
  const hues = new Set(Array.from({ length: 100 }, (_, index) => hueOf(`author ${index}`)));
  expect(hues.size).toBeGreaterThan(12);
});
