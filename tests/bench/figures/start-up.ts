import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Group, Sizes } from '../figure.ts';
import { inboxDatabase } from '../inbox-database.ts';
import { median } from '../timing.ts';

const run = promisify(execFile);

/** From the start of a process to the first page, against one that opens the same file and reads fifty rows. */
export function startUpFigures({ inbox: [, count], starts }: Sizes): Group {
  return {
    names: ['engine-start'],
    async measure() {
      const directory = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
      try {
        copyFileSync(inboxDatabase(count), join(directory, 'earshot.sqlite'));
        const ours: number[] = [];
        const bare: number[] = [];
        for (let start = 0; start < starts; start += 1) {
          bare.push(await millisecondsOf(new URL('../start-bare.ts', import.meta.url), directory));
          ours.push(await millisecondsOf(new URL('../start-engine.ts', import.meta.url), directory));
        }
        return [{ name: 'engine-start', value: median(ours), unit: 'ms', against: median(bare) }];
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    },
  };
}

/** Each script prints the milliseconds since its process began. */
async function millisecondsOf(script: URL, directory: string): Promise<number> {
  const { stdout } = await run(process.execPath, [fileURLToPath(script), directory]);
  return Number(stdout);
}
