/**
 * Signs in to the stand-in and renews what it signs in with, again and again; says on stdout which tokens it was
 * handed. Runs until it is killed: node renewal-child.ts DIRECTORY ADDRESS
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { openDataKeyFile } from '../../electron/data-key-file.ts';
import { openAccounts } from '../../electron/engine/accounts/open-accounts.ts';
import { createHttp } from '../../electron/engine/connectors/http/create-http.ts';
import { openStore } from '../../electron/engine/store/open-store.ts';
import { systemClock } from '../../electron/engine/system-clock.ts';
import { createKnownSecrets } from '../../electron/engine/vault/known-secrets.ts';
import { openVault } from '../../electron/engine/vault/open-vault.ts';
import type { Perch } from '../engine/accounts/perch.ts';
import { perchConnector } from '../engine/accounts/perch-connector.ts';
import { silentLogger } from '../helpers/silent-logger.ts';

const [directory = '', url = ''] = process.argv.slice(2);
const now = (): number => systemClock.now();
const connector = perchConnector({ url } as Perch);
const { handlers, sessions } = openAccounts({
  store: openStore({ path: join(directory, 'earshot.sqlite'), now }),
  vault: openVault({
    path: join(directory, 'vault.json'),
    dataKey: openDataKeyFile(directory),
    logger: silentLogger,
    now,
  }),
  workspace: 'own',
  secrets: createKnownSecrets(),
  connectors: new Map([[connector.info.id, connector]]),
  http: createHttp({ version: '0', clock: systemClock }),
  clock: systemClock,
  logger: silentLogger,
  emit: () => {},
  installationId: async () => '0'.repeat(32),
});

const { accountId } = await handlers['accounts.add'](
  { connector: 'perch', credentials: { user: 'kate', password: 'kates-password' } },
  { signal: new AbortController().signal },
);
const session = sessions.sessionOf(accountId);
for (let held = await session.credentials(); ; held = await session.renewed(held)) {
  // Synchronous: what was handed out has left this process before anything else happens.
  writeSync(1, `${(held as { accessToken: string }).accessToken}\n`);
}
