import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const analyserFile = /\/natural\/lib\/natural\/sentiment\/SentimentAnalyzer\.js$/;
/** In an entry of these lists natural reads one field; the others (part of speech, sense, deviation) are dropped. */
const fieldByList: readonly (readonly [RegExp, string])[] = [
  [/senticon_/, 'pol'],
  [/pattern-sentiment-/, 'polarity'],
];
const listLoaded = /^const (\w+Voca) = require\('(\.[^']+\.json)'\)$/gm;
const listUsed = /^( +)(\w+): \[(\w+Voca), (\w+)\]/gm;

/**
 * natural's analyser loads ten megabytes of word lists for ten languages before its first word: a second of
 * computing at every start, for every call of the command line. Bundled, a list holds only what is read from it
 * and is loaded when its language first occurs. What the analyser answers stays the same; a test compares.
 */
export function slimVocabularies(): Plugin {
  return {
    name: 'earshot:slim-vocabularies',
    enforce: 'pre',
    transform(code, id) {
      return analyserFile.test(id) ? { code: loadLate(code, dirname(id)), map: null } : undefined;
    },
  };
}

/** Each `const list = require(…)` becomes a function, each place in the table of lists a getter that calls it. */
export function loadLate(code: string, folder: string): string {
  const lists = new Set<string>();
  const uses = new Set<string>();
  const withFunctions = code.replace(listLoaded, (_all, name: string, path: string) => {
    lists.add(name);
    const list = JSON.stringify(JSON.stringify(slimList(join(folder, path))));
    return `const ${name} = ((list) => () => (list ??= JSON.parse(${list})))()`;
  });
  const withGetters = withFunctions.replace(
    listUsed,
    (all, indent: string, language: string, name: string, negations: string) => {
      if (!lists.has(name)) return all;
      uses.add(name);
      return `${indent}get ${language} () { return [${name}(), ${negations}] }`;
    },
  );
  if (lists.size === 0 || lists.size !== uses.size) {
    throw new Error(
      `natural’s SentimentAnalyzer.js is not as slim-vocabularies.ts knows it: ${lists.size} lists, ${uses.size} used.`,
    );
  }
  return withGetters;
}

function slimList(path: string): unknown {
  const list = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, unknown>>;
  const [, field] = fieldByList.find(([pattern]) => pattern.test(path)) ?? [];
  if (field === undefined) return list;
  return Object.fromEntries(Object.entries(list).map(([word, entry]) => [word, { [field]: entry[field] }]));
}
