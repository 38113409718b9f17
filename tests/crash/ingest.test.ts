import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../electron/engine/store/open-store.ts';
import type { Store } from '../../electron/engine/store/store.ts';
import { noon } from '../engine/ingest/fixtures.ts';
import { expectConsistent } from '../engine/store/consistency.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';
import { itemsPerPage } from './pages.ts';

const pageCount = 50;
const killCount = 12;
const child = new URL('./ingest-child.ts', import.meta.url).pathname;

/** Runs the child and kills it some time after it has stored `stored` pages more; null lets it finish. */
async function run(
  directory: string,
  kill: { readonly stored: number; readonly afterMs: number } | null,
): Promise<{ acknowledged: number[]; hasFinished: boolean }> {
  const process_ = spawn(process.execPath, [child, directory, String(pageCount)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: number[] = [];
  let hasFinished = false;
  for await (const line of createInterface(process_.stdout)) {
    if (line === 'all') hasFinished = true;
    else acknowledged.push(Number(line));
    if (kill !== null && acknowledged.length === kill.stored) {
      setTimeout(() => process_.kill('SIGKILL'), kill.afterMs);
    }
  }
  return { acknowledged, hasFinished };
}

function look<Result>(directory: string, work: (store: Store) => Result): Result {
  const store = openStore({ path: join(directory, 'earshot.sqlite'), now: () => noon });
  try {
    return work(store);
  } finally {
    store.close();
  }
}

const keysOf = (store: Store): string[] =>
  store.all<{ key: string }>('SELECT key FROM mentions').map(({ key }) => key);

describe('an engine that is killed while it stores', () => {
  it('has after every restart all that it said was stored, once, and goes on from there', async () => {
    const directory = temporaryDirectory();
    const acknowledged = new Set<number>();
    let kills = 0;
    let hasFinished = false;
    while (!hasFinished) {
      // Anywhere within the next pages: between two of them, or amid a transaction.
      const kill =
        kills < killCount ? { stored: 1 + Math.floor(Math.random() * 4), afterMs: Math.random() * 5 } : null;
      const result = await run(directory, kill);
      hasFinished = result.hasFinished;
      if (!hasFinished) kills++;
      for (const page of result.acknowledged) {
        expect(acknowledged.has(page), `page ${page} was stored a second time`).toBe(false);
        acknowledged.add(page);
      }
      look(directory, (store) => {
        const keys = keysOf(store);
        const unique = new Set(keys);
        expect(unique.size).toBe(keys.length);
        const lost = [...acknowledged]
          .flatMap((page) =>
            Array.from({ length: itemsPerPage }, (_, index) => `k${page * itemsPerPage + index}`),
          )
          .filter((key) => !unique.has(key));
        expect(lost).toEqual([]);
        // Whole pages or nothing of them; and the cursor behind exactly those.
        expect(keys.length % itemsPerPage).toBe(0);
        const cursor = store.get<{ cursor: string | null }>('SELECT cursor FROM sources')?.cursor ?? '0';
        expect(keys.length).toBe(Number(cursor) * itemsPerPage);
        expectConsistent(store);
      });
    }
    expect(kills).toBeGreaterThan(3);
    expect(look(directory, keysOf)).toHaveLength(pageCount * itemsPerPage);
    look(directory, (store) => expect(store.all('PRAGMA quick_check')).toEqual([{ quick_check: 'ok' }]));
  }, 60_000);
});
