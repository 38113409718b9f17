import { expect, it } from 'vitest';
import { readStartOptions } from '../../electron/start-options.mjs';

it('reads every option of npm start', () => {
  const args = ['--browser', '--no-open', '--port', '4100', '--data-dir', '/d', '--sample', '--dev'];
  expect(readStartOptions(args)).toEqual({
    kind: 'start',
    options: {
      forced: 'browser',
      opensBrowser: false,
      port: 4100,
      dataDirectory: '/d',
      isSample: true,
      isDevelopment: true,
    },
  });
  expect(readStartOptions([])).toEqual({
    kind: 'start',
    options: {
      forced: null,
      opensBrowser: true,
      port: null,
      dataDirectory: null,
      isSample: false,
      isDevelopment: false,
    },
  });
  expect(readStartOptions(['--help'])).toEqual({ kind: 'help' });
  expect(readStartOptions(['--port=0'])).toMatchObject({ options: { port: 0 } });
});

it.each([
  [['--colour'], 'Unknown option \'--colour\'. "npm start -- --help" lists the options.'],
  [['--port', '70000'], '--port takes a number from 0 to 65535. "npm start -- --help" lists the options.'],
  [['--port', '80x'], '--port takes a number from 0 to 65535. "npm start -- --help" lists the options.'],
  [
    ['--browser', '--electron'],
    'Choose one of --browser and --electron. "npm start -- --help" lists the options.',
  ],
  [['--data-dir', ''], '--data-dir needs the path of a folder. "npm start -- --help" lists the options.'],
])('refuses %j in words', (args, message) => {
  expect(readStartOptions(args)).toEqual({ kind: 'mistake', message });
});

it.each([[['--port']], [['somewhere']], [['--data-dir', '--sample']]])('refuses %j', (args) => {
  expect(readStartOptions(args).kind).toBe('mistake');
});
