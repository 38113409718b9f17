import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Runs the built main bundle as Electron would, with the stand-in in the place of `electron`.
 * EARSHOT_HARNESS_APP names the folder of the app: the project, or a packaged app that was unpacked.
 */
const standIn = new URL('./stand-in/electron.ts', import.meta.url).href;
registerHooks({
  resolve(specifier, context, next) {
    return specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context);
  },
});

const folder = process.env.EARSHOT_HARNESS_APP ?? process.cwd();
process.once('disconnect', () => process.exit(0));
await import(pathToFileURL(join(folder, 'out/main/index.js')).href);
const { app } = await import('./stand-in/app.ts');
app.becomeReady();
