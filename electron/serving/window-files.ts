import { readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

export interface WindowFile {
  readonly path: string;
  readonly contentType: string;
}

/** The files of the built window and nothing else: an address is looked up whole, never turned into a path. */
export type WindowFiles = ReadonlyMap<string, WindowFile>;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

/** A file of an unlisted kind (a source map, a licence) is not served. */
export function listWindowFiles(directory: string): WindowFiles {
  const files = new Map<string, WindowFile>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const contentType = contentTypes[extname(entry.name)];
    if (!entry.isFile() || contentType === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(`/${relative(directory, path).split(sep).join('/')}`, { path, contentType });
  }
  const page = files.get('/index.html');
  if (page) files.set('/', page);
  return files;
}
