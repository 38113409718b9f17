import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { createAnalyser } from '../../../electron/engine/analysis/analyse.ts';

const analyser = createAnalyser();

describe('analysing a text', () => {
  it('tells its language and how it feels', () => {
    const { language, sentiment } = analyser.analyse('I really love this phone, it is great', null);
    expect(language).toBe('en');
    expect(sentiment.label).toBe('positive');
  });

  it('trusts the language that a platform declares, when it is one', () => {
    const text = 'Das ist nicht gut';
    expect(analyser.analyse(text, 'fr-CA').language).toBe('fr');
    expect(analyser.analyse(text, 'x-unknown').language).toBe('de');
  });

  it('says that it does not know the language of a few words, but still reads them', () => {
    expect(analyser.analyse('Nice!', null)).toMatchObject({
      language: null,
      sentiment: { label: 'positive' },
    });
    expect(analyser.analyse('😡', null)).toMatchObject({ language: null, sentiment: { label: 'negative' } });
  });

  it('rates no language that it has no words for', () => {
    expect(analyser.analyse('とても良いです', null)).toEqual({
      language: 'ja',
      sentiment: { label: 'unrated', score: 0, words: [] },
    });
  });
});

describe('loading the analyser', () => {
  const directories: string[] = [];
  afterEach(() => {
    for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
  });

  /** What a fresh process has loaded after `statement`, run where a `.env` file lies. */
  function loadedBy(statement: string): { files: string[]; leaked: string | null } {
    const directory = mkdtempSync(join(tmpdir(), 'earshot-analyser-'));
    directories.push(directory);
    writeFileSync(join(directory, '.env'), 'EARSHOT_LEAK=read\n');
    const script = `
      import { registerHooks } from 'node:module';
      import { createRequire } from 'node:module';
      import { writeFileSync } from 'node:fs';
      const require = createRequire(${JSON.stringify(import.meta.url)});
      const files = new Set();
      registerHooks({ load(url, context, next) { files.add(url); return next(url, context); } });
      ${statement}
      for (const file of Object.keys(require.cache)) files.add(file);
      writeFileSync('loaded.json', JSON.stringify({ files: [...files], leaked: process.env.EARSHOT_LEAK ?? null }));
      process.exit(0);
    `;
    execFileSync(process.execPath, ['--input-type=module', '--no-warnings', '-e', script], {
      cwd: directory,
      env: { PATH: process.env.PATH },
      stdio: 'ignore',
    });
    return JSON.parse(readFileSync(join(directory, 'loaded.json'), 'utf8')) as {
      files: string[];
      leaked: string | null;
    };
  }

  const drivers = /node_modules\/(mongoose|mongodb|pg|redis|@redis|memjs|dotenv)\//;

  it('loads no database driver and reads no .env file', () => {
    const analyse = fileURLToPath(new URL('../../../electron/engine/analysis/analyse.ts', import.meta.url));
    const { files, leaked } = loadedBy(
      `const { createAnalyser } = await import(${JSON.stringify(analyse)}); createAnalyser().analyse('I love it so much', 'en');`,
    );
    expect(files.some((file) => file.includes('natural/sentiment/SentimentAnalyzer'))).toBe(true);
    expect(files.filter((file) => drivers.test(file))).toEqual([]);
    expect(
      files.filter((file) => /node_modules\/natural\/(index|lib\/natural\/index)\.js$/.test(file)),
    ).toEqual([]);
    expect(leaked).toBeNull();
  });

  it('would notice: the root of the package loads them', () => {
    const { files } = loadedBy(`try { require('natural'); } catch {}`);
    expect(files.some((file) => drivers.test(file))).toBe(true);
  });
});
