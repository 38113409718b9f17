import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';
import { EarshotError } from '../../../shared/contract/errors.ts';

const minimumNode = [22, 12] as const;

/**
 * Loads the database driver on first use. On a Node older than 22.12 its binary brings the whole process down
 * with a segmentation fault, so the version is looked at before the binary is.
 */
export function loadSqlite(nodeVersion: string = process.versions.node): typeof BetterSqlite3 {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  if (major < minimumNode[0] || (major === minimumNode[0] && minor < minimumNode[1])) {
    throw new EarshotError(
      'unsupported',
      `Earshot's engine needs Node ${minimumNode.join('.')} or newer and was started with ${nodeVersion}. Start it with “npm start”, which brings its own.`,
      { found: nodeVersion, needed: minimumNode.join('.') },
    );
  }
  return createRequire(import.meta.url)('better-sqlite3') as typeof BetterSqlite3;
}
