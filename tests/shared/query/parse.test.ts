import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../shared/query/parse.ts';
import type { QueryNode } from '../../../shared/query/query.ts';

/** A query in one line: phrases with _, prefixes with *. */
function shape(node: QueryNode): string {
  switch (node.type) {
    case 'term':
      return node.words.join('_') + (node.isPrefix ? '*' : '');
    case 'near':
      return `${shape(node.operands[0])} ~${node.distance} ${shape(node.operands[1])}`;
    case 'field':
      return `${node.field}:${node.value}`;
    case 'title':
    case 'not':
      return `${node.type}(${shape(node.operand)})`;
    case 'and':
    case 'or':
      return `${node.type}(${node.operands.map(shape).join(', ')})`;
  }
}

function parsed(text: string): string {
  const query = parseQuery(text);
  return query.isValid
    ? shape(query.root)
    : `${query.mistake.start}–${query.mistake.end}: ${query.mistake.message}`;
}

describe('reading a query', () => {
  it.each([
    ['a word', 'acme', 'acme'],
    ['words side by side as AND', 'acme phone', 'and(acme, phone)'],
    ['AND', 'acme AND phone', 'and(acme, phone)'],
    ['OR', 'acme OR phone', 'or(acme, phone)'],
    ['AND before OR', 'a b OR c d', 'or(and(a, b), and(c, d))'],
    ['NOT before AND', 'a NOT b c', 'and(a, not(b), c)'],
    ['a minus', 'acme -jobs', 'and(acme, not(jobs))'],
    ['a minus before a phrase and a group', 'a -"b c" -(d OR e)', 'and(a, not(b_c), not(or(d, e)))'],
    ['other dashes as minus', 'a –b −c', 'and(a, not(b), not(c))'],
    ['AND NOT', 'a AND NOT b', 'and(a, not(b))'],
    ['twice not as nothing', 'a NOT -b', 'and(a, b)'],
    ['a hyphen inside a word as a phrase', 'e-mail', 'e_mail'],
    ['a phrase', '"acme phone"', 'acme_phone'],
    ['typographic and foreign quotation marks', '“acme phone” «x y» „z“', 'and(acme_phone, x_y, z)'],
    ['brackets', '(a OR b) c', 'and(or(a, b), c)'],
    ['brackets that change nothing', '((a) (b c))', 'and(a, b, c)'],
    ['a group of only exclusions beside a word', 'x (-a -b)', 'and(x, not(a), not(b))'],
    ['full-width brackets and spaces', '（a OR b）\u3000c', 'and(or(a, b), c)'],
    ['lower-case operators as words', 'rock and roll or not near', 'and(rock, and, roll, or, not, near)'],
    ['NEAR', 'acme NEAR/3 battery', 'acme ~3 battery'],
    ['NEAR without a number', 'acme NEAR battery', 'acme ~10 battery'],
    ['NEAR of phrases, before AND', '"a b" NEAR/0 c d', 'and(a_b ~0 c, d)'],
    ['a prefix', 'phon*', 'phon*'],
    ['a prefix at the end of a phrase', '"acme pho*" "acme pho"*', 'and(acme_pho*, acme_pho*)'],
    ['fields', 'from:@Ana lang:EN-us source:"Hacker News"', 'and(from:ana, lang:en, source:hacker news)'],
    ['a name of several words', 'from:"Ana Lima"', 'from:ana lima'],
    ['a site in any notation', 'site:https://www.Acme.com/blog?x', 'site:acme.com'],
    ['field names in any case', 'FROM:ana Title:x', 'and(from:ana, title(x))'],
    [
      'title with a word, a phrase, a group',
      'title:a title:"b c" title:(d OR e)',
      'and(title(a), title(b_c), title(or(d, e)))',
    ],
    ['an excluded field', 'a -from:bot', 'and(a, not(from:bot))'],
    ['an address as a phrase', 'https://acme.com/x', 'https_acme_com_x'],
    ['a word that ends in a colon', 're: invent', 'and(re, invent)'],
    ['signs without a word as nothing', 'rock & roll', 'and(rock, roll)'],
    ['case and accents folded', 'CAFÉ Straße', 'and(cafe, strasse)'],
    ['an emoji', '👍🏽', '👍'],
    ['names with symbols', '#acme @ana c++ .net', 'and(#acme, @ana, c++, .net)'],
    ['a name with a dot as a phrase', 'node.js', 'node_js'],
    ['a name with an ampersand as its words and its sign', 'AT&T', 'and(at_t, at&t)'],
    ['a symbol in a phrase as the phrase and the name', '"love #acme"', 'and(love_acme, #acme)'],
    ['a symbol beside NEAR', '#acme NEAR/3 bad', 'and(acme ~3 bad, #acme)'],
    ['a Hebrew abbreviation', 'צה"ל', 'צה_ל'],
    ['a Korean word with what is written on to it', '삼성', '삼성*'],
    ['a Chinese name in every way it could be parted', '抖音', 'or(抖_音, 抖音*)'],
    ['a Thai name as the dictionary parts it and whole', 'ซัมซุง', 'or(ซัม_ซุง, ซัมซุง)'],
  ])('takes %s', (_, text, expected) => {
    expect(parsed(text)).toBe(expected);
  });

  it('says where each part stands', () => {
    const query = parseQuery('x  "acme phone" OR -(a) b');
    expect(query).toMatchObject({
      isValid: true,
      root: {
        range: { start: 0, end: 25 },
        operands: [
          { operands: [{ range: { start: 0, end: 1 } }, { range: { start: 3, end: 15 } }] },
          { operands: [{ range: { start: 19, end: 23 } }, { range: { start: 24, end: 25 } }] },
        ],
      },
    });
  });
});

