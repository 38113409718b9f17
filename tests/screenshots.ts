import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchApp, projectDirectory } from './helpers/launch.ts';
import { smallerPng } from './helpers/smaller-png.ts';

/**
 * `npm run screenshots`: Earshot with its sample, light and dark, wide and narrow, into tests/.artifacts; the
 * first of them is the picture in the README.
 */
const pictures = [
  { scheme: 'light', width: 1280, height: 800 },
  { scheme: 'dark', width: 1280, height: 800 },
  { scheme: 'light', width: 900, height: 700 },
  { scheme: 'dark', width: 900, height: 700 },
] as const;
const readmePicture = join(projectDirectory, 'docs/screenshot.png');
const folder = join(projectDirectory, 'tests/.artifacts/screenshots');
const patienceMs = 60_000;

const dataDirectory = mkdtempSync(join(tmpdir(), 'earshot-screenshots-'));
mkdirSync(folder, { recursive: true });
const app = await launchApp({ host: 'browser', dataDirectory, args: ['--sample'], viewport: pictures[0] });
try {
  const { page } = app;
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  await waitForHistory(page);
  await openTelling(page);
  for (const [index, { scheme, width, height }] of pictures.entries()) {
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: scheme });
    await page.setViewportSize({ width, height });
    const path = join(folder, `inbox-${scheme}-${width}x${height}.png`);
    const picture = smallerPng(await page.screenshot({ path, animations: 'disabled' }));
    if (index === 0) writeFileSync(readmePicture, picture);
    console.log(path);
  }
  console.log(readmePicture);
} finally {
  await app.close();
  rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
}

/** Every source has brought its first three weeks, and the list shows them. */
async function waitForHistory(page: Page): Promise<void> {
  const sources = page.getByRole('region', { name: 'Sources' });
  await sources
    .getByRole('button', { name: /, \d+ open$/ })
    .nth(3)
    .waitFor({ timeout: patienceMs });
  // What came after the first page waits behind a bar; its key takes it in.
  await page.keyboard.press('.');
  await page.getByRole('option').nth(8).waitFor({ timeout: patienceMs });
}

/** Opens the conversation that shows most, marked words, a list, code and a feeling, and begins to answer. */
async function openTelling(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Trouble\b/ }).click();
  const list = page.getByRole('listbox');
  // What its author wrote last: the rows show the newest words of a conversation.
  const telling = page.getByRole('option').filter({ hasText: 'Then try --snapshots' });
  await page.getByRole('option').first().waitFor({ timeout: patienceMs });
  await list.hover();
  for (let step = 0; step < 60 && (await telling.count()) === 0; step += 1) {
    await page.mouse.wheel(0, 300);
    await page.waitForTimeout(50);
  }
  await telling.first().click();
  await page.getByRole('region', { name: 'Conversation', exact: true }).waitFor({ timeout: patienceMs });
  await page.getByRole('button', { name: /Don't reset\. Don't restart/ }).click();
  await list.hover();
  await page.mouse.wheel(0, 250);
  await telling.filter({ hasText: 'Unread' }).waitFor({ state: 'detached', timeout: patienceMs });
  await page.keyboard.press('r');
  await page.keyboard.type('Thank you, Bex. Your list now stands in our help, with your name under it.');
  await page.getByText('Draft saved.').waitFor({ timeout: patienceMs });
  // The pointer would colour the row it stands on.
  await page.mouse.move(0, 0);
}
