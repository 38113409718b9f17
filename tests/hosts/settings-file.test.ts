import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openSettingsFile } from '../../electron/settings-file.ts';
import { settingsSchema } from '../../shared/model/settings.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const defaults = settingsSchema.parse({});

function open(directory: string) {
  const setAside: string[] = [];
  const store = openSettingsFile({ directory, onSetAside: (path) => setAside.push(path) });
  return { store, setAside };
}

it('answers the defaults without making a file', async () => {
  const directory = temporaryDirectory();
  expect(await open(directory).store.get()).toEqual(defaults);
  expect(readdirSync(directory)).toEqual([]);
});

it('changes what a patch names and keeps the rest, for this and every later process', async () => {
  const directory = temporaryDirectory();
  const { store } = open(directory);
  await store.set({ theme: 'dark', listWidth: 400 });
  expect(await store.set({ listWidth: null })).toEqual({ ...defaults, theme: 'dark' });
  expect(await open(directory).store.get()).toEqual({ ...defaults, theme: 'dark' });
});

it('keeps both of two patches at once', async () => {
  const { store } = open(temporaryDirectory());
  await Promise.all([store.set({ theme: 'dark' }), store.set({ density: 'compact' })]);
  expect(await store.get()).toEqual({ ...defaults, theme: 'dark', density: 'compact' });
});

it('is for the user alone to read', async () => {
  const directory = temporaryDirectory();
  await open(directory).store.set({ theme: 'dark' });
  expect(statSync(join(directory, 'settings.json')).mode & 0o777).toBe(0o600);
});

it.each([
  ['cut off', '{"theme": "dark", "densi', defaults],
  ['of another shape', '["dark"]', defaults],
  ['with a value that is not allowed', '{"theme":"dark","density":"huge"}', { ...defaults, theme: 'dark' }],
  ['with a key of a later version', '{"theme":"dark","fancy":1}', { ...defaults, theme: 'dark' }],
])('sets a file aside that is %s, says so, and keeps what was valid', async (_case, text, expected) => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'settings.json'), text);
  const { store, setAside } = open(directory);
  expect(await store.get()).toEqual(expected);
  expect(setAside).toHaveLength(1);
  expect(readFileSync(setAside[0] ?? '', 'utf8')).toBe(text);
  expect(await store.set({ areKeysOn: false })).toEqual({ ...expected, areKeysOn: false });
  expect(setAside).toHaveLength(1);
});

it('takes a file that an editor saved with a byte order mark', async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'settings.json'), '\uFEFF{"theme":"dark"}');
  const { store, setAside } = open(directory);
  expect((await store.get()).theme).toBe('dark');
  expect(setAside).toEqual([]);
});
