import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { inventedMention } from './invented-mentions.ts';
import { trackerQueries } from './trackers.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import { documentText } from '../../shared/text/document-text.ts';
import { p95s } from './timing.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('bench.ts', import.meta.url));

const figureSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  value: z.number().positive(),
  unit: z.enum(['mentions/s', 'MB/s', 'ms']),
  against: z.number().positive(),
  ratio: z.number().positive(),
});

async function bench(...args: string[]): Promise<z.infer<typeof figureSchema>[]> {
  const { stdout } = await run(process.execPath, [script, '--size', 'tiny', ...args]);
  expect(stdout.endsWith('\n')).toBe(true);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => figureSchema.parse(JSON.parse(line)));
}

describe('npm run bench', () => {
  test('prints one well-formed line per figure and nothing else', async () => {
    const figures = await bench();
    expect(figures.map(({ name }) => name)).toEqual([
      'ingest',
      'feed-parse',
      'tokenise',
      'match-50-trackers',
      'inbox-page-200',
      'inbox-page-600',
      'inbox-page-growth',
      'search-200',
      'search-600',
      'search-growth',
      'counts-200',
      'counts-600',
      'counts-growth',
      'outbox-turn-100',
      'outbox-turn-300',
      'outbox-turn-growth',
      'engine-start',
    ]);
    for (const { value, against, ratio } of figures) expect(ratio / (value / against)).toBeCloseTo(1, 2);
  }, 120_000);

  test('measures one figure alone, or those whose names begin alike', async () => {
    expect((await bench('--only', 'tokenise')).map(({ name }) => name)).toEqual(['tokenise']);
    expect((await bench('--only', 'inbox-page')).map(({ name }) => name)).toEqual([
      'inbox-page-200',
      'inbox-page-600',
      'inbox-page-growth',
    ]);
  }, 120_000);

  test('says which figures there are when it is asked for another', async () => {
    const failure = (await bench('--only', 'teapots').catch((error: unknown) => error)) as {
      code: number;
      stdout: string;
      stderr: string;
    };
    expect([failure.code, failure.stdout]).toEqual([1, '']);
    expect(failure.stderr).toContain('inbox-page-growth');
  });
});

describe('what is measured', () => {
  test('is the same text in every run', () => {
    expect(inventedMention(7, 100)).toEqual(inventedMention(7, 100));
    const texts = Array.from({ length: 200 }, (_, index) =>
      documentText(inventedMention(index, 200).document),
    );
    expect(new Set(texts).size).toBe(200);
  });

  test('has fifty trackers that all parse', () => {
    expect(trackerQueries).toHaveLength(50);
    for (const query of trackerQueries) expect(parseQuery(query).isValid, query).toBe(true);
  });

  test('is the time that 95 of 100 calls stay below, of the quietest round', async () => {
    const spin = (ms: number): void => {
      const end = performance.now() + ms;
      while (performance.now() < end);
    };
    // One call in fifty is slow: 95 of 100 do not see it.
    const [ours, theirs] = await p95s(
      150,
      (index) => spin(index % 50 === 0 ? 12 : 0.2),
      () => spin(3),
    );
    expect(ours).toBeLessThan(10);
    expect(theirs).toBeGreaterThanOrEqual(3);
  });
});