describe('a mistake in a query', () => {
  it.each([
    ['nothing', '', 0, 0, /Write what to listen for/],
    ['only space', '   ', 3, 3, /Write what to listen for/],
    ['only signs', '&', 0, 1, /no word/],
    ['an open quotation mark', 'a "b c', 2, 3, /never closed/],
    ['an open bracket', 'a (b c', 2, 3, /never closed/],
    ['a bracket too many', 'a) b', 1, 2, /closes nothing/],
    ['empty brackets', 'a ()', 2, 4, /nothing between/],
    ['empty quotation marks', 'a ""', 2, 4, /nothing between/],
    ['OR at the end', 'a OR', 2, 4, /both sides/],
    ['OR at the start', 'OR a', 0, 2, /both sides/],
    ['OR twice', 'a OR OR b', 2, 4, /both sides/],
    ['AND at the end', '(a AND) b', 3, 6, /both sides/],
    ['NOT at the end', 'a NOT', 2, 5, /right behind/],
    ['a minus at the end', 'a -', 2, 3, /right before/],
    ['a minus by itself', 'a - b', 2, 3, /right before/],
    ['NEAR without a left side', 'NEAR/3 b', 0, 6, /both sides/],
    ['NEAR without a right side', 'a NEAR/3', 2, 8, /both sides/],
    ['NEAR beside a group', 'a NEAR/3 (b c)', 2, 8, /both sides/],
    ['NEAR behind a group', '(a b) NEAR/3 c', 6, 12, /both sides/],
    ['NEAR of three', 'a NEAR/3 b NEAR/3 c', 11, 17, /two terms/],
    ['NEAR without a number that it could be', 'a NEAR/x b', 2, 8, /number/],
    ['NEAR too far', 'a NEAR/101 b', 2, 10, /up to 100/],
    ['a star after one letter', 'x a*', 2, 4, /two letters/],
    ['a star inside a word', 'ab*c', 2, 3, /end of a word/],
    ['a star before a word', '*ab', 0, 1, /end of a word/],
    ['an unknown field', 'a author:ana', 2, 9, /Did you mean from:/],
    ['a field with a slip', 'tilte:a', 0, 6, /Did you mean title:/],
    ['something with a colon', 'foo:bar', 0, 4, /There are from:.*quotation marks/],
    ['a field without a value', 'a from:', 2, 7, /needs a value/],
    ['a field with a space before its value', 'from: ana', 0, 5, /needs a value/],
    ['a field with a group', 'from:(a b)', 0, 6, /Only title:/],
    ['a language that is none', 'a lang:english', 2, 14, /two or three letters/],
    ['a site that is none', 'site:"a b"', 0, 10, /name of a site/],
    ['a star in a field', 'from:an*', 0, 8, /without \*/],
    ['a field inside title', 'title:(a from:b)', 9, 14, /inside title/],
    ['only exclusion', '-a', 0, 2, /leave out/],
    ['only exclusions', '-a -b', 0, 2, /leave out/],
    ['exclusion as an alternative', 'a OR -b', 5, 7, /leave out/],
    ['exclusion as an alternative inside', 'x (a OR -b)', 8, 10, /leave out/],
    ['programmers’ operators', 'a || b', 2, 4, /Write OR/],
    ['too deep brackets', `${'('.repeat(51)}a${')'.repeat(51)}`, 50, 51, /50 deep/],
    ['too many terms', Array.from({ length: 201 }, () => 'a').join(' '), 400, 401, /200 terms/],
  ])('%s is shown where it is', (_, text, start, end, message) => {
    const query = parseQuery(text);
    expect(query).toMatchObject({ isValid: false, mistake: { start, end } });
    expect(query.isValid ? '' : query.mistake.message).toMatch(message);
    expect(query.isValid ? '' : query.mistake.message).toMatch(/^([A-Z]|[a-z]+:).*\.$/s);
  });

  it('is refused where operators are nested deeper than a search could go', () => {
    expect(parseQuery(`${'(a (b OR '.repeat(9)}c${'))'.repeat(9)}`).isValid).toBe(true);
    expect(parseQuery(`${'(a (b OR '.repeat(12)}c${'))'.repeat(12)}`).isValid).toBe(false);
  });
});

const anyQuery = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '(',
        ')',
        '"',
        '“',
        '-',
        ' - ',
        'OR',
        'AND',
        'NOT',
        'NEAR/2',
        'NEAR',
        '*',
        'a',
        'acme*',
        'title:',
        'from:',
        'x:',
        ' ',
        ' ',
        '#',
        '京都',
        '👍',
        '&',
        '\u0301',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 25 },
  )
  .map((parts) => parts.join(''));

describe('whatever is written', () => {
  it('is read or refused with a place inside the text, never thrown at', () => {
    fc.assert(
      fc.property(anyQuery, (text) => {
        const query = parseQuery(text);
        const check = ({ start, end }: { start: number; end: number }): void => {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
        };
        const walk = (node: QueryNode): void => {
          check(node.range);
          if (node.type === 'term') expect(node.words.length).toBeGreaterThan(0);
          if ('operand' in node) walk(node.operand);
          if ('operands' in node) node.operands.forEach(walk);
        };
        if (query.isValid) walk(query.root);
        else check(query.mistake);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    '('.repeat(9000),
    '-'.repeat(9000),
    `a${' NEAR a'.repeat(1000)}`,
    '"'.repeat(9999),
    'title:'.repeat(1500),
    'x'.repeat(1_000_000),
    '京都x'.repeat(2000),
  ])('is answered at once, however long (case %#)', (text) => {
    const startedAt = performance.now();
    parseQuery(text);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
