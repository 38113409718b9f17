import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMatcher, type QueryMatch } from '../../../shared/query/matcher.ts';
import { parseQuery } from '../../../shared/query/parse.ts';
import type { QueryNode, QueryTarget, QueryTerm } from '../../../shared/query/query.ts';
import { tokenize } from '../../../shared/query/tokens.ts';

function aTarget(draft: Partial<QueryTarget>): QueryTarget {
  return {
    title: null,
    text: '',
    authorName: '',
    authorHandle: null,
    url: null,
    language: null,
    sourceName: '',
    ...draft,
  };
}

function read(query: string): QueryNode {
  const parsed = parseQuery(query);
  if (!parsed.isValid) throw new Error(`${query}: ${parsed.mistake.message}`);
  return parsed.root;
}

function find(query: string, draft: Partial<QueryTarget>): QueryMatch<string> | undefined {
  return createMatcher([{ id: 'it', root: read(query) }]).match(aTarget(draft))[0];
}

const finds = (query: string, text: string): boolean => find(query, { text }) !== undefined;

describe('a query finds a text', () => {
  it.each([
    ['acme', 'I bought an ACME.'],
    ['acme', "Acme's new phone"],
    ['acme', '#acme @acme acme+'],
    ['acme', 'https://acme.com/x'],
    ['"acme phone"', 'my Acme-phone'],
    ['phon*', 'phones'],
    ['cafe', 'le café'],
    ['café', 'le cafe'],
    ['strasse', 'Hauptstraße? Straße!'],
    ['ΟΔΟΣ', 'η οδός'],
    ['istanbul', 'İSTANBUL'],
    ['ışık', 'IŞIK'],
    ['ёлка', 'елка'],
    ['كتاب', 'كِتَاب'],
    ['שלום', 'שָׁלוֹם'],
    ['don’t', "I don't know"],
    ['c++', 'I write C++17'],
    ['c#', 'C# and F#'],
    ['.net', 'on .NET.'],
    ['node.js', 'Node.js'],
    ['at&t', 'AT&T’s network'],
    ['#acme', 'so good #Acme!'],
    ['@my_brand', 'ask @My_Brand'],
    ['"love #acme"', 'I love #acme'],
    ['disney+', 'on Disney+'],
    ['disney', 'on Disney+'],
    ['👍', 'ok👍🏽'],
    ['🇩🇪', 'from 🇩🇪🇫🇷'],
    ['👨‍👩‍👧', 'the 👨‍👩‍👧'],
    ['小米', '我买了小米手机'],
    ['蔚来', '蔚来汽车很好'],
    ['拼多多', '上拼多多买'],
    ['京都', '京都市へ'],
    ['ソニー', 'ソニーグループの'],
    ['グループ', 'ソニーグループの'],
    ['ソニー', 'ｿﾆｰの'],
    ['アクメ電話', '私はアクメ電話を買いました'],
    ['"iPhone 手机"', '我的iPhone手机'],
    ['＃東京', '#東京オリンピック'],
    ['삼성', '삼성은 좋다'],
    ['ซัมซุง', 'ฉันรักซัมซุงมาก'],
    ['acme NEAR/2 bad', 'bad, really so Acme'],
    ['acme NEAR/0 bad', 'acme bad'],
    ['acme -jobs', 'acme phone'],
    ['lang:en', ''],
  ])('%s in “%s”', (query, text) => {
    expect(find(query, { text, language: 'en' })).toBeDefined();
  });

  it.each([
    ['acme', 'acmephone'],
    ['"acme phone"', 'acme my phone'],
    ['"phone acme"', 'acme phone'],
    ['phon*', 'microphone'],
    ['мой', 'мои'],
    ['c++', 'vitamin C'],
    ['c#', 'C sharp'],
    ['.net', 'the net, example.net'],
    ['#acme', 'acme'],
    ['@acme', 'mail@acme.com'],
    ['at&t', 'at T-Mobile'],
    ['disney+', 'Disney'],
    ['京都', '東京都へ'],
    ['抖音', '用抖音乐'],
    ['パイ', 'パイナップル'],
    ['กา', 'การบินไทย'],
    ['삼성', '비삼성'],
    ['が', 'か'],
    ['❤', '💔'],
    ['acme NEAR/1 bad', 'acme is so bad'],
    ['acme -jobs', 'acme jobs'],
    ['acme -(jobs OR hiring)', 'acme is hiring'],
    ['lang:de', ''],
  ])('but not %s in “%s”', (query, text) => {
    expect(find(query, { text, language: 'en' })).toBeUndefined();
  });
});

