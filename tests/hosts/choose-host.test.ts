import { describe, expect, it } from 'vitest';
import { chooseHost, chooseOpener } from '../../electron/choose-host.mjs';

const usable = {
  version: '45.4.1',
  executable: '/p/dist/electron',
  isExecutableThere: true,
  distVersion: 'v45.4.1\n',
};
const desktop = {
  forced: null,
  platform: 'linux',
  userId: 1000,
  hasDisplay: true,
  electron: usable,
} as const;

describe('the choice of a host', () => {
  it.each([
    ['everything is there', {}, 'electron'],
    ['on a Mac, which has no DISPLAY', { platform: 'darwin', hasDisplay: false }, 'electron'],
    ['on Windows, which has no user ids', { platform: 'win32', userId: null, hasDisplay: false }, 'electron'],
    ['root on a Mac', { platform: 'darwin', userId: 0 }, 'electron'],
    ['the package is missing', { electron: { ...usable, version: null } }, 'browser'],
    ['nothing names the program', { electron: { ...usable, executable: null } }, 'browser'],
    ['the program is missing', { electron: { ...usable, isExecutableThere: false } }, 'browser'],
    ['the program is of another version', { electron: { ...usable, distVersion: '45.4.0' } }, 'browser'],
    ['the program does not say its version', { electron: { ...usable, distVersion: null } }, 'browser'],
    ['no display', { hasDisplay: false }, 'browser'],
    ['root on Linux', { userId: 0 }, 'browser'],
    ['the browser was asked for', { forced: 'browser' }, 'browser'],
    ['Electron was asked for and is there', { forced: 'electron' }, 'electron'],
    ['Electron was asked for and has no display', { forced: 'electron', hasDisplay: false }, 'none'],
    [
      'Electron was asked for and is missing',
      { forced: 'electron', electron: { ...usable, executable: null } },
      'none',
    ],
  ] as const)('%s', (_case, changes, host) => {
    expect(chooseHost({ ...desktop, ...changes }).host).toBe(host);
  });

  it('says why it is not Electron, and whether downloading it would help', () => {
    expect(chooseHost({ ...desktop, electron: { ...usable, distVersion: '44.0.0' } })).toEqual({
      host: 'browser',
      reason: 'The Electron program that is there is 44.0.0, and 45.4.1 is needed.',
      isElectronMissing: true,
    });
    expect(chooseHost({ ...desktop, hasDisplay: false })).toEqual({
      host: 'browser',
      reason: 'There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set).',
      isElectronMissing: false,
    });
    expect(chooseHost({ ...desktop, userId: 0 })).toMatchObject({
      reason: 'Electron does not run safely as root.',
    });
  });
});

describe('the program that shows the address', () => {
  const linux = { platform: 'linux', env: {}, hasDisplay: true, isWanted: true };
  it.each([
    ['Linux with a display', {}, 'xdg-open'],
    ['Linux without one', { hasDisplay: false }, undefined],
    ['a Mac', { platform: 'darwin', hasDisplay: false }, 'open'],
    ['Windows', { platform: 'win32', hasDisplay: false }, 'rundll32'],
    ['--no-open', { isWanted: false }, undefined],
    ['CI', { env: { CI: 'true' } }, undefined],
  ])('%s', (_case, changes, command) => {
    expect(chooseOpener({ ...linux, ...changes })?.command).toBe(command);
  });
});
