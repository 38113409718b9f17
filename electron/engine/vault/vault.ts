import type { VaultInfo } from '../../../shared/contract/methods/accounts.ts';

/** Where secrets lie, encrypted. Everything throws EarshotError for what can be expected of files and keys. */
export interface Vault {
  info(): Promise<VaultInfo>;
  names(): readonly string[];
  has(name: string): boolean;
  /** Plain JSON as it was written; null when there is none of that name. */
  read(name: string): Promise<unknown>;
  /** Resolves when it is on disk. */
  write(name: string, secret: unknown): Promise<void>;
  remove(names: readonly string[]): Promise<void>;
}
