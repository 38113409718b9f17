import type { SettingsStore } from '../../electron/engine/ports/settings-store.ts';
import { settingsSchema } from '../../shared/model/settings.ts';

export function memorySettings(): SettingsStore {
  let settings = settingsSchema.parse({});
  return {
    get: async () => settings,
    set: async (patch) => {
      settings = settingsSchema.parse({ ...settings, ...patch });
      return settings;
    },
  };
}
