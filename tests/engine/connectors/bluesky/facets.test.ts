import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { facetsOf, handlesIn, piecesOf } from '../../../../electron/engine/connectors/bluesky/facets.ts';

const kate = new Map([['kate.example.com', 'did:plc:kate']]);
const link = (uri: string) => ({ $type: 'app.bsky.richtext.facet#link', uri });

/** What each facet cuts out of the text's bytes, and its kind. */
function cut(text: string, dids: ReadonlyMap<string, string> = kate): (string | undefined)[][] {
  return facetsOf(text, dids).map(({ index, features }) => [
    Buffer.from(text).subarray(index.byteStart, index.byteEnd).toString(),
    features[0]?.$type.split('#')[1],
  ]);
}

describe('facets of what is written', () => {
  it('count UTF-8 bytes, not JavaScript’s units', () => {
    const text = '👋🏽 Grüße @kate.example.com';
    expect(facetsOf(text, kate)).toEqual([
      {
        // 4 + 4 bytes of the hand, a space, Grüße with two letters of two bytes, a space.
        index: { byteStart: 17, byteEnd: 34 },
        features: [{ $type: 'app.bsky.richtext.facet#mention', did: 'did:plc:kate' }],
      },
    ]);
  });

  it.each([
    ['Ask @kate.example.com.', [['@kate.example.com', 'mention']]],
    ['(@Kate.Example.com)', [['@Kate.Example.com', 'mention']]],
    ['mail kate@kate.example.com', []],
    ['@nobody.example.com @kate', []],
    ['see https://acme.example/a?b=1#c.', [['https://acme.example/a?b=1#c', 'link']]],
    ['https://acme.example/@kate.example.com', [['https://acme.example/@kate.example.com', 'link']]],
    [
      '#acme, #Größe! #1 #2nd ＃全角',
      [
        ['#acme', 'tag'],
        ['#Größe', 'tag'],
        ['#2nd', 'tag'],
        ['＃全角', 'tag'],
      ],
    ],
    ['no#tag and a # alone', []],
  ])('in %s', (text, expected) => {
    expect(cut(text)).toEqual(expected);
  });

  it('leave a tag of more than 64 characters alone', () => {
    expect(cut(`#${'a'.repeat(64)}`)).toHaveLength(1);
    expect(cut(`#${'a'.repeat(65)}`)).toEqual([]);
  });

  it('ask for each handle once', () => {
    expect(handlesIn('@a.example @A.example and @b.example')).toEqual(['a.example', 'b.example']);
  });
});

describe('facets of what is read', () => {
  it('cut the text where they say', () => {
    const index = { byteStart: 5, byteEnd: 9 };
    expect(piecesOf('👋 link!', [{ index, features: [link('https://a.example')] }])).toEqual([
      { text: '👋 ', target: null },
      { text: 'link', target: { kind: 'link', uri: 'https://a.example' } },
      { text: '!', target: null },
    ]);
  });

  it.each([
    ['splits a character', { byteStart: 1, byteEnd: 4 }],
    ['goes beyond the text', { byteStart: 0, byteEnd: 99 }],
    ['is turned round', { byteStart: 5, byteEnd: 2 }],
    ['is negative', { byteStart: -1, byteEnd: 4 }],
    ['is no number', { byteStart: '0', byteEnd: 4 }],
  ])('are left out where one %s', (_, index) => {
    expect(piecesOf('👋 hello', [{ index, features: [link('https://a.example')] }])).toEqual([
      { text: '👋 hello', target: null },
    ]);
  });

  it('that overlap: the first one stays', () => {
    const facets = [
      { index: { byteStart: 0, byteEnd: 3 }, features: [link('https://a.example')] },
      { index: { byteStart: 2, byteEnd: 5 }, features: [link('https://b.example')] },
    ];
    expect(piecesOf('abcde', facets).map(({ text }) => text)).toEqual(['abc', 'de']);
  });

  it('never lose or change the text, whatever they are', () => {
    const number = fc.integer({ min: -2, max: 60 });
    const facet = fc.record({
      index: fc.record({ byteStart: number, byteEnd: number }),
      features: fc.constantFrom([link('https://a.example')], [{ $type: 'new#thing' }], []),
    });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.array(facet), (text, facets) => {
        const whole = text.toWellFormed();
        expect(
          piecesOf(whole, facets)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(whole);
      }),
    );
  });
});
