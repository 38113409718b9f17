import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../../../shared/text/fold.ts';

describe('folding', () => {
  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const folded = foldText(text);
        expect(foldText(folded)).toBe(folded);
      }),
      { numRuns: 2000 },
    );
  });

  it('changes nothing the second time for every letter there is', () => {
    const unstable: string[] = [];
    for (let codePoint = 0; codePoint <= 0x1ffff; codePoint++) {
      const character = String.fromCodePoint(codePoint);
      const folded = foldText(character);
      if (foldText(folded) !== folded) unstable.push(codePoint.toString(16));
    }
    expect(unstable).toEqual([]);
  });

  // Not for the iota subscript of ancient Greek, which is a mark in lower case and a letter in upper case.
  it('sees no difference between upper and lower case', () => {
    const different: string[] = [];
    for (let codePoint = 0; codePoint <= 0x1ffff; codePoint++) {
      const character = String.fromCodePoint(codePoint);
      if (character.normalize('NFKD').includes('\u0345')) continue;
      if (foldText(character.toUpperCase()) !== foldText(character.toLowerCase()))
        different.push(codePoint.toString(16));
    }
    expect(different).toEqual([]);
  });
});
