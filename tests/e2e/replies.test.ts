import type { Locator, Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { availableHosts, launchApp, type LaunchedApp } from '../helpers/launch.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const patience = 120_000;
const pollPatience = { timeout: 30_000 };

/** Answering as a person does it, with the invented brand's account among its invented people. */
describe.each(availableHosts())('in the $name host', ({ name: host, skipped }) => {
  const run = test.skipIf(skipped !== null);
  const title = (what: string): string => (skipped === null ? what : `${what} — SKIPPED: ${skipped}`);

  async function launch(): Promise<LaunchedApp> {
    const app = await launchApp({ host, dataDirectory: temporaryDirectory(), args: ['--sample'] });
    onTestFinished(() => app.close());
    await app.page.getByRole('option').nth(5).waitFor();
    return app;
  }

  run(
    title('answers a mention, sees it sent in the conversation and in the outbox, and deletes it'),
    async () => {
      const { page } = await launch();
      await openPost(page);
      // Held a moment too long, the key does not write itself.
      for (let repeat = 0; repeat < 4; repeat += 1) await page.keyboard.down('r');
      await page.keyboard.up('r');
      await page.keyboard.type('Thank you, we are looking into it.');
      await page.keyboard.press('Control+Enter');
      const ours = repliesOf(page).filter({ hasText: 'Thank you, we are looking into it.' });
      await ours.getByText(/^Sends in \d+ s$/).waitFor();
      await composerOf(page).waitFor({ state: 'detached' });
      await ours.getByText('Sent', { exact: true }).waitFor({ timeout: 30_000 });
      expect(await ours.count()).toBe(1);

      await page.keyboard.press('g');
      await page.keyboard.press('o');
      await page.getByText('Nothing on the way').waitFor();
      await page.getByRole('radio', { name: 'Sent' }).click();
      const row = page.getByRole('listitem').filter({ hasText: 'Thank you, we are looking into it.' });
      await row.first().waitFor();
      expect(await row.count()).toBe(1);
      await row.getByRole('button', { name: 'Show the conversation' }).click();

      await ours.getByRole('button', { name: /^Delete on/ }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Delete', exact: true }).click();
      await ours.getByText(/^Deleted on/).waitFor();
    },
    patience,
  );

  run(
    title('takes a reply back within the hold: text and cursor are where they were, and nothing went out'),
    async () => {
      const { page } = await launch();
      await openPost(page);
      await page.keyboard.press('Enter');
      await page.keyboard.type('Hello there');
      for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Control+Enter');
      await repliesOf(page)
        .getByText(/^Sends in/)
        .waitFor();

      await page.keyboard.press('z');
      const text = composerOf(page).getByRole('textbox', { name: /^Reply to/ });
      await text.waitFor();
      expect(await text.inputValue()).toBe('Hello there');
      await page.keyboard.type('out ');
      expect(await text.inputValue()).toBe('Hello out there');
      await expect.poll(() => repliesOf(page).count(), pollPatience).toBe(0);
    },
    patience,
  );

  run(
    title('sends and is done in one step, and takes both back in one'),
    async () => {
      const { page } = await launch();
      await openPost(page);
      const author = await authorOf(page);
      await page.keyboard.press('r');
      await page.keyboard.type('All done');
      await page.keyboard.press('Control+Shift+Enter');
      await expect.poll(() => authorOf(page), pollPatience).not.toBe(author);
      await page.getByText('Held for 10 s, then sent').waitFor();

      await page.keyboard.press('z');
      const text = composerOf(page).getByRole('textbox', { name: /^Reply to/ });
      await expect.poll(() => text.inputValue(), pollPatience).toBe('All done');
      expect(await authorOf(page)).toBe(author);
      await page
        .getByRole('toolbar', { name: 'Conversation' })
        .getByRole('button', { name: 'Done', exact: true })
        .waitFor();
      await expect.poll(() => repliesOf(page).count(), pollPatience).toBe(0);
    },
    patience,
  );

  run(
    title('keeps a draft with each conversation, whatever is walked to, and over a restart'),
    async () => {
      const app = await launch();
      const { page } = app;
      await openPost(page);
      const first = await authorOf(page);
      await page.keyboard.press('r');
      await page.keyboard.type('for the first');
      await page.keyboard.press('Escape');
      await page.keyboard.press('j');
      await expect.poll(() => authorOf(page), pollPatience).not.toBe(first);
      expect(await composerOf(page).count()).toBe(0);
      await page.keyboard.press('r');
      await page.keyboard.type('for the second');
      await page.keyboard.press('Escape');
      await page.keyboard.press('k');
      const text = composerOf(page).getByRole('textbox', { name: /^Reply to/ });
      await expect.poll(() => text.inputValue(), pollPatience).toBe('for the first');
      await expect
        .poll(() => page.getByRole('option').filter({ hasText: 'Draft' }).count(), pollPatience)
        .toBe(2);

      await app.restart();
      const drafts = app.page.getByRole('option').filter({ hasText: 'Draft' });
      await drafts.nth(1).waitFor();
      const texts = [];
      for (const index of [0, 1]) {
        await drafts.nth(index).click();
        texts.push(
          await composerOf(app.page)
            .getByRole('textbox', { name: /^Reply to/ })
            .inputValue(),
        );
      }
      expect(texts.sort()).toEqual(['for the first', 'for the second']);
    },
    patience,
  );

  run(
    title('does not send what was held when Earshot was closed, and says so at the next start'),
    async () => {
      const app = await launch();
      await openPost(app.page);
      await app.page.keyboard.press('r');
      await app.page.keyboard.type('Written too soon');
      await app.page.keyboard.press('Control+Enter');
      await repliesOf(app.page)
        .getByText(/^Sends in/)
        .waitFor();

      await app.restart();
      const { page } = app;
      await page.getByText('A reply was not sent.').waitFor();
      await page.getByRole('button', { name: 'Show the draft' }).click();
      const text = composerOf(page).getByRole('textbox', { name: /^Reply to/ });
      await expect.poll(() => text.inputValue(), pollPatience).toBe('Written too soon');
      expect(await text.evaluate((field) => field === document.activeElement)).toBe(true);
      expect(await page.getByText('A reply was not sent.').count()).toBe(0);
      expect(await repliesOf(page).count()).toBe(0);
    },
    patience,
  );

  run(
    title('opens the reply that is taken back from the outbox, ready to be written on'),
    async () => {
      const { page } = await launch();
      await openPost(page);
      await page.keyboard.press('r');
      await page.keyboard.type('For tomorrow');
      await page.getByRole('button', { name: 'Send later…' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Send later' }).click();
      await repliesOf(page)
        .getByText(/^Will be sent/)
        .waitFor();
      await page.keyboard.press('g');
      await page.keyboard.press('o');
      await expect.poll(() => focusOf(page), pollPatience).toBe('Outbox');
      await page.getByRole('button', { name: 'Edit' }).click();
      const text = composerOf(page).getByRole('textbox', { name: /^Reply to/ });
      await text.waitFor();
      await expect.poll(() => focusOf(page), pollPatience).toMatch(/^Reply to/);
      await page.keyboard.type(', then');
      expect(await text.inputValue()).toBe('For tomorrow, then');
    },
    patience,
  );

  run(
    title('puts saved replies into a message and does not send one with an open question'),
    async () => {
      const { page } = await launch();
      await openPost(page);
      await page.keyboard.press('r');
      await page.keyboard.press(';');
      await page.getByRole('combobox', { name: 'Find a saved reply' }).waitFor();
      await page.keyboard.type('refund');
      await page.keyboard.press('Enter');
      const text = composerOf(page).getByRole('textbox', { name: /^Reply to/ });
      await expect.poll(() => text.inputValue(), pollPatience).toContain('{?order number}');
      await page.keyboard.press('Control+Enter');
      await page.getByText('Fill in “order number” first.').waitFor();
      expect(await repliesOf(page).count()).toBe(0);
      // The question is selected: typing answers it.
      await page.keyboard.type('4411');
      expect(await text.inputValue()).toContain('Your order 4411 can come back');
      await page.keyboard.press('Control+Enter');
      await repliesOf(page)
        .getByText(/^Sends in/)
        .waitFor();
    },
    patience,
  );

  run(
    title('likes a mention with one key, and a held key does it once'),
    async () => {
      const { page } = await launch();
      await openPost(page);
      await page.keyboard.down('a');
      for (let repeat = 0; repeat < 5; repeat += 1) await page.keyboard.down('a');
      await page.keyboard.up('a');
      const mention = page.getByRole('article').last();
      await mention.getByRole('button', { name: 'Like', pressed: true }).waitFor();
      await page.keyboard.press('g');
      await page.keyboard.press('o');
      await page.getByRole('radio', { name: 'Sent' }).click();
      await page.getByRole('listitem').filter({ hasText: 'Like' }).first().waitFor();
      expect(await page.getByRole('listitem').filter({ hasText: 'Like' }).count()).toBe(1);
    },
    patience,
  );
});

/** The newest post that is no news article: nobody answers those. */
async function openPost(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Blurtle/ }).click();
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('j');
  // Its own button, which is there when the whole conversation is.
  const mention = page.getByRole('article').last();
  await mention.getByRole('button', { name: /^Reply to/ }).waitFor();
}

function composerOf(page: Page): Locator {
  return page.getByRole('region', { name: 'Reply', exact: true });
}

function repliesOf(page: Page): Locator {
  return page.getByRole('article', { name: /^Our reply/ });
}

async function authorOf(page: Page): Promise<string> {
  return (await page.getByRole('article').last().getAttribute('aria-label')) ?? '';
}

/** The name of what has the focus. */
function focusOf(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
}
