import { describe, expect, it } from 'vitest';
import type { IncomingMention } from '../../../../electron/engine/connectors/connector.ts';
import { createQueryFilter } from '../../../../electron/engine/connectors/text/query-filter.ts';
import { parseQuery } from '../../../../shared/query/parse.ts';

const mention = (text: string, language: string | null): IncomingMention => ({
  key: 'k',
  externalId: 'k',
  platform: 'x',
  kind: 'post',
  title: null,
  document: [{ type: 'paragraph', children: [{ type: 'text', text }] }],
  url: null,
  author: { key: null, name: 'Kate', handle: null, url: null },
  publishedAt: null,
  rootKey: 'k',
  parentKey: null,
  conversationTitle: null,
  language,
});

function holds(query: string, text: string, language: string | null = null): boolean {
  const parsed = parseQuery(query);
  if (!parsed.isValid) throw new Error(parsed.mistake.message);
  return createQueryFilter([{ text: query, root: parsed.root }])(mention(text, language));
}

describe('the near misses of a search', () => {
  it.each([
    ['acme', 'Acme is good', true],
    ['acme', 'acmeish', false],
    ['acme -jobs', 'jobs at acme', false],
    // Not known before it is stored: the engine decides.
    ['acme lang:de', 'acme', true],
    ['acme -lang:de', 'acme', true],
    ['(acme OR hooli) source:blog', 'hooli', true],
    ['(acme OR hooli) source:blog', 'initech', false],
    ['acme from:kate', 'acme', true],
    ['acme from:joe', 'acme', false],
  ])('are left out by %s: “%s” %s', (query, text, isKept) => {
    expect(holds(query, text)).toBe(isKept);
  });

  it.each([
    ['acme lang:de', 'de', true],
    ['acme lang:de', 'en', false],
    ['acme -lang:de', 'de', false],
  ])('are judged by %s where the platform says that it is %s', (query, language, isKept) => {
    expect(holds(query, 'acme', language)).toBe(isKept);
  });
});
