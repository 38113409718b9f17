import { expect, it } from 'vitest';
import { findChromium } from '../helpers/find-chromium.mjs';

const nothing = {
  env: { PATH: '/a:/b' },
  platform: 'linux',
  home: '/h',
  exists: () => false,
  list: () => [],
};

it('takes the one that is named, and complains when it is not there', () => {
  const env = { EARSHOT_CHROMIUM: '/x/chrome', PATH: '/a' };
  expect(findChromium({ ...nothing, env, exists: () => true })).toBe('/x/chrome');
  expect(() => findChromium({ ...nothing, env })).toThrow('/x/chrome');
});

it('prefers Chromium to Chrome to Edge among those of the system', () => {
  const there = new Set(['/b/google-chrome-stable', '/a/microsoft-edge-stable', '/b/chromium']);
  expect(findChromium({ ...nothing, exists: (path) => there.has(path) })).toBe('/b/chromium');
  there.delete('/b/chromium');
  expect(findChromium({ ...nothing, exists: (path) => there.has(path) })).toBe('/b/google-chrome-stable');
});

it('takes the newest that Playwright once downloaded', () => {
  const list = () => ['firefox-1', 'chromium-1200', 'chromium-1199'];
  const exists = (path: string) => path.includes('ms-playwright');
  expect(findChromium({ ...nothing, exists, list })).toBe(
    '/h/.cache/ms-playwright/chromium-1200/chrome-linux/chrome',
  );
});

it('finds nothing where nothing is', () => {
  expect(findChromium(nothing)).toBeNull();
});