describe('fields of a query', () => {
  it.each([
    ['from:ana', { authorName: 'Ana Lima' }, true],
    ['from:"ana lima"', { authorName: 'Ana Lima' }, true],
    ['from:@ana', { authorHandle: 'ana' }, true],
    ['from:ana', { authorHandle: 'ana@town.example' }, true],
    ['from:ana', { authorName: 'Anabel', text: 'ana' }, false],
    ['from:"lima ana"', { authorName: 'Lima', authorHandle: 'ana' }, false],
    ['site:acme.com', { url: 'https://www.acme.com/x' }, true],
    ['site:acme.com', { url: 'http://user@blog.ACME.com:8080?x' }, true],
    ['site:acme.com', { url: 'https://notacme.com/acme.com' }, false],
    ['site:acme.com', { url: null }, false],
    ['lang:pt', { language: 'pt-BR' }, true],
    ['lang:pt', { language: null }, false],
    ['source:"hacker news"', { sourceName: 'Hacker News: acme' }, true],
    ['source:hackernews', { sourceName: 'Hacker News' }, false],
    ['title:acme', { title: 'Acme!', text: 'x' }, true],
    ['title:acme', { title: 'x', text: 'acme' }, false],
    ['title:(acme -jobs)', { title: 'acme', text: 'jobs' }, true],
    ['acme phone', { title: 'acme', text: 'phone' }, true],
    ['"acme phone"', { title: 'acme', text: 'phone' }, false],
    ['acme NEAR/5 phone', { title: 'acme', text: 'phone' }, false],
  ])('%s of %j: %s', (query, draft, expected) => {
    expect(find(query, draft) !== undefined).toBe(expected);
  });
});

describe('what matched', () => {
  /** The marked stretches, with their field where it is not the text. */
  function marked(query: string, draft: Partial<QueryTarget>): string[] {
    const target = aTarget(draft);
    return (find(query, draft)?.spans ?? []).map(({ field, start, end }) =>
      field === 'text'
        ? target.text.slice(start, end)
        : `${field}: ${(field === 'title' ? target.title : target.authorName)?.slice(start, end)}`,
    );
  }

  it.each([
    ['every place of a word', 'acme', 'Acme, ACME’s', ['Acme', 'ACME']],
    ['a phrase with what stands between its words', '"acme phone"', 'the Acme-Phone.', ['Acme-Phone']],
    ['words that overlap as one', '"a b" OR "b c"', 'a b c', ['a b c']],
    ['all of AND', 'a b', 'b x a', ['b', 'a']],
    ['words that touch, each by itself', '小米 手机', '买小米手机', ['小米', '手机']],
    ['what holds of OR', 'a OR (b c)', 'a b', ['a']],
    ['nothing of what is excluded', 'a -b', 'a x', ['a']],
    ['only what is near', 'a NEAR/1 b', 'a x b y y a', ['a', 'b']],
    ['a name with its symbol', '#acme', 'hi #Acme!', ['#Acme']],
    ['the accents of the original', 'cafe', 'Un Cafe\u0301!', ['Cafe\u0301']],
    ['a whole emoji', '👍', '👍🏽', ['👍🏽']],
    ['the word that begins so', 'phon*', 'two phones', ['phones']],
  ])('marks %s', (_, query, text, expected) => {
    expect(marked(query, { text })).toEqual(expected);
  });

  it('marks title, text and author, in this order', () => {
    const draft = { title: 'Acme', text: 'of acme', authorName: 'Ana of Acme' };
    expect(marked('acme from:"of acme"', draft)).toEqual(['title: Acme', 'acme', 'author: of Acme']);
    expect(marked('title:acme', draft)).toEqual(['title: Acme']);
  });

  it('marks at most a hundred stretches', () => {
    expect(find('acme', { text: 'acme '.repeat(5000) })?.spans).toHaveLength(100);
  });

  it('answers for each of many queries, in their order', () => {
    const queries = ['phone', 'acme', '-jobs acme', 'nothing', 'lang:en', 'pho*'];
    const matcher = createMatcher(queries.map((query) => ({ id: query, root: read(query) })));
    const matches = matcher.match(aTarget({ text: 'acme phone jobs', language: 'en' }));
    expect(matches.map(({ id }) => id)).toEqual(['phone', 'acme', 'lang:en', 'pho*']);
  });
});

