import type { Locator, Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type MastodonStandIn, startMastodon } from '../engine/connectors/mastodon/stand-in.ts';
import { availableHosts, launchApp, launchChromium, type LaunchedApp } from '../helpers/launch.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const patience = 180_000;
const pollPatience = { timeout: 30_000 };

/** From no account to an answer that stands on the platform, with a server of its own kind at the far end. */
describe.each(availableHosts())('in the $name host', ({ name: host, skipped }) => {
  const run = test.skipIf(skipped !== null);
  const title = (what: string): string => (skipped === null ? what : `${what} — SKIPPED: ${skipped}`);

  async function launch(): Promise<LaunchedApp> {
    const app = await launchApp({ host, dataDirectory: temporaryDirectory() });
    onTestFinished(() => app.close());
    return app;
  }

  run(
    title('connects an account, answers a mention once, and takes another answer back'),
    async () => {
      const platform = await startMastodon(() => Date.now());
      onTestFinished(() => platform.close());
      const mention = platform.publish({ text: '@brand does the kettle come in green?', author: 'kate' });
      const { page } = await launch();

      await connect(page, platform);
      await listen(page);
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('j');
      const conversation = page.getByRole('region', { name: 'Conversation', exact: true });
      await conversation.getByText('does the kettle come in green?').first().waitFor();

      await conversation
        .getByRole('button', { name: /^Reply to/ })
        .first()
        .waitFor();
      await page.keyboard.press('r');
      await page.keyboard.type('It does not yet.');
      await page.keyboard.press('Control+Enter');
      await repliesOf(page)
        .getByText(/^Sends in/)
        .waitFor();
      await page.keyboard.press('z');
      const text = page.getByRole('textbox', { name: /^Reply to/ });
      await text.waitFor();
      expect(await text.inputValue()).toBe('It does not yet.');
      await expect.poll(() => repliesOf(page).count(), pollPatience).toBe(0);

      await text.fill('It does, from May on.');
      await page.keyboard.press('Control+Enter');
      const ours = repliesOf(page).filter({ hasText: 'It does, from May on.' });
      await ours
        .getByText(/^(Sent|Confirmed)/)
        .first()
        .waitFor({ timeout: 40_000 });

      // The one that was taken back was due first: it is not there, and the other is, once.
      expect(platform.written().map((each) => [each.inReplyTo, each.text])).toEqual([
        [mention, '@kate@other.example It does, from May on.'],
      ]);
      const outside = await launchChromium();
      onTestFinished(() => outside.close());
      const web = await outside.newPage();
      await web.goto(`${platform.url}/web/${mention}`);
      expect(await web.getByRole('article').allTextContents()).toEqual([
        expect.stringContaining('does the kettle come in green?'),
        expect.stringContaining('It does, from May on.'),
      ]);

      // Its sign-in is taken away over there: the inbox says so by itself, and leads to the way back.
      platform.failNext('read', 'revoked', 5);
      await page.getByRole('button', { name: 'Check all sources now' }).click();
      await page.getByText('BRAND on Mastodon has to sign in again.').waitFor(pollPatience);
      await page.getByRole('button', { name: 'Sign in again', exact: true }).click();
      await page.getByRole('heading', { name: 'Sign in again: BRAND' }).waitFor();
    },
    patience,
  );
});

/** By the platform's own page, as a user does it: that page leads back to this computer. */
async function connect(page: Page, platform: MastodonStandIn): Promise<void> {
  await page.getByRole('button', { name: /^Accounts/ }).click();
  await page.getByRole('main').getByRole('button', { name: 'Connect an account' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /^Mastodon/ }).click();
  await dialog.getByRole('textbox', { name: 'Server' }).fill(platform.url);
  await dialog.getByRole('button', { name: 'Advanced' }).click();
  await dialog.getByText('Allow the private network').click();
  await dialog.getByRole('button', { name: 'Continue' }).click();
  const link = dialog.getByRole('link', { name: /^Open Mastodon/ });
  const back = platform.authorize((await link.getAttribute('href')) ?? '');
  const landed = await fetch(back);
  expect(await landed.text()).toMatch(/close this (window|page|tab)/i);
  await page.getByRole('heading', { name: 'Connected as BRAND' }).waitFor();
}

async function listen(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Listen with it' }).click();
  await page.getByRole('heading', { name: 'New source: Mastodon' }).waitFor();
  await dialog.getByRole('button', { name: 'Add source' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: /^Inbox/ }).click();
}

function repliesOf(page: Page): Locator {
  return page.getByRole('article', { name: /^Our reply/ });
}
