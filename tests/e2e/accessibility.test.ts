import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { availableHosts, launchApp } from '../helpers/launch.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const patience = 300_000;
const browser = availableHosts().find(({ name }) => name === 'browser');
const skipped = browser?.skipped ?? null;

/** WCAG 2.2 A and AA as far as a program can tell, on every screen, in every theme. */
describe('accessibility', () => {
  test.skipIf(skipped !== null)(
    `no screen breaks a rule that axe knows${skipped === null ? '' : ` — SKIPPED: ${skipped}`}`,
    async () => {
      const app = await launchApp({ host: 'browser', dataDirectory: temporaryDirectory() });
      onTestFinished(() => app.close());
      const { page } = app;
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.evaluate(stopMotion);
      const found: string[] = [];
      // Only colours change with the theme: what else a program can tell is the same in all of them.
      const look = async (screen: string): Promise<void> => {
        for (const theme of ['light', 'dark', 'high-contrast']) {
          await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
          found.push(
            ...(await violations(page, `${screen}, ${theme}`, theme === 'light' ? null : colourRules)),
          );
        }
      };

      await page.getByRole('button', { name: 'Try with sample data' }).waitFor();
      await look('first run');
      await page.getByRole('button', { name: 'Add tracker' }).first().click();
      await page.getByRole('dialog').getByRole('textbox', { name: 'Listen for' }).fill('acme OR (');
      await look('tracker dialog with a mistake');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Add source' }).first().click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Feeds/ })
        .click();
      await look('source dialog');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });

      await page.getByRole('button', { name: 'Try with sample data' }).click();
      await page.getByRole('option').nth(5).waitFor();
      await page.keyboard.press('j');
      await page.getByRole('article').first().waitFor();
      await look('inbox');
      await page
        .getByRole('button', { name: /^Blurtle/ })
        .first()
        .click();
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('j');
      await page
        .getByRole('article')
        .last()
        .getByRole('button', { name: /^Reply to/ })
        .waitFor();
      await page.keyboard.press('r');
      await page.getByRole('textbox', { name: /^Reply to/ }).fill('Too long. '.repeat(80));
      await page.getByRole('button', { name: 'Split into a thread' }).click();
      await page.getByRole('button', { name: 'Preview' }).click();
      await look('composer');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Saved replies' }).click();
      await page.getByRole('combobox', { name: 'Find a saved reply' }).waitFor();
      await look('saved replies');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.keyboard.press('Control+Enter');
      await page
        .getByRole('article', { name: /^Our reply/ })
        .nth(1)
        .waitFor();
      await look('thread on its way');
      await page.keyboard.press('g');
      await page.keyboard.press('o');
      await page.getByRole('heading', { name: 'Outbox' }).waitFor();
      await look('outbox');
      await page.keyboard.press('g');
      await page.keyboard.press('c');
      await page.getByRole('heading', { name: 'Accounts' }).waitFor();
      await look('accounts');
      await page.getByRole('button', { name: 'Connect an account' }).click();
      await page.getByRole('searchbox').or(page.getByRole('textbox')).first().waitFor();
      await look('connect an account');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Mastodon/ })
        .click();
      await page.getByRole('button', { name: 'Continue' }).click();
      await look('sign-in with a mistake');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: /^Inbox/ }).click();
      await page.getByRole('option').nth(5).waitFor();
      await page.keyboard.press('j');
      await page.getByRole('article').first().waitFor();
      await page.keyboard.press('s');
      await page.getByRole('menu').waitFor();
      await look('snooze menu');
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'hidden' });
      await page.keyboard.press('x');
      await look('selection');
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      await look('key sheet');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await look('command box');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Sources', exact: true }).click();
      await look('health');
      await page.getByRole('button', { name: 'Trackers', exact: true }).click();
      await page.getByRole('heading', { name: 'Trackers' }).waitFor();
      await look('trackers');
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByRole('heading', { name: 'Settings' }).waitFor();
      await look('settings');

      expect(found).toEqual([]);
    },
    patience,
  );
});

/** Rules whose answer hangs on colours. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** Colours that are on their way from one theme to the next are nobody's contrast: nothing moves or fades at all. */
function stopMotion(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important; }');
  document.adoptedStyleSheets.push(sheet);
}

/** Findings that are none, each for one rule and one kind of element. */
const exceptions: readonly { readonly rule: string; readonly selector: string; readonly why: string }[] = [
  {
    rule: 'scrollable-region-focusable',
    selector: '[aria-label="Command box"] [role="menu"]',
    why: 'The field above keeps the focus; its arrow keys walk through the menu and scroll it.',
  },
  {
    rule: 'label-content-name-mismatch',
    selector: '[role="menuitem"]',
    why: 'The shortcut or the time at the end of a row is its description, not a part of its label.',
  },
];

async function violations(page: Page, screen: string, rules: readonly string[] | null): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    // One document without frames: axe runs in it alone, and tells of what is broken only.
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'], preload: false })
    // What react-aria announced a moment ago: it goes by itself, seconds after what it was labelled by.
    .exclude('[data-live-announcer]');
  const { violations: broken } = await (rules === null
    ? axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    : axe.withRules([...rules])
  ).analyze();
  const found: string[] = [];
  for (const { id, nodes } of broken) {
    const excused = exceptions.filter(({ rule }) => rule === id).map(({ selector }) => selector);
    for (const { target, failureSummary } of nodes) {
      if (excused.length > 0 && (await isOneOf(page, String(target), excused.join(', ')))) continue;
      found.push(`${screen}: ${id} at ${String(target)}: ${failureSummary}`);
    }
  }
  return found;
}

function isOneOf(page: Page, target: string, selector: string): Promise<boolean> {
  return page.evaluate(([at, what]) => document.querySelector(at)?.matches(what) ?? false, [
    target,
    selector,
  ] as const);
}
