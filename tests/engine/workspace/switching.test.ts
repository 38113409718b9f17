import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Http } from '../../../electron/engine/ports/http.ts';
import type { SettingsStore } from '../../../electron/engine/ports/settings-store.ts';
import { memorySettings } from '../../helpers/memory-settings.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';
import { testEngine } from '../../helpers/test-engine.ts';

function damagedSample(): string {
  const directory = temporaryDirectory();
  writeFileSync(
    join(directory, 'sample.sqlite'),
    'not a database at all, but long enough to look at '.repeat(20),
  );
  return directory;
}

describe('switching between workspaces', () => {
  test('a sample that cannot be opened leaves the own one open, and says why', async () => {
    const engine = await testEngine(damagedSample());
    await engine.ask('trackers.create', { name: 'Acme', query: 'acme' });
    await expect(engine.ask('workspace.open', { workspace: 'sample' })).rejects.toMatchObject({
      code: 'database-damaged',
    });
    expect(await engine.ask('app.info', {})).toMatchObject({ workspace: 'own' });
    expect((await engine.ask('trackers.list', {})).trackers).toMatchObject([{ name: 'Acme' }]);
  });

  test('a damaged sample can be removed, and is new when it is opened again', async () => {
    const engine = await testEngine(damagedSample());
    await engine.ask('workspace.removeSample', {});
    await engine.ask('workspace.open', { workspace: 'sample' });
    expect((await engine.ask('sources.list', {})).sources).not.toEqual([]);
  });

  test('a start on a sample that cannot be opened any more opens the own workspace', async () => {
    const settings = memorySettings();
    await settings.set({ workspace: 'sample' });
    const engine = await testEngine(damagedSample(), { settings });
    expect(await engine.ask('app.info', {})).toMatchObject({ workspace: 'own' });
  });

  test('a start that asks for the sample by name fails when it cannot be opened, and lets go of the folder', async () => {
    const directory = damagedSample();
    await expect(testEngine(directory, { workspace: 'sample' })).rejects.toMatchObject({
      code: 'database-damaged',
    });
    const engine = await testEngine(directory);
    expect(await engine.ask('app.info', {})).toMatchObject({ workspace: 'own' });
  });

  test('settings that cannot be read or saved do not stand in the way', async () => {
    const broken: SettingsStore = {
      get: () => Promise.reject(new Error('settings.json is gone')),
      set: () => Promise.reject(new Error('settings.json may not be written')),
    };
    const engine = await testEngine(temporaryDirectory(), { settings: broken });
    const events: string[] = [];
    engine.events$.subscribe(({ name }) => events.push(name));
    expect(await engine.ask('workspace.open', { workspace: 'sample' })).toEqual({ workspace: 'sample' });
    expect(events).toContain('workspace.changed');
    expect(await engine.ask('app.info', {})).toMatchObject({ workspace: 'sample' });
  });

  test('removes the sample while it is open and polled', async () => {
    const directory = temporaryDirectory();
    const engine = await testEngine(directory, { workspace: 'sample', startsPolling: true });
    const polled = engine.ask('sources.pollNow', {});
    const backups = ['sample', 'earshot'].map((name) =>
      join(directory, 'backups', `${name}-schema-1-2026-11-21T08-00-00.000Z.sqlite`),
    );
    mkdirSync(join(directory, 'backups'));
    for (const backup of backups) writeFileSync(backup, '');
    expect(await engine.ask('workspace.removeSample', {})).toEqual({ workspace: 'own' });
    await polled;
    expect(existsSync(join(directory, 'sample.sqlite'))).toBe(false);
    expect(backups.map((backup) => existsSync(backup))).toEqual([false, true]);
    expect((await engine.ask('sources.list', {})).sources).toEqual([]);
  });

  test('says what is in the way when the sample’s files cannot be deleted, with the own one open', async () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'sample.sqlite'));
    const engine = await testEngine(directory);
    await expect(engine.ask('workspace.removeSample', {})).rejects.toMatchObject({
      code: 'in-use',
      message: expect.stringContaining(join(directory, 'sample.sqlite')) as string,
    });
    expect(await engine.ask('sources.list', {})).toEqual({ sources: [] });
  });

  test('switches asked for at once are made one after the other', async () => {
    const engine = await testEngine(temporaryDirectory());
    const names = (['sample', 'own', 'sample'] as const).map((workspace) =>
      engine.ask('workspace.open', { workspace }),
    );
    expect((await Promise.all(names)).map(({ workspace }) => workspace)).toEqual(['sample', 'own', 'sample']);
    expect(await engine.ask('app.info', {})).toMatchObject({ workspace: 'sample' });
    expect((await engine.ask('trackers.list', {})).trackers).not.toEqual([]);
  });
});

describe('closing', () => {
  test('during a switch ends it, and lets go of the folder', async () => {
    const directory = temporaryDirectory();
    const engine = await testEngine(directory, { startsPolling: true });
    const switches = Promise.allSettled([
      engine.ask('workspace.open', { workspace: 'sample' }),
      engine.ask('workspace.open', { workspace: 'own' }),
      engine.ask('workspace.open', { workspace: 'sample' }),
    ]);
    const events: string[] = [];
    await engine.close();
    engine.events$.subscribe(({ name }) => events.push(name));
    for (const outcome of await switches) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'unreachable' });
    }
    const next = await testEngine(directory, { workspace: 'sample' });
    await next.ask('workspace.removeSample', {});
    expect(existsSync(join(directory, 'sample.sqlite'))).toBe(false);
    expect(events).toEqual([]);
  });

  test('answers the calls that are under way, and none after it', async () => {
    const engine = await testEngine(temporaryDirectory());
    const underWay = engine.ask('sources.list', {});
    const closed = engine.close();
    await expect(engine.ask('sources.list', {})).rejects.toMatchObject({ code: 'unreachable' });
    await expect(underWay).rejects.toMatchObject({ code: 'unreachable' });
    await closed;
  });

  test('and switching end a dry run that hangs', async () => {
    const hangs: Http = {
      send: ({ signal }) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error))),
      close: async () => {},
    };
    const engine = await testEngine(temporaryDirectory(), { http: hangs });
    const tested = engine.ask('sources.test', {
      connector: 'feeds',
      settings: { url: 'https://blog.example/feed' },
    });
    const outcome = expect(tested).rejects.toMatchObject({ code: 'unreachable' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await engine.ask('workspace.open', { workspace: 'sample' });
    await outcome;
  });
});
