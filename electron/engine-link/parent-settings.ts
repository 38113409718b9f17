import { EarshotError } from '../../shared/contract/errors.ts';
import type { SettingsPatch } from '../../shared/contract/methods/settings.ts';
import type { Settings } from '../../shared/model/settings.ts';
import type { SettingsStore } from '../engine/ports/settings-store.ts';
import type { FromEngine, ToEngine } from './messages.ts';

export interface ParentSettings extends SettingsStore {
  /** Takes the shell’s answers. */
  receive(message: Extract<ToEngine, { type: 'settings' | 'settings-failed' }>): void;
}

/** Settings that the shell keeps: electron-store lives in Electron's main process and nowhere else. */
export function askParentForSettings(post: (message: FromEngine) => void): ParentSettings {
  const asked = new Map<number, PromiseWithResolvers<Settings>>();
  let lastId = 0;

  function ask(patch: SettingsPatch | null): Promise<Settings> {
    lastId += 1;
    const answer = Promise.withResolvers<Settings>();
    asked.set(lastId, answer);
    post({ type: 'settings', id: lastId, patch });
    return answer.promise;
  }

  return {
    get: () => ask(null),
    set: (patch) => ask(patch),
    receive(message) {
      const answer = asked.get(message.id);
      asked.delete(message.id);
      if (message.type === 'settings') answer?.resolve(message.settings);
      else answer?.reject(new EarshotError(message.failure.code, message.failure.message));
    },
  };
}
