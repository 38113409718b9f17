import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildIfNeeded } from '../../electron/build.mjs';
import { contract } from '../../shared/contract/contract.ts';

const out = join(import.meta.dirname, '../../out');
const builtins = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));

beforeAll(() => buildIfNeeded().then(() => undefined), 120_000);

function filesIn(folder: string, extension: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension))
    .map((name) => join(folder, name));
}

/** Everything that a file of the bundle takes from elsewhere: imports, and what Rolldown left as `require`. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const patterns = [
    /^(?:import|export)\b[^'"\n;]*?from ?["']([^"'\n]+)["']/gm,
    /^import ?["']([^"'\n]+)["']/gm,
    /\bimport\(["']([^"'\n]+)["']\)/g,
    // Not after a backtick: ajv holds such lines as text, for code that it could write to a file.
    /(?<!`)\b(?:__)?require\(["']([^"'\n]+)["']\)/g,
    /createRequire\(import\.meta\.url\)\(["']([^"'\n]+)["']\)/g,
  ];
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name]) => name ?? ''));
}

function packagesReachedFrom(entry: string): Set<string> {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const name of importsOf(file)) {
      if (name.startsWith('.')) {
        const path = join(dirname(file), name);
        if (statSync(path, { throwIfNoEntry: false })?.isFile()) visit(path);
      } else if (!builtins.has(name)) packages.add(name);
    }
  };
  visit(join(out, 'main', entry));
  return packages;
}

describe('the main bundles', () => {
  it('need no package but better-sqlite3, and Electron only in the entry that runs inside it', () => {
    expect([...packagesReachedFrom('index.js')]).toEqual(['electron']);
    expect([...packagesReachedFrom('engine-process.js')]).toEqual(['better-sqlite3']);
    expect([...packagesReachedFrom('cli.js')]).toEqual(['better-sqlite3']);
    expect([...packagesReachedFrom('host.js')]).toEqual([]);
  });

  it('carry the licence of every package that is in them', () => {
    const licences = readFileSync(join(out, 'main/licences.txt'), 'utf8');
    for (const name of [
      'zod',
      'rxjs',
      'undici',
      'conf',
      'electron-store',
      'ws',
      'natural',
      'eld',
      'htmlparser2',
    ]) {
      expect(licences, name).toMatch(new RegExp(`^${name} \\d`, 'm'));
    }
    expect(readFileSync(join(out, 'renderer/licences.txt'), 'utf8')).toMatch(/^react-dom \d/m);
  });
});

describe('the preload bundle', () => {
  it('is one CommonJS file that requires electron and nothing else', () => {
    expect(readdirSync(join(out, 'preload'))).toEqual(['preload.cjs']);
    expect(new Set(importsOf(join(out, 'preload/preload.cjs')))).toEqual(new Set(['electron']));
  });

  it('lets through the methods of the contract', () => {
    const text = readFileSync(join(out, 'preload/preload.cjs'), 'utf8');
    for (const method of Object.keys(contract)) expect(text).toContain(`"${method}"`);
  });
});

describe('the window', () => {
  it('has no inline script, style or handler, and loads only files that are there', () => {
    const page = readFileSync(join(out, 'renderer/index.html'), 'utf8');
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/i);
    for (const [, inside] of page.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)) expect(inside).toBe('');
    const loaded = [...page.matchAll(/\s(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '');
    expect(loaded.length).toBeGreaterThan(1);
    for (const address of loaded) {
      expect(address).toMatch(/^\.\//);
      expect(existsSync(join(out, 'renderer', address)), address).toBe(true);
    }
  });

  it('takes nothing from the network and nothing inline in its styles', () => {
    for (const file of filesIn(join(out, 'renderer'), '.css')) {
      expect(readFileSync(file, 'utf8')).not.toMatch(/@import|url\(\s*["']?(?:https?:|\/\/|data:font)/);
    }
  });

  it('is minified and has no source maps beside it', () => {
    expect(filesIn(out, '.map')).toEqual([]);
    for (const file of filesIn(join(out, 'renderer/assets'), '.js')) {
      const text = readFileSync(file, 'utf8');
      expect(text.length / text.split('\n').length).toBeGreaterThan(200);
    }
  });
});
