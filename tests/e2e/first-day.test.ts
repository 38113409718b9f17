import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { availableHosts, launchApp, type LaunchedApp, type LaunchOptions } from '../helpers/launch.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';
import { serveFeed } from './serve-feed.ts';

const patience = 120_000;
/** A busy machine takes longer than vitest's own second. */
const pollPatience = { timeout: 20_000 };

/** What a person does on the first day, the same in every host that can run here. */
describe.each(availableHosts())('in the $name host', ({ name: host, skipped }) => {
  const run = test.skipIf(skipped !== null);
  const title = (what: string): string => (skipped === null ? what : `${what} — SKIPPED: ${skipped}`);

  async function launch(options: Partial<LaunchOptions> = {}): Promise<LaunchedApp> {
    const app = await launchApp({ host, dataDirectory: temporaryDirectory(), ...options });
    onTestFinished(() => app.close());
    return app;
  }

  run(
    title('adds a feed, sees the matched mention, marks it done, undoes, restarts, and finds all as it was'),
    async () => {
      const items = [
        { id: 'loud', title: 'Acme kettle', html: '<p>The <b>Acme</b> kettle is terrible, I hate it.</p>' },
        { id: 'rain', title: 'Rain', html: '<p>It rains.</p>' },
      ];
      const address = await serveFeed(() => items);
      const app = await launch();

      await addTracker(app.page, 'Acme', 'acme');
      await addFeed(app.page, address, 'Only what trackers match');

      const rows = (): ReturnType<Page['getByRole']> => app.page.getByRole('option');
      await rows().first().waitFor();
      expect(await rows().count()).toBe(1);
      expect(await rows().first().textContent()).toContain('Kit of the Corner');

      await app.page.keyboard.press('j');
      const conversation = app.page.getByRole('region', { name: 'Conversation', exact: true });
      await conversation.getByRole('heading', { name: 'Acme kettle' }).waitFor();
      expect(await conversation.locator('mark').allTextContents()).toEqual(['Acme', 'Acme']);
      await conversation.getByRole('button', { name: /Negative: why this sentiment/ }).waitFor();
      expect(await conversation.getByRole('link', { name: /corner\.example/ }).getAttribute('href')).toBe(
        'https://corner.example/loud',
      );

      await app.page.keyboard.press('e');
      await app.page.getByRole('button', { name: /^Undo/ }).waitFor();
      await expectNoRows(app.page);

      await app.page.keyboard.press('z');
      await rows().first().waitFor();

      await app.page.keyboard.press('e');
      await expectNoRows(app.page);
      await app.restart();

      await app.page.getByRole('button', { name: 'Done', exact: true }).first().click();
      await rows().first().waitFor();
      expect(await rows().first().textContent()).toContain('Acme');
      // The undo stack is kept over the restart too.
      await app.page.keyboard.press('z');
      await app.page.getByRole('button', { name: /^Inbox/ }).click();
      await rows().first().waitFor();
      expect(await rows().count()).toBe(1);
    },
    patience,
  );

  run(
    title('shows a whole lively community to somebody who has no account'),
    async () => {
      const app = await launch();
      await app.page.getByRole('button', { name: 'Try with sample data' }).click();
      await app.page.getByRole('option').nth(5).waitFor();
      await app.page.getByText('This is a sample.').waitFor();

      await app.page.keyboard.press('/');
      await app.page.keyboard.type('hedgerow');
      await expect
        .poll(async () => {
          const found = await app.page.getByRole('option').allTextContents();
          return found.length > 0 && found.every((text) => /hedgerow/i.test(text));
        }, pollPatience)
        .toBe(true);

      await app.page.getByRole('button', { name: 'Remove sample' }).click();
      await app.page.getByRole('heading', { name: 'Hear what people say about you' }).waitFor();
    },
    patience,
  );

  run(
    title('lets nothing that a stranger wrote become markup or script'),
    async () => {
      const address = await serveFeed(() => [
        {
          id: 'attack',
          title: '&lt;img src=x onerror=document.title=1&gt; Acme',
          html: `<script>document.title='owned'</script><img src=x onerror="document.title='owned'">
            <a href="javascript:document.title='owned'">click</a><style>body{display:none}</style>
            <svg onload="document.title='owned'"></svg><p onclick="document.title='owned'">Acme &lt;script&gt;</p>`,
        },
      ]);
      const app = await launch();
      await addFeed(app.page, address, 'Everything it publishes');
      await app.page.getByRole('option').first().waitFor();
      await app.page.keyboard.press('j');
      const text = app.page.getByRole('region', { name: 'Conversation text' });
      await text.getByText('Acme <script>').waitFor();
      expect(await text.locator('script, img, style, svg[onload], [onclick], [onerror]').count()).toBe(0);
      expect(await text.locator('a[href^="javascript:"]').count()).toBe(0);
      expect(await app.page.title()).not.toContain('owned');
    },
    patience,
  );
});

async function addTracker(page: Page, name: string, query: string): Promise<void> {
  await page.getByRole('button', { name: 'Add tracker' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Listen for' }).fill(query);
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('button', { name: 'Start listening' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

async function addFeed(page: Page, address: string, listening: string): Promise<void> {
  await page.getByRole('button', { name: 'Add source' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /^Feeds/ }).click();
  await dialog.getByRole('textbox', { name: 'Address' }).fill(address);
  await dialog.getByText(listening).click();
  await dialog.getByRole('button', { name: 'Test run' }).click();
  await dialog.getByRole('button', { name: 'It is a server of mine: allow it' }).click();
  await dialog.getByText('The Widget Corner').first().waitFor();
  await dialog.getByRole('button', { name: 'Add source' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

async function expectNoRows(page: Page): Promise<void> {
  await expect.poll(() => page.getByRole('option').count(), pollPatience).toBe(0);
}
