import { describe, expect, it } from 'vitest';
import type { IncomingMention, ListenedQuery } from '../../../../electron/engine/connectors/connector.ts';
import { createQueryFilter } from '../../../../electron/engine/connectors/text/matches-queries.ts';
import { parseQuery } from '../../../../shared/query/parse.ts';

function query(text: string): ListenedQuery {
  const parsed = parseQuery(text);
  if (!parsed.isValid) throw new Error(parsed.mistake.message);
  return { text, root: parsed.root };
}

function mention(text: string, more: Partial<IncomingMention> = {}): IncomingMention {
  return {
    key: 'k',
    externalId: 'k',
    platform: 'lemmy',
    kind: 'comment',
    title: null,
    document: [{ type: 'paragraph', children: [{ type: 'text', text }] }],
    url: null,
    author: { key: null, name: 'Kate', handle: 'kate@lemmy.example', url: null },
    publishedAt: null,
    rootKey: 'k',
    parentKey: null,
    conversationTitle: null,
    language: null,
    ...more,
  };
}

describe('the near misses of a search', () => {
  it.each([
    ['"big corp"', 'a Big Corp', true],
    ['"big corp"', 'big words about a corp', false],
    ['acme -jobs', 'acme has jobs', false],
    ['from:kate', 'anything', true],
    ['acme', 'acmeology', false],
  ])('for %s: “%s” is kept: %s', (text, said, expected) => {
    expect(createQueryFilter([query(text)])(mention(said))).toBe(expected);
  });

  it('are kept when one of several queries holds, in the title too', () => {
    const isWanted = createQueryFilter([query('globex'), query('title:acme')]);
    expect(isWanted(mention('nothing', { title: 'Acme' }))).toBe(true);
    expect(isWanted(mention('acme'))).toBe(false);
  });

  it('are the engine’s to judge where the name of the source matters', () => {
    expect(createQueryFilter([query('acme source:forum')])(mention('anything'))).toBe(true);
  });
});
