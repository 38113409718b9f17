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
          bare.push(await millisecondsOf('start-bare.ts', directory));
          ours.push(await millisecondsOf('start-engine.ts', directory));
        }
        return [{ name: 'engine-start', value: median(ours), unit: 'ms', against: median(bare) }];
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    },
  };
}

/** Each script prints the milliseconds since its process began. */
async function millisecondsOf(script: string, directory: string): Promise<number> {
  const path = fileURLToPath(new URL(`../${script}`, import.meta.url));
  const { stdout } = await run(process.execPath, [path, directory]);
  return Number(stdout);
}
