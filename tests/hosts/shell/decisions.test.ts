import { describe, expect, it } from 'vitest';
import type { WindowFile } from '../../../electron/serving/window-files.ts';
import { findWindowFile, isAppAddress } from '../../../electron/shell/app-address.ts';
import { decideLink } from '../../../electron/shell/link-decision.ts';
import { menuTemplate } from '../../../electron/shell/menu.ts';
import { isOwnPage } from '../../../electron/shell/navigation.ts';
import { isPermitted } from '../../../electron/shell/permissions.ts';
import { readShellOptions } from '../../../electron/shell/shell-options.ts';
import { isTrustedSender } from '../../../electron/shell/trusted-sender.ts';

const foreign = [
  'app://earshot.example/',
  'app://earshot:80/',
  'app://kim@earshot/',
  'app://other/',
  'https://earshot/',
  'file:///earshot/',
  'apps://earshot/',
  'about:blank',
  '',
];

describe('addresses of our own', () => {
  it('are told by scheme and host, not by how they begin', () => {
    expect(isAppAddress('app://earshot/')).toBe(true);
    expect(isAppAddress('app://earshot/assets/a.js?x#y')).toBe(true);
    for (const address of foreign) expect(isAppAddress(address), address).toBe(false);
  });

  it('may be navigated to when they are the page itself', () => {
    expect(isOwnPage('app://earshot/')).toBe(true);
    expect(isOwnPage('app://earshot/#inbox')).toBe(true);
    expect(isOwnPage('app://earshot/assets/a.js')).toBe(false);
    for (const address of foreign) expect(isOwnPage(address), address).toBe(false);
  });
});

describe('files of the window', () => {
  const page: WindowFile = { path: '/out/index.html', contentType: 'text/html' };
  const files = new Map([
    ['/', page],
    ['/index.html', page],
    ['/a b.js', page],
  ]);

  it('are found by their exact path', () => {
    expect(findWindowFile(files, 'GET', 'app://earshot/')).toBe(page);
    expect(findWindowFile(files, 'HEAD', 'app://earshot/index.html?x#y')).toBe(page);
  });

  it.each([
    ['GET', 'app://earshot/missing'],
    ['GET', 'app://earshot/x/../index.html'],
    ['GET', 'app://earshot/%2e%2e/index.html'],
    ['GET', 'app://earshot/x%2f..%2findex.html'],
    ['GET', 'app://earshot/\\index.html'],
    ['GET', 'app://earshot/index.html%00'],
    ['GET', 'app://earshot/a%20b.js%5c'],
    ['GET', 'app://other/index.html'],
    ['GET', 'file:///index.html'],
    ['POST', 'app://earshot/'],
  ])('are not found by %s %s', (method, address) => {
    expect(findWindowFile(files, method, address)).toBeNull();
  });
});

describe('links in posts', () => {
  it('open when they are https', () => {
    expect(decideLink('https://example.org/a?b#c')).toEqual({
      kind: 'open',
      address: 'https://example.org/a?b#c',
    });
  });

  it.each([
    ['http://example.org:8080/x', 'example.org:8080'],
    ['mailto:kim@example.org?subject=Hi', 'kim@example.org'],
  ])('ask before %s, showing %s', (address, target) => {
    expect(decideLink(address)).toMatchObject({ kind: 'ask', address, target });
  });

  it.each([
    'https://paypal.com@evil.example/',
    'https://a:b@evil.example/',
    // oxlint-disable-next-line no-script-url -- that it is refused is the test
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'smb://host/share',
    'ms-msdt:/id',
    'app://earshot/',
    'not an address',
    '//example.org',
    `https://example.org/${'x'.repeat(2_000)}`,
  ])('are refused: %s', (address) => {
    expect(decideLink(address).kind).toBe('refuse');
  });
});

describe('what the window may ask of the system', () => {
  it('is to copy, and nothing else', () => {
    expect(isPermitted('clipboard-sanitized-write', 'app://earshot/')).toBe(true);
    for (const permission of [
      'clipboard-read',
      'media',
      'geolocation',
      'notifications',
      'openExternal',
      'hid',
      '',
    ]) {
      expect(isPermitted(permission, 'app://earshot/'), permission).toBe(false);
    }
    for (const address of foreign)
      expect(isPermitted('clipboard-sanitized-write', address), address).toBe(false);
  });
});

describe('messages of a page to the main process', () => {
  it('count only from the top frame of our own page', () => {
    expect(isTrustedSender({ senderFrame: { url: 'app://earshot/', parent: null } })).toBe(true);
    expect(isTrustedSender({ senderFrame: { url: 'app://earshot/', parent: {} } })).toBe(false);
    expect(isTrustedSender({ senderFrame: null })).toBe(false);
    for (const url of foreign)
      expect(isTrustedSender({ senderFrame: { url, parent: null } }), url).toBe(false);
  });
});

it('reads its options among those of Chromium and the system', () => {
  expect(readShellOptions(['/app', '--data-dir=/d', '--no-first-run', '--sample', '-psn_0_1'])).toEqual({
    dataDirectory: '/d',
    isSample: true,
  });
  expect(readShellOptions(['--data-dir'])).toEqual({ dataDirectory: undefined, isSample: false });
});

it('offers developer tools only where Earshot is being developed', () => {
  expect(JSON.stringify(menuTemplate('linux', false))).toContain('toggleDevTools');
  expect(JSON.stringify(menuTemplate('linux', true))).not.toContain('toggleDevTools');
  expect(menuTemplate('darwin', true)[0]).toEqual({ role: 'appMenu' });
});
