import { expect, it } from 'vitest';
import { dataDirectory } from '../../electron/data-directory.ts';

const home = '/home/kim';

it.each([
  ['linux', {}, '/home/kim/.local/share/earshot'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/earshot'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/kim/.local/share/earshot'],
  ['linux', { XDG_DATA_HOME: '' }, '/home/kim/.local/share/earshot'],
  ['darwin', { XDG_DATA_HOME: '/data' }, '/home/kim/Library/Application Support/earshot'],
  ['win32', { APPDATA: 'C:\\Users\\kim\\AppData\\Roaming' }, 'C:\\Users\\kim\\AppData\\Roaming\\earshot'],
] as const)('on %s with %j everything is kept in %s', (platform, env, expected) => {
  expect(dataDirectory(undefined, { platform, env, home })).toBe(expected);
});

it('takes the folder that was named, from where the user is', () => {
  expect(dataDirectory('/somewhere')).toBe('/somewhere');
  expect(dataDirectory('here')).toBe(`${process.cwd()}/here`);
});
