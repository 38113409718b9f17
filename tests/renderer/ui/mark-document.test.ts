import { describe, expect, it } from 'vitest';
import { createMarker, textOffsets } from '../../../renderer/ui/mark-document.ts';
import type { Document } from '../../../shared/model/document.ts';
import { documentText } from '../../../shared/text/document-text.ts';

const shown = (
  text: string,
  offset: number,
  matches: { start: number; end: number }[],
  words: { start: number; end: number; weight: number }[] = [],
): string =>
  createMarker(matches, words)(text, offset)
    .map((piece) => {
      const word = piece.word === null ? piece.text : `(${piece.text})`;
      return piece.isMatched ? `[${word}]` : word;
    })
    .join('');

describe('the pieces of a text', () => {
  it('begin and end where a match or a sentiment word does', () => {
    expect(shown('good acme phone', 0, [{ start: 5, end: 9 }], [{ start: 0, end: 4, weight: 3 }])).toBe(
      '(good) [acme] phone',
    );
  });

  it('may be both, also when they overlap by half', () => {
    expect(shown('superbacme', 0, [{ start: 6, end: 10 }], [{ start: 0, end: 8, weight: 3 }])).toBe(
      '(superb)[(ac)][me]',
    );
  });

  it('take of a span what lies in the node alone', () => {
    expect(shown('me phone', 20, [{ start: 18, end: 22 }])).toBe('[me] phone');
    expect(shown('elsewhere', 20, [{ start: 0, end: 20 }])).toBe('elsewhere');
  });

  it('join matches of several trackers', () => {
    expect(
      shown('acme phone', 0, [
        { start: 0, end: 4 },
        { start: 0, end: 10 },
      ]),
    ).toBe('[acme phone]');
  });
});

it('places every node where the text of the document has it', () => {
  const link = { type: 'text', text: 'a link' } as const;
  const code = { type: 'code', text: 'x = 1' } as const;
  const item = { type: 'text', text: 'point' } as const;
  const document: Document = [
    {
      type: 'paragraph',
      children: [
        { type: 'text', text: 'See ' },
        { type: 'link', href: 'https://a.example/', children: [link] },
        { type: 'break' },
      ],
    },
    { type: 'quote', children: [code] },
    { type: 'list', ordered: false, items: [[{ type: 'paragraph', children: [item] }]] },
  ];
  const text = documentText(document);
  const offsets = textOffsets(document);
  for (const node of [link, code, item]) {
    const offset = offsets.get(node) ?? -1;
    expect(text.slice(offset, offset + node.text.length)).toBe(node.text);
  }
});
