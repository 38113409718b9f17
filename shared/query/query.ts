/** Where a part stands in the query's text, so that a mistake can be shown in place. UTF-16 units. */
export interface QueryRange {
  readonly start: number;
  readonly end: number;
}

export type QueryField = 'from' | 'site' | 'lang' | 'source' | 'title';

/**
 * `words` are folded tokens (see tokens.ts); more than one word is a phrase. `isPrefix` opens its last word.
 * It holds where the words stand side by side in the title or in the text. What a person wrote as one term may
 * stand here as several (see terms.ts): ways to part a Chinese name are an `or`, a symbol in a phrase an `and`.
 */
export interface QueryTerm {
  readonly type: 'term';
  readonly words: readonly string[];
  readonly isPrefix: boolean;
  readonly range: QueryRange;
}

export type QueryNode =
  | QueryTerm
  /** Both terms in the same field with at most `distance` words between them, in either order. */
  | {
      readonly type: 'near';
      readonly distance: number;
      readonly operands: readonly [QueryTerm, QueryTerm];
      readonly range: QueryRange;
    }
  /**
   * from: author name or handle · site: host of the address, with its subdomains · lang: ISO 639-1 · source: name
   * of the source. `value` is ready to compare: for from: and source: folded words with a space between, which
   * must stand side by side in the name; for site: a host in lower case; for lang: two or three letters.
   */
  | {
      readonly type: 'field';
      readonly field: Exclude<QueryField, 'title'>;
      readonly value: string;
      readonly range: QueryRange;
    }
  /** title: the operand must match inside the title alone. */
  | { readonly type: 'title'; readonly operand: QueryNode; readonly range: QueryRange }
  /**
   * Whatever parse.ts lets through can be found from an index: every operand of `or`, at least one of `and`, and
   * what stands in `not` and `title` holds something to look for; `not` stands only beside such an operand of `and`.
   */
  | { readonly type: 'and' | 'or'; readonly operands: readonly QueryNode[]; readonly range: QueryRange }
  | { readonly type: 'not'; readonly operand: QueryNode; readonly range: QueryRange };

export interface QueryMistake extends QueryRange {
  /** A sentence that says what is wrong and what to write instead. */
  readonly message: string;
}

export type ParsedQuery =
  | { readonly isValid: true; readonly root: QueryNode }
  | { readonly isValid: false; readonly mistake: QueryMistake };

/** What a query is held against. */
export interface QueryTarget {
  readonly title: string | null;
  readonly text: string;
  readonly authorName: string;
  readonly authorHandle: string | null;
  readonly url: string | null;
  readonly language: string | null;
  readonly sourceName: string;
}
