import type { MethodInput } from '../../shared/contract/contract.ts';
import type { Failure } from '../../shared/contract/errors.ts';
import type { WorkspaceName } from '../../shared/contract/methods/app.ts';
import type { VaultInfo } from '../../shared/contract/methods/accounts.ts';
import type { SettingsPatch } from '../../shared/contract/methods/settings.ts';
import type { Settings } from '../../shared/model/settings.ts';

/** What a shell tells its engine at the start. Plain data: it crosses a thread or a process. */
export interface EngineStart {
  readonly dataDirectory: string;
  readonly version: string;
  readonly host: 'electron' | 'browser';
  readonly hostReason: string | null;
  readonly workspace?: WorkspaceName;
  /** `file`: the engine reads and writes settings itself. `parent`: it asks the shell (electron-store). */
  readonly settings: 'file' | 'parent';
  /** `file`: the engine reads the vault's key itself. `parent`: it asks the shell (the system's keychain). */
  readonly dataKey: 'file' | 'parent';
}

export type Conditions = MethodInput<'app.setConditions'>;

/** From the shell to the engine's process. A `connect` carries a port on which the contract is spoken. */
export type ToEngine =
  | { readonly type: 'start'; readonly options: EngineStart }
  | { readonly type: 'connect' }
  | { readonly type: 'conditions'; readonly conditions: Conditions }
  | { readonly type: 'settings'; readonly id: number; readonly settings: Settings }
  | { readonly type: 'settings-failed'; readonly id: number; readonly failure: Failure }
  /** Answers to what was asked under the same id. The key goes this way and nowhere else. */
  | { readonly type: 'data-key'; readonly id: number; readonly key: Uint8Array }
  | { readonly type: 'vault-info'; readonly id: number; readonly info: VaultInfo }
  | { readonly type: 'data-key-failed'; readonly id: number; readonly failure: Failure }
  | { readonly type: 'stop' };

/** From the engine's process to the shell. */
export type FromEngine =
  | { readonly type: 'ready' }
  /** The engine cannot start and says why; starting it again would not help. */
  | { readonly type: 'refused'; readonly failure: Failure }
  /** Null reads, a patch writes. */
  | { readonly type: 'settings'; readonly id: number; readonly patch: SettingsPatch | null }
  | { readonly type: 'data-key' | 'vault-info'; readonly id: number }
  | { readonly type: 'stopped' };
