import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLogFile } from '../../electron/log-file.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

function readLines(directory: string): Record<string, unknown>[] {
  const text = readFileSync(join(directory, 'logs', 'earshot.log'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

it('writes one JSON object a line, readable by the user alone', () => {
  const directory = temporaryDirectory();
  const log = openLogFile(directory);
  log.info('engine-ready', { version: '1' });
  log.error('engine-crashed', { error: new TypeError('no') });
  expect(readLines(directory)).toMatchObject([
    { level: 'info', event: 'engine-ready', version: '1' },
    { level: 'error', event: 'engine-crashed', error: { name: 'TypeError', message: 'no' } },
  ]);
  expect(statSync(join(directory, 'logs', 'earshot.log')).mode & 0o777).toBe(0o600);
});

it('leaves out what must not stand in a log, also where a caller forgot', () => {
  const directory = temporaryDirectory();
  openLogFile(directory).warn('x', {
    accessToken: 'abc',
    nested: { Authorization: 'Bearer abc', password: 'abc' },
    url: 'https://kim:abc@example.org/feed',
  });
  const [line] = readLines(directory);
  expect(JSON.stringify(line)).not.toContain('abc');
  expect(line).toMatchObject({ url: 'https://(left out)@example.org/feed' });
});

it('keeps one old file and never grows past the limit', () => {
  const directory = temporaryDirectory();
  const log = openLogFile(directory, { maxBytes: 1_000 });
  for (let index = 0; index < 100; index += 1) log.info('poll', { index });
  const current = join(directory, 'logs', 'earshot.log');
  expect(statSync(current).size).toBeLessThanOrEqual(1_000);
  expect(statSync(`${current}.1`).size).toBeLessThanOrEqual(1_000);
  expect(readLines(directory).at(-1)).toMatchObject({ index: 99 });
});

it('cuts endless fields and survives what is not JSON', () => {
  const directory = temporaryDirectory();
  const log = openLogFile(directory);
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  log.info('long', { text: 'x'.repeat(100_000), big: 1n });
  log.info('circular', circular);
  const [long, other] = readLines(directory);
  expect(JSON.stringify(long).length).toBeLessThan(5_000);
  expect(long).toMatchObject({ big: '1' });
  expect(other).toMatchObject({ event: 'circular' });
});

it('goes on when its folder is removed', () => {
  const directory = temporaryDirectory();
  const log = openLogFile(directory);
  log.info('one');
  rmSync(join(directory, 'logs'), { recursive: true });
  log.info('two');
  log.info('three');
  expect(existsSync(join(directory, 'logs', 'earshot.log'))).toBe(true);
  expect(readLines(directory).at(-1)).toMatchObject({ event: 'three' });
});
