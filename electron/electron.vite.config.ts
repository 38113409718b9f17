import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { contract } from '../shared/contract/contract.ts';
import { bundledLicences } from './bundled-licences.ts';
import { slimVocabularies } from './slim-vocabularies.ts';

const inProject = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
/** `build.mjs` builds beside the result and swaps, so that two builds at once cannot mix their files. */
const outDirectory = process.env.EARSHOT_OUT_DIR ?? inProject('out');

export default defineConfig({
  main: {
    plugins: [slimVocabularies(), bundledLicences()],
    build: {
      outDir: `${outDirectory}/main`,
      target: 'node24',
      minify: false,
      sourcemap: false,
      // Read from disk, not from a network.
      chunkSizeWarningLimit: 8_000,
      // Only what stands under `dependencies` stays outside: better-sqlite3 (its binary is found beside its code).
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          index: inProject('electron/main.ts'),
          'engine-process': inProject('electron/engine-process.ts'),
          host: inProject('electron/host.ts'),
          cli: inProject('electron/cli.ts'),
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          assetFileNames: 'vocabularies/[name]-[hash][extname]',
        },
        checks: { pluginTimings: false },
      },
    },
  },
  preload: {
    // The names alone: the schemas behind them would make every window load zod twice.
    define: { EARSHOT_METHODS: JSON.stringify(Object.keys(contract)) },
    build: {
      outDir: `${outDirectory}/preload`,
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: inProject('electron/preload/preload.ts') },
        // A sandboxed preload is one CommonJS file that requires nothing but electron.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: inProject('renderer'),
    base: './',
    plugins: [react(), bundledLicences()],
    build: {
      outDir: `${outDirectory}/renderer`,
      target: 'chrome130',
      minify: true,
      cssMinify: true,
      sourcemap: false,
      // Everything is a file of its own: the policy of the page allows no inline script, style or data: font.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1_500,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: inProject('renderer/index.html') } },
    },
  },
});
