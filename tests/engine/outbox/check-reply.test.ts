import { describe, expect, it } from 'vitest';
import { partsOf } from '../../../electron/engine/outbox/check-reply.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';
import type { TextLimit } from '../../../shared/model/text-limit.ts';

const limit: TextLimit = {
  unit: 'graphemes',
  most: 30,
  mostBytes: null,
  addressCounts: null,
  isServerOfMentionFree: true,
};
const opening = '@kate@far.example ';

describe('a reply that begins with whom it is for', () => {
  it('is as long as the platform will find it', () => {
    // “@kate ” and these make 30.
    expect(partsOf('a'.repeat(24), limit, false, 'Perch', opening)).toHaveLength(1);
    const over = (): unknown => partsOf('a'.repeat(25), limit, false, 'Perch', opening);
    expect(over).toThrow(EarshotError);
    expect(over).toThrow('This is too long: 31 characters.');
  });

  it('is split so that its first part leaves room for the name', () => {
    const parts = partsOf('one two three four five six seven', limit, true, 'Perch', opening);
    expect(parts).toEqual(['one two three four five', 'six seven']);
  });
});
