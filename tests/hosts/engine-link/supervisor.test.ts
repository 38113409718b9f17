import { describe, expect, it } from 'vitest';
import type { FromEngine, ToEngine } from '../../../electron/engine-link/messages.ts';
import { type EngineChild, superviseEngine } from '../../../electron/engine-link/supervisor.ts';
import { settingsSchema } from '../../../shared/model/settings.ts';
import { memorySettings } from '../../helpers/memory-settings.ts';
import { silentLogger } from '../../helpers/silent-logger.ts';

/** An engine's process, played by the test. */
class PlayedChild implements EngineChild<string> {
  readonly received: ToEngine[] = [];
  readonly ports: string[] = [];
  isKilled = false;
  #tell: (message: FromEngine) => void = () => undefined;
  readonly #onExit: ((how: string) => void)[] = [];

  post(message: ToEngine, port?: string): void {
    this.received.push(message);
    if (port !== undefined) this.ports.push(port);
  }

  onMessage(listener: (message: FromEngine) => void): void {
    this.#tell = listener;
  }

  onExit(listener: (how: string) => void): void {
    this.#onExit.push(listener);
  }

  kill(): void {
    this.isKilled = true;
    this.end('killed');
  }

  say(message: FromEngine): void {
    this.#tell(message);
  }

  end(how: string): void {
    for (const listener of this.#onExit.splice(0)) listener(how);
  }
}

function supervise() {
  const children: PlayedChild[] = [];
  const naps: { ms: number; wake: () => void }[] = [];
  const supervisor = superviseEngine<string>({
    spawn: () => {
      const child = new PlayedChild();
      children.push(child);
      return child;
    },
    clock: {
      now: () => 0,
      random: () => 0,
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          naps.push({ ms, wake: resolve });
          signal?.addEventListener('abort', () => resolve());
        }),
    },
    logger: silentLogger,
    settings: memorySettings(),
    start: {
      dataDirectory: '/d',
      version: '1',
      host: 'browser',
      hostReason: null,
      settings: 'parent',
      dataKey: 'file',
    },
  });
  const changes: boolean[] = [];
  supervisor.onChange((isReady) => changes.push(isReady));
  return { supervisor, children, naps, changes };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

describe('starting', () => {
  it('tells the engine its options and is started when it is ready', async () => {
    const { supervisor, children, changes } = supervise();
    expect(children[0]?.received).toEqual([
      { type: 'start', options: expect.objectContaining({ dataDirectory: '/d' }) },
    ]);
    expect(supervisor.connect('a')).toBe(false);
    children[0]?.say({ type: 'ready' });
    await supervisor.started;
    expect(supervisor.connect('b')).toBe(true);
    expect(children[0]?.ports).toEqual(['b']);
    expect(changes).toEqual([true]);
  });

  it('gives up at once when the engine says why it cannot start', async () => {
    const { supervisor, children, naps } = supervise();
    children[0]?.say({ type: 'refused', failure: { code: 'in-use', message: 'Taken.' } });
    await expect(supervisor.started).rejects.toMatchObject({ code: 'in-use', message: 'Taken.' });
    expect(children[0]?.isKilled).toBe(true);
    expect([children.length, naps.length]).toEqual([1, 0]);
    await expect(supervisor.whenReady()).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('gives up when the engine dies before it was ever ready', async () => {
    const { supervisor, children } = supervise();
    children[0]?.end('exit 139');
    await expect(supervisor.started).rejects.toThrow('exit 139');
    expect(children).toHaveLength(1);
  });
});

describe('a crash', () => {
  async function crashed() {
    const all = supervise();
    all.children[0]?.say({ type: 'ready' });
    all.supervisor.setConditions({ asleep: true });
    all.supervisor.setConditions({ online: false });
    all.children[0]?.end('exit 1');
    await settle();
    return all;
  }

  it('is followed by a new engine after a delay, which hears what the shell knows', async () => {
    const { supervisor, children, naps, changes } = await crashed();
    expect(supervisor.connect('a')).toBe(false);
    expect(naps.map(({ ms }) => ms)).toEqual([500]);
    expect(children).toHaveLength(1);
    const ready = supervisor.whenReady();
    naps[0]?.wake();
    await settle();
    children[1]?.say({ type: 'ready' });
    await ready;
    expect(children[1]?.received).toContainEqual({
      type: 'conditions',
      conditions: { asleep: true, online: false },
    });
    expect(changes).toEqual([true, false, true]);
  });

  it('is waited for longer each time', async () => {
    const { children, naps } = await crashed();
    for (const expected of [500, 1_000, 2_000]) {
      expect(naps.at(-1)?.ms).toBe(expected);
      naps.at(-1)?.wake();
      await settle();
      children.at(-1)?.end('exit 1');
      await settle();
    }
  });

  it('is not made final by a refusal, whose reason may pass', async () => {
    const { children, naps } = await crashed();
    naps[0]?.wake();
    await settle();
    children[1]?.say({ type: 'refused', failure: { code: 'in-use', message: 'Taken.' } });
    await settle();
    expect(children[1]?.isKilled).toBe(true);
    expect(naps).toHaveLength(2);
  });
});

describe('stopping', () => {
  it('lets the engine close properly and starts no other', async () => {
    const { supervisor, children, naps } = supervise();
    children[0]?.say({ type: 'ready' });
    const stopped = supervisor.stop();
    expect(children[0]?.received.at(-1)).toEqual({ type: 'stop' });
    children[0]?.end('exit 0');
    await stopped;
    await settle();
    expect(children).toHaveLength(1);
    expect(children[0]?.isKilled).toBe(false);
    expect(naps.map(({ ms }) => ms)).toEqual([10_000]);
  });

  it('ends an engine by force that does not stop', async () => {
    const { supervisor, children, naps } = supervise();
    children[0]?.say({ type: 'ready' });
    const stopped = supervisor.stop();
    naps[0]?.wake();
    await stopped;
    expect(children[0]?.isKilled).toBe(true);
  });

  it('ends the wait for a restart', async () => {
    const { supervisor, children, naps } = supervise();
    children[0]?.say({ type: 'ready' });
    children[0]?.end('exit 1');
    const ready = supervisor.whenReady();
    await supervisor.stop();
    await expect(ready).rejects.toMatchObject({ code: 'unreachable' });
    await settle();
    expect([children.length, naps.length]).toEqual([1, 1]);
  });
});

it('reads and writes the settings that an engine asks for', async () => {
  const { children } = supervise();
  children[0]?.say({ type: 'settings', id: 1, patch: { theme: 'dark' } });
  children[0]?.say({ type: 'settings', id: 2, patch: null });
  await settle();
  const settings = { ...settingsSchema.parse({}), theme: 'dark' };
  expect(children[0]?.received.slice(1)).toEqual([
    { type: 'settings', id: 1, settings },
    { type: 'settings', id: 2, settings },
  ]);
});
