import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import { expect, it } from 'vitest';
import { loadLate, slimList } from '../../electron/slim-vocabularies.ts';

type Analyser = new (
  language: string,
  stemmer: undefined,
  kind: string,
) => { vocabulary: object; negations: string[] };

const require = createRequire(import.meta.url);
const file = require.resolve('natural/lib/natural/sentiment/SentimentAnalyzer.js');
const original = require(file) as Analyser;

/** The analyser as the build changes it, run as it stands. */
function slimAnalyser(): { analyser: Analyser; loaded: string[] } {
  const { code, lists } = loadLate(readFileSync(file, 'utf8'));
  const loaded: string[] = [];
  const readers = Object.fromEntries(
    lists.map((path) => [
      basename(path),
      () => {
        loaded.push(basename(path));
        return slimList(join(dirname(file), path));
      },
    ]),
  );
  const module = { exports: {} };
  compileFunction(code, ['require', 'module', 'vocabularies'])(createRequire(file), module, { readers });
  return { analyser: module.exports as Analyser, loaded };
}

it.each([
  ['English', 'afinn'],
  ['Spanish', 'afinn'],
  ['Portuguese', 'afinn'],
  ['German', 'pattern'],
  ['Dutch', 'pattern'],
  ['French', 'pattern'],
  ['Italian', 'pattern'],
  ['English', 'pattern'],
  ['Catalan', 'senticon'],
  ['Galician', 'senticon'],
  ['Basque', 'senticon'],
  ['Spanish', 'senticon'],
  ['English', 'senticon'],
])('natural’s %s list of %s says the same built as it does in the package', (language, kind) => {
  const { analyser } = slimAnalyser();
  const ours = new analyser(language, undefined, kind);
  const theirs = new original(language, undefined, kind);
  expect(Object.keys(ours.vocabulary).length).toBeGreaterThan(500);
  expect(ours.vocabulary).toEqual(theirs.vocabulary);
  expect(ours.negations).toEqual(theirs.negations);
});

it('loads a list when its language first occurs, once', () => {
  const { analyser, loaded } = slimAnalyser();
  expect(loaded).toEqual([]);
  for (let time = 0; time < 2; time += 1) new analyser('German', undefined, 'pattern');
  expect(loaded).toEqual(['pattern-sentiment-de.json']);
});

it('stops the build when natural has changed and the lists would be loaded up front again', () => {
  expect(() => loadLate('const words = await load()')).toThrow('0 lists');
  expect(() => loadLate("const aVoca = require('./a.json')\nconst files = {}")).toThrow('1 lists, 0 used');
});
