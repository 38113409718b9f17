import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
}

/**
 * Writes licences.txt beside a bundle: name, version and licence of every package that is in it. Their terms ask
 * for that wherever their code goes, and bundling leaves their own files behind.
 */
export function bundledLicences(): Plugin {
  return {
    name: 'earshot:bundled-licences',
    generateBundle(_options, bundle) {
      const folders = new Set<string>();
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        for (const module of file.moduleIds) {
          const folder = packageFolder(module);
          if (folder !== null) folders.add(folder);
        }
      }
      const texts = [...folders].sort().map(describe);
      this.emitFile({
        type: 'asset',
        fileName: 'licences.txt',
        source: texts.join(`\n${'-'.repeat(78)}\n\n`),
      });
    },
  };
}

/** The folder of the nearest manifest with a name; packages put nameless ones into their own sub-folders. */
function packageFolder(module: string): string | null {
  if (!module.includes('/node_modules/')) return null;
  for (
    let folder = dirname(module.replaceAll('\0', ''));
    folder.includes('/node_modules/');
    folder = dirname(folder)
  ) {
    const path = join(folder, 'package.json');
    if (existsSync(path) && readManifest(path).name !== undefined) return folder;
  }
  return null;
}

function describe(folder: string): string {
  const { name = '', version = '', license = 'not stated' } = readManifest(join(folder, 'package.json'));
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version} (${license})`, ...texts, ''].join('\n\n');
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
}
