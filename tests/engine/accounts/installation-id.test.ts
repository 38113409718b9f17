import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createInstallationId } from '../../../electron/engine/accounts/installation-id.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

describe('the name of an installation', () => {
  it('is random, and the same for ever in one data directory', async () => {
    const path = join(temporaryDirectory(), 'installation-id');
    const ask = createInstallationId(path);
    const [first, second] = await Promise.all([ask(), ask()]);
    expect(first).toMatch(/^[\da-f]{32}$/);
    expect(second).toBe(first);
    expect(await createInstallationId(path)()).toBe(first);
    const elsewhere = join(temporaryDirectory(), 'installation-id');
    expect(await createInstallationId(elsewhere)()).not.toBe(first);
  });

  it('is made anew where the file is damaged', async () => {
    const path = join(temporaryDirectory(), 'installation-id');
    writeFileSync(path, 'b07');
    const made = await createInstallationId(path)();
    expect(made).toMatch(/^[\da-f]{32}$/);
    expect(await createInstallationId(path)()).toBe(made);
  });

  it('is asked for again where it could not be kept', async () => {
    const folder = join(temporaryDirectory(), 'missing');
    const ask = createInstallationId(join(folder, 'installation-id'));
    await expect(ask()).rejects.toMatchObject({ code: 'unsupported' });
    await expect(ask()).rejects.toMatchObject({ code: 'unsupported' });
  });
});
