import { describe, expect, it } from 'vitest';
import { askParentForDataKey } from '../../../electron/engine-link/parent-data-key.ts';
import type { FromEngine, ToEngine } from '../../../electron/engine-link/messages.ts';
import { type EngineChild, superviseEngine } from '../../../electron/engine-link/supervisor.ts';
import type { DataKey } from '../../../electron/engine/ports/data-key.ts';
import { EarshotError } from '../../../shared/contract/errors.ts';
import { silentLogger } from '../../helpers/silent-logger.ts';

/** An engine's end and a shell's end, joined as a process would join them: by copies of plain data. */
function joined(shellKey: DataKey): DataKey {
  let toShell: (message: FromEngine) => void = () => {};
  const dataKey = askParentForDataKey((message) => toShell(structuredClone(message)));
  const child: EngineChild<never> = {
    post(message: ToEngine) {
      const copy = structuredClone(message);
      if (copy.type === 'data-key' || copy.type === 'vault-info' || copy.type === 'data-key-failed') {
        dataKey.receive(copy);
      }
    },
    onMessage: (listener) => {
      toShell = listener;
    },
    onExit: () => {},
    kill: () => {},
  };
  superviseEngine<never>({
    spawn: () => child,
    clock: { now: () => 0, random: () => 0, sleep: () => new Promise(() => {}) },
    logger: silentLogger,
    dataKey: shellKey,
    start: {
      dataDirectory: '/d',
      version: '1',
      host: 'electron',
      hostReason: null,
      settings: 'parent',
      dataKey: 'parent',
    },
  });
  return dataKey;
}

const info = { kind: 'keychain', note: 'In the keychain.' } as const;

describe('the data key of an engine in a process of its own', () => {
  it('is the one that the shell has', async () => {
    const key = Buffer.alloc(32, 7);
    const dataKey = joined({ load: async () => key, info: async () => info });
    const [first, told, second] = await Promise.all([dataKey.load(), dataKey.info(), dataKey.load()]);
    expect([Buffer.from(first), told, Buffer.from(second)]).toEqual([key, info, key]);
  });

  it('is refused in the words of the shell', async () => {
    const dataKey = joined({
      load: async () => {
        throw new EarshotError('unauthorized', 'The keychain is locked.', { reason: 'vault-key' });
      },
      info: async () => info,
    });
    await expect(dataKey.load()).rejects.toMatchObject({
      code: 'unauthorized',
      message: 'The keychain is locked.',
      details: { reason: 'vault-key' },
    });
    expect(await dataKey.info()).toEqual(info);
  });

  it('is refused, too, when something broke', async () => {
    const dataKey = joined({ load: () => Promise.reject(new Error('bang')), info: async () => info });
    await expect(dataKey.load()).rejects.toMatchObject({ code: 'internal' });
  });
});
