import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { Plugin } from 'vite';

const analyserFile = /\/natural\/lib\/natural\/sentiment\/SentimentAnalyzer\.js$/;
const listsModule = '\0earshot:vocabularies';
const listsFolder = 'vocabularies';
/** Stands for the way from a chunk to that folder until it is known where the chunk goes. */
const folderOfLists = 'EARSHOT_FOLDER_OF_VOCABULARIES';
/** In an entry of these lists natural reads one field; the others (part of speech, sense, deviation) are dropped. */
const fieldByList: readonly (readonly [RegExp, string])[] = [
  [/^senticon_/, 'pol'],
  [/^pattern-sentiment-/, 'polarity'],
];
const listLoaded = /^const (\w+Voca) = require\('(\.[^']+\.json)'\)$/gm;
const listUsed = /^( +)(\w+): \[(\w+Voca), (\w+)\]/gm;

/**
 * natural's analyser loads ten megabytes of word lists for ten languages before its first word: a second of
 * computing at every start, for every call of the command line. Built, each list is a file beside the code, holds
 * only what is read from it, and is loaded when its language first occurs. What the analyser answers stays the
 * same; a test compares.
 */
export function slimVocabularies(): Plugin {
  const lists = new Map<string, string>();
  return {
    name: 'earshot:slim-vocabularies',
    enforce: 'pre',
    transform(code, id) {
      if (!analyserFile.test(id)) return undefined;
      const late = loadLate(code);
      for (const path of late.lists) lists.set(basename(path), join(dirname(id), path));
      return { code: `const vocabularies = require('${listsModule}')\n${late.code}`, map: null };
    },
    resolveId: (id) => (id === listsModule ? id : undefined),
    load(id) {
      if (id !== listsModule) return undefined;
      const readers = [...lists].map(([name, path]) => {
        this.emitFile({
          type: 'asset',
          fileName: `${listsFolder}/${name}`,
          source: JSON.stringify(slimList(path)),
        });
        return `${JSON.stringify(name)}: () => read(${JSON.stringify(name)})`;
      });
      return [
        `import { readFileSync } from 'node:fs';`,
        `const folder = new URL('${folderOfLists}/', import.meta.url);`,
        `const read = (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));`,
        `export const readers = { ${readers.join(', ')} };`,
      ].join('\n');
    },
    // Not import.meta.ROLLUP_FILE_URL: Vite turns it into an address below the page's base, which no file has.
    renderChunk(code, { fileName }) {
      if (!code.includes(folderOfLists)) return null;
      return code.replaceAll(folderOfLists, relative(dirname(fileName), listsFolder).replaceAll('\\', '/'));
    },
  };
}

/** Each `const list = require(…)` becomes a function, each place in the table of lists a getter that calls it. */
export function loadLate(code: string): { code: string; lists: readonly string[] } {
  const lists = new Map<string, string>();
  const uses = new Set<string>();
  const withFunctions = code.replace(listLoaded, (_all, name: string, path: string) => {
    lists.set(name, path);
    return `const ${name} = ((list) => () => (list ??= vocabularies.readers['${basename(path)}']()))()`;
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
  return { code: withGetters, lists: [...lists.values()] };
}

export function slimList(path: string): unknown {
  const list = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, unknown>>;
  const [, field] = fieldByList.find(([pattern]) => pattern.test(basename(path))) ?? [];
  if (field === undefined) return list;
  return Object.fromEntries(Object.entries(list).map(([word, entry]) => [word, { [field]: entry[field] }]));
}
