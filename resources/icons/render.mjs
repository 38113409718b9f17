import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { findChromium } from '../../tests/helpers/find-chromium.mjs';

/**
 * Draws the PNGs of the application from earshot.svg: `node resources/icons/render.mjs`. They are committed, so
 * that packaging needs no browser. The names are those that electron-builder looks for.
 */
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const folder = new URL('./png/', import.meta.url);
const drawing = readFileSync(new URL('./earshot.svg', import.meta.url), 'utf8');

/** Below this the inner fold of the ear would only be a smudge. */
const leastForFineParts = 32;
const withoutFineParts = drawing.replace(/<path id="fine"[^>]*>/, '').replaceAll('stroke-width="50"', 'stroke-width="60"');

mkdirSync(folder, { recursive: true });
const executablePath = findChromium();
if (executablePath === null) throw new Error('No Chromium was found; EARSHOT_CHROMIUM names one.');
const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
const page = await browser.newPage();
for (const size of sizes) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>html,body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${size < leastForFineParts ? withoutFineParts : drawing}`);
  writeFileSync(new URL(`${size}x${size}.png`, folder), await page.screenshot({ omitBackground: true }));
}
await browser.close();
