import type { SettingsPatch } from '../../../shared/contract/methods/settings.ts';
import type { Settings } from '../../../shared/model/settings.ts';

/** Where settings live: electron-store in Electron's main process, conf (its base) elsewhere. */
export interface SettingsStore {
  get(): Promise<Settings>;
  set(patch: SettingsPatch): Promise<Settings>;
}
