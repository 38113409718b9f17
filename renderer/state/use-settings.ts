import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { SettingsPatch } from '../../shared/contract/methods/settings.ts';
import { type Settings, settingsSchema } from '../../shared/model/settings.ts';
import { useCall, useCommand } from '../client/hooks.ts';

const defaults = settingsSchema.parse({});

/** The settings, or the design's own until the engine has answered. */
export function useSettings(): Settings {
  return useCall('settings.get', {}).data ?? defaults;
}

/** Changes settings: on screen at once, then in the engine; a refused change goes back. */
export function useChangeSettings(): (patch: SettingsPatch) => void {
  const queries = useQueryClient();
  const { run } = useCommand('settings.set', { failureTitle: 'Could not save the setting' });
  return useCallback(
    (patch) => {
      queries.setQueryData<Settings>(['settings.get', {}], (known) =>
        settingsSchema.parse({ ...(known ?? defaults), ...patch }),
      );
      void run(patch).then((settings) => {
        if (settings === null) void queries.invalidateQueries({ queryKey: ['settings.get'] });
      });
    },
    [queries, run],
  );
}
