import type { EngineEvent } from '../../../shared/contract/events.ts';
import type { settingsMethods } from '../../../shared/contract/methods/settings.ts';
import type { SettingsStore } from '../ports/settings-store.ts';
import type { FeatureHandlers } from '../rpc/handlers.ts';

export function createSettingsHandlers(deps: {
  readonly settings: SettingsStore;
  readonly emit: (event: EngineEvent) => void;
}): FeatureHandlers<typeof settingsMethods> {
  return {
    'settings.get': () => deps.settings.get(),
    'settings.set': async (patch) => {
      const settings = await deps.settings.set(patch);
      deps.emit({ name: 'settings.changed' });
      return settings;
    },
  };
}
