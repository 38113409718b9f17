import { pathToFileURL } from 'node:url';
import { ensureNode } from '../electron/node-runtime.mjs';

/**
 * Runs a TypeScript file with a Node that can: `node tests/with-node.mjs FILE ARGUMENTS`. npm 10 does not put the
 * Node of the optional packages on the path, so a script of package.json cannot rely on `node` being that one.
 */
await ensureNode(process.argv[1] ?? '');
const [, , file = '', ...args] = process.argv;
process.argv.splice(1, process.argv.length, file, ...args);
await import(pathToFileURL(file).href);