/** As written in the language's description, without regard for speed. */
function holds(node: QueryNode, target: QueryTarget, fields: readonly ('title' | 'text')[]): boolean {
  const lists = fields.map((field) => tokenize(target[field] ?? '').map(({ text }) => text));
  const startsOf = (words: readonly string[], { words: wanted, isPrefix }: QueryTerm): number[] =>
    words.flatMap((_, at) =>
      wanted.every((word, next) => {
        const found = words[at + next];
        return isPrefix && next === wanted.length - 1 ? found?.startsWith(word) : found === word;
      })
        ? [at]
        : [],
    );
  switch (node.type) {
    case 'term':
      return lists.some((words) => startsOf(words, node).length > 0);
    case 'near': {
      const [one, other] = node.operands;
      return lists.some((words) =>
        startsOf(words, one).some((a) =>
          startsOf(words, other).some(
            (b) => (a <= b ? b - a - one.words.length : a - b - other.words.length) <= node.distance,
          ),
        ),
      );
    }
    case 'title':
      return holds(node.operand, target, ['title']);
    case 'not':
      return !holds(node.operand, target, fields);
    case 'and':
      return node.operands.every((operand) => holds(operand, target, fields));
    case 'or':
      return node.operands.some((operand) => holds(operand, target, fields));
    case 'field':
      return node.field === 'lang' && target.language === node.value;
  }
}

const word = fc.constantFrom(
  'a',
  'b',
  'c',
  'ab',
  'abc',
  '#a',
  'a&b',
  '京都',
  '東京都',
  'ソニーグループ',
  '👍',
);
const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
const term = fc.oneof(word, fc.constantFrom('ab*', '"a b"', '"b ab*"', '"a #a"', 'ソニー', '京'));
const { query } = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4 },
    term,
    fc.tuple(term, fc.nat(3), term).map(([one, distance, other]) => `${one} NEAR/${distance} ${other}`),
    fc
      .tuple(tie('query'), fc.constantFrom(' ', ' OR ', ' -'), tie('query'))
      .map(([one, sign, other]) => `(${one})${sign}(${other})`),
    tie('query').map((inner) => `title:(${inner.replaceAll(/title:|lang:../g, 'a')})`),
    fc.constant('lang:en'),
  ),
}));

describe('whatever the queries and the text', () => {
  it('matches exactly what the description of the language says', () => {
    let found = 0;
    fc.assert(
      fc.property(
        fc.array(query, { minLength: 1, maxLength: 4 }),
        fc.option(text),
        text,
        fc.constantFrom(null, 'en'),
        (texts, title, body, language) => {
          const queries = texts.flatMap((source, id) => {
            const parsed = parseQuery(source);
            return parsed.isValid ? [{ id, root: parsed.root }] : [];
          });
          const target = aTarget({ title, text: body, language });
          const matches = createMatcher(queries).match(target);
          const expected = queries.filter(({ root }) => holds(root, target, ['title', 'text']));
          expect(matches.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
          found += matches.length;
          for (const { spans } of matches) {
            let before = { field: 'title', end: 0 };
            for (const span of spans) {
              const whole = span.field === 'title' ? (title ?? '') : body;
              if (span.field !== before.field) before = { field: span.field, end: 0 };
              expect(span.start).toBeGreaterThanOrEqual(before.end);
              expect(span.end).toBeGreaterThan(span.start);
              expect(span.end).toBeLessThanOrEqual(whole.length);
              before = span;
            }
          }
        },
      ),
      { numRuns: 2000 },
    );
    expect(found).toBeGreaterThan(500);
  });

  it('takes a time in step with a text that says one word without end', () => {
    const matcher = createMatcher(
      ['a', '"a a a a a a a a"', 'a NEAR/100 b', 'a*'.padStart(3, 'a'), '"a a" NEAR/5 "b a"'].map(
        (source, id) => ({ id, root: read(source) }),
      ),
    );
    const body = 'a '.repeat(200_000);
    const startedAt = performance.now();
    matcher.match(aTarget({ text: `${body} b` }));
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});

describe('the words of a query', () => {
  it('are found the same through whole texts of their own', () => {
    for (const name of [
      'Łódź',
      'Ærøskøbing',
      'ﬁne',
      'ⅷ',
      'ǅ',
      'ŉ',
      'ᾳ',
      'ÅNGSTRÖM',
      'ﷺ',

      '½',
      'ａｂｃ',
    ])
      expect([name, finds(name, `x ${name} y`)]).toEqual([name, true]);
  });
});
