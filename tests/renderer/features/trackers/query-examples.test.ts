import { describe, expect, it } from 'vitest';
import { checkQuery, suggestTrackerName } from '../../../../renderer/features/trackers/query-check.ts';
import { insertIntoQuery, queryExamples } from '../../../../renderer/features/trackers/query-examples.ts';

describe('the examples of the query language', () => {
  it.each(queryExamples)('$text can be used as it stands, or after a word', ({ text }) => {
    const query = text.startsWith('-') ? `earshot ${text}` : text;
    expect(checkQuery(query)).toMatchObject({ kind: 'valid' });
    expect(checkQuery(insertIntoQuery('acme', text, 4, 4).text)).toMatchObject({ kind: 'valid' });
  });

  it.each([
    ['', 0, 0, 'x*', 'x*|'],
    ['acme', 4, 4, 'x*', 'acme x*|'],
    ['acme ', 5, 5, 'x*', 'acme x*|'],
    ['acme brew', 4, 4, 'x*', 'acme x*| brew'],
    ['acme brew', 5, 9, 'x*', 'acme x*|'],
    ['(acme)', 5, 5, 'x*', '(acme x*|)'],
    ['()', 1, 1, 'x*', '(x*|)'],
    ['brew', 0, 0, 'x*', 'x*| brew'],
  ])('into %j at %i to %i', (query, start, end, piece, expected) => {
    const { text, caret } = insertIntoQuery(query, piece, start, end);
    expect(`${text.slice(0, caret)}|${text.slice(caret)}`).toBe(expected);
  });
});

describe('the name offered for a tracker', () => {
  it.each([
    ['acme', 'acme'],
    ['"Acme Kettle" OR acmekettle', 'Acme Kettle'],
    ['(-job (Brewly OR "steam co"))', 'Brewly'],
    ['title:Acme', 'Acme'],
    ['brew*', 'brew'],
    ['Acme NEAR/3 kettle', 'Acme'],
    ['from:ada', null],
    ['"acme', null],
    ['', null],
    ['咖啡', '咖啡'],
  ])('%s → %s', (query, name) => {
    expect(suggestTrackerName(query)).toBe(name);
  });
});

describe('a query as it is typed', () => {
  it('points at its mistake in the text as typed', () => {
    const text = '  acme ("brew';
    const check = checkQuery(text);
    expect(check.kind).toBe('mistake');
    if (check.kind === 'mistake') expect(text.slice(check.mistake.start)).toMatch(/^[("]/);
  });

  it('of blanks alone is empty, not wrong', () => {
    expect(checkQuery('  \n')).toEqual({ kind: 'empty' });
  });
});

it('points at what is too long for one tracker', () => {
  const check = checkQuery(`${'word '.repeat(800)}end`);
  expect(check).toMatchObject({ kind: 'mistake', mistake: { start: 4000, end: 4003 } });
  expect(checkQuery('w'.repeat(4000))).toMatchObject({ kind: 'valid' });
});
