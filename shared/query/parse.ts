import { knownFields, lexQuery, QueryMistakeError, type QueryPiece } from './lex.ts';
import type { ParsedQuery, QueryField, QueryNode, QueryRange } from './query.ts';
import { isLongEnoughPrefix, nearNode, readTerm, termNode, type WrittenTerm } from './terms.ts';
import { isSymbolName, tokenize } from './tokens.ts';

/** Brackets inside brackets, whether or not they change anything. */
const deepestNesting = 50;
/**
 * AND, OR and NOT inside each other. FTS5's parser has a stack of 100 and takes up to four for each; a query that
 * could be listened for but not searched would be a riddle.
 */
const deepestTree = 20;
const mostTerms = 200;
const longestQuery = 10_000;

/**
 * Reads a query. NEAR binds closest, then NOT and -, then AND (which words side by side mean as well), then OR:
 * `a b OR c -d` is `(a AND b) OR (c AND NOT d)`. Operators are written in capitals, `or` is a word. Case and
 * accents do not matter. Never throws: a mistake says where it is and what to write instead.
 */
export function parseQuery(text: string): ParsedQuery {
  try {
    if (text.length > longestQuery)
      throw new QueryMistakeError(
        'This query is too long. Make two trackers of it.',
        longestQuery,
        text.length,
      );
    return { isValid: true, root: createParser(lexQuery(text)).parse() };
  } catch (error) {
    if (error instanceof QueryMistakeError) return { isValid: false, mistake: error.mistake };
    throw error;
  }
}

type TextPiece = Extract<QueryPiece, { type: 'text' }>;

