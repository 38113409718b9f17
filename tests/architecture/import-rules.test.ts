import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** A planted violation: the file it stands in, what it imports, and the rule that must name it. */
const planted: readonly (readonly [file: string, specifier: string, rule: string])[] = [
  ['shared/text/planted.ts', 'rxjs', 'shared-is-plain'],
  ['shared/text/planted-node.ts', 'node:fs', 'shared-is-plain'],
  ['shared/text/planted-engine.ts', '../../electron/engine/engine.ts', 'no-engine-here'],
  ['electron/engine/inbox/planted.ts', 'electron', 'electron-stays-in-its-shell'],
  ['electron/engine/inbox/planted-store.ts', 'electron-store', 'electron-stays-in-its-shell'],
  ['electron/engine/inbox/planted-sqlite.ts', 'better-sqlite3', 'sqlite-stays-in-the-store'],
  ['electron/engine/inbox/planted-shell.ts', '../../shell/window.ts', 'engine-knows-no-shell'],
  ['electron/engine/inbox/planted-renderer.ts', '../../../renderer/main.tsx', 'no-renderer-here'],
  ['electron/engine/store/planted.ts', '../polling/poller.ts', 'store-knows-only-sql'],
  ['electron/engine/store/queries/planted.ts', '../../ingest/ingest-page.ts', 'store-knows-only-sql'],
  ['electron/engine/analysis/planted.ts', '../store/open-store.ts', 'analysis-is-pure'],
  [
    'electron/engine/connectors/feeds/planted.ts',
    '../../store/open-store.ts',
    'connectors-know-one-platform',
  ],
  [
    'electron/engine/connectors/feeds/planted-other.ts',
    '../hackernews/wire.ts',
    'connectors-know-one-platform',
  ],
  [
    'electron/engine/connectors/any-platform/planted.ts',
    '../feeds/poll-pages.ts',
    'connectors-know-one-platform',
  ],
  ['electron/engine/polling/next-poll-at.ts', 'rxjs', 'decisions-are-pure'],
  ['electron/shell/planted.ts', '../engine/store/open-store.ts', 'shells-are-thin'],
  ['electron/browser-host/planted.ts', 'electron', 'electron-stays-in-its-shell'],
  ['electron/host.ts', 'electron', 'electron-stays-in-its-shell'],
  ['electron/cli.ts', 'electron-store', 'electron-stays-in-its-shell'],
  ['renderer/ui/planted.ts', '../client/client.ts', 'ui-knows-only-looks'],
  ['renderer/ui/planted-node.ts', 'node:path', 'no-node-here'],
  ['renderer/client/planted.ts', '../features/inbox/inbox-page.tsx', 'client-knows-no-feature'],
  ['renderer/features/inbox/planted.ts', '../sources/health-page.tsx', 'features-stand-alone'],
  ['renderer/features/any-feature/planted.ts', '../inbox/inbox-page.tsx', 'features-stand-alone'],
  ['renderer/features/inbox/planted-app.ts', '../../app/app.tsx', 'features-stand-alone'],
  ['renderer/app/planted.ts', '../../electron/engine/engine.ts', 'no-engine-here'],
];

describe('import rules', () => {
  let directory: string;
  let report: { file: string; message: string }[];

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'earshot-rules-'));
    copyFileSync(join(root, '.oxlintrc.json'), join(directory, '.oxlintrc.json'));
    const write = (file: string, text: string): void => {
      mkdirSync(dirname(join(directory, file)), { recursive: true });
      writeFileSync(join(directory, file), text);
    };
    for (const [file, specifier] of planted) {
      write(file, `import type { planted } from '${specifier}';\nexport type Planted = typeof planted;\n`);
    }
    write(
      'electron/engine/inbox/cycle-a.ts',
      "import { b } from './cycle-b.ts';\nexport const a = () => b;\n",
    );
    write(
      'electron/engine/inbox/cycle-b.ts',
      "import { a } from './cycle-a.ts';\nexport const b = () => a;\n",
    );
    report = await lint(directory);
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test.each(planted)('%s may not import %s (%s)', (file, _specifier, rule) => {
    expect(report.filter((row) => row.file === file).map((row) => row.message)).toContainEqual(
      expect.stringContaining(`${rule}:`),
    );
  });

  test('modules that import each other in a circle are refused', () => {
    expect(report.filter((row) => row.file.includes('cycle-')).length).toBeGreaterThan(0);
  });
});

async function lint(directory: string): Promise<{ file: string; message: string }[]> {
  const answer = await run(join(root, 'node_modules/.bin/oxlint'), ['--format', 'json'], {
    cwd: directory,
    maxBuffer: 16 * 1024 * 1024,
  }).catch((error: { stdout: string }) => error);
  const parsed = JSON.parse(answer.stdout) as {
    diagnostics: { filename: string; message: string; help?: string }[];
  };
  return parsed.diagnostics.map((row) => ({
    file: row.filename,
    message: `${row.message} ${row.help ?? ''}`,
  }));
}
