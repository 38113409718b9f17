import { hostOfUrl } from '../../../../shared/query/fields.ts';
import { tokenize } from '../../../../shared/query/tokens.ts';
import type { WritableStore } from '../store.ts';

/** What the search index knows of a mention. Title and text come as `indexText` of their tokens, which matching needed already. */
export interface SearchRow {
  readonly titleIndex: string;
  readonly textIndex: string;
  readonly authorName: string;
  readonly authorHandle: string | null;
  readonly url: string | null;
  readonly language: string | null;
  readonly sources: readonly number[];
}

/** By an explicit statement, never a trigger: a trigger's savepoint makes FTS5 write its list out for every row. */
export function insertSearchRow(store: WritableStore, mention: number, row: SearchRow): void {
  store.run(
    'INSERT INTO mention_search (rowid, title, body, facts) VALUES (?, ?, ?, ?)',
    mention,
    row.titleIndex,
    row.textIndex,
    factsText(row),
  );
}

export function deleteSearchRow(store: WritableStore, mention: number): void {
  store.run('DELETE FROM mention_search WHERE rowid = ?', mention);
}

/**
 * The tokens of the column `facts`. No word and no prefix of one begins with a colon, so what people wrote is searched
 * without naming columns: FTS5 then need not read positions, and a common prefix costs a fraction.
 */
export const factToken = {
  /** On every row: what “everything but” starts from. */
  every: ':*',
  /** On no row. */
  none: ':-',
  /** Parts name and handle, so that no phrase spans both. */
  end: ':|',
  author: (word: string): string => `:a:${word}`,
  /** `pt-BR` counts as `pt`. */
  language: (code: string): string => `:l:${code.toLowerCase().split(/[-_]/, 1)[0]}`,
  source: (row: number): string => `:s:${row}`,
  site: (host: string): string => `:h:${host.toLowerCase()}`,
} as const;

function factsText(row: SearchRow): string {
  const tokens: string[] = [factToken.every];
  for (const { text } of tokenize(row.authorName)) tokens.push(factToken.author(text));
  tokens.push(factToken.end);
  for (const { text } of tokenize(row.authorHandle ?? '')) tokens.push(factToken.author(text));
  if (row.language !== null) tokens.push(factToken.language(row.language));
  for (const source of row.sources) tokens.push(factToken.source(source));
  const host = hostOfUrl(row.url);
  if (host !== null && !/\s/.test(host)) {
    // A site stands for its subdomains: news.example.org is also at example.org and at org.
    for (let at = 0; at !== -1; ) {
      tokens.push(factToken.site(host.slice(at)));
      const dot = host.indexOf('.', at);
      at = dot === -1 ? -1 : dot + 1;
    }
  }
  return tokens.join(' ');
}
