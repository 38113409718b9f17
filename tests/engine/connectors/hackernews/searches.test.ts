import { describe, expect, it } from 'vitest';
import {
  searchesOf,
  searchKey,
  withoutCovered,
} from '../../../../electron/engine/connectors/hackernews/searches.ts';
import { parseQuery } from '../../../../shared/query/parse.ts';

function searches(text: string): string[] | null {
  const parsed = parseQuery(text);
  if (!parsed.isValid) throw new Error(`${text}: ${parsed.mistake.message}`);
  return searchesOf({ text, root: parsed.root })?.map(searchKey) ?? null;
}

describe('what is searched for on behalf of a tracker', () => {
  it.each([
    ['acme', ['acme']],
    ['Ácme', ['acme']],
    ['acme phone', ['acme phone']],
    ['acme AND phone', ['acme phone']],
    ['"acme phone"', ['"acme phone"']],
    ['“acme phone”', ['"acme phone"']],
    ['acme OR hooli', ['acme', 'hooli']],
    ['acme (phone OR tablet)', ['acme']],
    ['(acme OR hooli) (phone OR tablet OR watch)', ['acme', 'hooli']],
    ['acme -jobs', ['acme']],
    ['(acme -jobs) OR "acme phone"', ['acme']],
    ['acme lang:en site:example.com source:blog', ['acme']],
    ['title:acme', ['acme']],
    ['title:(acme OR hooli)', ['acme', 'hooli']],
    ['acme NEAR/5 phone', ['acme phone']],
    ['acm*', ['acm*']],
    ['phone acm*', ['phone acm*']],
    ['acm* OR acme', ['acm*']],
    ['from:pg', ['author:pg']],
    ['from:pg acme', ['acme']],
    ['任天堂', ['任天堂*']],
    ['ソニー', ['ソニー*']],
  ])('%s', (query, expected) => {
    expect(searches(query)).toEqual(expected);
  });

  it.each(['node.js', '"node.js"', "don't"])(
    'asks for %s word by word, since the far side keeps signs',
    (query) => {
      const [only] = searches(query) ?? [];
      expect(only).not.toContain('"');
      expect(only?.split(' ')).toHaveLength(2);
    },
  );

  it.each(['site:example.com', 'lang:en', 'acme OR lang:en'])(
    'is nothing where a branch has no word: %s',
    (query) => {
      expect(searches(query)).toBeNull();
    },
  );
});

describe('searches that bring the same', () => {
  const search = (text: string, isPrefix = false) => ({ text, isPrefix, isAuthor: false });

  it('are asked once', () => {
    expect(withoutCovered([search('acme'), search('acme'), search('hooli')]).map(searchKey)).toEqual([
      'acme',
      'hooli',
    ]);
    expect(withoutCovered([search('b a'), search('a b')]).map(searchKey)).toEqual(['b a']);
  });

  it('give way to a wider one', () => {
    const all = [search('acme phone'), search('"acme tablet"'), search('acme pho', true), search('acme')];
    expect(withoutCovered(all).map(searchKey)).toEqual(['acme']);
  });

  it('give way to the beginning of their word, where that is all the wider one asks for', () => {
    const all = [search('acme'), search('acm', true), search('acmes phone'), search('acme', true)];
    expect(withoutCovered(all).map(searchKey)).toEqual(['acm*']);
    const phones = [search('acme'), search('phone acm', true), search('acme phone')];
    expect(withoutCovered(phones).map(searchKey)).toEqual(['acme', 'phone acm*']);
  });

  it('stay where a word only begins like another', () => {
    const all = [search('acme'), search('acmes')];
    expect(withoutCovered(all)).toEqual(all);
  });
});
