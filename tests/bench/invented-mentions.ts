import type { IncomingMention } from '../../electron/engine/connectors/connector.ts';
import { type Chance, chanceOf } from '../../electron/engine/connectors/sample/chance.ts';
import { readMarkup } from '../../electron/engine/connectors/sample/markup.ts';
import { phrase } from '../../electron/engine/connectors/sample/phrasing.ts';
import { allStories } from '../../electron/engine/connectors/sample/stock.ts';

/** When the newest mention of every invented inbox was published. */
export const newestAt = Date.UTC(2026, 10, 1);
const spacingMs = 90_000;
const vocabulary = 40_000;
const authors = 5_000;

/**
 * Mentions by number: hand-written sentences with rarer words strewn in by Zipf's law, so that the index has the
 * long tail that real talk has. A fifth of them answer one before them.
 */
export function inventedMention(index: number, count: number): IncomingMention {
  const chance = chanceOf('bench', index);
  const key = `b${index}`;
  const isReply = index > 50 && chance.next() < 0.2;
  const rootKey = isReply ? `b${index - chance.whole(1, 50)}` : key;
  const author = Math.floor(authors * chance.next() ** 3);
  return {
    key,
    externalId: key,
    platform: chance.pick(platforms),
    kind: isReply ? 'comment' : 'post',
    title: chance.next() < 0.3 ? inventedWords(chance, 6) : null,
    document: readMarkup(inventedText(chance)),
    url: `https://town.example/${key}`,
    author: { key: `a${author}`, name: `Author ${author}`, handle: `author${author}`, url: null },
    publishedAt: newestAt - (count - index) * spacingMs,
    rootKey,
    parentKey: isReply ? rootKey : null,
    conversationTitle: null,
    language: 'en',
  };
}

const platforms = ['blurtle', 'inkpond', 'town', 'square'] as const;

let sentences: readonly string[] | null = null;

export function inventedText(chance: Chance): string {
  sentences ??= allStories()
    .filter(({ language }) => language === 'en')
    .flatMap(({ turns }) => turns.map(({ body }) => body.replaceAll(/\{(=|title|link)\}/g, '')))
    .filter((text) => text.trim() !== '');
  const parts = Array.from({ length: chance.whole(1, 3) }, () =>
    phrase(chance.pick(sentences ?? []), chance),
  );
  return `${parts.join('\n\n')}\n\n${inventedWords(chance, chance.whole(3, 12))}`;
}

function inventedWords(chance: Chance, count: number): string {
  return Array.from({ length: count }, () => inventedWord(Math.floor(vocabulary ** chance.next()))).join(' ');
}

/** The rank-th most frequent of the invented words. */
export function inventedWord(rank: number): string {
  const syllables = [
    'ba',
    'du',
    'fe',
    'gi',
    'ho',
    'ka',
    'lo',
    'mi',
    'nu',
    'pe',
    'ro',
    'sa',
    'ti',
    'vu',
    'we',
    'zo',
  ];
  let word = '';
  for (let left = rank + 16; left > 0; left = Math.floor(left / 16)) word += syllables[left % 16];
  return word;
}
