import { describe, expect, it } from 'vitest';
import { allSearchTerms, searchTermsOf } from '../../../../electron/engine/connectors/text/search-terms.ts';
import type { ListenedQuery } from '../../../../electron/engine/connectors/connector.ts';
import { parseQuery } from '../../../../shared/query/parse.ts';

function query(text: string): ListenedQuery {
  const parsed = parseQuery(text);
  if (!parsed.isValid) throw new Error(parsed.mistake.message);
  return { text, root: parsed.root };
}
const words = (text: string): string[] | null =>
  searchTermsOf(query(text))?.map(({ text: word, isPrefix }) => `${word}${isPrefix ? '*' : ''}`) ?? null;

describe('what to ask a search for', () => {
  it.each([
    ['acme', ['acme']],
    ['Café', ['Café']],
    ['"big corp"', ['big corp']],
    ['acme*', ['acme*']],
    ['acme OR globex', ['acme', 'globex']],
    ['acme OR ACME', ['acme']],
    ['acme -jobs', ['acme']],
    ['acme widgets', ['widgets']],
    ['acme (love OR hate)', ['acme']],
    ['title:acme', ['acme']],
    ['acme from:kate', ['acme']],
  ])('%s is looked for by %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('says that nothing can be searched for where a branch names no word', () => {
    expect(words('from:kate')).toBeNull();
    expect(words('acme OR from:kate')).toBeNull();
  });

  it('gathers several queries and counts those without a word', () => {
    expect(allSearchTerms([query('acme'), query('from:kate'), query('Acme OR globex')])).toEqual({
      terms: [
        { text: 'acme', isPrefix: false },
        { text: 'globex', isPrefix: false },
      ],
      unsearchable: 1,
    });
  });
});
