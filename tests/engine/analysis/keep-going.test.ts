import { expect, test } from 'vitest';
import { keepGoing } from '../../../electron/engine/analysis/keep-going.ts';

test('a text that analysis breaks on comes in unrated, and the fault is told', () => {
  const fault = new TypeError('no such list');
  const told: unknown[] = [];
  const analyser = keepGoing(
    {
      analyse: () => {
        throw fault;
      },
    },
    (error) => told.push(error),
  );
  expect(analyser.analyse('Schön!', 'de')).toEqual({
    language: 'de',
    sentiment: { label: 'unrated', score: 0, words: [] },
  });
  expect(told).toEqual([fault]);
});
