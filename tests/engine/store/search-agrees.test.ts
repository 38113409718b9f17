import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../electron/engine/store/open-store.ts';
import { findMentions } from '../../../electron/engine/store/queries/search.ts';
import { insertSearchRow } from '../../../electron/engine/store/queries/search-rows.ts';
import { insertSource } from '../../../electron/engine/store/queries/sources.ts';
import { toRow } from '../../../electron/engine/store/row-ids.ts';
import type { Store } from '../../../electron/engine/store/store.ts';
import { createMatcher, type TargetTokens, tokensOf } from '../../../shared/query/matcher.ts';
import { parseQuery } from '../../../shared/query/parse.ts';
import type { QueryNode, QueryTarget } from '../../../shared/query/query.ts';
import { indexText } from '../../../shared/query/tokens.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

// Few words, so that queries find something; in several scripts, with names that have symbols.
const words = [
  'acme',
  'Acmé',
  'phone',
  'phones',
  "it's",
  'bad',
  'c++',
  'C',
  '#acme',
  '@ana',
  'at&t',
  '.net',
  'net',
  'node.js',
];
const foreign = [
  '京都',
  '東京都',
  'ソニー',
  'ソニーグループ',
  '小米手机',
  '抖音',
  '音乐',
  '삼성은',
  'ซัมซุง',
  'มาก',
  'Straße',
  'ΟΔΟΣ',
  'мой',
  '👍🏽',
  '🇩🇪',
  '❤️',
  'كتاب',
];
const sourceNames = ['Town news', 'Acme forum', '京都だより'];

const piece = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...words) }, fc.constantFrom(...foreign));
const separator = fc.constantFrom(' ', ' ', ' ', '', '. ', '-', '\n');
const sentence = (longest: number): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(piece, separator), { maxLength: longest })
    .map((parts) => parts.map(([word, gap]) => word + gap).join(''));

const target: fc.Arbitrary<QueryTarget> = fc.record({
  title: fc.option(sentence(4)),
  text: sentence(10),
  authorName: fc.constantFrom('Ana Lima', 'Acme', '', '京都 太郎', 'lima'),
  authorHandle: fc.constantFrom(null, 'ana', 'acme_help', 'lima.ana'),
  url: fc.constantFrom(
    null,
    'https://www.acme.com/x',
    'http://news.acme.com:80',
    'https://notacme.com',
    'https://b.example?x',
  ),
  language: fc.constantFrom(null, 'en', 'de', 'pt-BR'),
  sourceName: fc.constantFrom(...sourceNames),
});

const term = fc.oneof(
  { weight: 5, arbitrary: piece },
  { weight: 2, arbitrary: sentence(3).map((text) => `"${text.replaceAll('"', '')}"`) },
  fc.constantFrom('ac*', 'phon*', '#ac*', '"acme pho"*', '東*', 'ソニ*', '👍*', 'ne*'),
);
const field = fc.constantFrom(
  'from:ana',
  'from:"Ana Lima"',
  'from:@lima.ana',
  'from:京都',
  'site:acme.com',
  'site:com',
  'lang:en',
  'lang:pt',
  'source:acme',
  'source:"town news"',
  'source:京都',
  'source:nowhere',
);
const { query } = fc.letrec<{ query: string; part: string }>((tie) => ({
  query: fc.array(tie('part'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' ')),
  part: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    term,
    term,
    field,
    fc
      .tuple(term, fc.constantFrom('NEAR/0', 'NEAR/1', 'NEAR/3', 'NEAR'), term)
      .map((parts) => parts.join(' ')),
    tie('part').map((part) => `-${part}`),
    fc.tuple(tie('part'), tie('part')).map(([one, other]) => `${one} OR ${other}`),
    tie('query').map((inner) => `(${inner})`),
    fc
      .oneof(
        term,
        tie('query').map((inner) => `(${inner})`),
      )
      .map((inner) => `title:${inner}`),
  ),
}));

function openEmptyStore(): { store: Store; sources: ReadonlyMap<string, number> } {
  const store = openStore({ path: join(temporaryDirectory(), 'search.sqlite'), now: () => 0 });
  const sources = new Map(
    sourceNames.map((name) => [
      name,
      toRow(
        insertSource(store, {
          connector: 'feeds',
          name,
          isNameGiven: true,
          settings: {},
          trackerIds: [],
          followsWhole: true,
          url: null,
          createdAt: 0,
          nextPollAt: null,
        }).sourceId,
      ),
    ]),
  );
  return { store, sources };
}

function index(store: Store, sources: ReadonlyMap<string, number>, row: number, mention: QueryTarget): void {
  const tokens = tokensOf(mention);
  insertSearchRow(store, row, {
    titleIndex: indexText(tokens.title),
    textIndex: indexText(tokens.text),
    authorName: mention.authorName,
    authorHandle: mention.authorHandle,
    url: mention.url,
    language: mention.language,
    sources: [sources.get(mention.sourceName) as number],
  });
}