function createParser(pieces: readonly QueryPiece[]): { parse(): QueryNode } {
  let next = 0;
  let depth = 0;
  let termCount = 0;
  let isInTitle = false;

  const peek = (): QueryPiece => pieces[Math.min(next, pieces.length - 1)] as QueryPiece;
  const take = (): QueryPiece => {
    const piece = peek();
    next++;
    return piece;
  };

  function parse(): QueryNode {
    if (peek().type === 'end') fail('Write what to listen for, for example a name.', peek());
    const root = readOr();
    const rest = peek();
    if (rest.type === 'close') fail('This bracket closes nothing. Remove it, or add a ( before it.', rest);
    if (root === null)
      fail('There is no word to look for here. Add a name or a word.', { start: 0, end: rest.end });
    requirePositive(root);
    requireShallow(root, deepestTree);
    return root;
  }

  /** Null when there are only signs without a word in it, as in `&`. */
  function readOr(): QueryNode | null {
    const operands: QueryNode[] = [];
    for (;;) {
      const before = peek();
      const operand = readAnd();
      if (operand !== null) operands.push(operand);
      else if (peek().type === 'or' || operands.length > 0)
        fail('There is no word to look for beside OR. Add one or remove the OR.', before);
      if (peek().type !== 'or') break;
      const or = take();
      if (!startsOperand(peek())) fail('OR needs something on both sides. Add a word after it.', or);
    }
    const [only] = operands;
    if (only === undefined || operands.length === 1) return only ?? null;
    return {
      type: 'or',
      operands: operands.flatMap((node) => operandsOf(node, 'or')),
      range: rangeOf(operands),
    };
  }

  function readAnd(): QueryNode | null {
    const operands: QueryNode[] = [];
    const start = peek();
    if (!startsOperand(start)) fail(strayMessage(start), start);
    while (startsOperand(peek())) {
      const operand = readNot();
      if (operand !== null) operands.push(operand);
      if (peek().type !== 'and') continue;
      const and = take();
      if (!startsOperand(peek())) fail('AND needs something on both sides. Add a word after it.', and);
    }
    const [only] = operands;
    if (only === undefined || operands.length === 1) return only ?? null;
    return {
      type: 'and',
      operands: operands.flatMap((node) => operandsOf(node, 'and')),
      range: rangeOf(operands),
    };
  }

  function readNot(): QueryNode | null {
    const signs: QueryPiece[] = [];
    while (peek().type === 'minus' || peek().type === 'not') signs.push(take());
    const [sign] = signs;
    if (sign === undefined) return readNear();
    const name = sign.type === 'minus' ? 'A minus' : 'NOT';
    if (!startsOperand(peek())) fail(`${name} needs a word right behind it: acme -jobs.`, sign);
    const operand = readNear();
    if (operand === null) fail(`${name} needs a word right behind it: acme -jobs.`, sign);
    // Twice not is not not.
    if (signs.length % 2 === 0) return operand;
    if (operand.type === 'not') return operand.operand;
    return { type: 'not', operand, range: { start: sign.start, end: operand.range.end } };
  }

  function readNear(): QueryNode | null {
    const piece = peek();
    if (piece.type !== 'text') {
      const operand = readPrimary();
      if (peek().type === 'near') failNear(peek());
      return operand;
    }
    const left = readText(take() as TextPiece);
    const near = peek();
    if (near.type !== 'near') return left === null ? null : termNode(left);
    next++;
    const after = peek();
    const right = after.type === 'text' ? readText(take() as TextPiece) : null;
    if (left === null || right === null) failNear(near);
    if (peek().type === 'near')
      fail('NEAR joins two terms. Write three as: (a NEAR/5 b) AND (b NEAR/5 c).', peek());
    return nearNode(left, right, near.distance, { start: left.range.start, end: right.range.end });
  }

  function readPrimary(): QueryNode | null {
    const piece = take();
    if (piece.type === 'open') return readGroup(piece);
    if (piece.type === 'field') return readField(piece);
    return fail(strayMessage(piece), piece);
  }

  function readGroup(open: QueryPiece): QueryNode | null {
    if (++depth > deepestNesting)
      fail(`Brackets can be nested ${deepestNesting} deep. Take some away.`, open);
    if (peek().type === 'close')
      fail('There is nothing between these brackets.', { start: open.start, end: peek().end });
    if (peek().type === 'end') fail('This bracket is never closed. Add a ) at the end of the group.', open);
    const node = readOr();
    if (peek().type !== 'close') fail('This bracket is never closed. Add a ) at the end of the group.', open);
    const close = take();
    depth--;
    return node === null ? null : { ...node, range: { start: open.start, end: close.end } };
  }

  function readField(field: Extract<QueryPiece, { type: 'field' }>): QueryNode {
    if (!knownFields.has(field.name)) fail(unknownFieldMessage(field.name), field);
    const name = field.name as QueryField;
    const value = peek();
    if (name === 'title') return readTitle(field);
    if (isInTitle) fail(`${name}: cannot stand inside title:. Write it beside it.`, field);
    if (value.type === 'open')
      fail(`Only title: takes a group. Write (${name}:one OR ${name}:two) instead.`, {
        start: field.start,
        end: value.end,
      });
    if (value.type !== 'text' || value.start !== field.end)
      fail(`${name}: needs a value right behind it, for example ${fieldExamples[name]}.`, field);
    next++;
    const range = { start: field.start, end: value.end };
    if (value.isPrefix) fail(`${name}: takes a whole name, without *.`, range);
    countTerm(range);
    const comparable = comparableValue(name, value.text);
    if (comparable === null)
      fail(`${name}: ${valueAdvice[name]}, for example ${fieldExamples[name]}.`, range);
    return { type: 'field', field: name, value: comparable, range };
  }

  function readTitle(field: QueryPiece): QueryNode {
    const value = peek();
    if (isInTitle) fail('title: cannot stand inside title:. Remove one of them.', field);
    if ((value.type !== 'text' && value.type !== 'open') || value.start !== field.end)
      fail(
        `title: needs a word, a "phrase" or a (group) right behind it, for example ${fieldExamples.title}.`,
        field,
      );
    isInTitle = true;
    let operand: QueryNode | null;
    if (value.type === 'open') operand = readPrimary();
    else {
      const term = readText(take() as TextPiece);
      operand = term === null ? null : termNode(term);
    }
    isInTitle = false;
    if (operand === null) fail('title: needs a word to look for.', { start: field.start, end: value.end });
    return { type: 'title', operand, range: { start: field.start, end: operand.range.end } };
  }

  function readText(piece: TextPiece): WrittenTerm | null {
    const range = { start: piece.start, end: piece.end };
    countTerm(range);
    if (piece.isQuoted && piece.text.trim() === '')
      fail('There is nothing between these quotation marks.', range);
    const term = readTerm(piece.text, piece.isPrefix, range);
    if (term === null && (piece.isQuoted || piece.isPrefix))
      fail('There is no letter, digit or emoji to look for here.', range);
    if (term !== null && piece.isPrefix) {
      const last = term.phrases[0]?.words.at(-1) ?? (term.symbolNames[0] ?? '').replace(/[#@$.+&]/g, '');
      if (!isLongEnoughPrefix(last)) fail('Write at least two letters before a *.', range);
    }
    return term;
  }

  function countTerm(range: QueryRange): void {
    if (++termCount > mostTerms) fail(`A query can have ${mostTerms} terms. Make two trackers of it.`, range);
  }

  return { parse };
}

function fail(message: string, { start, end }: QueryRange): never {
  throw new QueryMistakeError(message, start, end);
}

function failNear(piece: QueryPiece): never {
  fail('NEAR needs a word or a "phrase" on both sides: acme NEAR/5 battery.', piece);
}

function startsOperand(piece: QueryPiece): boolean {
  const { type } = piece;
  return type === 'text' || type === 'open' || type === 'minus' || type === 'not' || type === 'field';
}

function strayMessage(piece: QueryPiece): string {
  if (piece.type === 'or')
    return 'OR needs something on both sides. Add a word before it, or write "or" for the word.';
  if (piece.type === 'and')
    return 'AND needs something on both sides. Add a word before it, or write "and" for the word.';
  if (piece.type === 'near') return 'NEAR needs a word or a "phrase" on both sides: acme NEAR/5 battery.';
  if (piece.type === 'close') return 'This bracket closes nothing. Remove it, or add a ( before it.';
  return 'A word is missing here.';
}

function rangeOf(nodes: readonly QueryNode[]): QueryRange {
  const first = nodes[0] as QueryNode;
  const last = nodes.at(-1) as QueryNode;
  return { start: first.range.start, end: last.range.end };
}

/** `(a b) c` is `a b c`: the brackets change nothing, and a group of only -words finds its positive beside it. */
function operandsOf(node: QueryNode, type: 'and' | 'or'): readonly QueryNode[] {
  return node.type === type ? node.operands : [node];
}

/** A query must say what to look for: ruling out alone would match nearly everything that is written. */
function requirePositive(node: QueryNode): void {
  if (node.type === 'not')
    fail(
      'This only says what to leave out, which is nearly everything that is written. Add what to look for beside it.',
      node.range,
    );
  if (node.type === 'title') requirePositive(node.operand);
  if (node.type === 'or') node.operands.forEach(requirePositive);
  if (node.type === 'and') {
    const positives = node.operands.filter((operand) => operand.type !== 'not');
    if (positives.length === 0) requirePositive(node.operands[0] as QueryNode);
    positives.forEach(requirePositive);
    for (const operand of node.operands) if (operand.type === 'not') requirePositive(operand.operand);
  }
}

function requireShallow(node: QueryNode, depth: number): void {
  if (depth < 0)
    fail(`AND, OR and NOT can be nested ${deepestTree} deep. Make two trackers of it.`, node.range);
  if (node.type === 'and' || node.type === 'or')
    for (const operand of node.operands) requireShallow(operand, depth - 1);
  if (node.type === 'not' || node.type === 'title') requireShallow(node.operand, depth - 1);
}

const fieldExamples: Readonly<Record<QueryField, string>> = {
  from: 'from:ana or from:"Ana Lima"',
  site: 'site:example.com',
  lang: 'lang:en',
  source: 'source:"Hacker News"',
  title: 'title:acme',
};

const valueAdvice: Readonly<Record<Exclude<QueryField, 'title'>, string>> = {
  from: 'needs a name',
  site: 'needs the name of a site',
  lang: 'needs a language code of two or three letters',
  source: 'needs a name',
};

function comparableValue(field: Exclude<QueryField, 'title'>, value: string): string | null {
  if (field === 'lang') {
    const language = /^([a-z]{2,3})(?:[-_][a-z0-9]+)*$/i.exec(value.trim());
    return language === null ? null : (language[1] as string).toLowerCase();
  }
  if (field === 'site') {
    const host = value
      .trim()
      .toLowerCase()
      .replace(/^[a-z]+:\/\//, '')
      .replace(/[/?#].*$/, '')
      .replace(/^www\./, '')
      .replace(/(:\d+|\.)$/, '');
    return /^[\p{L}\p{N}\p{M}_-]+(\.[\p{L}\p{N}\p{M}_-]+)*$/u.test(host) ? host : null;
  }
  const words = tokenize(value).filter((token) => !isSymbolName(token.text));
  return words.length === 0 ? null : nameWords(words).join(' ');
}

/** The words of a name in their order, without the endings of kana words that `tokenize` adds. */
function nameWords(tokens: readonly { text: string; start: number; end: number }[]): string[] {
  let end = 0;
  const words: string[] = [];
  for (const token of tokens) {
    if (token.start < end) continue;
    words.push(token.text);
    end = token.end;
  }
  return words;
}

function unknownFieldMessage(name: string): string {
  const nearest = [...knownFields].find((field) => isOneSlipAway(name, field));
  const advice =
    nearest === undefined
      ? 'There are from:, site:, lang:, source: and title:.'
      : `Did you mean ${nearest}:?`;
  return `There is no field ${name}:. ${advice} To look for these words themselves, put them in quotation marks.`;
}

const fieldSynonyms: Readonly<Record<string, string>> = {
  author: 'from',
  by: 'from',
  user: 'from',
  domain: 'site',
  host: 'site',
  url: 'site',
  language: 'lang',
  locale: 'lang',
  feed: 'source',
  headline: 'title',
  intitle: 'title',
  subject: 'title',
};

/** One letter added, left out, changed or swapped, or another word for it. */
function isOneSlipAway(name: string, field: string): boolean {
  if (fieldSynonyms[name] === field) return true;
  for (let at = 0; at <= field.length; at++) {
    const head = field.slice(0, at);
    if (name === head + field.slice(at + 1)) return true;
    if (name.length === field.length + 1 && name.startsWith(head) && name.endsWith(field.slice(at)))
      return true;
    if (name.length === field.length && name.startsWith(head) && name.endsWith(field.slice(at + 1)))
      return true;
    if (name === head + (field[at + 1] ?? '') + (field[at] ?? '') + field.slice(at + 2)) return true;
  }
  return false;
}
