import { describe, expect, it } from 'vitest';
import { differences, parse, readExpectations, readFixture } from './expectation.ts';

const expectations = readExpectations();

describe('the feeds of the corpus', () => {
  it.each(expectations.map((expected) => [expected.file, expected] as const))(
    'reads %s',
    (file, expected) => {
      const { contentType } = expected;
      const feed = parse(readFixture(file), contentType === undefined ? {} : { contentType });
      expect(differences(feed, expected)).toEqual([]);
    },
  );

  it.each(expectations.map((expected) => [expected.file, expected] as const))(
    'reads %s the same in pieces of any size',
    (file, { contentType }) => {
      const options = contentType === undefined ? {} : { contentType };
      const bytes = readFixture(file);
      const whole = parse(bytes, options);
      expect(parse(bytes, { ...options, pieceLength: 1 })).toEqual(whole);
      expect(parse(bytes, { ...options, pieceLength: 61 })).toEqual(whole);
    },
  );

  it('states enough to be worth comparing', () => {
    const values = expectations.flatMap(({ feed, items }) =>
      [feed, ...items].flatMap((part) => Object.keys(part)),
    );
    expect(expectations.length).toBeGreaterThan(60);
    expect(values.length).toBeGreaterThan(700);
  });
});
