import { describe, expect, it } from 'vitest';
import { searchesOf } from '../../../../electron/engine/connectors/bluesky/searches.ts';
import { query } from './playing.ts';

const texts = (...queries: string[]): readonly string[] => searchesOf(queries.map(query)).texts;

describe('what is searched for', () => {
  it.each([
    ['acme', ['acme']],
    ['Acme phone', ['acme phone']],
    ['"acme phone"', ['"acme phone"']],
    ['acme OR "best phone"', ['acme', '"best phone"']],
    ['(acme OR acmephone) review', ['review']],
    ['acme -jobs', ['acme']],
    ['acme lang:en', ['acme']],
    ['node.js', ['"node.js"']],
    ['acme*', ['acme']],
    ['acme from:kate.example.com', ['acme from:kate.example.com']],
    ['title:acme', ['acme']],
  ])('%s', (text, expected) => {
    expect(texts(text)).toEqual(expected);
  });

  it('is asked once where another search brings it too', () => {
    expect(texts('acme', 'acme phone', 'ACME')).toEqual(['acme']);
  });

  it('is nothing where a branch names no word', () => {
    expect(searchesOf([query('from:kate'), query('acme')])).toEqual({ texts: ['acme'], unsearchable: 1 });
  });
});
