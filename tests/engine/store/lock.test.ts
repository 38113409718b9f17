import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockDataDirectory } from '../../../electron/engine/store/lock.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const inUse = expect.objectContaining({
  code: 'in-use',
  message: expect.stringContaining('Another Earshot is running'),
});

describe('the lock of a data directory', () => {
  it('is had by one at a time and can be had again after its release', () => {
    const directory = temporaryDirectory();
    const release = lockDataDirectory(directory);
    expect(() => lockDataDirectory(directory)).toThrow(inUse);
    release();
    lockDataDirectory(directory)();
  });

  it('holds between processes, and is free the moment its holder is killed', async () => {
    const directory = temporaryDirectory();
    const lock = new URL('../../../electron/engine/store/lock.ts', import.meta.url).href;
    const holder = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `const { lockDataDirectory } = await import(${JSON.stringify(lock)});
         lockDataDirectory(${JSON.stringify(directory)});
         console.log('locked');
         setInterval(() => {}, 1000);`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    onTestFinished(() => void holder.kill('SIGKILL'));
    await once(holder.stdout, 'data');
    expect(() => lockDataDirectory(directory)).toThrow(inUse);

    holder.kill('SIGKILL');
    await once(holder, 'exit');
    lockDataDirectory(directory)();
  });
});
