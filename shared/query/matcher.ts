import type { MatchSpan } from '../model/mention.ts';
import { authorTokens, findInName, hostOfUrl, isHostWithin, isLanguage } from './fields.ts';
import { createTermIndex, type TermHits, type TermIndex } from './term-index.ts';
import type { QueryNode, QueryTarget, QueryTerm } from './query.ts';
import { type Token, tokenize } from './tokens.ts';

export interface NamedQuery<Id> {
  readonly id: Id;
  readonly root: QueryNode;
}

export interface QueryMatch<Id> {
  readonly id: Id;
  /** What to emphasise: in order, apart from each other, at most `mostSpans`. Those of `author` count in the name. */
  readonly spans: readonly MatchSpan[];
}

export interface TargetTokens {
  readonly title: readonly Token[];
  readonly text: readonly Token[];
}

export interface Matcher<Id> {
  /** The queries that hold for it, in their order. `tokens` are those of title and text, where they are at hand. */
  match(target: QueryTarget, tokens?: TargetTokens): QueryMatch<Id>[];
}

/** A mention that says a name a thousand times needs no thousand marks. */
const mostSpans = 100;

/** Holds many queries against one text at a time: its words are looked up once for all of them. */
export function createMatcher<Id>(queries: readonly NamedQuery<Id>[]): Matcher<Id> {
  const index = createTermIndex();
  const prepared = queries.map(({ id, root }) => ({ id, check: prepare(root, index), isFree: isFree(root) }));
  return {
    match(target, tokens = tokensOf(target)) {
      const hits = index.find(tokens);
      const matches: QueryMatch<Id>[] = [];
      if (hits.size === 0 && !prepared.some(({ isFree: free }) => free)) return matches;
      const context = createContext(target, tokens, hits);
      for (const { id, check } of prepared) {
        if (!check.holds(context, anywhere)) continue;
        const spans: MatchSpan[] = [];
        check.mark(context, anywhere, spans);
        matches.push({ id, spans: joinSpans(spans) });
      }
      return matches;
    },
  };
}

export function tokensOf(target: Pick<QueryTarget, 'title' | 'text'>): TargetTokens {
  return { title: target.title === null ? [] : tokenize(target.title), text: tokenize(target.text) };
}

type Scope = readonly ('title' | 'text')[];
const anywhere: Scope = ['title', 'text'];
const titleOnly: Scope = ['title'];

interface Context {
  readonly target: QueryTarget;
  readonly tokens: TargetTokens;
  readonly hits: TermHits;
  readonly author: () => ReturnType<typeof authorTokens>;
  readonly source: () => readonly Token[];
}

/** A part of a query, made ready. `mark` is asked only where `holds` is true. */
interface Check {
  holds(context: Context, scope: Scope): boolean;
  mark(context: Context, scope: Scope, spans: MatchSpan[]): void;
}

function createContext(target: QueryTarget, tokens: TargetTokens, hits: TermHits): Context {
  let author: ReturnType<typeof authorTokens> | undefined;
  let source: readonly Token[] | undefined;
  return {
    target,
    tokens,
    hits,
    author: () => (author ??= authorTokens(target.authorName, target.authorHandle)),
    source: () => (source ??= tokenize(target.sourceName)),
  };
}

/** Whether a query can hold for a text without any of its words. */
function isFree(node: QueryNode): boolean {
  if (node.type === 'field' || node.type === 'not') return true;
  if (node.type === 'title') return isFree(node.operand);
  if (node.type === 'and') return node.operands.every(isFree);
  return node.type === 'or' && node.operands.some(isFree);
}

function prepare(node: QueryNode, index: TermIndex): Check {
  switch (node.type) {
    case 'term':
      return prepareTerm(node, index);
    case 'near':
      return prepareNear(node, index);
    case 'field':
      return prepareField(node);
    case 'title': {
      const operand = prepare(node.operand, index);
      return {
        holds: (context) => operand.holds(context, titleOnly),
        mark: (context, _scope, spans) => operand.mark(context, titleOnly, spans),
      };
    }
    case 'not': {
      const operand = prepare(node.operand, index);
      return { holds: (context, scope) => !operand.holds(context, scope), mark: () => undefined };
    }
    case 'and':
    case 'or': {
      const operands = node.operands.map((operand) => prepare(operand, index));
      return {
        holds:
          node.type === 'and'
            ? (context, scope) => operands.every((operand) => operand.holds(context, scope))
            : (context, scope) => operands.some((operand) => operand.holds(context, scope)),
        mark(context, scope, spans) {
          for (const operand of operands)
            if (operand.holds(context, scope)) operand.mark(context, scope, spans);
        },
      };
    }
  }
}

