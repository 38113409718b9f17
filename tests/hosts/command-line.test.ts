import { existsSync, readdirSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { buildIfNeeded } from '../../electron/build.mjs';
import { contract } from '../../shared/contract/contract.ts';
import { runScript } from '../helpers/run-program.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

beforeAll(() => buildIfNeeded().then(() => undefined), 120_000);

const earshot = (args: readonly string[], input?: string) =>
  runScript('electron/cli.mjs', args, input === undefined ? {} : { input });

it('runs one call, prints its result alone on standard output, and leaves what it did behind', async () => {
  const directory = temporaryDirectory();
  const made = await earshot(['trackers.create', '{"name":"Acme","query":"acme"}', '--data-dir', directory]);
  expect({ status: made.status, stderr: made.stderr }).toEqual({ status: 0, stderr: '' });
  const listed = await earshot(['trackers.list', '--data-dir', directory]);
  expect(JSON.parse(listed.stdout)).toMatchObject({ trackers: [{ name: 'Acme', query: 'acme' }] });
  expect(listed.stdout).toMatch(/^\{.*\}\n$/);
});

it('takes the params from standard input for “-”', async () => {
  const directory = temporaryDirectory();
  const { stdout } = await earshot(['settings.set', '-', '--data-dir', directory], '{"theme": "dark"}\n');
  expect(JSON.parse(stdout)).toMatchObject({ theme: 'dark' });
});

it('answers as the command line, without polling', async () => {
  const directory = temporaryDirectory();
  const { stdout } = await earshot(['app.info', `--data-dir=${directory}`]);
  expect(JSON.parse(stdout)).toMatchObject({ host: 'command-line', dataDirectory: directory });
});

it.each([
  ['nothing at all', [], 'invalid-input', /Name a method/],
  ['a method that is not there', ['inbox.lost'], 'invalid-input', /no method “inbox.lost”/],
  ['a method that only sounds built in', ['constructor'], 'invalid-input', /no method/],
  ['JSON that is cut off', ['trackers.list', '{"a":'], 'invalid-input', /not JSON/],
  [
    'params that the method cannot take',
    ['trackers.create', '{"name":1}'],
    'invalid-input',
    /trackers.create/,
  ],
  ['JSON that was not quoted', ['trackers.create', '{name:', 'x}'], 'invalid-input', /quotes/],
  ['an option that is not there', ['trackers.list', '--verbose'], 'invalid-input', /--verbose/],
  ['a query with a mistake', ['trackers.create', '{"name":"x","query":"(acme"}'], 'invalid-query', /./],
])('fails on %s in words, with status 1', async (_case, args, code, message) => {
  const directory = temporaryDirectory();
  const { status, stdout, stderr } = await earshot([...args, '--data-dir', directory]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  const failure = JSON.parse(stderr) as { error: { code: string; message: string } };
  expect(failure.error.code).toBe(code);
  expect(failure.error.message).toMatch(message);
});

it('touches no data for help or for a mistake', async () => {
  const directory = temporaryDirectory();
  const { status, stdout } = await earshot(['--help', '--data-dir', directory]);
  expect(status).toBe(0);
  for (const method of Object.keys(contract)) expect(stdout).toContain(`  ${method} {`);
  await earshot(['nothing.here', '--data-dir', `${directory}/new`]);
  expect(readdirSync(directory)).toEqual([]);
  expect(existsSync(`${directory}/new`)).toBe(false);
});

it('lets two calls at once do no harm: one waits its turn or says that the data is in use', async () => {
  const directory = temporaryDirectory();
  const calls = await Promise.all(
    ['one', 'two', 'three'].map((name) =>
      earshot(['trackers.create', JSON.stringify({ name, query: name }), '--data-dir', directory]),
    ),
  );
  const good = calls.filter(({ status }) => status === 0).length;
  for (const { status, stderr } of calls) if (status !== 0) expect(stderr).toContain('"in-use"');
  const { stdout } = await earshot(['trackers.list', '--data-dir', directory]);
  expect((JSON.parse(stdout) as { trackers: unknown[] }).trackers).toHaveLength(good);
});
