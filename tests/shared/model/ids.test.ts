import { describe, expect, test } from 'vitest';
import { instantSchema, sourceIdSchema } from '../../../shared/model/ids.ts';

describe('an id', () => {
  test.each(['0', '7', '1234567890123456', '-8'])('may be %s', (id) => {
    expect(sourceIdSchema.safeParse(id).success).toBe(true);
  });

  // Two spellings of one row would be polled, held and undone as two.
  test.each(['07', '00', '-0', '-08', '+7', '7.0', '7e0', ' 7', '7\n', '', '٧', '12345678901234567'])(
    'has one spelling alone: not %j',
    (id) => {
      expect(sourceIdSchema.safeParse(id).success).toBe(false);
    },
  );
});

describe('an instant', () => {
  test('reaches as far as a date does, so that it can be shown', () => {
    expect(instantSchema.safeParse(8.64e15).success).toBe(true);
    expect(instantSchema.safeParse(8.64e15 + 1).success).toBe(false);
    expect(instantSchema.safeParse(-8.64e15 - 1).success).toBe(false);
  });
});
