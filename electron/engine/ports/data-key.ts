import type { VaultInfo } from '../../../shared/contract/methods/accounts.ts';

/**
 * The key that the vault's secrets are encrypted with, kept by the shell: wrapped by the system's keychain in
 * Electron, in a file of its own elsewhere.
 */
export interface DataKey {
  /**
   * 32 bytes, made when there are none. Rejects with EarshotError (`unauthorized`, saying what to do) when the ones
   * that were made cannot be had: others are never made in their place.
   */
  load(): Promise<Uint8Array>;
  /** Asks the keychain for nothing. */
  info(): Promise<VaultInfo>;
}
