import type { Logger } from '../ports/logger.ts';
import { listAccounts } from '../store/queries/accounts.ts';
import type { ReadableStore } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';

export interface SweepVaultDeps {
  readonly store: ReadableStore;
  readonly vault: Vault;
  readonly workspace: string;
  readonly logger: Logger;
}

/**
 * Takes away the secrets of a workspace that none of its accounts speaks of: of a sign-in or a removal that was cut
 * off. To be called before anybody signs in. Never rejects.
 */
export async function sweepVault({ store, vault, workspace, logger }: SweepVaultDeps): Promise<void> {
  const known = new Set(listAccounts(store).map(({ vaultName }) => vaultName));
  const orphans = secretsOf(vault, workspace).filter((name) => !known.has(name));
  if (orphans.length === 0) return;
  try {
    await vault.remove(orphans);
    logger.info('vault-swept', { entries: orphans.length });
  } catch (error) {
    logger.error('vault-not-swept', { error: error instanceof Error ? error.message : String(error) });
  }
}

/** Both workspaces keep theirs in one vault. */
export function secretsOf(vault: Vault, workspace: string): string[] {
  return vault.names().filter((name) => name.startsWith(`${workspace}/`));
}
