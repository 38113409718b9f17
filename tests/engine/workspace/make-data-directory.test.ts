import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';
import { testEngine } from '../../helpers/test-engine.ts';

describe('a data directory', () => {
  test('is made with the folders above it, for its owner alone', async () => {
    const directory = join(temporaryDirectory(), 'deep', 'er');
    await testEngine(directory);
    expect(statSync(directory).mode & 0o077).toBe(0);
  });

  test('that is a file, or lies in one, is refused in words', async () => {
    const file = join(temporaryDirectory(), 'notes.txt');
    writeFileSync(file, 'mine');
    for (const directory of [file, join(file, 'earshot')]) {
      await expect(testEngine(directory)).rejects.toMatchObject({
        code: 'unsupported',
        message: `Earshot cannot keep its data in ${directory}: a file is in the way, not a folder. Choose another folder with --data-dir.`,
      });
    }
  });

  test('behind a link that leads nowhere is refused in words', async () => {
    const link = join(temporaryDirectory(), 'link');
    symlinkSync(join(temporaryDirectory(), 'nowhere'), link);
    await expect(testEngine(link)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('there can be no such folder'),
    });
  });

  test('behind a link to a folder works', async () => {
    const folder = join(temporaryDirectory(), 'real');
    mkdirSync(folder);
    const link = join(temporaryDirectory(), 'link');
    symlinkSync(folder, link);
    const engine = await testEngine(link);
    expect(await engine.ask('trackers.list', {})).toEqual({ trackers: [] });
  });

  test.runIf(process.platform === 'linux')('where no folder can be made ends at once', async () => {
    await expect(testEngine('/proc/earshot/data')).rejects.toMatchObject({ code: 'unsupported' });
  });
});
