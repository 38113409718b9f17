import { describe, expect, onTestFinished, test } from 'vitest';
import { availableHosts, launchApp } from '../helpers/launch.ts';
import { temporaryDirectory } from '../helpers/temporary-directory.ts';

const skipped = availableHosts().find(({ name }) => name === 'browser')?.skipped ?? null;

describe('in a narrow window', () => {
  test.skipIf(skipped !== null)(
    `every page opens the navigation${skipped === null ? '' : ` — SKIPPED: ${skipped}`}`,
    async () => {
      const app = await launchApp({
        host: 'browser',
        dataDirectory: temporaryDirectory(),
        viewport: { width: 900, height: 700 },
      });
      onTestFinished(() => app.close());
      const { page } = app;
      await page.getByRole('button', { name: 'Try with sample data' }).waitFor();
      for (const name of ['Sources', 'Trackers', 'Settings']) {
        await page.getByRole('button', { name: 'Navigation' }).click();
        await page.getByRole('button', { name, exact: true }).click();
        await page.getByRole('heading', { name, level: 1 }).waitFor();
      }
      await page.getByRole('button', { name: 'Navigation' }).click();
      await page.getByRole('button', { name: /^Inbox/ }).click();
      await page.getByRole('button', { name: 'Try with sample data' }).click();
      await page.getByRole('option').first().waitFor();
      expect(await page.getByRole('button', { name: 'Navigation' }).count()).toBe(1);
    },
    60_000,
  );
});
