import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutAtSpans } from '../../../renderer/ui/cut-at-spans.ts';

const shown = (text: string, spans: { start: number; end: number }[]): string =>
  cutAtSpans(text, spans)
    .map((piece) => (piece.isMarked ? `[${piece.text}]` : piece.text))
    .join('');

it('marks the stretches in whatever order they come', () => {
  expect(
    shown('one two three', [
      { start: 8, end: 13 },
      { start: 0, end: 3 },
    ]),
  ).toBe('[one] two [three]');
});

it('joins overlapping stretches and leaves out empty ones and what lies beyond the text', () => {
  expect(
    shown('abcdef', [
      { start: 1, end: 3 },
      { start: 2, end: 4 },
      { start: 5, end: 5 },
    ]),
  ).toBe('a[bcd]ef');
  expect(
    shown('abc', [
      { start: 2, end: 90 },
      { start: 50, end: 60 },
    ]),
  ).toBe('ab[c]');
});

it('never loses or repeats text', () => {
  const span = fc.record({ start: fc.nat(30), end: fc.nat(40) });
  fc.assert(
    fc.property(fc.string({ maxLength: 25 }), fc.array(span, { maxLength: 6 }), (text, spans) => {
      expect(
        cutAtSpans(text, spans)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    }),
  );
});
