import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { securityHeaders } from '../../electron/serving/content-policy.ts';
import { windowOptions } from '../../electron/shell/window-options.ts';

/**
 * What can be told from the sources alone. What a running window does is in tests/harness and in the
 * end-to-end specification.
 */
const project = join(import.meta.dirname, '../..');

function sources(...folders: string[]): { path: string; text: string }[] {
  return folders.flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|tsx|mjs)$/.test(name))
      .map((name) => join(project, folder, name))
      .map((path) => ({ path: relative(project, path), text: readFileSync(path, 'utf8') })),
  );
}

function filesWith(pattern: RegExp, ...folders: string[]): string[] {
  return sources(...folders)
    .filter(({ text }) => pattern.test(text))
    .map(({ path }) => path);
}

it('gives the window a sandbox of its own and no Node', () => {
  expect(windowOptions('/preload.cjs').webPreferences).toMatchObject({
    preload: '/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
  });
});

it('lets a page load from itself alone, run nothing inline and make no markup out of text', () => {
  const policy = securityHeaders([])['content-security-policy'] ?? '';
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "object-src 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]),
  );
  expect(policy).not.toMatch(/unsafe|\*|https?:|blob:/);
});

describe('what only one place may do', () => {
  it.each([
    [
      'imports electron',
      /from 'electron'/,
      /^electron\/(main\.ts|shell\/|preload\/|engine-link\/parent-port\.ts)/,
    ],
    ['imports electron-store', /from 'electron-store'/, /^electron\/main\.ts$/],
    ['listens to pages', /\bipcMain\s*\.\s*(on|once|handle)/, /^electron\/shell\/window-connection\.ts$/],
    ['speaks as a page', /\bipcRenderer\s*\./, /^electron\/preload\/preload\.ts$/],
    ['hands addresses to the system', /\bshell\s*\.\s*open/, /^electron\/shell\/external-links\.ts$/],
    ['exposes something to pages', /exposeInMainWorld/, /^electron\/preload\/preload\.ts$/],
    ['asks the keychain', /\bsafeStorage\s*\./, /^electron\/shell\/keychain-data-key\.ts$/],
    ['encrypts and decrypts', /\bcreate(C|Dec)ipher/, /^electron\/engine\/vault\/seal\.ts$/],
    ['makes windows', /new BrowserWindow\b/, /^electron\/shell\/window\.ts$/],
  ])('%s', (_what, pattern, allowed) => {
    const files = filesWith(pattern, 'electron', 'renderer', 'shared');
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((path) => !allowed.test(path))).toEqual([]);
  });

  it('is in parent-port.ts a type of electron, which leaves no import behind', () => {
    const text = readFileSync(join(project, 'electron/engine-link/parent-port.ts'), 'utf8');
    expect(text.match(/.*from 'electron'.*/g)).toEqual(["import type { MessagePortMain } from 'electron';"]);
  });
});

describe('what no source does', () => {
  it.each([
    [
      'turns text into markup',
      /dangerouslySetInnerHTML|\.innerHTML\b|\.outerHTML\b|insertAdjacentHTML|document\.write\b/,
    ],
    ['runs text', /\beval\(|new Function\(/],
    [
      'switches a protection off',
      /--no-sandbox|webSecurity:\s*false|nodeIntegration:\s*true|sandbox:\s*false|contextIsolation:\s*false/,
    ],
    [
      'has the keychain hold everything up, or do without a password',
      /\b(encryptString|decryptString|isEncryptionAvailable|setUsePlainTextEncryption)\(/,
    ],
    ['uses cookies', /set-cookie|document\.cookie/i],
    ['loads pages from elsewhere', /loadURL\(['"`]https?:/],
    ['uses electron’s remote module', /@electron\/remote/],
  ])('%s', (_what, pattern) => {
    expect(filesWith(pattern, 'electron', 'renderer', 'shared')).toEqual([]);
  });
});

it('sets Electron up before it is ready: sandbox, scheme, navigation rules', () => {
  const main = readFileSync(join(project, 'electron/main.ts'), 'utf8');
  const ready = main.indexOf('app.whenReady()');
  for (const call of [
    'app.enableSandbox()',
    'registerAppScheme()',
    'restrictNavigation(app',
    "app.setPath('userData'",
  ]) {
    expect(main.indexOf(call), call).toBeGreaterThan(0);
    expect(main.indexOf(call), call).toBeLessThan(ready);
  }
  expect(main.slice(0, ready)).not.toMatch(/\bawait\s+[^r`]/);
});
