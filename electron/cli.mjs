import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildIfNeeded } from './build.mjs';
import { ensureNode, projectDirectory } from './node-runtime.mjs';

/** `npm run --silent earshot -- …`: finds a fitting Node, builds when needed, and hands over to cli.ts. */
await ensureNode(fileURLToPath(import.meta.url));
try {
  await buildIfNeeded({ tells: process.stderr.isTTY });
  /** @type {typeof import('./cli.ts')} */
  const { runCommandLine } = await import(pathToFileURL(join(projectDirectory, 'out/main/cli.js')).href);
  const { version } = JSON.parse(readFileSync(join(projectDirectory, 'package.json'), 'utf8'));
  await runCommandLine(process.argv.slice(2), version);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  console.error(JSON.stringify({ error: { code: 'internal', message } }));
  process.exitCode = 1;
}