function matched(root: QueryNode, targets: readonly QueryTarget[]): number[] {
  const matcher = createMatcher([{ id: 'query', root }]);
  return targets.flatMap((mention, row) =>
    matcher.match(mention, tokensOnce(mention)).length > 0 ? [row + 1] : [],
  );
}

const knownTokens = new WeakMap<QueryTarget, TargetTokens>();
function tokensOnce(mention: QueryTarget): TargetTokens {
  const tokens = knownTokens.get(mention) ?? tokensOf(mention);
  knownTokens.set(mention, tokens);
  return tokens;
}

const searched = (store: Store, root: QueryNode): number[] =>
  findMentions(store, root, Number.MAX_SAFE_INTEGER, 1000).sort((a, b) => a - b);

describe('searching what is stored and matching what comes in', () => {
  it('find the same mentions, whatever the query', () => {
    const { store, sources } = openEmptyStore();
    const targets = fc.sample(target, { numRuns: 400, seed: 7 });
    store.transaction(() => targets.forEach((mention, at) => index(store, sources, at + 1, mention)));
    let found = 0;
    fc.assert(
      fc.property(query, (text) => {
        const parsed = parseQuery(text);
        fc.pre(parsed.isValid);
        if (!parsed.isValid) return;
        const rows = searched(store, parsed.root);
        expect(rows).toEqual(matched(parsed.root, targets));
        if (rows.length > 0) found++;
      }),
      { numRuns: 800 },
    );
    // Else the words are too rare for the comparison to mean anything.
    expect(found).toBeGreaterThan(250);
    store.close();
  });

  it('agree on queries of the deepest nesting and the most terms that are allowed', () => {
    const { store, sources } = openEmptyStore();
    const targets = fc.sample(target, { numRuns: 50, seed: 11 });
    store.transaction(() => targets.forEach((mention, at) => index(store, sources, at + 1, mention)));
    const deep = [
      ['(acme (phone OR ', '))'],
      ['((', ' acme) OR phone)'],
      ['(-c acme (acme -net OR (acme -(phone OR ', '))))'],
      ['(acme (phone (acme OR ', ') -net) -c)'],
      ['((acme -net) OR (acme -(c ', ')))'],
    ].map(([open = '', close = '']) => {
      const ofDepth = (levels: number): string => `${open.repeat(levels)}bad${close.repeat(levels)}`;
      let levels = 1;
      while (parseQuery(ofDepth(levels + 1)).isValid) levels++;
      expect(levels).toBeGreaterThan(3);
      return ofDepth(levels);
    });
    const many = Array.from({ length: 200 }, (_, at) => `word${at}`).join(' OR ');
    const excluded = `acme ${Array.from({ length: 199 }, (_, at) => `-word${at}`).join(' ')}`;
    const names = Array.from(
      { length: 200 },
      (_, at) => `アクメ電話${String.fromCodePoint(0x4e00 + at)}`,
    ).join(' OR ');
    const nearby = Array.from({ length: 100 }, (_, at) => `京都 NEAR/${at} ソニー`).join(' OR ');
    for (const text of [...deep, many.replace('word0', 'acme'), excluded, names, nearby]) {
      const parsed = parseQuery(text);
      expect(parsed).toMatchObject({ isValid: true });
      if (parsed.isValid) expect(searched(store, parsed.root)).toEqual(matched(parsed.root, targets));
    }
    store.close();
  });

  it('agree on texts of any characters, searched for by pieces of themselves', () => {
    const { store, sources } = openEmptyStore();
    const texts = fc.sample(
      fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ unit: 'grapheme', maxLength: 20 })),
      { numRuns: 300, seed: 3 },
    );
    const targets = texts.map(
      (text): QueryTarget => ({
        title: null,
        text,
        authorName: text.slice(0, 5),
        authorHandle: null,
        url: null,
        language: null,
        sourceName: 'Town news',
      }),
    );
    store.transaction(() => targets.forEach((mention, at) => index(store, sources, at + 1, mention)));
    let found = 0;
    texts.forEach((text) => {
      for (const wanted of [
        `"${text.replaceAll(/["“”„‟«»＂″*]/g, ' ')}"`,
        `from:"${text.slice(0, 5).replaceAll(/["“”„‟«»＂″*]/g, ' ')}"`,
      ]) {
        const parsed = parseQuery(wanted);
        if (!parsed.isValid) continue;
        const rows = searched(store, parsed.root);
        expect(rows).toEqual(matched(parsed.root, targets));
        if (rows.length > 0) found++;
      }
    });
    expect(found).toBeGreaterThan(200);
    store.close();
  });
});
