import { expect, it } from 'vitest';
import { asYouType } from '../../../../renderer/features/inbox/as-you-type.ts';

it.each([
  ['expor', 'expor*'],
  ['slow expor', 'slow expor*'],
  ['(slow OR expor', '(slow OR expor'],
  ['slow OR expor', 'slow OR expor*'],
  ['ärger', 'ärger*'],
])('takes the word at the end of "%s" for a beginning', (text, expected) => {
  expect(asYouType(text)).toBe(expected);
});

it.each([
  ['nothing typed', '', ''],
  ['two letters', 'ex', 'ex'],
  ['a word that a space has ended', 'export ', 'export'],
  ['a prefix that was written', 'exp*', 'exp*'],
  ['an operator', 'slow OR', 'slow OR'],
  ['a phrase', '"slow expor', '"slow expor'],
  ['a finished phrase', '"slow export"', '"slow export"'],
  ['what is left out', 'slow -expor', 'slow -expor'],
  ['a field', 'from:ada', 'from:ada'],
  ['a script without spaces', '新しい', '新しい'],
])('leaves %s as it is', (_what, text, expected) => {
  expect(asYouType(text)).toBe(expected);
});