function prepareTerm(term: QueryTerm, index: TermIndex): Check {
  const number = index.add(term);
  return {
    holds: ({ hits }, scope) => {
      const found = hits.get(number);
      return found !== undefined && scope.some((field) => found[field].length > 0);
    },
    mark({ hits, tokens }, scope, spans) {
      const found = hits.get(number);
      if (found === undefined) return;
      for (const field of scope)
        for (const at of found[field]) {
          if (spans.length >= mostSpans * 2) return;
          spans.push(spanOf(field, tokens[field], at, term.words.length));
        }
    },
  };
}

function prepareNear(node: Extract<QueryNode, { type: 'near' }>, index: TermIndex): Check {
  const [left, right] = node.operands;
  const [leftNumber, rightNumber] = [index.add(left), index.add(right)];
  const [leftLength, rightLength] = [left.words.length, right.words.length];
  const { distance } = node;
  /** As FTS5 counts: the words from the end of the first to the start of the second, whichever comes first. */
  const hasNeighbour = (
    at: number,
    length: number,
    others: readonly number[],
    othersLength: number,
  ): boolean => {
    const from = firstFrom(others, at - othersLength - distance);
    const other = others[from];
    return other !== undefined && other <= at + length + distance;
  };
  return {
    holds({ hits }, scope) {
      const one = hits.get(leftNumber);
      const other = hits.get(rightNumber);
      if (one === undefined || other === undefined) return false;
      return scope.some((field) =>
        one[field].some((at) => hasNeighbour(at, leftLength, other[field], rightLength)),
      );
    },
    mark({ hits, tokens }, scope, spans) {
      const one = hits.get(leftNumber);
      const other = hits.get(rightNumber);
      if (one === undefined || other === undefined) return;
      for (const field of scope) {
        for (const at of one[field])
          if (spans.length < mostSpans * 2 && hasNeighbour(at, leftLength, other[field], rightLength))
            spans.push(spanOf(field, tokens[field], at, leftLength));
        for (const at of other[field])
          if (spans.length < mostSpans * 4 && hasNeighbour(at, rightLength, one[field], leftLength))
            spans.push(spanOf(field, tokens[field], at, rightLength));
      }
    },
  };
}

/** Index of the first number of an ascending list that is at least `least`. */
function firstFrom(numbers: readonly number[], least: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function prepareField({ field, value }: Extract<QueryNode, { type: 'field' }>): Check {
  const mark = (): void => undefined;
  switch (field) {
    case 'site':
      return { holds: ({ target }) => isHostWithin(hostOfUrl(target.url), value), mark };
    case 'lang':
      return { holds: ({ target }) => isLanguage(target.language, value), mark };
    case 'source':
      return { holds: ({ source }) => findInName(source(), value) !== null, mark };
    case 'from':
      return {
        holds: ({ author }) =>
          findInName(author().name, value) !== null || findInName(author().handle, value) !== null,
        mark({ author }, _scope, spans) {
          const found = findInName(author().name, value);
          if (found !== null) spans.push({ field: 'author', start: found.start, end: found.end });
        },
      };
  }
}

function spanOf(field: 'title' | 'text', tokens: readonly Token[], at: number, length: number): MatchSpan {
  const first = tokens[at] as Token;
  const last = tokens[at + length - 1] as Token;
  return { field, start: first.start, end: Math.max(first.end, last.end) };
}

const fieldOrder = { title: 0, text: 1, author: 2 } as const;

/** In order, with those that overlap made one. */
function joinSpans(spans: MatchSpan[]): MatchSpan[] {
  spans.sort((one, other) => fieldOrder[one.field] - fieldOrder[other.field] || one.start - other.start);
  const joined: MatchSpan[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last !== undefined && last.field === span.field && span.start < last.end) {
      if (span.end > last.end) joined[joined.length - 1] = { ...last, end: span.end };
    } else {
      if (joined.length >= mostSpans) break;
      joined.push(span);
    }
  }
  return joined;
}
